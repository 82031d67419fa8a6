"""How well the reading reads, measured: ``python tests/eval [--only kinds,names] [--confusion] [--write]``.

Every figure on labelled data: our own labelled articles (``tests/articles``), and public data sets where
``CAVEAT_SHARED`` (or ``../shared``) holds them; those measure and are never trained on, except ClaimBuster.
``--confusion`` prints which kind of claim is taken for which. ``--write`` puts that and the table into
``server/caveat/reading/EVALUATION.md``, and what our own articles gave into ``record.json``, which a test
holds later readings against.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

from figures import Figure
from labelled import UNSEEN
from measures import MEASURES
from of_kinds import confusion, taken_for
from readings import Readings

RECORD = Path(__file__).with_name("record.json")  # what our own articles gave when the table was written
DOCUMENT = Path(__file__).parents[2] / "server/caveat/reading/EVALUATION.md"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure how well the reading reads.")
    parser.add_argument("--only", default=",".join(MEASURES), help=f"of {', '.join(MEASURES)}")
    parser.add_argument(
        "--unseen", action="store_true", help="on the articles nobody looks at while building"
    )
    parser.add_argument("--write", action="store_true", help=f"write the table into {DOCUMENT.name}")
    parser.add_argument("--with-recogniser", action="store_true", help="keep the model's entities")
    parser.add_argument("--confusion", action="store_true", help="which kind of claim is taken for which")
    options = parser.parse_args()
    wanted = options.only.split(",")
    if unknown := set(wanted) - set(MEASURES):
        parser.error(f"there is no measure {', '.join(sorted(unknown))}")
    readings = Readings(UNSEEN if options.unseen else "", recogniser=options.with_recogniser)
    figures: list[Figure] = []
    for name in wanted:
        for measure in MEASURES[name][: 1 if options.unseen else None]:
            for figure in measure(readings):
                figures.append(figure)
                print(_line(figure), flush=True)
    if options.confusion:
        print(confusion(taken_for(readings)))
    if options.write:
        if len(wanted) < len(MEASURES) or options.unseen:
            sys.exit("--write wants all measures, on the articles that are looked at")
        table = "\n".join(
            ["| measure | value | 95 % | goal | others |", "|---|---|---|---|---|", *map(_row, figures)]
        )
        record = {f.measure: [round(f.value, 3), round(f.low, 3)] for f in figures if f.own}
        RECORD.write_text(json.dumps(record, indent=2) + "\n", "utf-8")
        text = DOCUMENT.read_text("utf-8")
        for part, written in (("figures", table), ("confusion", confusion(taken_for(readings)))):
            text = _part(part).sub(lambda m, written=written: f"{m[1]}\n{written}\n\n{m[2]}", text)
        DOCUMENT.write_text(text, "utf-8")


def _part(name: str) -> re.Pattern[str]:
    """Where a part of the document is written anew."""
    return re.compile(rf"(<!-- {name} -->\n).*(<!-- end of {name} -->)", re.DOTALL)


def _line(figure: Figure) -> str:
    goal = (
        ""
        if figure.goal is None
        else f"goal {figure.goal:.2f} {'met' if figure.value >= figure.goal else 'MISSED'}"
    )
    sure = "" if figure.low == figure.high else f"{figure.low:.3f}-{figure.high:.3f}"
    more = "; ".join(part for part in (figure.reference, figure.detail) if part)
    return f"{figure.measure:<55} {figure.value:.3f}  {sure:<12} {goal:<17} {more}"


def _row(figure: Figure) -> str:
    goal = "" if figure.goal is None else f"{figure.goal:.2f}"
    sure = "" if figure.low == figure.high else f"{figure.low:.3f}–{figure.high:.3f}"
    more = "; ".join(part for part in (figure.reference, figure.detail) if part)
    return f"| {figure.measure.strip()} | {figure.value:.3f} | {sure} | {goal} | {more} |"


if __name__ == "__main__":
    main()
