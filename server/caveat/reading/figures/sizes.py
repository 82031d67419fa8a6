"""Sizes of countries: "Germany's population of 83 million", "Iceland covers 103,000 square kilometres".

In: a sentence. Out: questions with people or square kilometres. Left alone: parts of a population, other days
than now, numbers of several countries together, countries whose name is also another place's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from caveat.facts.figures.asked import Said, Size
from caveat.reading import rules
from caveat.reading.figures.dates import years
from caveat.reading.figures.said import Numbers, either
from caveat.reading.figures.shapes import Shapes

_TO_SQUARE_KM = {"mile": 2.59, "mi": 2.59, "acre": 0.004047, "hectare": 0.01}
# What may follow a figure that is of the whole: "8 million people with diabetes" are some of them.
_WHOLE = re.compile(
    r"\s*(?:[.,;:)–—]|$)|\s-\s|\s(?:is|has|was|are|have|fell|grew|rose|shrank|makes|voted|votes)\b"
)
_AROUND = 40
_TOLD = {
    "population": ("population", "people", "inhabitants", "residents", "nation of", "country of"),
    "area": ("quare", "sq", "km²", "km2", "acres", "hectares"),
}
_FEWEST = 1000  # people or square kilometres; a smaller number counts something else


class Sizes:
    """Finds them by ``rules/figures.toml``, for the names of countries handed in."""

    def __init__(self, numbers: Numbers, names: Iterable[str]) -> None:
        table = rules.read("figures")["sizes"]
        self.numbers = numbers
        parts = {
            "country": rf"(?-i:(?<![\w-]){either(names)}(?![\w-]))",
            "amount": numbers.number,
            "unit": r"(?:square\s+(?:kilomet(?:re|er)s?|miles?)|sq\.?\s?(?:km|mi)|km[²2]|hectares|acres)",
        }
        self.shapes = {k: Shapes(table[k], parts, numbers.plain) for k in ("population", "area")}
        self.abstain = re.compile(rf"\b{either(table['abstain'])}\b", re.IGNORECASE)
        self.before = re.compile(rf"\b{table['before']}\s*$")

    def __call__(self, sentence: str) -> Iterator[Size]:
        """The questions of a sentence."""
        kinds = [k for k, words in _TOLD.items() if any(word in sentence for word in words)]
        for kind in kinds:
            for match in self.shapes[kind](sentence):
                if (found := self._size(match, kind)) is not None:
                    yield found

    def _size(self, match: re.Match[str], kind: str) -> Size | None:
        start, end = match.span()
        around = match.string[max(0, start - _AROUND) : end + _AROUND]
        amount = self.numbers.said(match["amount"])
        at = match.start("country")
        if amount is None or self.abstain.search(around) or self.before.search(match.string[:at]):
            return None
        if kind == "area":
            unit = match["unit"].lower()
            factor = next((f for name, f in _TO_SQUARE_KM.items() if name in unit), 1.0)
            most = None if amount.most is None else amount.most * factor
            amount = Said(amount.text, amount.value * factor, amount.least * factor, most)
        told = years(match.string)
        if amount.value < _FEWEST or not _WHOLE.match(match.string[end:]):
            return None
        return Size(start, end, match["country"], kind, amount, min(told) if told else None)
