"""Whether a page argues for a view: a column, an editorial, a letter or a review.

In: the article, its sentences and what was noticed in them. Out: a ``View`` with the words that show it, or
None. A page that calls itself so is believed (title, byline, site, a line of its own; the address is never
looked at, nor kept). Else the writer's own voice is weighed: "I" and "we", demands, questions and judgements
outside quotation marks, against sentences that somebody else stands behind. The weights are data
(``rules/opinion.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from caveat.article import Article, ClaimKind, SourceKind
from caveat.reading import rules
from caveat.reading.blocks import Block
from caveat.reading.quotations import quoted
from caveat.reading.whole import Noticed, Stated

_OPENING, _CLOSING = 4, 2  # blocks at the text's ends where a label stands
_LABEL = 60  # code points; a longer line is a sentence, not a label
_ARGUING = ("urging", "opinion", "asking", "together", "first")
_TOKEN = re.compile(r"[\w']+")


@dataclass(frozen=True, slots=True)
class View:
    """How the page shows that it argues: by its own label, as a review, or by its voice."""

    variant: str
    words: str
    confidence: float


def view(
    article: Article, blocks: Sequence[Block], stated: Sequence[Stated], noticed: Sequence[Noticed],
    spoken: Sequence[tuple[int, int]] = (),
) -> View | None:  # fmt: skip
    """How the page argues for a view, if it does. ``noticed`` are the notices of wording, ``spoken`` the
    places of speech without quotation marks."""
    return _declared(article, blocks) or _by_voice(article, blocks, stated, noticed, spoken)


def _declared(article: Article, blocks: Sequence[Block]) -> View | None:
    context = article.context
    opening = [b.text for b in islice(blocks, _OPENING) if len(b.text) <= _LABEL]
    closing = [b.text for b in blocks[-_CLOSING:]]
    for variant, where, texts in (
        ("review", "title", [context.title]),
        ("review", "line", opening),
        ("declared", "title", [context.title]),
        ("declared", "byline", [context.byline]),
        ("declared", "site", [context.site]),
        ("declared", "line", opening),
        ("declared", "end", closing),
    ):
        if pattern := _pattern(variant, where):
            for text in texts:
                if text and (found := pattern.search(text.strip())):
                    return View(variant, found.group().strip(" :|–—•()."), 0.9)
    return None


def _by_voice(
    article: Article, blocks: Sequence[Block], stated: Sequence[Stated], noticed: Sequence[Noticed],
    spoken: Sequence[tuple[int, int]],
) -> View | None:  # fmt: skip
    if len(stated) < _data()["limits"]["fewest_sentences"]:
        return None
    found = signs(article.text, blocks, stated, noticed, spoken)
    telling = [n for name in _ARGUING for n in found[name]]
    if (
        len(set(telling)) < _data()["limits"]["fewest_telling"]
        or strength(article.context.title, found, len(stated)) < _data()["limits"]["threshold"]
    ):
        return None
    variant = "default"
    if weigh(found, ["first"]) > weigh(found, ["urging", "opinion", "together", "column"]):
        # Mostly "I": a diary, a test drive, a travelogue.
        variant, telling = "personal", found["first"]
    # The sentence that shows it best: the one with most signs, the first of them.
    best = stated[max(sorted(set(telling)), key=telling.count)]
    return View(variant, article.text[best.start : best.end].strip("“”\"'‘’. "), 0.6)


def weigh(found: Mapping[str, Sequence[int]], names: Sequence[str]) -> float:
    """What some signs weigh together, in sentences."""
    return float(sum(_data()["weights"][name] * len(found[name]) for name in names))


def strength(title: str | None, found: Mapping[str, Sequence[int]], sentences: int) -> float:
    """How strongly a page argues, by its signs and its headline."""
    limits = _data()["limits"]
    shares = {name: weigh(found, [name]) / (sentences + limits["added"]) for name in _data()["weights"]}
    shares["wording"] = min(shares["wording"], limits["wording"])
    own = _blanked(title, [(start, end) for start, end, _ in quoted(title)]) if title else ""
    return float(sum(shares.values()) + (limits["title"] if _argues().search(own) else 0))


def signs(
    text: str, blocks: Sequence[Block], stated: Sequence[Stated], noticed: Sequence[Noticed],
    spoken: Sequence[tuple[int, int]],
) -> dict[str, list[int]]:  # fmt: skip
    """By the name of a weight, the numbers of the sentences that show it."""
    others = [(b.start + start, b.start + end) for b in blocks for start, end, _ in quoted(b.text)]
    own = _blanked(text, sorted((*others, *spoken))).replace("’", "'")
    found: dict[str, list[int]] = {name: [] for name in _data()["weights"]}
    marked = {n.start for n in noticed}
    phrases = [(m.start(), m.lastgroup or "") for m in _phrases().finditer(own)]
    for number, s in enumerate(stated):
        words = own[s.start : s.end]
        tokens = set(_TOKEN.findall(words))
        for name in {
            *(name for name, list_ in _words().items() if not list_.isdisjoint(tokens)),
            *(name for at, name in phrases if s.start <= at < s.end),
        }:
            found[name].append(number)
        if words.rstrip().endswith("?"):
            found["asking"].append(number)
        if s.kind is ClaimKind.OPINION:
            found["opinion"].append(number)
        if s.attribution.kind is not SourceKind.NONE:
            found["attributed"].append(number)
        if any(s.start <= start < s.end for start in marked):
            found["wording"].append(number)
    return found


def _blanked(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The text with spaces at the places."""
    parts, at = [], 0
    for start, end in places:
        if end > at:
            parts += [text[at:start], " " * (end - max(at, start))]
            at = end
    return "".join([*parts, text[at:]])


# Pure functions of a file that ships with the package, so remembering their answers shares no state.
@cache
def _data() -> dict[str, Any]:
    return rules.read("opinion")


@cache
def _pattern(variant: str, where: str) -> re.Pattern[str] | None:
    fragments = _data()[variant].get(where)
    return re.compile("|".join(f"(?:{f})" for f in fragments), re.IGNORECASE) if fragments else None


@cache
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(list_) for name, list_ in _data()["voice"].items() if name != "phrases"}


@cache
def _phrases() -> re.Pattern[str]:
    groups = [f"(?P<{name}>{'|'.join(list_)})" for name, list_ in _data()["voice"]["phrases"].items()]
    return re.compile(rf"\b(?:{'|'.join(groups)})\b", re.IGNORECASE)


@cache
def _argues() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_data()['headline']['argues'])})\b", re.IGNORECASE)
