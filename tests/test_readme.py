"""What the README promises a new engineer works as written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def block(language: str, holding: str) -> str:
    """The code block of the README in a language that holds some words."""
    fenced = re.findall(rf"^ *```{language}\n(.*?)^ *```", README, re.DOTALL | re.MULTILINE)
    (found,) = [textwrap.dedent(code) for code in fenced if holding in code]
    return found


def test_the_signal_added_in_ten_minutes_is_noticed(tmp_path: Path) -> None:
    package = tmp_path / "caveat"
    ignored = shutil.ignore_patterns("static", "__pycache__")
    shutil.copytree(REPOSITORY / "server" / "caveat", package, ignore=ignored)
    with (package / "signals.toml").open("a", encoding="utf-8") as catalogue:
        catalogue.write("\n" + block("toml", "[taken-for-granted]"))
    detector = package / "reading" / "detectors" / "taken_for_granted.py"
    detector.write_text(block("python", "TakenForGranted"), encoding="utf-8")
    script = (
        "from caveat.article import Article; from caveat.reading import Reader;"
        "text = 'It goes without saying that it is safe.'; print(Reader.load().analyse(Article(text)).notes)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "asks you to agree without a reason" in done.stdout


def test_the_pipeline_of_the_notebook_prints_what_the_readme_says() -> None:
    code = block("python", "caveat.load()")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == code.rsplit("# ", 1)[1].strip()


def test_every_room_the_readme_names_is_there() -> None:
    named = re.findall(r"`((?:server|extension|tests)/[\w./-]+)`", README)
    assert named
    built = ("extension/dist/", "server/caveat/reading/detectors/taken_for_granted.py")
    assert [path for path in named if not path.startswith(built) and not (REPOSITORY / path).exists()] == []
