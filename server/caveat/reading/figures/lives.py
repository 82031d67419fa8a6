"""Years of a life and spans of years: "Ada Holt, 43, was born in 1990", "20 years ago, in 1990", "from 1990
to 2005, ten years", "the tenth anniversary of the 2001 floods".

In: a sentence, or a block for what two sentences tell. Out: questions. Left alone: whoever else's birth
stands between the name and the year, sentences that tell of another day than the article's, "the first ten
years".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caveat.facts.figures.asked import Age, Ago, Figure, Said, Span
from caveat.reading import rules
from caveat.reading.figures.dates import Calendar, years
from caveat.reading.figures.said import Numbers, either
from caveat.reading.figures.shapes import Shapes, between

_YEAR = r"(?:1[89]|20)\d\d(?!\w|[,.]\d|\s?[–/-]\s?\d)"
_END = r"(?:1[89]|20)\d\d(?!\w|[,.]\d)"
_PARTS = {
    "name": r"(?-i:[A-Z])[\w'’.-]+",
    "name2": r"(?-i:[A-Z])[\w'’.-]+",
    "age": r"(?<![\w.,-])\d{1,3}(?![,.]\d|\w|\s?%)",
    "at": r"(?:aged|at\s+the\s+age\s+of|at\s+age|at|age)",
    "first": _END,
    "last": _END,
}
_LAST_YEAR = re.compile(rf"{_END}$")
_SOMEBODY = re.compile(r"\b(?!He\b|She\b)[A-Z][\w'’-]+\s+died|\.(?!\s+(?:He|She)\s+(?:died|was\s+born)\b)")
_DIED = re.compile(r"\bdied\b", re.IGNORECASE)
# "Twenty years ago" is said of 18 as well as of 22; decades and centuries are counted more loosely still.
# Trades small slips for peace with all who round.
_ROUND, _OF_ROUND, _OF_UNITS = 5, 0.1, 0.25


class Lives:
    """Finds them by ``rules/figures.toml``."""

    def __init__(self, numbers: Numbers, calendar: Calendar) -> None:
        table = rules.read("figures")["lives"]
        self.numbers, self.ordinals = numbers, table["ordinals"]
        self.counts, self.units = table["counts"], table["units"]
        long = numbers.in_words(self.counts)
        self.long = re.compile(long, re.IGNORECASE)
        plain = rf"{numbers.number}\s(?:years?|decades?|centuries)|{numbers.short}-(?:year|decade)"
        dated = calendar.dated
        parts = {
            **_PARTS,
            "born": rf"(?:\b(?:in|on)\s+)?{dated}{_END}",
            "died": rf"(?:\b(?:in|on)\s+)?{dated}{_END}",
            "year": rf"{dated}{_YEAR}",
            "years": rf"(?:{long}|{plain})(?!\w|-)",
            "nth": rf"(?:\b\d{{1,3}}(?:st|nd|rd|th)|\b{either(self.ordinals)})",
        }
        self.shapes = {
            kind: Shapes(table[kind], parts, numbers.plain)
            for kind in ("ages", "pairs", "deaths", "ago", "spans", "anniversary")
        }
        self.somebody_else = re.compile(rf"\b{either(table['somebody_else'])}\b", re.IGNORECASE)
        self.same = frozenset(table["same"])
        self.another_day = re.compile(rf"\b{either(table['another_day'])}\b", re.IGNORECASE)
        self.not_whole = re.compile(rf"\b{either(table['not_whole'])}\s+$", re.IGNORECASE)
        self.now = re.compile(rf"\b{either(table['now'])}\b", re.IGNORECASE)

    def __call__(self, sentence: str) -> Iterator[Figure]:
        """The questions of a sentence."""
        lower = sentence.lower()
        if "born" in lower and not self.another_day.search(sentence):
            yield from self._ages(sentence)
        if " ago" in lower or " since " in lower:
            yield from self._ago(sentence)
        if "anniversary" in lower and self.now.search(sentence):
            yield from self._anniversaries(sentence)
        if "year" in lower or "decade" in lower or "centur" in lower:
            yield from self._spans(sentence)

    def deaths(self, block: str) -> Iterator[Age]:
        """Somebody's years of birth and death with the age at death, in one sentence or two."""
        if not _DIED.search(block):
            return
        for match in self.shapes["deaths"](block):
            words = match.group()
            other = _SOMEBODY.search(words) and not words.startswith("Born ")
            if len(_DIED.findall(words)) > 1 or other or self._is_somebody_else(between(match)):
                continue
            born, died = _last(match["born"]), _last(match["died"])
            if born < died:
                yield Age(*match.span(), int(match["age"]), born, died)

    def pairs(self, block: str) -> Iterator[Age]:
        """An age and a year of birth in two sentences."""
        if "born" not in block:
            return
        for match in self.shapes["pairs"](block):
            if not self.somebody_else.search(between(match)) and not self.another_day.search(match.group()):
                yield Age(*match.span(), int(match["age"]), _last(match["born"]))

    def _is_somebody_else(self, words: str) -> bool:
        return any(word.lower() not in self.same for word in self.somebody_else.findall(words))

    def _ages(self, sentence: str) -> Iterator[Age]:
        for match in self.shapes["ages"](sentence):
            if not self.somebody_else.search(between(match)):
                yield Age(*match.span(), int(match["age"]), _last(match["born"]))

    def _ago(self, sentence: str) -> Iterator[Ago]:
        for match in self.shapes["ago"](sentence):
            if count := self._count(match["years"]):
                yield Ago(*match.span(), count, _last(match["year"]))

    def _anniversaries(self, sentence: str) -> Iterator[Ago]:
        for match in self.shapes["anniversary"](sentence):
            nth = match["nth"].lower()
            number = self.ordinals.get(nth) or int(nth.rstrip("stndrh"))
            yield Ago(*match.span(), Said(match["nth"], number, number, number), _last(match["year"]))

    def _spans(self, sentence: str) -> Iterator[Span]:
        for match in self.shapes["spans"](sentence):
            if self.not_whole.search(sentence[: match.start()]) or len(years(match.group())) != 2:
                continue
            if count := self._count(match["years"]):
                yield Span(*match.span(), _last(match["first"]), _last(match["last"]), count)

    def _count(self, text: str) -> Said | None:
        """A number of years: "ten years", "two decades", "half a century"."""
        if self.long.fullmatch(text):
            return self.numbers.said_in_words(text, self.counts)
        number, unit = re.split(r"[\s-]+(?=\w+$)", text)
        said = self.numbers.said(number)
        if said is None:
            return None
        years = self.units[unit.lower().removesuffix("s")]
        loose = _OF_UNITS if years > 1 else _OF_ROUND if said.value % _ROUND == 0 else 0.0
        most = None if said.most is None else said.most * years * (1 + loose)
        return Said(" ".join(text.split()), said.value * years, said.least * years * (1 - loose), most)


def _last(text: str) -> int:
    """The year that ends a date."""
    found = _LAST_YEAR.search(text)
    return int(found.group()) if found else 0
