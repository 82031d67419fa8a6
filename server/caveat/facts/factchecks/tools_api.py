"""Fact checks as Google's Fact Check Tools API answers them, as records.

In: a claim of ``claims:search`` or a page of ``pages``. Out: records, one for each review. What can go wrong:
``Refused`` for a review, with a word for the kind and the reason in full.
"""

from __future__ import annotations

from collections.abc import Iterator

from caveat.facts.factchecks import plain
from caveat.facts.factchecks.claim_review import (
    LONGEST_RATING,
    MOST_APPEARANCES,
    Around,
    Refused,
    checked_claim,
    line,
    number_of,
)
from caveat.facts.factchecks.json_ld import Node, several
from caveat.facts.factchecks.record import FactCheck


def is_claim(node: Node) -> bool:
    """Whether a node is a claim of ``claims:search``."""
    return isinstance(node.get("claimReview"), list) and "@type" not in node


def is_page(node: Node) -> bool:
    """Whether a node is a page of ``pages``."""
    return isinstance(node.get("claimReviewMarkups"), list)


def of_claim(claim: Node, around: Around) -> Iterator[FactCheck | Refused]:
    """The records of a claim."""
    for review in several(claim.get("claimReview")):
        try:
            yield _of_claim(claim, review if isinstance(review, dict) else {}, around)
        except Refused as refused:
            yield refused


def of_page(page: Node, around: Around) -> Iterator[FactCheck | Refused]:
    """The records of a page."""
    for markup in several(page.get("claimReviewMarkups")):
        try:
            yield _of_page(page, markup if isinstance(markup, dict) else {}, around)
        except Refused as refused:
            yield refused


def _of_claim(claim: Node, review: Node, around: Around) -> FactCheck:
    url = _address(review.get("url"), None)
    publisher = review.get("publisher")
    publisher = publisher if isinstance(publisher, dict) else {}
    site = (line(publisher.get("site")) or plain.site(url)).lower().removeprefix("www.")
    return FactCheck(
        url=url,
        claim=checked_claim(plain.text(claim.get("text"))),
        publisher=line(publisher.get("name")) or site,
        publisher_site=site,
        published=plain.day(review.get("reviewDate")),
        rating=line(review.get("textualRating"), LONGEST_RATING),
        language=plain.language(review.get("languageCode")),
        title=line(review.get("title")),
        claimant=line(claim.get("claimant")),
        claim_date=plain.day(claim.get("claimDate")),
        licence=around.licence,
    )


def _of_page(page: Node, markup: Node, around: Around) -> FactCheck:
    url = _address(markup.get("url"), page.get("pageUrl"))
    author, by = page.get("claimReviewAuthor"), markup.get("claimAuthor")
    rating = markup.get("rating")
    places = [markup.get("claimFirstAppearance"), *several(markup.get("claimAppearances"))]
    pages = [address for place in places if (address := plain.address(place)) is not None]
    return FactCheck(
        url=url,
        claim=checked_claim(plain.text(markup.get("claimReviewed"))),
        publisher=(line(author.get("name")) if isinstance(author, dict) else None) or plain.site(url),
        publisher_site=plain.site(url),
        published=plain.day(page.get("publishDate")),
        rating=_rating(rating),
        claimant=line(by.get("name")) if isinstance(by, dict) else None,
        claim_date=plain.day(markup.get("claimDate")),
        appearances=tuple(dict.fromkeys(pages))[:MOST_APPEARANCES],
        licence=around.licence,
    )


def _rating(rating: object) -> str | None:
    words = line(rating.get("textualRating"), LONGEST_RATING) if isinstance(rating, dict) else None
    return words or number_of(rating)


def _address(value: object, page: object) -> str:
    whole = plain.address(page)
    found = plain.address(value, whole) if value else whole
    if found is None:
        shown = plain.text(value[:60]) if isinstance(value, str) else None
        if shown is None:
            raise Refused("no address", "It has no address (url).")
        raise Refused("wrong address", f"Its address is none of a web page: “{shown}”.")
    return found
