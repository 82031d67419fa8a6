"""Figures and dates: what arithmetic, a calendar and a small table of countries can check.

In: a question of ``asked`` (figures that stand together) and the day of the article. Out: a finding where no
reading of the words fits, with the sum for the message; nothing in any doubt. What is asked and what is left
alone is told in ``README.md`` beside this file.
"""

from __future__ import annotations

from caveat.facts.figures import arithmetic, days
from caveat.facts.figures.asked import Age, Ago, Change, Figure, Share, Size, Span, Total, Weekday
from caveat.facts.figures.countries import Countries
from caveat.facts.figures.days import Day
from caveat.facts.finding import Finding


def held(asked: Figure, day: Day, countries: Countries) -> Finding | None:
    """What does not fit about figures that stand together, on the article's day."""
    match asked:
        case Change():
            return arithmetic.change(asked)
        case Share():
            return arithmetic.share(asked)
        case Total():
            return arithmetic.total(asked)
        case Span():
            return arithmetic.span(asked)
        case Weekday():
            return days.weekday(asked, day)
        case Age():
            return days.age(asked, day)
        case Ago():
            return days.ago(asked, day)
        case Size():
            return countries.size(asked, day)


__all__ = ["Countries", "Day", "Figure", "held"]
