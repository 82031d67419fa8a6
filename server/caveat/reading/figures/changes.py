"""Changes and shares: "rose 25 % from 80 to 120", "12 of 40, or 25 percent".

In: a sentence. Out: questions with the numbers as said. Left alone: rates (a year, on average), points,
whatever is adjusted or counted on another base, two numbers of different units, years and ages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caveat.facts.figures.asked import Change, Figure, Said, Share
from caveat.reading import rules
from caveat.reading.figures.said import PERCENT, Numbers, either
from caveat.reading.figures.shapes import Shapes, between

_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_CURRENCY = re.compile(r"[$£€¥]")
_PLAIN = re.compile(r"\d[\d,.]*\d|\d")
_POINTS = re.compile(r"\s+(?:percentage\s|per\s?cent\s)?points?$", re.IGNORECASE)
# What a change by a third goes on with; "by half a point" and "by a quarter of …" are others.
_PARTS_WITH = re.compile(r"\s*(?:[,.;)–—]|$|-\s|(?:from|to|in|on|since|over|last|this|during|within)\b)")
_STEP = re.compile(r"(?:\s+[a-z]+)?,?\s+(?:from|to)\s|\s*(?:[.,;)]|$)")  # "by 40 people, from …"
_ENDS = re.compile(r"\s*(?:[.,;:)–—]|$|-\s|of (?:the|its|all|their|total)\b)")
_TENTH = 0.05  # of a million, in "from 3 to 5 million"
_SCALED = re.compile(r"\d\s?(?:[kmb]n?\b|thousand|million|billion|trillion)", re.IGNORECASE)
_AROUND = 30  # code points on each side in which a word tells of another base
_FROM = re.compile(r"\b(?:from|compared|against|versus|up|down)\b|\(")
_DIRECTIONS = frozenset({"up", "down"})  # "to 120, up from 80"
_HALF = 0.5  # per cent: what a whole number of them may be rounded by
_THREE = 3  # numbers, unless one of them is told in words: "doubled", "a third"
_NEAR = 15
_UNIT = re.compile(r"[\s-]?([^\W\d_]+)")
_ONE_IN = 0.12  # "one in four" is said of 22 to 28 per cent
_SMALL = 1000  # "from 3 to 5 million" are three million


class Changes:
    """Finds them by ``rules/figures.toml``."""

    def __init__(self, numbers: Numbers) -> None:
        table = rules.read("figures")
        self.numbers = numbers
        points = rf"{numbers.number}\s(?:percentage\s|per\s?cent\s)?points?\b"
        rate = rf"(?:{points}|{numbers.percent}|{numbers.fraction}|{numbers.multiple}|{numbers.number})"
        change = rf"\b{table['changes']['change']}\b"
        told = rf"(?:{change}\s+)?(?:(?:by|of)\s+)?(?:an?\s+)?{rate}"
        value = rf"{numbers.number}(?:\s?(?:%|per\s?cent\b|percent\b|pct\b))?"
        share = rf"{numbers.percent}|{numbers.fraction}"
        self.change = re.compile(change, re.IGNORECASE)
        self.no_base = re.compile(rf"\b{either(table['changes']['bases'])}\b", re.IGNORECASE)
        self.moment = re.compile(rf"\s?{table['changes']['moments']}")
        self.rate = re.compile(rf"\b{table['changes']['rates']}\b", re.IGNORECASE)
        self.joined = re.compile(rf"\b{either(table['changes']['joined'])}\b", re.IGNORECASE)
        self.units = frozenset(table["changes"]["units"])
        self.no_share = re.compile(rf"\b{either(table['shares']['abstain'])}\b", re.IGNORECASE)
        parts = {"change": told, "before": value, "after": value}
        self.changes = Shapes(table["changes"]["shapes"], parts, numbers.plain)
        parts = {"part": numbers.number, "whole": numbers.number, "share": share}
        self.shares = Shapes(table["shares"]["shapes"], parts, numbers.plain)
        self.shared = re.compile(rf"%|\bper\s?cent|\bpct\b|\b{either(numbers.fractions)}\b", re.IGNORECASE)
        self.worded = re.compile(rf"\b{either([*numbers.fractions, *numbers.times])}\b", re.IGNORECASE)
        self.stepped = re.compile(
            rf"\b{either(numbers.times)}\b|points?\b|{change}\s+(?:by\b|of\b|[$£€]?\d)", re.IGNORECASE
        )
        self._rate = re.compile(
            rf"(?P<points>{points})|(?P<percent>{numbers.percent})|(?P<multiple>{numbers.multiple})|(?P<fraction>{numbers.fraction})"
            rf"|(?P<number>{numbers.number})",
            re.IGNORECASE,
        )

    def __call__(self, sentence: str) -> Iterator[Figure]:
        """The questions of a sentence."""
        if not (self.shared.search(sentence) or self.stepped.search(sentence)):
            return  # most sentences with numbers, and the shapes are dear
        if len(self.numbers.some.findall(sentence)) < _THREE and not self.worded.search(sentence):
            return
        if _FROM.search(sentence):
            yield from filter(None, map(self._change, self.changes(sentence)))
        if self.shared.search(sentence):
            yield from filter(None, map(self._share, self.shares(sentence)))

    def _change(self, match: re.Match[str]) -> Change | None:
        before, after = self._value(match["before"]), self._value(match["after"])
        told = self._rate.search(match["change"])
        if told is None or before is None or after is None or self._is_of_another_base(match):
            return None
        change, how = self._told(told)
        if change is None or not self._is_change(match, told, how):
            return None
        shares = PERCENT.search(match["after"]) is not None
        return Change(*match.span(), _readings(match, before, after), after, change, how, shares)

    def _value(self, text: str) -> Said | None:
        if _YEAR.fullmatch(text.strip()):
            return None
        said = self.numbers.said(PERCENT.sub("", text).strip())
        if said is None or not PERCENT.search(text) or said.least != said.most:
            return said
        return Said(text, said.value, said.value - _HALF, said.value + _HALF)

    def _told(self, told: re.Match[str]) -> tuple[Said | None, str]:
        if told["percent"]:
            return self.numbers.said(told["percent"]), "percent"
        if told["multiple"]:
            return self.numbers.said_in_words(told["multiple"], self.numbers.times), "times"
        if told["fraction"]:
            return self.numbers.said_in_words(told["fraction"], self.numbers.fractions), "percent"
        return self.numbers.said(_POINTS.sub("", told["points"] or told["number"])), "difference"

    def _is_of_another_base(self, match: re.Match[str]) -> bool:
        """Whether the three belong to different sums: a rate, other units, other currencies."""
        start, end = match.span()
        around = match.string[max(0, start - _AROUND) : end + _AROUND]
        if self.no_base.search(around) or self.joined.search(between(match)) or self._is_a_rate(match):
            return True
        if any(self.moment.match(match.string, match.end(name)) for name in ("before", "after")):
            return True
        first, second = sorted([match.span("before"), match.span("after")])
        if any(
            word.group() not in _DIRECTIONS
            for word in self.change.finditer(match.string, first[1], second[0])
        ):
            return True
        before, after = match["before"], match["after"]
        signs = {sign.group() for one in (before, after) if (sign := _CURRENCY.search(one))}
        units = {self._unit(match, name) for name in ("before", "after")} - {""}
        parted = bool(PERCENT.search(before)) > bool(PERCENT.search(after))
        parted |= bool(PERCENT.search(after)) and bool(_CURRENCY.search(before))
        return len(signs) > 1 or len(units) > 1 or parted

    def _is_a_rate(self, match: re.Match[str]) -> bool:
        """Whether it tells of so much a year; but "$22 an hour" is a unit."""
        units = {match.end(name) for name in ("before", "after")}
        found = self.rate.finditer(match.string, match.start(), match.end() + _AROUND)
        return any(len(match.string[: rate.start()].rstrip()) not in units for rate in found)

    def _unit(self, match: re.Match[str], name: str) -> str:
        word = _UNIT.match(match.string, match.end(name))
        return word[1].lower().removesuffix("s") if word and word[1].lower() in self.units else ""

    def _is_change(self, match: re.Match[str], told: re.Match[str], how: str) -> bool:
        """Whether the change is one: "25 per cent of …" is a share; a plain number needs its unit told."""
        text, end = match.string, match.end("change")
        follows = text[end : end + _AROUND]
        if how == "times":
            return True
        if told["points"]:
            return PERCENT.search(match["after"]) is not None or not _CURRENCY.search(match["after"])
        if re.match(r"\s+of\b", follows) or (told["fraction"] and not _PARTS_WITH.match(follows)):
            return False
        if not self.change.search(text[max(0, match.start() - _AROUND) : match.end() + _AROUND]):
            return False
        if how == "percent":
            return True
        alike = all(
            bool(sign.search(match["change"])) == bool(sign.search(match["after"]))
            for sign in (_CURRENCY, _SCALED, PERCENT)
        )
        # "Rose by 30", "an increase of 30": the number is the step itself.
        step = match["change"].startswith("by ") or self.change.match(match["change"]) is not None
        return alike and step and _STEP.match(follows) is not None

    def _share(self, match: re.Match[str]) -> Share | None:
        start, end = match.span()
        around = match.string[max(0, start - _NEAR) : end + _NEAR]
        follows = match.string[match.end("share") : match.end("share") + _AROUND]
        if self.no_share.search(around) or _YEAR.fullmatch(match["whole"]) or _YEAR.fullmatch(match["part"]):
            return None
        if match.end("share") == end and not _ENDS.match(follows):
            return None
        if any(PERCENT.match(match.string[match.end(name) :].lstrip()) for name in ("part", "whole")):
            return None
        part, whole = self.numbers.said(match["part"]), self.numbers.said(match["whole"])
        share = self._told(told)[0] if (told := self._rate.search(match["share"])) else None
        if part is None or whole is None or share is None or _SCALED.search(match["whole"]):
            return None
        if " in " in match.string[match.end("part") : match.start("whole")]:
            least, most = share.least * (1 - _ONE_IN), share.top * (1 + _ONE_IN)
            share = Said(share.text, share.value, least, most if share.most is not None else None)
        return Share(start, end, part, whole, share)


def _readings(match: re.Match[str], before: Said, after: Said) -> tuple[Said, ...]:
    """In "from 3 to 5 million" the first is three million; or three, if that fits."""
    between = match.string[match.end("before") : match.start("after")]
    scaled = _SCALED.search(match["after"])
    if not scaled or _SCALED.search(match["before"]) or before.value >= _SMALL or between.strip() != "to":
        return (before,)
    factor = (
        after.value / float(plain.group().replace(",", "")) if (plain := _PLAIN.search(after.text)) else 1.0
    )
    slack = max(before.value - before.least, _TENTH) * factor
    value = before.value * factor
    most = None if before.most is None else value + slack
    return (Said(before.text, value, value - slack, most), before)
