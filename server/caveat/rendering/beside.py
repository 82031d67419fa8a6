"""What stands beside the words: a record, or a fact check as its checkers put it, in words for a reader.

In: a note's evidence, which feeds wrote that anybody writes. Out: text of bounded length without what a
terminal or a page would obey, and an address that leads to a web page, or none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from caveat.article import Evidence
from caveat.catalogue import shortened
from caveat.rendering.marks import escaped, web_address
from caveat.rendering.terminal import harmless

LONGEST_WORDS = 300  # code points of a claim, a record or a rating: about five lines of a margin
LONGEST_NAME = 80
CHECKED = "checked-before"  # the signal whose evidence is fact checks


@dataclass(frozen=True, slots=True)
class Beside:
    """One record, or one fact check. What is not given is empty."""

    is_check: bool
    words: str  # what is on record, or the claim as it was checked
    publisher: str  # of a fact check, who checked it: their host's name where they give none
    dated: str
    rating: str
    address: str | None

    @property
    def heading(self) -> str:
        """What the words are."""
        return "The claim as it was checked" if self.is_check else "On record"

    @property
    def quoted(self) -> str:
        """The words; those of a claim in quotation marks."""
        return f"“{self.words}”" if self.is_check else self.words

    @property
    def when(self) -> str:
        """Since when a fact check stands, or until when a record is known to hold."""
        return self.dated if self.is_check or not self.dated else f"as of {self.dated}"

    @property
    def whose(self) -> str:
        """Who says so, and of when."""
        said = ", ".join(part for part in (self.publisher, self.when) if part)
        return f"Checked by {said}" if self.is_check else said


def beside(evidence: Sequence[Evidence], signal: str) -> list[Beside]:
    """The evidence of a note of this signal."""
    return [_beside(one, is_check=signal == CHECKED) for one in evidence]


def like(suggested: Sequence[Evidence]) -> list[Beside]:
    """Fact checks of claims that are like the one at hand, for whoever wants to look."""
    return [_beside(one, is_check=True) for one in suggested[:2]]


def _beside(evidence: Evidence, *, is_check: bool) -> Beside:
    address = web_address(evidence.url)
    publisher = _text(evidence.publisher, LONGEST_NAME)
    return Beside(
        is_check,
        _text(evidence.title, LONGEST_WORDS),
        publisher or (_host(address) if is_check else ""),
        _day(evidence.date),
        _text(evidence.rating, LONGEST_WORDS),
        escaped(address) if address else None,
    )


def _text(words: str | None, most: int) -> str:
    folded = " ".join((words or "")[: most * 20].split())
    return shortened(harmless(folded), most)


def _host(address: str | None) -> str:
    try:
        return _text(urlsplit(address or "").hostname, LONGEST_NAME)
    except ValueError:  # "http://[": no browser opens it either
        return ""


def _day(said: str | None) -> str:
    """An ISO date in words, without its hour; another as it is."""
    words = _text(said, LONGEST_NAME)
    if found := re.match(r"(\d{4}-\d\d-\d\d)(?!\d)", words):
        try:
            day = date.fromisoformat(found[1])
        except ValueError:
            return words
        return f"{day.day} {day:%B} {day.year}"
    return words
