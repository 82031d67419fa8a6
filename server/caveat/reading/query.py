"""What a fact checker would type for one sentence, and how it is put for each place that is searched.

In: the names, things, figure and date of a sentence, best first (``query_of`` finds them). Out: lines of a
few words: full names, what was done to what, the figure with its unit, the date with its year. A body's name
is one phrase; a person's is not, so that whoever spells it wrongly finds the right one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from caveat.reading.name_labels import BODY, PLACE

MOST_CHARACTERS = 90  # of a line
_MOST_WORDS = 9
_FEW_WORDS = 5  # an index of fact checks finds little for more
_BESIDE_THE_SOURCE = 8
NAMES, _THINGS = 2, 2  # in one line
_LARGE = re.compile(r"%|illion|thousand|[$€£¥₹₦]|\d,\d{3}")  # what statistics are kept of
_ADDRESS = re.compile(r"[/@\\:]|www\.|[^\W\d]{3,}\.[^\W\d]{2}")


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody, a body or a place that a sentence names, in full."""

    text: str
    label: str
    public: bool = False  # holds an office, by what the article says anywhere
    titled: bool = False  # … by what this sentence says


@dataclass(frozen=True, slots=True)
class Query:
    """What there is to type for one sentence; the first of each tells most."""

    names: tuple[Name, ...] = ()
    things: tuple[str, ...] = ()
    entry: str | None = None  # the first of the things that an encyclopedia may have an entry for
    figure: str | None = None
    date: str | None = None
    source: str | None = None  # a body or a paper that is said to say so
    office: str | None = None  # "Commander of the United States European Command"
    counted: bool = False  # the sentence is about how many or how much

    @property
    def full(self) -> str:
        """For the whole web."""
        names = [_phrase(name.text, name.label == BODY) for name in self.names[:NAMES]]
        return _line(names, self.things[:_THINGS], self.figure, self.date, _MOST_WORDS)

    @property
    def few(self) -> str:
        """For an index of fact checks: a name and what it is about."""
        names = [name.text for name in self.names[:NAMES]]
        things = [shorter(thing) for thing in self.things[:_THINGS]]
        return _line(names, things, None if names and things else self.figure, None, _FEW_WORDS)

    @property
    def at_the_source(self) -> str:
        """For the body or paper that is said to say so; its own name is left out."""
        source = self.source or ""
        names = [_phrase(name.text, name.label == BODY) for name in self.names if name.text not in source]
        return _line(names[:NAMES], self.things[:_THINGS], self.figure, self.date, _BESIDE_THE_SOURCE)

    @property
    def statistics(self) -> str:
        """For what an office would count; "" where the sentence tells no such thing."""
        places = [name.text for name in self.names if name.label == PLACE]
        others = [name for name in self.names if name.label == BODY]
        large = self.counted and self.figure is not None and _LARGE.search(self.figure)
        if not (large and self.things and places) or others:
            return ""
        return _line(places[:1], [*self.things[:_THINGS], "statistics"], None, self.date, _MOST_WORDS)

    @property
    def holder(self) -> str | None:
        """An office, or who is said to hold one."""
        titled = [name.text for name in self.names if name.titled]
        return self.office or (titled[0] if titled else None)

    @property
    def subject(self) -> str:
        """What an encyclopedia has an entry for; "" where the sentence names nothing of the kind."""
        bodies = [name.text for name in self.names if name.label == BODY]
        places = [name.text for name in self.names if name.label == PLACE]
        if self.entry and any(word[0].isupper() for word in self.entry.split()):
            return self.entry
        if bodies:
            return bodies[0]
        if self.entry:
            return " ".join([*places[:1], self.entry])
        long = [place for place in places if " " in place]
        return next((name.text for name in self.names if name.public), "") or "".join(long[:1])


def _line(
    names: Sequence[str], things: Sequence[str], figure: str | None, date: str | None, most: int
) -> str:
    """As much as fits, each kind in its place; a second thing gives way first."""
    parts = [*names[:1], *things[:1], figure, *names[1:], date, *things[1:]]
    chosen: list[str] = []
    for part in parts:
        so_far = " ".join([*chosen, part or ""])
        if part and len(so_far.split()) <= most and len(so_far) <= MOST_CHARACTERS:
            chosen.append(part)
    return " ".join(dict.fromkeys(p for p in (*names, *things, figure, date) if p in chosen and p))


def _phrase(name: str, is_body: bool) -> str:
    return f'"{name}"' if is_body and " " in name else name


def shorter(thing: str) -> str:
    """Its name and its noun: "Patriot systems" of "Patriot air defense systems"."""
    *more, last = thing.split()
    named = [word for word in more if word[0].isupper()]
    return " ".join([*(named or more)[-1:], last])


def is_plain(words: str) -> bool:
    """Whether words are none of an address, and nothing in them is hidden."""
    return words.isprintable() and not _ADDRESS.search(words)
