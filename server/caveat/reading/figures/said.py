"""Numbers as said: all that the digits and the words around them leave open.

In: the words of one number ("nearly 3.5 million", "two-thirds", "25 per cent"). Out: a ``Said``. A number
is as exact as its digits: 3.5 million is anything that rounds to it, 45,000 to the nearest thousand; counts
below a hundred are taken as they stand. For figures that are held against each other; ``amounts`` is the
generous reading of them, for headlines.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence

from caveat.facts.figures.asked import Said
from caveat.reading import rules

_EXACT = 1000  # below it a plain number is a count
_DIGITS = 2  # that a round number has at least: "3 million" is 2.95 to 3.05
# … and how far it may be off at most, as a share: few write 2,000 for 2,049 without "about", but many
# 1 million for 1.02 million. Trades slips of a few per cent for peace with rounded figures.
_PLAIN_OFF, _SCALED_OFF = 0.01, 0.025


def either(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(w).replace("\\ ", r"\s+") for w in ordered) + ")"


PERCENT = re.compile(r"%|\bper\s?cent\b|\bpercent\b|\bpct\b", re.IGNORECASE)


class Numbers:
    """Reads numbers by the words of ``rules/figures.toml``, and names the patterns that find them."""

    def __init__(self) -> None:
        table, plain = rules.read("figures")["numbers"], rules.read("headline")["numbers"]
        self.about, self.open = table["about"], table["open"]
        self.fractions, self.times = table["fractions"], table["times"]
        self.words = {**plain["words"], "dozen": 12}
        self.scales = {name: factor for name, factor in plain["scales"].items() if name != "dozen"}
        self.before = before = either([*self.about, *self.open["above"], *self.open["below"]])
        behind = "|".join(self.open["behind"])
        scale = either(["hundred", "dozen", *(s for s in self.scales if len(s) > 3)])
        digits = (
            r"(?<![\w.,/:–-])(?<![\w–-][$£€])(?:(?:US|A|C)?[$£€¥]\s?)?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
            rf"(?![\d/]|[.,:]\d|[–-]\d|(?:st|nd|rd|th|s)\b)(?:[\s-]?{either(self.scales)}\b)?(?![^\W\d_])"
        )
        word, tens = either(self.words), either(w for w, n in self.words.items() if n >= 20)
        below = rf"(?:{tens}[\s-]{word}|{word})"
        spelled = (
            rf"(?<![\w-])(?<!half )(?:(?:a|{below})(?:[\s-]{scale})+(?:\s(?:and\s)?{below})?|{below})"
            r"(?![\w-])(?!\s+and\s+a\s+(?:half|quarter|third))"
        )
        about = rf"(?:{before}\s+){{0,2}}"
        self.short = rf"(?:(?<![\w.,-])\d{{1,3}}|\b{word})"
        # Whatever may be a number: cheap, to pass over what holds none.
        self.some = re.compile(rf"\d[\d,.]*|\b(?:{word}|{scale}|decade|century)\b", re.IGNORECASE)
        self.plain = re.compile(rf"{digits}|\b{spelled}", re.IGNORECASE)
        self.number = rf"{about}(?:{digits}|{spelled})(?:\s?(?:{behind})(?!\w))?"
        self.percent = (
            rf"{about}(?:{digits}|{spelled})\s?(?:%|per\s?cent\b|percent\b|pct\b)(?!\s?-?(?:age\s)?points?\b)"
        )
        self.fraction = rf"{self.in_words(self.fractions)}(?!-)"
        self.multiple = self.in_words(self.times)
        self._before = re.compile(rf"(?:{before}\s+)+", re.IGNORECASE)
        self._behind = re.compile(rf"(?:{behind})$", re.IGNORECASE)
        self._digits = re.compile(r"\d[\d,]*(?:\.(\d+))?")
        self._scale = re.compile(rf"[\s-]?({either(self.scales)})\b", re.IGNORECASE)

    def in_words(self, table: Iterable[str]) -> str:
        """The pattern of words of a table, with those that say how roughly."""
        return rf"(?:{self.before}\s+)?\b{either(table)}\b"

    def said(self, text: str) -> Said | None:
        """A number in digits or words, per cent or not; None for what is none after all."""
        words = PERCENT.sub("", " ".join(text.lower().split())).strip()
        percent = PERCENT.search(text) is not None
        core = self._behind.sub("", self._before.sub("", words)).strip()
        read = self._in_digits(core, percent) if self._digits.search(core) else self._in_words(core)
        if read is None:
            return None
        value, slack = read
        return self._around(text, words, value, value - slack, value + slack)

    def said_in_words(self, text: str, table: Mapping[str, Sequence[float]]) -> Said:
        """Words of a table that gives the ends of what they are said for: "nearly two-thirds", "a decade"."""
        words = " ".join(text.lower().split())
        least, most = table[self._before.sub("", words)]
        return self._around(text, words, (least + most) / 2, least, most)

    def _around(self, text: str, words: str, value: float, least: float, most: float) -> Said:
        """The ends moved by the words before and behind the number."""
        open_end = False
        for one in re.findall(self.before, words):
            if one in self.about:
                below, above = self.about[one]
                least, most = min(least, value * (1 - below)), max(most, value * (1 + above))
            elif one in self.open["above"]:
                open_end = True
            else:
                least = 0.0
        if self._behind.search(words):
            least, most = least * 0.85, most * 1.15
        return Said(" ".join(text.split()), value, least, None if open_end else most)

    def _in_digits(self, words: str, percent: bool) -> tuple[float, float] | None:
        found = self._digits.search(words)
        if not found:
            return None
        value = float(found.group().rstrip(",").replace(",", ""))
        places = len(found[1] or "")
        scaled = self._scale.match(words, found.end())
        factor = self.scales[scaled[1].lower()] if scaled else 1.0
        unit = 10.0**-places
        if percent:
            # Cut off as often as rounded: 33.9 is told as 33 and as 34.
            return value, max(unit, _unit_of_zeros(value) / 2 if value > 100 else 0.0)
        if not places and (scaled or value >= _EXACT):
            unit = min(_unit_of_zeros(value), 2 * value * (_SCALED_OFF if scaled else _PLAIN_OFF))
        elif not places and value < 100:
            unit = 0.0
        return value * factor, unit * factor / 2

    def _in_words(self, words: str) -> tuple[float, float] | None:
        total = current = 0.0
        scaled = 1.0
        for word in re.split(r"[\s-]+", words):
            if word in self.words:
                current += self.words[word]
            elif word in self.scales and word.isalpha():
                factor = self.scales[word]
                current, scaled = (current or 1.0) * factor, factor
                if factor >= 1000:
                    total, current = total + current, 0.0
            elif word not in {"a", "and"}:
                return None
        value = total + current
        slack = min(_unit_of_zeros(value) / 2, value * _SCALED_OFF) if scaled > 1 else 0.0
        return (value, slack) if value else None


def _unit_of_zeros(value: float) -> float:
    """The place a round number is rounded to: 45,000 to thousands. Two digits are always meant."""
    if value <= 0:
        return 0.0
    unit: float = 10.0 ** (math.floor(math.log10(value)) + 1 - _DIGITS)
    while unit > 1 and (value / unit) % 1 > 1e-9:
        unit /= 10
    return unit
