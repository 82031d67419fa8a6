"""Notes that only the whole article can make or unmake: links, missing sources, first mentions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from urllib.parse import urlsplit

from caveat.article import Article, Attribution, Claim, ClaimKind, Evidence, SourceKind
from caveat.reading import rules, traces
from caveat.reading.claims import BY_THEMSELVES
from caveat.reading.record import BlockReading, Term

_LOOKED_UP = frozenset({SourceKind.NAMED, SourceKind.INSTITUTION, SourceKind.DOCUMENT})
_FIRST_PERSON_FROM = 3  # sentences; news has a stray "I" in a letter or a caption
_FEWEST_CLAIMS = 3  # below this "no named source anywhere" says nothing
_SHARE_OF_CLAIMS = 1 / 3  # of the sentences


@dataclass(frozen=True, slots=True)
class Stated:
    """A sentence of the article with who stands behind it."""

    start: int
    end: int
    kind: ClaimKind
    checkworthiness: float
    claim: bool
    terms: tuple[Term, ...]  # with places in the block
    block: int
    attribution: Attribution


@dataclass(frozen=True, slots=True)
class Noticed:
    """A signal noticed at a place of the article."""

    signal: str
    start: int
    end: int
    confidence: float
    variant: str = "default"
    slots: dict[str, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()


def sentence_at(stated: Sequence[Stated], place: int) -> Stated | None:
    """The sentence that holds a place."""
    index = bisect_right(stated, place, key=lambda s: s.start) - 1
    return stated[index] if index >= 0 and place < stated[index].end else None


def is_first_person(readings: Iterable[BlockReading]) -> bool:
    """Whether the writer tells what they lived through all over the page, as in an interview or a memoir."""
    told = sum(s.kind is ClaimKind.EXPERIENCE for reading in readings for s in reading.sentences)
    return told >= _FIRST_PERSON_FROM


def linked_documents(article: Article) -> Iterator[Noticed]:
    """document-linked: links of the article to where documents live."""
    for link in article.context.links:
        words = article.text[link.start : link.end]
        if words.strip() and (host := document_host(link.href)):
            yield Noticed("document-linked", link.start, link.end, 0.8, slots={"host": host})


def document_host(href: str) -> str | None:
    """The host of an address where a document lives, by its last labels or its file's ending, else None."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    hosts, endings = _document_addresses()
    labels = host.split(".")
    lives = any(".".join(labels[i:]) in hosts for i in range(len(labels))) and len(parts.path) > 1
    return (
        host
        if parts.scheme in {"http", "https"} and host and (lives or parts.path.lower().endswith(endings))
        else None
    )


@cache
def _document_addresses() -> tuple[frozenset[str], tuple[str, ...]]:
    data = rules.read("credit")["document-linked"]
    return frozenset(data["hosts"]), tuple(data["endings"])


def unsourced(article: Article, stated: Sequence[Stated]) -> Iterator[Noticed]:
    """no-source: the most check-worthy statistics and causes with nobody behind or beside them."""
    first = min((s.block for s in stated), default=0)
    wanting = []
    for index, s in enumerate(stated):
        if not traces.wants_source(article.text, s, first):
            continue
        near = [o for o in stated[max(0, index - 1) : index + 2] if o.block == s.block]
        linked = any(link.start < s.end and s.start < link.end for link in article.context.links)
        if not linked and all(o.attribution.kind is SourceKind.NONE for o in near):
            wanting.append(s)
    for s in sorted(wanting, key=lambda s: (-s.checkworthiness, s.start))[: traces.MOST_UNSOURCED]:
        yield Noticed("no-source", s.start, s.end, 0.5)


def weighed(
    article: Article,
    noticed: Sequence[Noticed],
    stated: Sequence[Stated],
    attributions: Sequence[Attribution],
) -> list[Noticed]:
    """Notices that the article confirms, with what it knows filled in."""
    credited: set[str] = set()
    article_says = traces.Traces(article, stated)
    by_place = {part.start: a for a in reversed(attributions) for part in (a.cue, a.source) if part}
    kept = []
    for n in sorted(noticed, key=lambda n: n.start):
        if n.signal == "named-source":
            found = _first_mention(n, by_place, credited)
        elif (
            (n.signal == "study-unlinked" and _linked(article, n, stated))
            or (n.variant in {"framing", "inside"} and _is_attributed(n, stated))
            or (n.signal == "second-hand" and _own_outlet(article, n))
        ):
            found = None
        elif n.variant == "relayed" and _own_outlet(article, n):  # it heard that person itself
            found = replace(n, variant="default")
        else:
            found = article_says.confirmed(n)
        if found:
            kept.append(found)
    return kept


def _first_mention(n: Noticed, by_place: dict[int, Attribution], credited: set[str]) -> Noticed | None:
    """Credit once for each source, under its full name; a lone surname without one anywhere earns none."""
    attribution = by_place.get(n.start)
    name = (attribution.name if attribution else None) or n.slots["name"]
    lone = attribution is not None and attribution.kind is SourceKind.NAMED and " " not in name
    if name in credited or lone:
        return None
    credited.add(name)
    return replace(n, slots={**n.slots, "name": name})


def _is_attributed(n: Noticed, stated: Sequence[Stated]) -> bool:
    sentence = sentence_at(stated, n.start)
    return sentence is not None and sentence.attribution.kind is not SourceKind.NONE


def _linked(article: Article, n: Noticed, stated: Sequence[Stated]) -> bool:
    sentence = sentence_at(stated, n.start)
    return sentence is not None and any(
        k.start < sentence.end and sentence.start < k.end for k in article.context.links
    )


def _own_outlet(article: Article, n: Noticed) -> bool:
    """An outlet that names itself passes nothing on: "told The Guardian" in the Guardian."""
    relay, site = (
        n.slots.get("relay", "").lower().removeprefix("the "),
        (article.context.site or "").lower().removeprefix("the "),
    )
    return bool(relay and site) and (relay in site or site in relay)


def names_nobody(
    sentences: int, claims: Sequence[Claim], noticed: Sequence[Noticed], attributions: Sequence[Attribution]
) -> bool:
    """Enough claims, and nobody and nothing in the whole article that a reader could look up.

    Enough is three, and a third of the sentences: a diary that mentions three facts needs no sources. Plain
    events and forecasts with nobody behind them do not count, for only a score made them claims. A study
    without a trail is nothing to look up, nor is a first name alone; but a source with a name anywhere,
    behind a claim or not, unmakes the note.
    """
    counted = sum(c.kind in BY_THEMSELVES or c.attribution.kind is not SourceKind.NONE for c in claims)
    enough = counted >= max(_FEWEST_CLAIMS, _SHARE_OF_CLAIMS * sentences)
    if not enough or any(n.signal == "document-linked" for n in noticed):
        return False
    trailless = [n for n in noticed if n.signal == "study-unlinked"]
    return not any(_can_be_looked_up(a, trailless) for a in attributions)


def _can_be_looked_up(a: Attribution, trailless: Sequence[Noticed]) -> bool:
    if a.kind not in _LOOKED_UP:
        return False
    return a.source is None or not any(n.start < a.source.end and a.source.start < n.end for n in trailless)
