"""What a list says of the outlets that an article links or cites.

In: the article, who is cited in it, and the listings. Out: one ``Listing`` an outlet, in the order in which
the article first comes to it. An article's own outlet is none of them: a paper that links its own pages cites
nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from caveat.article import Article, Attribution, Listing, SourceKind
from caveat.facts.listings import Entry, Listings
from caveat.reading.whole import Noticed

Place = tuple[int, int]


def matters(article: Article, listings: Listings) -> list[str | None]:
    """What the listings of an article depend on beside its text: rules of a public list, and no address."""
    context = article.context
    own = [listings.site(context.url), _rule(listings, context.url)] if context.url else [None, None]
    return [*own, *(_rule(listings, link.href) for link in context.links)]


def _rule(listings: Listings, href: str) -> str | None:
    entry = listings.of(href)
    return entry.rule if entry else None


def listed(
    article: Article, attributions: Sequence[Attribution], noticed: Iterable[Noticed], listings: Listings
) -> tuple[Listing, ...]:
    """The listings, with all places where the article links or cites each outlet."""
    found: dict[str, tuple[Entry, set[Place]]] = {}
    own = _Own.of(article, listings)
    places = [*_linked(article, listings), *_cited(attributions, noticed, listings)]
    for place, entry in sorted(places, key=lambda one: one[0]):
        if not own.is_it(entry):
            found.setdefault(entry.outlet, (entry, set()))[1].add(place)
    return tuple(
        Listing(entry.outlet, entry.rule, entry.category, entry.date, entry.url, tuple(_apart(places)))
        for entry, places in found.values()
    )


def _linked(article: Article, listings: Listings) -> Iterator[tuple[Place, Entry]]:
    for link in article.context.links:
        if article.text[link.start : link.end].strip() and (entry := listings.of(link.href)):
            yield (link.start, link.end), entry


def _cited(
    attributions: Sequence[Attribution], noticed: Iterable[Noticed], listings: Listings
) -> Iterator[tuple[Place, Entry]]:
    """Outlets that are the source of something, or passed it on: by their whole name, and none beside it."""
    spans = [a.relayed_by for a in attributions] + [
        a.source for a in attributions if a.kind is SourceKind.INSTITUTION
    ]
    for span in filter(None, spans):
        if entry := listings.cited(span.text):
            yield (span.start, span.end), entry
    for n in noticed:
        if n.signal == "second-hand" and (entry := listings.cited(n.slots.get("relay", ""))):
            yield (n.start, n.end), entry


def _apart(places: Iterable[Place]) -> Iterator[Place]:
    """The places in order; of two that share words, the one that begins first."""
    end = -1
    for place in sorted(places, key=lambda one: (one[0], -one[1])):
        if place[0] >= end:
            yield place
            end = place[1]


@dataclass(frozen=True, slots=True)
class _Own:
    """Whose article it is: by the page's address, and by what its site is called."""

    sites: frozenset[str | None]
    outlets: frozenset[str]
    words: list[str]

    @classmethod
    def of(cls, article: Article, listings: Listings) -> _Own:
        url, name = article.context.url, (article.context.site or "").strip()
        sites = {listings.site(url) if url else None, name.lower().removeprefix("www.")}
        entries = (listings.of(url) if url else None, listings.cited(name))
        return cls(frozenset(sites), frozenset(entry.outlet for entry in entries if entry), _words(name))

    def is_it(self, entry: Entry) -> bool:
        """ "BBC News" is the BBC, "Daily Mail Online" the Daily Mail, "nytimes.com" and "nytimes" a site."""
        return (
            entry.outlet in self.outlets
            or not self.sites.isdisjoint((entry.site, entry.site.partition(".")[0]))
            or _begins(self.words, _words(entry.outlet))
        )


def _words(name: str) -> list[str]:
    """A name's words without article and bracketed addition: "The Sun (UK)" is "sun"."""
    words = re.findall(r"\w+", re.sub(r"\([^)]*\)", "", name).casefold())
    return words[1:] if words[:1] == ["the"] else words


def _begins(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one name is the beginning of the other: "Daily Mail", "Daily Mail Online"."""
    shorter = min(len(one), len(other))
    return shorter > 0 and list(one[:shorter]) == list(other[:shorter])
