"""The nouns of Caveat, as frozen dataclasses.

Everything that goes in or comes out of a reading is one of these. The module imports nothing of
ours, so every other room may know it.

Offsets are **Unicode code points** into the text as it was sent, start inclusive, end exclusive, so
that ``text[start:end]`` is always the words meant. Field names and their order are those of the
HTTP answer: what ``encode`` writes is what the API sends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import orjson

CONTEXT_LENGTH = 32  # code points of prefix and suffix; the length the W3C examples and Hypothesis use


class SourceKind(StrEnum):
    """Who stands behind a claim, by how well a reader could look them up."""

    NAMED = "named"  # a person with a name
    INSTITUTION = "institution"  # a body with a name: "the ministry", "Reuters"
    DOCUMENT = "document"  # a report, a ruling, a study
    UNNAMED = "unnamed"  # somebody in particular whose name is withheld: "a senior official"
    VAGUE = "vague"  # nobody in particular: "experts", "some", "critics"
    NONE = "none"  # nobody at all


class ClaimKind(StrEnum):
    """What sort of thing a sentence states (Full Fact's claim schema)."""

    QUANTITY = "quantity"
    CAUSE = "cause"
    RULE = "rule"
    FORECAST = "forecast"
    EVENT = "event"
    STATEMENT = "statement"
    EXPERIENCE = "experience"
    OPINION = "opinion"


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink of the page over ``text[start:end]``."""

    start: int
    end: int
    href: str


@dataclass(frozen=True, slots=True)
class Context:
    """What the page says about the article. Everything is optional."""

    url: str | None = None
    title: str | None = None
    site: str | None = None
    byline: str | None = None
    published: str | None = None  # ISO 8601 date, or date and time
    language: str | None = None  # BCP 47 tag, as the page declares it
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """The text of a page with its context."""

    text: str
    context: Context = field(default_factory=Context)


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the article and where they stand."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A W3C TextQuoteSelector: the words with what stands before and after them."""

    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who stands behind a claim, and through whom it reached the article."""

    kind: SourceKind
    source: Span | None = None
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    relayed_by: Span | None = None
    name: str | None = None  # the full name given earlier in the article, where the source is a short form
    voiced: bool = True  # said or thought; what is merely wanted, done or foreseen backs no claim


UNATTRIBUTED = Attribution(SourceKind.NONE)


class Family(StrEnum):
    """Signals that belong together; a family has one line style everywhere."""

    SOURCES = "sources"
    NUMBERS = "numbers"
    WORDING = "wording"
    REASONING = "reasoning"
    CREDIT = "credit"


class Level(StrEnum):
    """How loudly a note speaks."""

    QUESTION = "question"  # worth a reader's question
    QUIET = "quiet"  # shown, but not counted among the questions
    CREDIT = "credit"  # something the article does well


@dataclass(frozen=True, slots=True)
class Signal:
    """One entry of the catalogue: what can be noticed, in the words a reader sees."""

    id: str
    name: str
    family: Family
    level: Level
    line: str  # what it is, in general
    why: str  # why it matters
    question: str  # what to ask oneself
    after: str  # the concept it follows
    reference: str  # where that concept is explained, a URL
    default: bool = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """A record outside the page, shown beside the words.

    Of a fact check the title is the claim as it was checked, and publisher and rating are who checked it and
    what they found, in their own words.
    """

    title: str
    url: str
    date: str | None = None
    publisher: str | None = None
    rating: str | None = None


class LookAt(StrEnum):
    """Where a prepared search leads."""

    WEB = "web"
    SOURCE = "source"  # to whoever is said to say so, or to the document that is linked
    STATISTICS = "statistics"
    FACT_CHECKS = "fact-checks"
    WIKIPEDIA = "wikipedia"
    WIKIDATA = "wikidata"


@dataclass(frozen=True, slots=True)
class Look:
    """A way out of the page: a search to open."""

    title: str  # the words that are searched for
    at: LookAt
    url: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A span that states something checkable."""

    id: str
    start: int
    end: int
    quote: Quote
    kind: ClaimKind
    checkworthiness: float  # 0 to 1; it ranks, it never gates a note
    attribution: Attribution = UNATTRIBUTED
    look: tuple[Look, ...] = ()
    suggested: tuple[
        Evidence, ...
    ] = ()  # fact checks of claims that are like it; whether they fit, people say


@dataclass(frozen=True, slots=True)
class Listing:
    """What a public list says about an outlet that the article links or cites, in the list's own words."""

    outlet: str
    domain: str
    category: str
    date: str  # when the list said so
    url: str  # where it was discussed
    places: tuple[tuple[int, int], ...]  # where the article links or cites it


@dataclass(frozen=True, slots=True)
class Note:
    """One signal noticed at one span."""

    id: str
    signal: str
    claim: str | None
    start: int
    end: int
    quote: Quote
    message: str
    question: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    look: tuple[Look, ...] = ()


@dataclass(frozen=True, slots=True)
class PageNote:
    """One signal noticed about the article as a whole."""

    id: str
    signal: str
    message: str
    question: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    look: tuple[Look, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was looked at: counts of sentences read, claims found, and claims by who stands behind them."""

    sentences: int = 0
    claims: int = 0
    attributed: int = 0
    named: int = 0


@dataclass(frozen=True, slots=True)
class Unread:
    """Why an article was not read, in words for the reader."""

    reason: str  # "language" or "empty"
    message: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the article, whatever its score."""

    start: int
    end: int
    checkworthiness: float
    kind: ClaimKind


@dataclass(frozen=True, slots=True)
class Analysis:
    """All claims and notes of one article, and what was looked at."""

    engine: str
    language: str | None  # BCP 47; None where there is too little text to tell
    claims: tuple[Claim, ...] = ()
    notes: tuple[Note, ...] = ()
    page_notes: tuple[PageNote, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    unread: Unread | None = None
    signals: Mapping[str, Signal] = field(default_factory=dict)  # the catalogue's entries for the notes above
    listings: tuple[Listing, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    attributions: tuple[Attribution, ...] = ()


DETAILS = ("sentences", "attributions")  # what ``?detail=`` and ``--detail`` can ask for


def quote(text: str, start: int, end: int) -> Quote:
    """The words ``text[start:end]`` with up to 32 code points of context on each side."""
    return Quote(
        text[start:end], text[max(0, start - CONTEXT_LENGTH) : start], text[end : end + CONTEXT_LENGTH]
    )


def document(analysis: Analysis, detail: tuple[str, ...] = ()) -> dict[str, Any]:
    """The analysis as the object of the HTTP answer; details are left out unless asked for."""
    names = (
        "engine",
        "language",
        "claims",
        "notes",
        "page_notes",
        "coverage",
        "unread",
        "signals",
        "listings",
    )
    return {name: getattr(analysis, name) for name in names + tuple(d for d in DETAILS if d in detail)}


def encode(analysis: Analysis, detail: tuple[str, ...] = ()) -> bytes:
    """The analysis as UTF-8 JSON, the same bytes for the same analysis."""
    return orjson.dumps(document(analysis, detail))
