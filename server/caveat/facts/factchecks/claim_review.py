"""One ClaimReview, in any of the ways in which fact checkers write it, as a record.

In: a node of type ClaimReview, and what surrounds it. Out: a ``FactCheck``. What can go wrong: ``Refused``,
with a word for the kind and the reason in full.

A field that is odd is left out rather than guessed. Two are needed: the claim, and the address of the check.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from caveat.facts.factchecks import plain
from caveat.facts.factchecks.json_ld import Graph, get, identity, several, types
from caveat.facts.factchecks.record import FactCheck

LONGEST_CLAIM = 10_000  # characters; whole chain letters are checked, books are not
LONGEST_RATING = 200  # characters that are kept; a rating is a word or a sentence
LONGEST_LINE = 500  # characters that are kept of a title or a name
MOST_APPEARANCES = 20

_ORGANISATIONS = {"Organization", "NewsMediaOrganization", "NGO", "Corporation", "Project"}
_WITHDRAWN = {"retracted", "withdrawn", "deleted"}


class Refused(ValueError):
    """A review cannot be kept."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds a review and holds for it too."""

    graph: Graph
    base: str | None = None  # the page that it stands on
    licence: str | None = None
    retracted: bool = False


def read(review: object, around: Around) -> FactCheck:
    """The record of a review. Raises ``Refused``."""
    item = next((around.graph.follow(each) for each in several(get(review, "itemReviewed"))), None)
    claim = _claim(review, item)
    url = _address(review, around)
    site = plain.site(url)
    status = plain.text(get(review, "creativeWorkStatus")) or ""
    return FactCheck(
        url=url,
        claim=claim,
        publisher=_publisher(review, around.graph) or site,
        publisher_site=site,
        published=_day(review, "datePublished", "dateCreated"),
        rating=_rating(get(review, "reviewRating"), around.graph),
        language=_language(get(review, "inLanguage")),
        title=line(get(review, "name")) or line(get(review, "headline")),
        claimant=_name(get(item, "author"), around.graph),
        claim_date=_day(item, "datePublished", "dateCreated"),
        appearances=_appearances(item, around.graph),
        modified=_day(review, "dateModified"),
        licence=licence_of(review) or around.licence,
        retracted=around.retracted or status.lower() in _WITHDRAWN,
    )


def line(value: object, longest: int = LONGEST_LINE) -> str | None:
    """The first text of a value, cut where it is too long to be what it should be."""
    found = next((text for each in several(value) if (text := plain.text(each))), None)
    return found if found is None or len(found) <= longest else found[: longest - 1].rstrip() + "…"


def checked_claim(value: str | None) -> str:
    """The words of a claim. Raises ``Refused``."""
    if value is None:
        raise Refused("no claim", "It does not say which claim was checked (claimReviewed).")
    if len(value) > LONGEST_CLAIM:
        raise Refused("too long", f"Its claim has {len(value):,} characters; the limit is {LONGEST_CLAIM:,}.")
    return value


def number_of(rating: object) -> str | None:
    """A rating that is a number alone, with what it is out of."""
    value, best = (line(get(rating, name), 20) for name in ("ratingValue", "bestRating"))
    if value is None:
        return None
    try:
        float(value)
    except ValueError:
        return line(get(rating, "ratingValue"), LONGEST_RATING)
    return f"{value}/{best}" if best else None


def licence_of(node: object) -> str | None:
    """What a node says about the licence of the markup itself, else of the work."""
    for name in ("sdLicense", "license"):
        for each in several(get(node, name)):
            found = line(each) or identity(each) or line(get(each, "url")) or line(get(each, "name"))
            if found:
                return found
    return None


def _claim(review: object, item: object) -> str:
    for value in several(get(review, "claimReviewed")):
        if isinstance(value, dict):
            value = _first(value, "text", "name", "headline")
        if (words := plain.text(value)) is not None:
            return checked_claim(words)
    if isinstance(item, dict) and types(item) & {"Claim", "CreativeWork"}:
        return checked_claim(_first(item, "text", "name", "headline"))
    return checked_claim(plain.text(item) if isinstance(item, str) else _first(item, "name", "headline"))


