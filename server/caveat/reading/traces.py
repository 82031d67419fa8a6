"""What the rest of the article says of a note on sources, and which notes that unmakes.

A study may be named three paragraphs on, a statement is a reply only to somebody's blame, "last week"
can be counted where the page has a date. In: one notice and the article. Out: the notice, or None.
Called by ``whole.weighed``; looks at text only where such a notice stands, so it costs next to nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from caveat.article import Article, ClaimKind, SourceKind
from caveat.reading import rules

if TYPE_CHECKING:
    from caveat.reading.whole import Noticed, Stated

_BEFORE = 900  # code points in which the blame stands that a statement answers: some four paragraphs
_RIGHT_BEFORE = 240  # … around the name of the one who is blamed: some two sentences
_AFTER = 2500  # code points in which a study is named after it was first mentioned
_NAME = re.compile(r"\b[A-Z][\w’'-]+")
_DAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:19|20)\d\d\b")
_OWN_WORDS = re.compile(r"[“\"«]|\b(?:I|we|you|my|our|your)\b")
_ANSWERING = {
    "statement": "default",
    "questioned": "asked",
}  # what a reply is called once blame stands before it
_WANTED = {ClaimKind.QUANTITY: "statistic", ClaimKind.CAUSE: "cause"}
MOST_UNSOURCED = 2  # in an article; a quiet note that stands everywhere says nothing


@cache
def _beginnings(part: str, name: str) -> re.Pattern[str]:
    """The words of a list of ``rules/traces.toml``, where one begins."""
    return re.compile(
        r"\b(?:" + "|".join(map(re.escape, rules.read("traces")[part][name])) + ")", re.IGNORECASE
    )


@cache
def _published() -> re.Pattern[str]:
    """As in "the study, published in Nature", "the survey was carried out by": with a name after it."""
    words = rules.read("traces")["study"]
    nouns, appeared = ("|".join(words[name]) for name in ("nouns", "appeared"))
    return re.compile(
        rf"\b(?:[Tt]he|[Tt]his|[Tt]heir|[Ii]ts|[Oo]ur)\s+(?:\w+\s+){{0,2}}(?:{nouns})\b[^.\n]{{0,120}}?"
        rf"\b(?:{appeared})\b[^.\n]{{0,60}}?\b(?:in|by|at|for)\s+(?:the\s+)?(?:journal\s+)?[A-Z]"
    )


@cache
def _blame() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(rules.read("credit")["reply-given"]["blame"]) + ")", re.IGNORECASE)


@cache
def _common() -> frozenset[str]:
    return frozenset(rules.read("traces")["statement"]["common"])


class Traces:
    """What one article says of its notices, asked in reading order."""

    def __init__(self, article: Article, stated: Sequence[Stated]) -> None:
        self._article, self._text, self._stated = article, article.text, stated
        self._undated: set[str] = set()  # words of time that were noted already

    @cached_property
    def _polls(self) -> bool:
        return _beginnings("poll", "words").search(self._text) is not None

    def confirmed(self, n: Noticed) -> Noticed | None:
        """The notice as the article confirms it."""
        if n.signal == "study-unlinked":
            return None if _published().search(self._text, n.end, n.end + _AFTER) else n
        if n.signal == "reply-given" and n.variant in _ANSWERING:
            answers = _answers(n, self._text, self._stated)
            return replace(n, variant=_ANSWERING[n.variant]) if answers else None
        if n.signal == "bare-number" and n.variant == "share":
            return None if self._polls else n
        if n.signal == "undated":
            return self._undated_once(n)
        return n

    def _undated_once(self, n: Noticed) -> Noticed | None:
        relative = n.variant == "relative"
        if relative and self._article.context.published:
            return None
        words = "relative" if relative else " ".join(self._text[n.start : n.end].lower().split())
        if words in self._undated:
            return None
        self._undated.add(words)
        return n


def _answers(n: Noticed, text: str, stated: Sequence[Stated]) -> bool:
    """Whether the one who states something was blamed shortly before. A nameless spokesperson answers what
    stands right before, and somebody's lawyer whatever blame there was."""
    at = bisect_right(stated, n.start, key=lambda s: s.start) - 1
    sentence = stated[at] if at >= 0 and n.start < stated[at].end else None
    if sentence is None or _beginnings("statement", "other_acts").search(text[sentence.start : sentence.end]):
        return False
    who = sentence.attribution.source.text if sentence.attribution.source else text[sentence.start : n.end]
    names = [word for word in _NAME.findall(who) if word.lower() not in _common()]
    before = text[max(0, sentence.start - _BEFORE) : sentence.start]
    if not names:
        speaks = _beginnings("statement", "speaking").search(text[sentence.start : sentence.end])
        return bool(speaks and _blame().search(before[-_RIGHT_BEFORE:]))
    if _beginnings("statement", "lawyers").search(who):
        return bool(_blame().search(before))
    places = [m.start() for m in re.finditer("|".join(map(re.escape, names)), before)]
    return any(_blame().search(before[max(0, at - _RIGHT_BEFORE) : at + _RIGHT_BEFORE]) for at in places)


def wants_source(text: str, s: Stated, first_block: int) -> bool:
    """Whether a reader would ask where this comes from: a statistic or a cause, told below the opening by
    nobody, on no day that would make it an event people saw."""
    words = text[s.start : s.end]
    wanted = _WANTED.get(s.kind)
    return (
        s.claim
        and s.attribution.kind is SourceKind.NONE
        and s.block > first_block + 1
        and wanted is not None
        and bool(_beginnings("source", wanted).search(words) or (wanted == "statistic" and "%" in words))
        and not _beginnings("source", "settled").search(words)
        and not _DAY.search(words)
        and not _OWN_WORDS.search(words)
    )
