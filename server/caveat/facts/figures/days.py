"""Days and years: weekdays against dates, ages against years of birth, "ten years ago" against a year.

In: the question and the article's day. A ``Day`` says whether the article gave it: an article without a date
may be of any day up to today, so that only what is at odds with all of them is told. Of dates without a year
the nearest is meant; where two can be, or the text tells of other years, nothing is said.
"""

from __future__ import annotations

from calendar import month_name
from dataclasses import dataclass
from datetime import date

from caveat.article import Evidence
from caveat.facts.figures.arithmetic import CONFIDENCE, SIGNAL
from caveat.facts.figures.asked import Age, Ago, Weekday
from caveat.facts.finding import Finding

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GREGORIAN = 1925  # before it parts of Europe wrote other dates
_LATEST = 2200  # a year beyond it is no year
# Days. A date without a year is taken for the nearest one up to here (news tells of weeks, not years) …
_NEAR = 150
# … unless one of another year fits that is not much farther.
_TWO_READINGS = 300
_SLACK = 1  # year: birthdays, a text written before it was published, a year that has just turned
_OLDEST = 110  # beyond it the text tells of history
_CALENDAR = "https://www.timeanddate.com/calendar/monthly.html?year={}&month={}"


@dataclass(frozen=True, slots=True)
class Day:
    """The day an article is of."""

    date: date
    given: bool  # by the article; else it is today, and the article may be older
    told: tuple[int, ...] = ()  # the years that the article tells of
    last: int | None = None  # the last of them before the words in question

    def tells_of(self, least: float, most: float) -> bool:
        """Whether a year between the two is told of."""
        return any(least <= year <= most for year in self.told)


def weekday(asked: Weekday, day: Day) -> Finding | None:
    """The weekday of a date, where the article has another."""
    if asked.year is not None:
        then = _date(asked.year, asked.month, asked.day)
        fits = not then or then.weekday() == asked.weekday
        return None if fits or not then else _weekday(then)
    told = (*asked.years, *([day.last] if day.last else []))
    if not day.given or any(abs(year - day.date.year) > 1 for year in told):
        return None
    if any(_is_on(asked, year) for year in told):
        return None
    around = (_date(day.date.year + by, asked.month, asked.day) for by in (-1, 0, 1))
    near = sorted((abs((one - day.date).days), one) for one in around if one)
    if not near or near[0][0] > _NEAR:
        return None
    if any(one.weekday() == asked.weekday for away, one in near if away <= _TWO_READINGS):
        return None
    return _weekday(near[0][1])


def _is_on(asked: Weekday, year: int) -> bool:
    then = _date(year, asked.month, asked.day)
    return then is not None and then.weekday() == asked.weekday


def _weekday(then: date) -> Finding:
    title = f"Calendar of {month_name[then.month]} {then.year}"
    link = Evidence(title, _CALENDAR.format(then.year, then.month), publisher="timeanddate.com")
    slots = {"year": str(then.year)}
    return Finding(SIGNAL, CONFIDENCE, WEEKDAYS[then.weekday()], slots, (link,))


def _date(year: int, month: int, day: int) -> date | None:
    """The date; none that cannot be, or is not of our calendar."""
    try:
        return date(year, month, day) if _GREGORIAN <= year <= _LATEST else None
    except ValueError:
        return None


def age(asked: Age, day: Day) -> Finding | None:
    """How old somebody born in that year is or was, where the age given is more than a year off."""
    year = asked.died or day.date.year
    oldest = year - asked.born
    if oldest < 0:
        return None
    too_old = asked.age > oldest + _SLACK
    too_young = asked.age < oldest - 1 - _SLACK and (asked.died is not None or day.given)
    then = asked.born + asked.age
    if not (too_old or too_young) or oldest > _OLDEST or (not asked.died and day.tells_of(then, then + 1)):
        return None
    slots = {"born": str(asked.born), "year": str(year), "ages": f"{max(0, oldest - 1)}–{oldest}"}
    return Finding(SIGNAL, CONFIDENCE, "age", slots)


def ago(asked: Ago, day: Day) -> Finding | None:
    """How many years ago a year was on the article's day, where the number given does not fit."""
    years = day.date.year - asked.year
    least = years - _SLACK if day.given else -_SLACK
    if years < 0 or asked.years.can_be(least, years + _SLACK):
        return None
    if day.tells_of(asked.year + asked.years.least - _SLACK, asked.year + asked.years.top + _SLACK):
        return None  # "five years ago, in 1990", said in 1995
    slots = {"then": str(asked.year), "year": str(day.date.year), "actual": str(years)}
    return Finding(SIGNAL, CONFIDENCE, "ago", slots)
