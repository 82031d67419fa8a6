"""Whether a checked claim and an article's words agree in what may not differ: names, figures, polarity.

In: both texts, plain. Out: an ``Agreement``, and how many of the claim's words the text has. Nothing can go
wrong; where in doubt they do not agree.

Without a parser: names are runs of capitalised words, figures are digits and number words with what
multiplies them, polarity is negations and opposites of ``matching.toml`` in the sentence that is nearest to
the claim.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from caveat.facts.factchecks.matching.words import WORD, folded, listed, rules, stem, terms, words

Name = tuple[str, ...]

_SENTENCE = re.compile(r"(?<=[^\W\d_]{2}[.!?…])[\"'”’)]*\s+|\s+[—–]\s+|\n+")
_BEGINS = re.compile(r"[.!?:]\s*$|[\"“‘]$")
_JOINS = re.compile(r"[ \-&]*|\. ")  # what may stand inside a name: "O'Neill-Smith", "Robert C. Smith"
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\ds?")
_DAY = re.compile(r"[0-3]?\d(?:st|nd|rd|th)?")
_WITH_UNIT = re.compile(r"(\d+)(k|m|bn|th|st|nd|rd|s)")


@dataclass(frozen=True, slots=True)
class Agreement:
    """What of a checked claim the words have too."""

    names: bool
    figures: bool
    polarity: bool

    @property
    def whole(self) -> bool:
        return self.names and self.figures and self.polarity


def agreement(text: str, claim: str) -> Agreement:
    """How far a text says what a claim says."""
    nearest = _nearest(text, claim)
    return Agreement(
        names=_same_names(nearest, claim, _known(text)),
        figures=_same_figures(text, claim),
        polarity=_same_polarity(nearest, claim),
    )


def shares(there: frozenset[str], claim: str, rarity: Callable[[str], float]) -> tuple[float, float]:
    """How many of the claim's words are among a text's terms, and how many of those beside names and figures.

    Each word is weighed by how rare it is; 0 to 1. Where there is nothing beside the names, that is 1.
    """
    weights = {term: rarity(term) for term in terms(claim) if term not in _dress()}
    named = {stem(word) for name in names(claim) for word in name}
    beside = {term: weight for term, weight in weights.items() if term not in named and term.isalpha()}
    return _share(there, weights, 0.0), _share(there, beside, 1.0)


def _share(there: frozenset[str], weights: Mapping[str, float], otherwise: float) -> float:
    whole = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in there) / whole if whole else otherwise


def _known(text: str) -> frozenset[str]:
    """Words of a text, their stems, and the first letters of its names."""
    there = frozenset(map(folded, words(text)))
    return frozenset(map(stem, there)) | there | {_initials(name) for name in names(text)}


def _same_names(nearest: str, claim: str, known: frozenset[str]) -> bool:
    """Every name of the claim is there; or all but one are, and the sentence names nobody in its place."""
    wanted = names(claim)
    missing = [name for name in wanted if not _is_there(name, known)]
    if len(missing) != 1 or len(wanted) < 2:
        return not missing
    return all(_is_there(name, _known(claim)) for name in names(nearest))


def names(text: str) -> list[Name]:
    """The proper names of a text: runs of capitalised words, folded."""
    found: list[Name] = []
    run: list[str] = []
    end = 0
    for word in WORD.finditer(text):
        between = text[end : word.start()]
        is_name = _is_name(word[0], begins=end == 0 or _BEGINS.search(between) is not None)
        if run and not (is_name and _JOINS.fullmatch(between)):
            found.append(tuple(run))
            run = []
        if is_name:
            run.append(folded(word[0]).removesuffix("'s"))
        end = word.end()
    found += [tuple(run)] if run else []
    return [name for name in found if " ".join(name) not in rules()["assumed"]]


def _is_name(word: str, begins: bool) -> bool:
    low = folded(word).removesuffix("'s")
    if not word[0].isupper() or low in _no_names():
        return False
    # Every sentence begins with a capital letter; of a photograph it says nothing.
    return not (begins and stem(low) in _dress())


@cache
def _no_names() -> frozenset[str]:
    return listed("empty") | listed("not_names") | listed("months") | frozenset(rules()["numbers"])


def _is_there(name: Name, known: frozenset[str]) -> bool:
    """Whether a name stands in a text: its last word does, or its first letters ("FBI")."""
    return name[-1] in known or stem(name[-1]) in known or (len(name) > 1 and _initials(name) in known)


def _initials(name: Name) -> str:
    return "".join(word[0] for word in name) if len(name) > 1 else name[0]


def _same_figures(text: str, claim: str) -> bool:
    """Every figure of the claim is there, and every year."""
    (here, years), (wanted, wanted_years) = figures(text), figures(claim)
    return wanted <= here and wanted_years <= years


def figures(text: str) -> tuple[frozenset[float], frozenset[float]]:
    """The figures of a text ("2 million" and "2,000,000" are the same) and, apart, its years.

    A day of a month is neither.
    """
    found, years = set(), set()
    numbers, scales, months = rules()["numbers"], rules()["scales"], listed("months")
    row = ["", *map(folded, words(text)), ""]
    for before, word, after in zip(row, row[1:], row[2:], strict=False):
        scale = scales.get(after, 1)
        if _DAY.fullmatch(word) and (before in months or after in months):
            continue
        if _YEAR.fullmatch(word) and scale == 1:
            years.add(float(word.removesuffix("s")))
        elif _DIGITS.fullmatch(word):
            found.add(_number(word) * scale)
        elif word in numbers and (numbers[word] > 1 or scale > 1):  # "one" is seldom a number
            found.add(float(numbers[word] * scale))
        elif unit := _WITH_UNIT.fullmatch(word):
            found.add(float(int(unit[1]) * scales.get(unit[2], 1)))
    return frozenset(found), frozenset(years)


def _number(digits: str) -> float:
    if _THOUSANDS.fullmatch(digits):
        return float(digits.replace(",", ""))
    whole, *parts = digits.replace(",", ".").split(".")
    return float(f"{whole}.{parts[0]}" if parts else whole)


def _nearest(text: str, claim: str) -> str:
    """The sentence of a text that has the most words of the claim."""
    wanted = frozenset(terms(claim))
    sentences = [part for part in _SENTENCE.split(text) if part] or [text]
    return max(sentences, key=lambda part: len(wanted & frozenset(terms(part))))


def _same_polarity(sentence: str, claim: str) -> bool:
    here, there = (frozenset(map(folded, words(part))) for part in (sentence, claim))
    if _negated(here) != _negated(there):
        return False
    return not any(
        there & one and here & other and not here & one and not there & other
        for left, right in _opposites()
        for one, other in ((left, right), (right, left))
    )


def _negated(found: frozenset[str]) -> bool:
    negations = frozenset(rules()["polarity"]["negations"].split())
    return bool(found & negations) or any(word.endswith("n't") for word in found)


@cache
def _opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    sides = (line.split("|") for line in rules()["polarity"]["opposites"])
    return tuple((frozenset(left.split()), frozenset(right.split())) for left, right in sides)


@cache
def _dress() -> frozenset[str]:
    return frozenset(map(stem, listed("dress")))
