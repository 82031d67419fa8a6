"""Shapes: where numbers stand to each other, written as sentences with named places.

A shape such as ``from {before}{gap} to {after}`` becomes one pattern. A space is any white space (`` ?`` may
be missing), ``{gap}`` up to six words, ``{few}`` up to four, ``{far}`` some more, ``{apart}`` a comma, dash
or bracket, ``{det}`` whose something is; other names are patterns that are handed in. A match is given only
where no number but those named (and years) stands in it: a third number would make it another sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

_WORD = r"[^\s,;:()“”\"\[\]]+"
_GAPS = {
    "gap": rf"(?:,?\s+{_WORD}){{0,6}}?",
    "few": rf"(?:\s+{_WORD}){{0,4}}?",
    "far": r"[^;:()“”\"]{0,70}?",
}
_FIXED = {
    "apart": r"(?:,\s+|\s?[(–—]\s?|\s-\s)(?:(?:or|an?|(?:that|which)\s+(?:is|was|means))\s+)*",
    "det": r"(?:(?:the|its|their|his|her|our|all|these|those|every)\s+)?(?:[\w.-]+['’]s?\s+)?",
}
_GAP = "gap_"  # how the groups of gaps begin
_PLACE = re.compile(r"\{([a-z]\w*)\}")
_OPENS_A_RANGE = re.compile(r"(?:\s(?:to|or|and)|[–-])$")
_LONGEST_NUMBER = 30  # code points
_GROUP = re.compile(r"\([^()]*\)(?:\?|\{[^}]*\}\??)?|\[[^]]*\]\+?")
_LETTERS = re.compile(r"(?<![a-z])[a-z]{2,}(?![a-z?])")
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")


class Shapes:
    """Finds the shapes of a list in a sentence."""

    def __init__(self, shapes: Iterable[str], parts: Mapping[str, str], numbers: re.Pattern[str]) -> None:
        self.patterns = [(_compiled(shape, parts), _words(shape)) for shape in shapes]
        self.numbers = numbers

    def __call__(self, sentence: str) -> Iterator[re.Match[str]]:
        """The matches, one for the same words, in the order of the shapes."""
        taken: list[tuple[int, int]] = []
        lower = sentence.lower()
        for pattern, words in self.patterns:
            if not all(word in lower for word in words):
                continue  # asking the pattern is a hundred times as dear
            for match in pattern.finditer(sentence):
                start, end = match.span()
                if all(end <= a or b <= start for a, b in taken) and self._is_clear(match):
                    taken.append((start, end))
                    yield match

    def _is_clear(self, match: re.Match[str]) -> bool:
        """No other number among the words; and none before that makes a range of the first: "20 to 25"."""
        named = [match.span(n) for n in match.groupdict() if match[n] is not None and not n.startswith(_GAP)]
        for number in self.numbers.finditer(match.string, match.start(), match.end()):
            inside = any(a <= number.start() and number.end() <= b for a, b in named)
            if not inside and not _YEAR.fullmatch(number.group()):
                return False
        before = match.string[: match.start()].rstrip()
        first = _OPENS_A_RANGE.sub("", before).rstrip("% ")
        return first == before or not self._ends_in_number(first)

    def _ends_in_number(self, text: str) -> bool:
        last = text[-_LONGEST_NUMBER:]
        return any(m.end() == len(last) for m in self.numbers.finditer(last))


def between(match: re.Match[str]) -> str:
    """The words of a match's gaps."""
    return " ".join(words for name, words in match.groupdict().items() if name.startswith(_GAP) and words)


def _compiled(shape: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    pattern, at = "", 0
    for place in _PLACE.finditer(shape):
        pattern += _spaced(shape[at : place.start()])
        name = place[1]
        if name in _FIXED:
            pattern += _FIXED[name]
        else:
            group = f"{_GAP}{at}" if name in _GAPS else name
            pattern += f"(?P<{group}>{_GAPS.get(name) or parts[name]})"
        at = place.end()
    return re.compile(pattern + _spaced(shape[at:]), re.IGNORECASE)


def _words(shape: str) -> list[str]:
    """The words that a shape cannot do without."""
    plain = _PLACE.sub(" ", shape.replace(r"\(", " ").replace(r"\)", " "))
    while (fewer := _GROUP.sub(" ", plain)) != plain:
        plain = fewer
    return _LETTERS.findall(plain)


def _spaced(text: str) -> str:
    return text.replace(" ", r"\s+").replace(r"\s+?", r"\s?")