def _first(node: object, *names: str) -> str | None:
    for name in names:
        for each in several(get(node, name)):
            if (found := plain.text(each)) is not None:
                return found
    return None


def _address(review: object, around: Around) -> str:
    page = get(review, "mainEntityOfPage")
    values = [
        *several(get(review, "url")),
        *several(page),
        identity(page),
        get(page, "url"),
        identity(review),
        *several(get(review, "sameAs")),
    ]
    values = [value["@id"] if isinstance(value, dict) and "@id" in value else value for value in values]
    whole = [found for value in values if (found := plain.address(value)) is not None]
    if whole and plain.address(values[0]) == whole[0]:
        return whole[0]
    base = around.base or next(iter(whole), None) or _site_of_author(review, around.graph)
    relative = values[0] if isinstance(values[0], str) and ":" not in values[0].split("/")[0] else None
    found = plain.address(relative, base) if relative and base else next(iter(whole), around.base)
    if found is None:
        said = next((value for value in values if isinstance(value, str) and value.strip()), None)
        if said is None:
            raise Refused("no address", "It has no address (url).")
        shown = plain.text(said[:60])
        raise Refused("wrong address", f"Its address is none of a web page: “{shown}”.")
    return found


def _site_of_author(review: object, graph: Graph) -> str | None:
    for author in several(get(review, "author")):
        if (found := plain.address(get(graph.follow(author), "url"))) is not None:
            return found
    return None


def _publisher(review: object, graph: Graph) -> str | None:
    people = []
    for role in ("author", "publisher", "sourceOrganization", "creator"):
        for each in several(get(review, role)):
            node = graph.follow(each)
            name = _name(node, graph)
            if name is None:
                continue
            if isinstance(node, dict) and types(node) & _ORGANISATIONS:
                return name
            people.append(name)
    return next(iter(people), None)


def _name(value: object, graph: Graph) -> str | None:
    """Whom a value means: a node with a name, or a name. An address is no name."""
    for each in several(value):
        node = graph.follow(each)
        found = _line_of(node, "name", "legalName", "alternateName") if isinstance(node, dict) else line(node)
        if found and not found.startswith(("http://", "https://", "#", "_:")):
            return found
    return None


def _line_of(node: object, *names: str) -> str | None:
    return next((found for name in names if (found := line(get(node, name)))), None)


def _rating(value: object, graph: Graph) -> str | None:
    """A rating in words; only where there are none, the number with what it is out of."""
    ratings = [graph.follow(each) for each in several(value)]
    for name in ("alternateName", "name", "ratingExplanation"):
        for rating in ratings:
            words = line(get(rating, name), LONGEST_RATING)
            if words and not words.isnumeric():
                return words
    for rating in ratings:
        found = line(rating, LONGEST_RATING) if isinstance(rating, str) else number_of(rating)
        if found:
            return found
    return None


def _day(node: object, *names: str) -> str | None:
    return next(
        (day for name in names for each in several(get(node, name)) if (day := plain.day(each))), None
    )


def _language(value: object) -> str | None:
    for each in several(value):
        named = get(each, "alternateName") or get(each, "name") if isinstance(each, dict) else each
        if (found := plain.language(named)) is not None:
            return found
    return None


def _appearances(item: object, graph: Graph) -> tuple[str, ...]:
    """Where a claim was made; older markup reviews the work itself rather than a Claim."""
    works: list[Any] = [*several(get(item, "firstAppearance")), *several(get(item, "appearance"))]
    if isinstance(item, dict) and "Claim" not in types(item):
        works.append(item)
    found: dict[str, None] = {}
    for work in works:
        node = graph.follow(work)
        values = [node] if isinstance(node, str) else [get(node, "url"), identity(node), get(node, "sameAs")]
        for each in values:
            if urls := [url for value in several(each) if (url := plain.address(value)) is not None]:
                found |= dict.fromkeys(urls)
                break
    return tuple(found)[:MOST_APPEARANCES]
