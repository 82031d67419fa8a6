"""What a text is when it is no reporting: a program, lines (verse, lists, tables), terms of law, a story.

In: the text's blocks and sentences. Out: the ``Genre``, or None for everything that is read as usual.
Whoever presses the button there gets few or no notes: nothing in them is told as a fact of the day. How each
genre looks is data (``rules/genres.toml``); a text has to look it as a whole, so that a poem quoted in a
report changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

from caveat.reading import rules
from caveat.reading.blocks import Block
from caveat.reading.quotations import quoted

_LONGEST_LINE = 200  # code points; a longer one is a paragraph
_SAMPLE = 60  # blocks looked at; a genre shows itself long before


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of text that is no reporting: whether anything is said of it at all, and what is not."""

    name: str
    silent: bool
    left_out: frozenset[str] = frozenset()


def genre(blocks: Sequence[Block], sentences: int) -> Genre | None:
    """The genre of a text of so many sentences, if it is none that is read as usual."""
    lines = [block.text for block in blocks[:_SAMPLE]]
    for name, looks_it in (
        ("code", _most(lines, "code")),
        ("lines", _most(lines, "lines") and median(map(len, lines)) <= _data()["lines"]["longest"]),
        ("terms", _most([line[:_LONGEST_LINE] for line in lines], "terms") and _speaks_law(lines)),
        ("story", sentences >= _data()["story"]["fewest"] and _is_told(lines, sentences)),
    ):
        if looks_it:
            return Genre(name, _data()[name]["silent"], frozenset(_data()["left_out"].get(name, ())))
    return None


def _most(lines: Sequence[str], name: str) -> bool:
    looks = _pattern(name, "looks")
    alike = sum(len(line) <= _LONGEST_LINE and looks.search(line) is not None for line in lines)
    return bool(alike >= max(_data()[name]["fewest"], _data()[name]["share"] * len(lines)))


def _speaks_law(lines: Sequence[str]) -> bool:
    spoken = sum(_pattern("terms", "words").search(line) is not None for line in lines)
    return bool(spoken >= _data()["terms"]["fewest_words"])


def _is_told(lines: Sequence[str], sentences: int) -> bool:
    """Whether people speak and nothing stands there that a report would have."""
    if any(_pattern("story", "reporting").search(line) for line in lines):
        return False
    spoken = sum(len(quoted(line)) for line in lines)
    people = sum(len(_pattern("story", "looks").findall(line)) for line in lines)
    story = _data()["story"]
    return bool(spoken >= story["fewest_quotations"] and people >= story["share"] * sentences)


# Pure functions of a file that ships with the package, so remembering their answers shares no state.
@cache
def _data() -> dict[str, Any]:
    return rules.read("genres")


@cache
def _pattern(name: str, entry: str) -> re.Pattern[str]:
    return re.compile(_data()[name][entry])
