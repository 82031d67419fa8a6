"""headline-gap: a headline that says more than the text below it.

In: the headline and the text's sentences. Out: at most one ``Gap``: the words of the headline, which message
says it, and how the text puts it where that can be quoted. Four things are looked for, the clearest first: a
number that no sentence gives, a superlative that no sentence repeats, and a certainty, a cause or an
"everyone" where the text on the same matter is softer. A headline that asks, quotes or is careful itself
promises nothing, and a text of a few lines is no text to hold it against.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from caveat.reading import amounts, rules
from caveat.reading.quotations import quoted

_FEWEST_SENTENCES = 3
_FEWEST_CHARACTERS = 160
_COUNTED = 12  # up to here a number may be a count of what the text lists without a number
_STEM = 5  # letters by which a headline's word is known again: "dementia", "dement…"
_SHORTEST_WORD = 4
_MARKS = 8  # code points by which the headline may be longer where it stands again
_FEW_TOPICS = 4  # words of a headline up to which one of them shows that the text is on the same matter
_SAME_MATTER = 2  # of the headline's words about a sentence that puts it more softly
_NEAR = 2  # sentences on each side
_YEARS = range(1900, 2101)
_WORD = re.compile(r"[^\W\d_]+")
# What sites put behind their headlines: "Bridge closed | The Lowmoor Courier".
_SITE = re.compile(r"\s+[|•·]\s.*$|\s+[–—-]\s+(?:[A-Z][\w.'’]*\s?){1,5}$")
_MAY = re.compile(
    r"(?:(?<=\bin )|(?<=\bby )|(?<=\bon )|(?<=\bof )|(?<=\bnext )|(?<=\blast )|(?<=\bthis )|(?<=\blate )"
    r"|(?<=\buntil )|(?<=\d ))may\b|\bmay(?= \d)"
)
_TIMES = frozenset({"years", "decades", "generations"})
_PRONOUNS = re.compile(r"\W*(?:It|They|He|She|This|That|These|Those)\b")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence below the headline: as it stands, in lower case, and the headline's words in it."""

    words: str
    lower: str
    topics: set[str]


@dataclass(frozen=True, slots=True)
class Gap:
    """What the headline says and the text does not: its words, and the text's instead, if any."""

    variant: str
    words: str
    text: str | None = None
    confidence: float = 0.7


def headline(title: str, site: str | None = None) -> str:
    """A page's title without the name of its site."""
    title = " ".join(title.split())
    if site and title.lower().endswith(site.lower()):
        title = title[: -len(site)].rstrip(" |–—-•·:")
    return _SITE.sub("", title)


def gap(title: str, sentences: Sequence[str], *, opinion: bool = False) -> Gap | None:
    """The clearest gap between a headline and the sentences below it. On a page that argues for a view
    only numbers count: there a headline is an opinion too."""
    own = _unquoted(title)
    if not title or title.rstrip("”\"'’ ").endswith("?"):
        return None
    wanted, more = _amounts(own), not opinion and _says_more(_lower(own))
    if not wanted and not more:
        return None  # nothing to look for: most headlines
    below = [s for s in sentences if not _repeats(title, s)]
    if len(below) < _FEWEST_SENTENCES or sum(map(len, below)) < _FEWEST_CHARACTERS:
        return None
    topics = _stems(own)
    lines = [Line(s, lower := _lower(s), _found(topics, lower)) for s in below]
    if len(set().union(*(line.topics for line in lines))) < (1 if len(topics) <= _FEW_TOPICS else 2):
        return None  # the title is not this text's
    found = _number(own, wanted, lines) if wanted else None
    if found is None and more:
        found = _superlative(_lower(own), lines) or _softened(_lower(own), lines, len(topics))
    return found


def _amounts(title: str) -> list[amounts.Amount]:
    """The headline's numbers that say something about the event."""
    ratios = amounts.ratios(title)
    whole = [one for one in amounts.amounts(title) if not any(r.start <= one.start < r.end for r in ratios)]
    return [one for one in (*ratios, *whole) if not _is_name(title, one)]


def _says_more(title: str) -> bool:
    """Whether a headline has words that a text may not carry, and is not careful itself."""
    if _rule("careful").search(title):
        return False
    gaps = (_rule(f"gap.{number}.says") for number in range(len(_data()["gap"])))
    lists = (_rule(f"superlative.lists.{name}") for name in _superlatives())
    return any(pattern.search(title) for pattern in (*gaps, *lists))


def _lower(text: str) -> str:
    """In lower case, without the month of May, which is no "may"."""
    lower = text.lower()
    return _MAY.sub("m_y", lower) if "may" in lower else lower


def _repeats(title: str, sentence: str) -> bool:
    """Whether a line of the text is the headline again."""
    if len(sentence) > len(title) + _MARKS:
        return False
    one, other = (" ".join(_WORD.findall(s.lower())) for s in (title, sentence))
    return bool(other) and (one == other or (len(other) > 20 and other in one))


def _unquoted(title: str) -> str:
    """The headline with blanks for what it quotes: those words are a speaker's."""
    for start, end, _ in quoted(title):
        title = title[:start] + " " * (end - start) + title[end:]
    return title


def _stems(text: str) -> set[str]:
    words = (w.lower() for w in _WORD.findall(text))
    return {w[:_STEM] for w in words if len(w) >= _SHORTEST_WORD and w not in _little()}


def _found(topics: set[str], lower: str) -> set[str]:
    """Which of the headline's words stand in a sentence."""
    return {topic for topic in topics if topic in lower and re.search(rf"\b{topic}", lower)}


