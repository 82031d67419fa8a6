"""Arithmetic: whether numbers that stand together can all be meant as said.

A statement is at odds only where no values within what was said fit. The answers are findings that show the
sum; no record outside the page is needed for that.
"""

from __future__ import annotations

import math

from caveat.facts.figures.asked import Change, Said, Share, Span, Total
from caveat.facts.finding import Finding

SIGNAL = "conflicts-record"
CONFIDENCE = 0.9  # sums can be checked by anybody; what is left is that the words were taken for others
_AMBIGUOUS = 100  # per cent: "a 200 per cent increase" is meant as twice or as thrice as much
_ROUNDED = 0.5  # per cent: each share of a whole may be rounded up by as much
_INCLUSIVE = 1  # year: "from 1990 to 2005" counts its ends or not


def change(asked: Change) -> Finding | None:
    """What the change is from the one number to the other, where none that was said fits."""
    if any(_fits(before, asked) for before in asked.before):
        return None
    before, after = asked.before[0], asked.after
    slots = {"before": before.text, "after": after.text}
    if asked.told == "difference":
        return _finding("difference", actual=number(abs(after.value - before.value)), **slots)
    if asked.told == "times":
        return _finding("times", actual=number(after.value / before.value), **slots)
    actual = abs(after.value - before.value) / before.value * 100
    variant = "more" if after.value > before.value else "less"
    return _finding(variant, actual=f"{number(actual)} %", **slots)


def _fits(before: Said, asked: Change) -> bool:
    after = asked.after
    if before.least <= 0 or after.top == before.top == math.inf:
        return True  # from nothing, or from and to anything
    lower, upper = after.least - before.top, after.top - before.least
    apart = (0.0 if lower <= 0 <= upper else min(abs(lower), abs(upper)), max(abs(lower), abs(upper)))
    if asked.told == "difference":
        return asked.change.can_be(*apart)
    if asked.shares and asked.told == "percent" and asked.change.can_be(*apart):
        return True  # points, told as per cent
    least, most = after.least / before.top, after.top / before.least
    if asked.told == "times":
        return asked.change.can_be(least, most)
    up = (max(0.0, least - 1) * 100, max(0.0, most - 1) * 100)
    down = (max(0.0, 1 - most) * 100, max(0.0, 1 - least) * 100)
    fits = asked.change.can_be(max(up[0], down[0]), max(up[1], down[1]))
    if asked.change.value >= _AMBIGUOUS:
        fits = fits or asked.change.can_be(least * 100, most * 100)
    return fits


def share(asked: Share) -> Finding | None:
    """What the one number is of the other, where the share that was said does not fit."""
    if asked.part.least <= 0 or asked.whole.least <= 0 or asked.part.value > asked.whole.value:
        return None
    least = 100 * asked.part.least / asked.whole.top
    most = 100 * asked.part.top / asked.whole.least
    if asked.share.can_be(least, most):
        return None
    actual = f"{number(100 * asked.part.value / asked.whole.value)} %"
    return _finding("share", part=asked.part.text, whole=asked.whole.text, actual=actual)


def total(asked: Total) -> Finding | None:
    """What the parts make together, where that is not the total; or how far shares go over a whole."""
    least, most = sum(p.least for p in asked.parts), sum(p.top for p in asked.parts)
    together = " + ".join(number(p.value) for p in asked.parts)
    actual = number(sum(p.value for p in asked.parts))
    if asked.total is None:
        over = sum(p.value for p in asked.parts) > 100 + _ROUNDED * len(asked.parts)
        return _finding("shares", sum=together, actual=f"{actual} %") if over else None
    if asked.total.can_be(least, most):
        return None
    return _finding("total", sum=together, actual=actual)


def span(asked: Span) -> Finding | None:
    """How many years lie between the two, where that is not what was said."""
    years = asked.last - asked.first
    if years <= 0 or asked.years.can_be(years - _INCLUSIVE, years + _INCLUSIVE):
        return None
    return _finding("span", first=str(asked.first), last=str(asked.last), actual=str(years))


def number(value: float) -> str:
    """A number as a message shows it: with at most one place behind the point, in thousands."""
    digits = 1 if abs(value) < 100 else 0
    return f"{value:,.{digits}f}".removesuffix(".0")


def _finding(variant: str, **slots: str) -> Finding:
    return Finding(SIGNAL, CONFIDENCE, variant, slots)
