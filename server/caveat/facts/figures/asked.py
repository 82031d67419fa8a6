"""What a reading asks about figures: which of them stand together, and how each was said.

A number as said is everything it can mean: between ``least`` and ``most``, by the digits it is given in and
the words before it ("about", "nearly", "more than"). Places are code points from the start of the block.
The questions are values that go through the cache as JSON: the article's date is not known here.
"""

from __future__ import annotations

import math

from msgspec import Struct

_TINY = 1e-9  # of a value: below it is the arithmetic of floats, not of people


class Said(Struct, frozen=True):
    """A number in its own words."""

    text: str
    value: float
    least: float
    most: float | None = None  # None: no upper end, as in "more than 40"

    @property
    def top(self) -> float:
        """The upper end as a number."""
        return math.inf if self.most is None else self.most

    def can_be(self, least: float, most: float) -> bool:
        """Whether any value between the two is meant."""
        slack = _TINY * max(abs(self.least), abs(least), 1.0)
        return self.least <= most + slack and least <= self.top + slack


class Question(Struct, frozen=True, tag=True):
    """Figures that stand together at a place."""

    start: int
    end: int


class Change(Question, frozen=True, tag=True):
    """ "Rose {change} from {before} to {after}": per cent, times or plain units (``told``)."""

    before: tuple[Said, ...]  # each way to read it: in "from 3 to 5 million" three, or three million
    after: Said
    change: Said
    told: str  # "percent", "times" or "difference"
    shares: bool = False  # both are per cent, so that a change may be told in points


class Share(Question, frozen=True, tag=True):
    """ "{part} of {whole}, or {share} per cent"."""

    part: Said
    whole: Said
    share: Said


class Total(Question, frozen=True, tag=True):
    """ "{total} people: {parts}"; without a total the parts are shares of one whole."""

    parts: tuple[Said, ...]
    total: Said | None = None


class Weekday(Question, frozen=True, tag=True):
    """ "Tuesday, July 4, 2024"; Monday is 0."""

    weekday: int
    day: int
    month: int
    year: int | None
    years: tuple[int, ...] = ()  # other years that the block tells of


class Age(Question, frozen=True, tag=True):
    """ "{name}, {age}, was born in {born}", or who died in a year at an age."""

    age: int
    born: int
    died: int | None = None


class Ago(Question, frozen=True, tag=True):
    """ "{years} years ago, in {year}", said on the article's day; or the so-manieth anniversary of a year."""

    years: Said
    year: int


class Span(Question, frozen=True, tag=True):
    """ "From {first} to {last}, {years} years"."""

    first: int
    last: int
    years: Said


class Size(Question, frozen=True, tag=True):
    """ "{country}, a country of {amount} people", or of square kilometres."""

    country: str  # as the article names it
    kind: str  # "population" or "area"
    amount: Said  # people, or square kilometres
    year: int | None = None


Figure = Change | Share | Total | Weekday | Age | Ago | Span | Size
