"""Takes JSON-LD out of what it is wrapped in: pages of HTML, and lines in which quotation marks are entities.

In: text, piece by piece. Out: the same with everything that is no JSON-LD left out, line ends kept, so that
lines are counted as in the file. What can go wrong: nothing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_SCRIPT = re.compile(r"<script\b([^<>]*)>|<!--", re.I)
_ENDS = {"script": re.compile(r"</script\b[^<>]*>", re.I), "comment": re.compile(r"-->")}
_LONGEST_TAG = 2_000  # characters; what is longer is no tag
_LONGEST_ENTITY = 32
_TELLING = 300  # characters of a line that show how it is written
# A line whose quotation marks are entities, or whose tags are.
_ESCAPED = re.compile(r"\s*(?:&lt;|(?:<script\b[^<>]*>)?[\s\[{,\]}]*&(?:quot|#34|#x22);)", re.I)
_HALF_AN_ENTITY = re.compile(rf"&[#\w]{{0,{_LONGEST_ENTITY}}}\Z")


def json_in(chunks: Iterator[str]) -> Iterator[str]:
    """The JSON of a text, be it JSON or a page."""
    first = ""
    for chunk in chunks:
        first += chunk
        if first.strip():
            break
    everything = _again(first, chunks)
    if first.lstrip("\ufeff \t\r\n").startswith("<"):
        everything = _scripts(everything)
    return _unescaped(everything)


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _scripts(chunks: Iterator[str]) -> Iterator[str]:
    """What stands in a page's scripts of the type ld+json; of the rest only the line ends."""
    text, inside, wanted = "", "", False
    for chunk in _again("", chunks):
        text += chunk
        out: list[str] = []
        at = 0
        while True:
            found = (_ENDS[inside] if inside else _SCRIPT).search(text, at)
            until = found.start() if found else _safe(text, at)
            out.append(text[at:until] if wanted else _line_ends(text[at:until]))
            at = until
            if found is None:
                break
            out.append(_line_ends(found.group()) + " ")
            at = found.end()
            if inside:
                inside, wanted = "", False
            elif found.group() == "<!--":
                inside = "comment"
            else:
                inside, wanted = "script", "ld+json" in found.group(1).lower()
        yield "".join(out)
        text = text[at:]
    yield text if wanted else _line_ends(text)


def _safe(text: str, at: int) -> int:
    """Up to where a text holds no half of a tag and no half of a comment's end."""
    dashes = len(text) - len(text.rstrip("-"))
    tag = text.rfind("<", at)
    is_half = tag >= at and len(text) - tag <= _LONGEST_TAG and ">" not in text[tag:]
    return max(at, min(tag if is_half else len(text), len(text) - dashes))


def _line_ends(text: str) -> str:
    return "\n" * text.count("\n")


def _unescaped(chunks: Iterator[str]) -> Iterator[str]:
    """Lines whose quotation marks are entities, with quotation marks; other lines as they are."""
    held, is_new, is_escaped = "", True, False
    for chunk in chunks:
        text, held = held + chunk, ""
        if not is_escaped and "&" not in text and len(text) > _TELLING:
            is_new = text.endswith("\n")
            yield text
            continue
        out: list[str] = []
        at = 0
        while at < len(text):
            end = text.find("\n", at) + 1 or len(text)
            line, ends = text[at:end], text[end - 1] == "\n"
            if is_new:
                if not ends and len(line) < _TELLING:
                    held = line
                    break
                is_escaped = _ESCAPED.match(line) is not None
            half = _HALF_AN_ENTITY.search(line) if is_escaped else None
            if half:
                line, held = line[: half.start()], half.group()
            out.append(html.unescape(line) if is_escaped else line)
            is_new = ends
            at = end
        yield "".join(out)
    yield html.unescape(held) if is_escaped or _ESCAPED.match(held) else held
