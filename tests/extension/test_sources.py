"""What the extension's code never does, in what we write and in what is shipped."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

EXTENSION = Path(__file__).parents[2] / "extension"
BUILT = EXTENSION / "dist"

# Every way to make HTML, or code, of a string.
SETS_HTML = re.compile(
    r"\b(inner|outer)HTML\s*(\+?=(?!=)|:)|dangerouslySetInnerHTML|\.insertAdjacentHTML|\.setHTMLUnsafe"
    r"|document\.write|createContextualFragment|\.srcdoc\b|\beval\(|new Function\("
)


def sources() -> list[Path]:
    """Our own files, without tests and what is installed or built."""
    found = [p for p in EXTENSION.rglob("*") if p.suffix in (".ts", ".tsx", ".mjs", ".js")]
    ours = [p.relative_to(EXTENSION) for p in found]
    return [p for p in ours if p.parts[0] not in ("node_modules", "dist") and ".test." not in p.name]


def test_no_source_makes_html_of_a_string() -> None:
    read = [name for name in sources() if name.name != "rewrites.mjs"]  # which names what it replaces
    assert len(read) > 50
    found = [
        f"{name}: {m[0]}" for name in read for m in [SETS_HTML.search((EXTENSION / name).read_text())] if m
    ]
    assert found == []


@pytest.mark.parametrize("browser", ["chrome", "firefox"])
def test_nothing_shipped_makes_html_of_a_string(browser: str) -> None:
    shipped = sorted((BUILT / browser).glob("*.js"))
    assert shipped, "`make build` builds the extension"
    # Preact still knows the name, and throws where somebody uses it.
    texts = {p.name: p.read_text().replace("dangerouslySetInnerHTML", "") for p in shipped}
    assert [f"{name}: {m[0]}" for name, text in texts.items() for m in SETS_HTML.finditer(text)] == []


def rewriting(path: str, text: str) -> subprocess.CompletedProcess[str]:
    script = (
        "import { rewritten } from './rewrites.mjs';\n"
        "process.stdout.write(rewritten(...process.argv.slice(1)));"
    )
    return subprocess.run(
        ["node", "--input-type=module", "--eval", script, path, text],
        cwd=EXTENSION,
        capture_output=True,
        text=True,
    )


PREACT = "/x/node_modules/preact/src/diff/index.js"
STATEMENT = "dom.innerHTML = newHtml.__html;"


def test_a_statement_that_is_there_once_is_replaced() -> None:
    assert "throw new Error" in rewriting(PREACT, f"a; {STATEMENT} b;").stdout


@pytest.mark.parametrize("text", ["", STATEMENT * 2], ids=["gone", "twice"])
def test_a_library_that_has_changed_ends_the_build(text: str) -> None:
    done = rewriting(PREACT, text)
    assert done.returncode != 0
    assert "not once" in done.stderr


def test_other_files_are_left_as_they_are() -> None:
    assert rewriting("/x/node_modules/other/index.js", STATEMENT).stdout == STATEMENT
