"""Totals: "nine people: four women, three men and a child", "60 in A, 30 in B and 20 in C, a total of 120".

In: a sentence. Out: questions with the parts as said. A list is taken only where it is whole: each part
begins with its number, the last is joined by "and", nothing says that parts overlap or are left out, and what
is counted can be counted to the last one. Of shares told of one whole, only those that leave no room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caveat.facts.figures.asked import Figure, Said, Total
from caveat.reading import rules
from caveat.reading.figures.said import Numbers, either

_WORD = r"[^\s,;:()“”\"\[\]–—]+"
_MOST_WORDS = 6  # in a part
_MOST_PARTS = 12
# What opens a list of parts, and what may close it; "" is the end of the sentence.
_CLOSES = {":": " ", ",": " ,", "were": " ,", "are": " ,", "(": ")", "–": " –", "—": " —", "-": " -"}
_JOINS = re.compile(r"[,;]\s+(?:and\s+)?|\s+and\s+|\s+plus\s+")
_AROUND = 30  # code points
_PARTIAL = 2  # times too much or too little: such a list is of some, or of something else
_FEWEST_SHARES = 3
_MOST_SHARES = 5  # beyond, a sentence tells of more than one question


class Totals:
    """Finds them by ``rules/figures.toml``."""

    def __init__(self, numbers: Numbers) -> None:
        table = rules.read("figures")["totals"]
        self.numbers = numbers
        counted, one = either(table["counted"]), either(table["one"])
        single = rf"an?\s+(?:{_WORD}\s+){{0,2}}?{one}(?:\s+{_WORD}){{0,3}}?"
        item = rf"(?:{numbers.number}(?:\s+{_WORD}){{0,{_MOST_WORDS}}}?|{single})"
        parts = rf"(?P<parts>{item}(?:(?:,|;)\s+{item}){{0,{_MOST_PARTS}}}(?:,|;)?\s+(?:and|plus)\s+{item})"
        of = rf"(?:(?P<sum>a\s+total\s+of\s+)?(?P<total>{numbers.number})(?:\s+{_WORD}){{0,5}}?)"
        self.first = re.compile(
            rf"{of}(?P<opens>[:,]|\s?\(|\s?[–—]|\s-|\s(?:were|are)(?=\s))\s?{parts}(?P<closes>\s?[)–—]|,|\s-\s|[.;]?\s*$)",
            re.IGNORECASE,
        )
        self.last = re.compile(
            rf"{parts}(?:,|\s[–—-])?\s+(?:(?:for|making|which\s+makes)\s+)?"
            rf"(?:(?:a|an\s+overall|a\s+grand)\s+total\s+of\s+(?P<total>{numbers.number})"
            rf"|(?:or\s+)?(?P<all>{numbers.number})(?:\s+{_WORD}){{0,2}}?\s+(?:in\s+all|in\s+total|altogether)\b)",
            re.IGNORECASE,
        )
        self.item = re.compile(
            rf"(?:^|[,;]\s+|\s(?:and|plus)\s+)(?P<item>{numbers.number}|an?\b)", re.IGNORECASE
        )
        self.counted = re.compile(rf"\b{counted}\b", re.IGNORECASE)
        self.one = re.compile(rf"\b{one}\b", re.IGNORECASE)
        self.persons = re.compile(rf"\b{either(table['persons'])}\b", re.IGNORECASE)
        self.everybody = re.compile(rf"\b{either(table['everybody'])}\b", re.IGNORECASE)
        self.told = re.compile(rf"\b{table['told']}\b", re.IGNORECASE)
        self.abstain = re.compile(rf"\b{either(table['abstain'])}(?!\w)|%", re.IGNORECASE)
        self.exclusive = re.compile(rf"\b{either(table['exclusive'])}\b", re.IGNORECASE)
        self.apart = re.compile(rf"\b{either(table['apart'])}\b|[;:]", re.IGNORECASE)
        self.percent = re.compile(numbers.percent, re.IGNORECASE)

    def __call__(self, sentence: str) -> Iterator[Figure]:
        """The questions of a sentence."""
        if " and " not in sentence and " plus " not in sentence:
            return
        for match in self.first.finditer(sentence):
            closes = match["closes"].strip().rstrip(".;")
            if (closes or " ") in _CLOSES[match["opens"].strip().lower()] and (
                found := self._total(match, match["total"])
            ):
                yield found
        if "total" in sentence or " in all" in sentence or "altogether" in sentence:
            for match in self.last.finditer(sentence):
                before = self.numbers.plain.search(sentence, 0, match.start())
                if before is None and (found := self._total(match, match["total"] or match["all"])):
                    yield found
        if found := self._shares(sentence):
            yield found

    def _total(self, match: re.Match[str], words: str) -> Total | None:
        start, end = match.span()
        text = match.string
        if self.abstain.search(text[max(0, start - _AROUND) : end]):
            return None
        total = self.numbers.said(words)
        parts = self._parts(match["parts"])
        if total is None or not parts:
            return None
        of = text[start : match.start("parts")] if "opens" in match.groupdict() else ""
        told = self.told.search(text, max(0, start - _AROUND), end)
        if not told and not self.counted.search(of):
            return None
        beside = of.rstrip().endswith((",", "were", "are"))
        if beside and not (self.everybody.search(of) and self._are_persons(match["parts"])):
            return None
        if beside and text[:start].lower().endswith("of "):
            return None
        if not total.value / _PARTIAL <= sum(part.value for part in parts) <= total.value * _PARTIAL:
            return None
        return Total(start, end - len(match.groupdict().get("closes") or ""), tuple(parts), total)

    def _are_persons(self, text: str) -> bool:
        return all(self.persons.search(piece) for piece in _JOINS.split(text))

    def _parts(self, text: str) -> list[Said]:
        """The numbers that begin each part; none where a part holds another number or none of its own."""
        parts: list[Said] = []
        items = [*self.item.finditer(text)]
        for item, behind in zip(items, [*[i.start() for i in items[1:]], len(text)], strict=True):
            words = text[item.start("item") : behind]
            if item["item"].lower() in {"a", "an"}:
                if not self.one.search(words):
                    return []
                parts.append(Said(item["item"], 1, 1, 1))
            elif (said := self.numbers.said(item["item"])) is not None:
                parts.append(said)
            if self.numbers.plain.search(text, item.end("item"), behind):
                return []
        return parts if len(parts) == len(_JOINS.split(text)) else []

    def _shares(self, sentence: str) -> Total | None:
        """All shares of a sentence, where one is what is left over and nothing tells of other wholes."""
        if not self.exclusive.search(sentence) or self.apart.search(sentence):
            return None
        found = [*self.percent.finditer(sentence)]
        said = [self.numbers.said(m.group()) for m in found]
        numbers = [*self.numbers.plain.finditer(sentence)]
        if not _FEWEST_SHARES <= len(found) <= _MOST_SHARES or len(numbers) != len(found):
            return None
        return Total(found[0].start(), found[-1].end(), tuple(one for one in said if one))
