"""Amounts: the numbers that words tell, so that a headline's can be looked for in the text.

In: a piece of text. Out: each number with all it can mean ("£4m" is four million, or four metres), and
whether one is carried by the numbers of other texts: exactly, rounded, converted ("48 hours" is two days) or
worked out from two numbers of one sentence. Generous on purpose: a note must not be made of arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, pairwise
from typing import Any

from caveat.reading import rules

_ROUNDED = 0.1  # how far "nearly 500" may be from 487
_CONVERTED = 0.04  # how far "100 miles" may be from "160 km"
_UNIT = re.compile(r"[\s-]*([^\W\d_]+)")
_WHOLE = 0.6  # per cent, rounded to a whole number
_MOST_PAIRS = 12  # numbers in a sentence beyond which it is a table, and pairs would give anything


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a text: where it stands, and what it can mean."""

    start: int
    end: int
    meanings: tuple[float, ...]
    scaled: bool = False  # said with a unit of its own: %, £, million
    share: bool = False  # per cent
    unit: str = ""  # the word behind it, in the plural: "months"
    about: bool = False  # said to be roughly so: "nearly 500"


def amounts(text: str) -> list[Amount]:
    """The numbers of a text, in digits or words, in order."""
    found = (_amount(match) for match in _pattern().finditer(text))
    return [_with_words_around(amount, text) for amount in found if amount is not None]


def _with_words_around(amount: Amount, text: str) -> Amount:
    after = text[amount.end :].lower()
    unit = (_UNIT.match(after) or ["", ""])[1]
    about = after.startswith("+") or _about().search(text[: amount.start].lower()) is not None
    return replace(amount, unit=unit if not unit or unit.endswith(("s", "km")) else unit + "s", about=about)


def is_measured(unit: str) -> bool:
    """Whether a unit is one that can be told in another: hours, miles."""
    return unit in _data()["units"]


def ratios(text: str) -> list[Amount]:
    """What "one in five", "3 out of 4" and "two thirds" say, in per cent."""
    found = amounts(text)
    shared = [
        Amount(few.start, many.end, (100 * few.meanings[0] / many.meanings[0],), True, True)
        for few, many in pairwise(found)
        if text[few.end : many.start].strip().lower() in _data()["ratios"]
        and many.meanings[0]
        and not few.share
    ]
    for one in found:
        part = _UNIT.match(text, one.end)
        if part and (by := _data()["denominators"].get(part[1].lower())):
            shared.append(
                Amount(one.start, part.end(), (100 * one.meanings[0] / by,), True, True, about=True)
            )
    return shared


def shares(text: str) -> list[Amount]:
    """Amounts told without a number of their own: half, doubled, one in five."""
    words = _share_words().finditer(text.lower())
    return [*ratios(text), *(Amount(m.start(), m.end(), tuple(_shares()[m.group()]), True) for m in words)]


def worked_out(amount: Amount, values: Sequence[float]) -> bool:
    """Whether a reader can work the amount out from numbers that stand together: a sum or a difference, and
    for a share what one is of another, or by how much they differ."""
    if not 2 <= len(values) <= _MOST_PAIRS:
        return False
    if sum(values) in amount.meanings:
        return True
    for a, b in combinations(values, 2):
        if a + b in amount.meanings or abs(a - b) in amount.meanings:
            return True
        parts = ((a, b), (b, a)) if amount.share and a and b else ()
        for one, other in parts:
            found = (100 * other / one, abs(100 * (other - one) / one))
            if any(abs(value - meaning) < _WHOLE for value in found for meaning in amount.meanings):
                return True
    return False


def carried(amount: Amount, told: Iterable[Amount]) -> bool:
    """Whether one of the amounts told says the same: the same number of the same, roughly so, or in another
    unit. "Six weeks" are not six months."""
    into = _data()["units"].get(amount.unit, {})
    for one in told:
        slack = _ROUNDED if amount.about or one.about else 0.0
        factors = [(factor, _CONVERTED) for unit, factor in into.items() if one.unit in {unit, ""}]
        if not (is_measured(amount.unit) and is_measured(one.unit) and amount.unit != one.unit):
            factors.append((1.0, slack))
        if any(_is(v, m * f, by) for v in one.meanings for m in amount.meanings for f, by in factors):
            return True
    return False


def _is(value: float, meaning: float, slack: float) -> bool:
    if abs(value - meaning) <= max(slack * abs(meaning), 1e-6 * abs(meaning)):
        return True
    return meaning >= 10 and _rounded(value, meaning) == meaning


def _rounded(value: float, like: float) -> float:
    """The value with as many digits as the other has before its zeros: 4,212 like 4,000 is 4,000."""
    digits = len(f"{like:.0f}".rstrip("0"))
    places = digits - len(f"{value:.0f}")
    return round(value, min(places, 0)) if value >= 1 else value


def _amount(match: re.Match[str]) -> Amount | None:
    digits, scale = match["digits"], (match["scale"] or "").lower()
    if digits:
        value = float(digits.replace(",", ""))
        factor = _data()["scales"].get(scale, 1)
        meanings = (value * factor, value) if scale in {"m", "k"} else (value * factor,)
        return Amount(
            match.start(),
            match.end(),
            meanings,
            bool(match["sign"] or scale or match["share"]),
            bool(match["share"]),
        )
    spelled = _spelled(match["words"].lower())
    return None if spelled is None else Amount(match.start(), match.end(), (spelled,), spelled >= 1e3)


def _spelled(words: str) -> float | None:
    """The value of number words: "two hundred and twelve", "forty-seven", "a million"."""
    total = current = 0.0
    for word in re.split(r"[\s-]+", words):
        if word in _data()["words"]:
            current += _data()["words"][word]
        elif word in _data()["scales"]:
            factor = _data()["scales"][word]
            current = (current or 1) * factor
            if factor >= 1e3:
                total, current = total + current, 0.0
    return total + current or None


# Pure functions of files that ship with the package, so remembering their answers shares no state.
@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = rules.read("headline")["numbers"]
    return found


@cache
def _shares() -> dict[str, list[float]]:
    found: dict[str, list[float]] = _data()["shares"]
    return found


@cache
def _share_words() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(_shares(), key=len, reverse=True))})\b")


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join([*_data()["words"], *(s for s in _data()["scales"] if len(s) > 3)])
    scales = "|".join(sorted(_data()["scales"], key=len, reverse=True))
    return re.compile(
        rf"(?P<sign>[£$€])?(?<![\w.,/:–-])(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d/:–]|-\d)"
        rf"(?:[\s-]?(?P<scale>{scales})\b|\s?(?P<share>%|per cent\b|percent\b|pc\b))?(?![^\W\d_])"
        rf"|(?<![\w-])(?P<words>(?:{words})(?:(?:[\s-]|\sand\s)(?:{words}))*)\b",
        re.IGNORECASE,
    )


@cache
def _about() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_data()['about'])})\s*[£$€]?$")
