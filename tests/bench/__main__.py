"""What was promised, measured: ``python tests/bench [--json] [--only reading,serving]``.

Ratios within one run, because absolute times belong to one machine. The status is 0 whatever comes out:
a benchmark on a busy machine informs, it does not forbid.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import matching
import ranking
import serving
import volunteers
from figures import Figure

import facts
import reading

HERE = Path(__file__).parent
BROWSERS = ("painting", "smooth")  # each drives a browser and prints its own table
PARTS = {
    "reading": reading.measure,
    "facts": facts.measure,
    "ranking": ranking.measure,
    "matching": matching.measure,
    "profile": reading.profile,
    "serving": serving.measure,
    "memory": serving.memory,
    "start": serving.start,
    "volunteers": volunteers.measure,
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure what was promised.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--only", default=",".join([*PARTS, *BROWSERS]), help="parts, separated by commas")
    options = parser.parse_args()
    wanted = options.only.split(",")
    if unknown := set(wanted) - {*PARTS, *BROWSERS}:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    figures = [_shown(figure, options.json) for part in wanted if part in PARTS for figure in PARTS[part]()]
    if options.json:
        print(json.dumps([asdict(figure) | {"verdict": figure.verdict} for figure in figures], indent=2))
    for part in BROWSERS:
        if part in wanted:
            _drive(part, options.json)


def _shown(figure: Figure, quiet: bool) -> Figure:
    if not quiet:
        value = "–" if figure.value is None else f"{figure.value:.2f} {figure.unit}"
        goal = "" if figure.goal is None else f"at most {figure.goal:g}"
        print(f"{figure.name:<52} {value:>9}  {goal:<12} {figure.verdict:<5} {figure.detail}", flush=True)
    return figure


def _drive(part: str, as_json: bool) -> None:
    print(flush=True, file=sys.stderr)
    command = [sys.executable, str(HERE / f"{part}.py"), *(["--json"] if as_json else [])]
    if status := subprocess.run(command, check=False).returncode:
        print(f"{part} ended with status {status}", file=sys.stderr)


if __name__ == "__main__":
    main()
