"""Cutting a text into blocks: the unit that is read once and cached.

A block is a line of the text as sent that holds more than white space. Nothing is normalised:
``text[block.start:block.start + len(block.text)] == block.text`` always holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Every character at which ``str.splitlines`` breaks, so that CRLF, NEL and the Unicode separators all count.
_LINE = re.compile(r"[^\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")

# A parser's memory grows with the length it is given at once; a "paragraph" of this size is a page
# without line breaks, and is cut where a sentence seems to end (or anywhere, if none does).
LONGEST_BLOCK = 8_000
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-sized piece of an article and the code point at which it starts."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """The code point after the block's last."""
        return self.start + len(self.text)


def cut(text: str) -> list[Block]:
    """The blocks of a text, in order; lines of white space are none."""
    return list(_blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    for line in _LINE.finditer(text):
        words = line.group()
        stripped = words.strip()
        if stripped:
            start = line.start() + words.index(stripped[0])
            yield from _pieces(start, stripped)


def _pieces(start: int, text: str) -> Iterator[Block]:
    while len(text) > LONGEST_BLOCK:
        end = _last_break(text)
        piece = text[:end].rstrip()
        if piece:
            yield Block(start, piece)
        rest = text[end:].lstrip()
        start += len(text) - len(rest)
        text = rest
    if text:
        yield Block(start, text)


def _last_break(text: str) -> int:
    """Where to cut a text that is too long: after a sentence, else at a space, else anywhere."""
    end = 0
    for match in _SENTENCE_END.finditer(text, LONGEST_BLOCK // 2, LONGEST_BLOCK):
        end = match.end()
    return end or text.rfind(" ", LONGEST_BLOCK // 2, LONGEST_BLOCK) + 1 or LONGEST_BLOCK
