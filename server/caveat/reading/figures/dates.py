"""Weekdays with their dates: "Tuesday, July 4, 2024", "on Monday 3 March", "4 July 2024, a Thursday".

In: a block. Out: questions, with the other years the block tells of, for dates that leave the year to the
reader. Left alone: ranges of days or of dates, dates in figures only (3/4 is of March and of April).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from caveat.facts.figures.asked import Weekday
from caveat.reading import rules

_YEARS = re.compile(r"(?<![\w,.$£€])(?:1[6-9]|20)\d\d(?![\w%]|[,.]\d)")
_LOOK_BACK = 24  # code points before a weekday in which another one may be joined to it


class Calendar:
    """The names of days and months, by ``rules/figures.toml``, as patterns."""

    def __init__(self) -> None:
        table = rules.read("figures")["calendar"]
        self.weekdays = {name: i for i, names in enumerate(table["weekdays"]) for name in names}
        self.months = {name: i for i, names in enumerate(table["months"], 1) for name in names}
        self.weekday = _any(self.weekdays)
        self.month = _any(self.months)
        self.part = rf"(?:\s+{_any(table['parts'])})?"
        # What may stand before a year: "May 3, " or "3 May " or "May ".
        self.dated = rf"(?:\b{self.month}\.?\s+(?:\d{{1,2}},?\s+)?|\b\d{{1,2}}\s+{self.month}\s+)?"


class Dates:
    """Finds weekdays that stand with their dates."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        weekday, month = f"(?P<weekday>{calendar.weekday})", f"(?P<month>{calendar.month})"
        day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
        year = r"(?:,?\s+(?:of\s+|in\s+)?(?P<year>(?:19|20)\d\d)(?!\w|[,.]\d|[–-]\d))"
        joint = r"\s*(?:,|,?\s+(?:and|or|to|through|until))\s+"
        alone = rf"(?!\s?[–—/-]\s?\w|{joint}(?:\d{{1,2}}\b|{calendar.month}\b))"
        dates = (
            rf"\b{month}\.?\s+{day}{alone}",
            rf"\b(?:the\s+)?{day}\s+(?:of\s+)?{month}\b\.?{alone}",
        )
        before = rf"(?<!\w)(?<!every )(?<!each ){weekday}\.?{calendar.part}(?:,\s+|\s+\(?)(?:the\s+|on\s+)?"
        behind = rf"(?:,\s+(?:which\s+(?:was|is)\s+)?an?\s+|\s\((?:an?\s+)?){weekday}\b"
        was = rf"\s+(?:was|is|fell\s+on|falls\s+on)\s+an?\s+{weekday}\b"  # "if July 4 falls on a Tuesday"
        shapes = [f"{before}{{date}}{year}?", f"{{date}}{year}?{behind}", f"{{date}}{year}{was}"]
        self.patterns = [re.compile(shape.replace("{date}", date)) for shape in shapes for date in dates]
        self.named = re.compile(rf"\b{calendar.weekday}\b")
        self.joined = re.compile(
            rf"{calendar.weekday}\.?(?:\s+(?:and|or|to|through|until)|,|\s?[–—/-])\s*$|[–/-]\s*$"
        )

    def __call__(self, text: str) -> Iterator[Weekday]:
        """The questions of a block."""
        if not self.named.search(text):
            return
        taken: list[tuple[int, int]] = []
        for pattern in self.patterns:
            for match in pattern.finditer(text):
                start, end = match.span()
                free = all(end <= a or b <= start for a, b in taken)
                if free and not self.joined.search(text[max(0, start - _LOOK_BACK) : start]):
                    taken.append((start, end))
                    yield self._asked(match)

    def _asked(self, match: re.Match[str]) -> Weekday:
        year = int(match["year"]) if match["year"] else None
        weekday, month = self.calendar.weekdays[match["weekday"]], self.calendar.months[match["month"]]
        others = () if year else tuple(years(match.string))
        return Weekday(*match.span(), weekday, int(match["day"]), month, year, others)


def years(text: str) -> list[int]:
    """The years that a text tells of, in order."""
    return [int(year.group()) for year in _YEARS.finditer(text)]


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"
