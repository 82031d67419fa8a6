"""Setting styled text to a measure.

In: runs (words with the escape sequence they are shown with) and a width in terminal cells. Out:
lines of runs no wider than that. Cells are not characters: an emoji takes two, a combining accent
none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len

from caveat.rendering.terminal import RESET

# White space that holds two words together; a line is not broken there.
_NO_BREAK = "\u00a0\u2007\u202f"


@dataclass(frozen=True, slots=True)
class Run:
    """Words shown in one way; a link is an address that terminals which know links open on a click."""

    text: str
    style: str = ""
    link: str = ""


Line = list[Run]


def width(line: Iterable[Run]) -> int:
    """How many cells a line takes."""
    return cell_len("".join(run.text for run in line))


def shown(line: Iterable[Run]) -> str:
    """The line as it is written: every run closes what it opened."""
    return "".join(_shown(run) for run in line)


def _shown(run: Run) -> str:
    text = f"{run.style}{run.text}{RESET}" if run.style else run.text
    return f"\x1b]8;;{run.link}\x1b\\{text}\x1b]8;;\x1b\\" if run.link else text


def wrap(runs: Iterable[Run], measure: int) -> list[Line]:
    """The runs broken into lines at white space; a word wider than a line is broken anywhere."""
    lines: list[Line] = [[]]
    taken = 0
    gap: Line = []  # white space seen since the last word; written only when another word follows
    for word, is_space in _words(runs):
        if is_space:
            gap = [Run(" ", word[0].style, word[0].link)]
            continue
        if taken and taken + len(gap) + width(word) > measure:
            lines.append([])
            taken, gap = 0, []
        for piece in _fitting(word, measure) if width(word) > measure else [word]:
            if taken and taken + len(gap) + width(piece) > measure:
                lines.append([])
                taken, gap = 0, []
            if taken:
                lines[-1] += gap
                taken += len(gap)
            lines[-1] += piece
            taken += width(piece)
            gap = []
    return [_joined(line) for line in lines if line]


def _words(runs: Iterable[Run]) -> Iterator[tuple[Line, bool]]:
    """Alternating words and white space, each as runs; a word may change its style inside."""
    characters = (Run(c, run.style, run.link) for run in runs for c in run.text)
    for is_space, group in groupby(characters, key=lambda c: c.text.isspace() and c.text not in _NO_BREAK):
        yield _joined(group), is_space


def _fitting(word: Line, measure: int) -> Iterator[Line]:
    """A word in pieces of at most ``measure`` cells."""
    piece: Line = []
    taken = 0
    for run in word:
        for character in run.text:
            cells = cell_len(character)
            if piece and taken + cells > measure:
                yield _joined(piece)
                piece, taken = [], 0
            piece.append(Run(character, run.style, run.link))
            taken += cells
    if piece:
        yield _joined(piece)


def _joined(line: Iterable[Run]) -> Line:
    """Neighbours of one look as one run, so that an underline is not interrupted."""
    return [
        Run("".join(run.text for run in same), *look)
        for look, same in groupby(line, key=lambda run: (run.style, run.link))
    ]