# --- numbers ----------------------------------------------------------------------------------------------


def _number(title: str, wanted: Sequence[amounts.Amount], lines: Sequence[Line]) -> Gap | None:
    told: list[amounts.Amount] = []
    by_line: list[tuple[str, list[float]]] = []
    for line in lines:
        found = [*amounts.amounts(line.words), *amounts.shares(line.words)]
        told += found
        if found:
            by_line.append((line.lower, [meaning for one in found for meaning in one.meanings]))
    together = [values for _, values in by_line] + [[*a, *b] for (_, a), (_, b) in pairwise(by_line)]
    for one in wanted:
        if (
            amounts.carried(one, told)
            or any(amounts.worked_out(one, values) for values in together)
            or (
                one.unit in _TIMES and any(t.meanings[0] in _YEARS for t in told)
            )  # "since 1983": forty years
        ):
            continue
        otherwise = _counted_otherwise(one, title, by_line) or _measured_otherwise(one, told)
        if max(one.meanings) > _COUNTED or one.scaled or otherwise:
            return Gap("number", title[one.start : _end(one, title)].strip(), confidence=0.8)
    return None


def _end(one: amounts.Amount, title: str) -> int:
    """Where the words of a number end: with its unit, for hours and miles."""
    unit = _WORD.search(title, one.end) if amounts.is_measured(one.unit) else None
    return unit.end() if unit else one.end


def _is_name(title: str, one: amounts.Amount) -> bool:
    """A number of a date, a time, a list ("10 ways") or a name ("FTSE 100"), or no amount at all."""
    value = one.meanings[0]
    if (not one.scaled and value in _YEARS) or value in {0, 1} or title[one.start : one.end] == "100%":
        return True
    if value <= _COUNTED and re.match(r"-[a-z]", title[one.end :]):
        return True  # "three-weekly bins"
    return bool(
        _rule("numbers.before", r"\b(?:%s)\s*$").search(title[: one.start].lower())
        or _rule("numbers.after", r"^\s*(?:%s)\b").search(title[one.end :].lower())
    )


def _counted_otherwise(one: amounts.Amount, title: str, told: Sequence[tuple[str, list[float]]]) -> bool:
    """Whether a sentence gives another number of the same thing: the headline's "nine killed" as four."""
    thing = _WORD.findall(title[one.end :])[:2]
    stems = {word.lower()[:_STEM] for word in thing if len(word) >= _SHORTEST_WORD}
    same = [values for sentence, values in told if _found(stems, sentence)]
    return bool(same) and sum(value for values in same for value in values) not in one.meanings


def _measured_otherwise(one: amounts.Amount, told: Sequence[amounts.Amount]) -> bool:
    """Whether the text gives the same number of another unit: the headline's six months as six weeks."""
    return amounts.is_measured(one.unit) and any(
        amounts.is_measured(t.unit) and t.meanings[0] in one.meanings for t in told
    )


# --- superlatives -----------------------------------------------------------------------------------------


def _superlative(title: str, lines: Sequence[Line]) -> Gap | None:
    for name in _superlatives():
        if said := _rule(f"superlative.lists.{name}").search(title):
            carried = [_rule(f"superlative.lists.{name}"), _rule("superlative.general")]
            if name in _data()["superlative"]["carried"]:
                carried.append(_rule(f"superlative.carried.{name}"))
            if not any(pattern.search(line.lower) for line in lines for pattern in carried):
                return Gap("superlative", said.group(), confidence=0.65)
    return None


# --- certainty, causes, everyone --------------------------------------------------------------------------


def _softened(title: str, lines: Sequence[Line], topics: int) -> Gap | None:
    for number, entry in enumerate(_data()["gap"]):
        said = _rule(f"gap.{number}.says").search(title)
        if said is None:
            continue
        carried = _rule(f"gap.{number}.carried")
        near = (line for line in lines if line.topics or _PRONOUNS.match(line.words))
        if any(_stands(carried, line.lower) for line in near):
            continue
        softer = _rule(f"gap.{number}.softer" if "softer" in entry else "softer")
        for at, line in enumerate(lines):
            if not line.topics and not (at and lines[at - 1].topics):
                continue
            around = set().union(*(other.topics for other in lines[max(0, at - _NEAR) : at + _NEAR + 1]))
            if len(around) >= min(_SAME_MATTER, topics - 1) and (instead := softer.search(line.lower)):
                return Gap("default", said.group(), line.words[instead.start() : instead.end()], 0.6)
    return None


def _stands(carried: re.Pattern[str], text: str) -> bool:
    """Whether a sentence says so without taking it back in the words before."""
    for match in carried.finditer(text):
        before = " ".join(text[: match.start()].split()[-6:])
        if not _rule("taken_back").search(before):
            return True
    return False


# Pure functions of a file that ships with the package, so remembering their answers shares no state.
@cache
def _data() -> dict[str, Any]:
    return rules.read("headline")


@cache
def _little() -> frozenset[str]:
    return frozenset(_data()["little_words"])


@cache
def _rule(path: str, around: str = r"\b(?:%s)\b") -> re.Pattern[str]:
    found: Any = _data()
    for part in path.split("."):
        found = found[int(part)] if isinstance(found, list) else found[part]
    return re.compile(around % "|".join(found))


def _superlatives() -> Iterator[str]:
    """The names of the lists of superlatives, in the file's order."""
    yield from _data()["superlative"]["lists"]
