"""Annotations as schema.org's ClaimReview, as search engines and fact checkers exchange them.

In: an annotation that readers are shown; or JSON-LD of others. Out: a ``ClaimReview``; or drafts. What can go
wrong when reading: ``Refused`` (422) with the field.

**No rating is a number.** ClaimReview's ``reviewRating`` is meant for a verdict on a claim, and schema.org
lets it be a word alone (``alternateName``). Ours is the name of what was noticed, such as "Bare number": a
note is about words, and nobody here says whether a claim is true. Credit is no review of a claim and is not
exported, and neither is what was settled: the page does not say it any more.

**What is read** is a review by somebody else. It becomes an annotation with the signal ``checked-before``, in
words that say whose verdict it is, with the review as its source. The claim is often told in the checker's
words rather than the page's; then it is not found in the page and not shown there. A review that names no
page where the claim appears is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from caveat.accounts.refused import Refused
from caveat.annotations import rules
from caveat.annotations.drafts import Cited, Draft
from caveat.annotations.formats.web_annotation import Document, Home, moment
from caveat.annotations.formats.web_annotation_reading import Reading
from caveat.annotations.models import Annotation, Status
from caveat.article import Family

CONTEXT = "https://schema.org"
SIGNAL = "checked-before"
MOST_PAGES = 20  # of one review; real ones name one or two

Object = Mapping[str, Any]


def is_review(annotation: Annotation, home: Home) -> bool:
    """Whether an annotation says of a claim what it lacks, and readers are shown it."""
    signal = home.signals.get(annotation.signal)
    is_credit = signal is not None and signal.family is Family.CREDIT
    return annotation.status == Status.HELPFUL and bool(annotation.exact) and not is_credit


def document(annotation: Annotation, home: Home, context: bool = True) -> Document:
    """The annotation as a review of a claim; ``is_review`` says of which that makes sense."""
    page = annotation.page
    appearance = {"@type": "CreativeWork", "url": page.url} | ({"name": page.title} if page.title else {})
    written: Document = {"@context": CONTEXT} if context else {}
    written |= {
        "@type": "ClaimReview",
        "@id": home.iri(annotation),
        "url": home.page(annotation),
        "datePublished": moment(annotation.status_since),
        "dateCreated": moment(annotation.created),
        "author": {"@type": "Organization", "name": f"Volunteers of {home.name}", "url": home.url},
        "claimReviewed": annotation.exact,
        "itemReviewed": {"@type": "Claim", "text": annotation.exact, "appearance": appearance},
        "reviewRating": {
            "@type": "Rating",
            "alternateName": rules.name_of(annotation.signal, home.signals),
        },
        "reviewBody": annotation.body,
    }
    if annotation.language:
        written["inLanguage"] = annotation.language
    if annotation.sources:
        written["citation"] = [source.url for source in annotation.sources]
    if home.rights:
        written["license"] = written["sdLicense"] = home.rights
    return written


def feed(reviews: list[Document]) -> Document:
    """Reviews in one file, as schema.org's DataFeed."""
    items = [_item(review) for review in reviews]
    return {"@context": CONTEXT, "@type": "DataFeed", "dataFeedElement": items}


def item(annotation: Annotation, home: Home) -> Document:
    """One item of a feed."""
    return _item(document(annotation, home, context=False))


def _item(review: Document) -> Document:
    return {"@type": "DataFeedItem", "item": [review]}


def is_one(found: object) -> bool:
    """Whether a JSON value is a ClaimReview."""
    return isinstance(found, dict) and "ClaimReview" in _several(found.get("@type"))


def reviews_in(found: object, depth: int = 8) -> Iterator[Object]:
    """The reviews in a document: one, a list, a graph, a feed, or what a page's markup holds."""
    if depth == 0:
        return
    if isinstance(found, list):
        for each in found:
            yield from reviews_in(each, depth - 1)
    elif isinstance(found, dict):
        if is_one(found):
            yield found
            return
        for name in ("@graph", "dataFeedElement", "item", "review", "claimReview"):
            yield from reviews_in(found.get(name), depth - 1)


def read(review: Object, client_id: str) -> list[Reading]:
    """A draft for each page where the claim appears. Raises ``Refused``."""
    claim = _text(review.get("claimReviewed"))
    if not claim:
        raise Refused(422, "claimReviewed is missing: it says which words are meant.", "#/claimReviewed")
    url = _address(review.get("url")) or _address(review.get("@id"))
    if not url:
        raise Refused(422, "url is missing: the review is what the annotation rests on.", "#/url")
    pages = dict(_pages(review))
    if not pages:
        raise Refused(422, "The review names no page where the claim appears.", "#/itemReviewed/appearance")
    who = _name(review.get("author")) or "A fact checker"
    said = _text(_first(review.get("reviewRating"), "alternateName"))
    body = f"{who} has looked at this claim." + (f" Their word for it: “{said}”." if said else "")
    language = _text(review.get("inLanguage")) or None
    left_out = ["when it was published"] if "datePublished" in review else []
    if _first(review.get("reviewRating"), "ratingValue") is not None:
        left_out.append("its rating as a number")
    if _name(_first(review.get("itemReviewed"), "author")):
        left_out.append("who made the claim")
    return [
        Reading(
            Draft(
                client_id=client_id if number == 0 else f"{client_id[:60]}-{number}",
                url=page,
                title=title,
                exact=claim,
                signal=SIGNAL,
                body=body,
                sources=(Cited(url, _text(review.get("name")) or _text(review.get("headline"))),),
                language=language,
                via=(url,),
            ),
            None,
            tuple(left_out),
        )
        for number, (page, title) in enumerate(list(pages.items())[:MOST_PAGES])
    ]


def _pages(review: Object) -> Iterator[tuple[str, str]]:
    """Where the claim appears: a Claim has appearances, and older markup reviews the work itself."""
    for item in _all(review.get("itemReviewed")):
        works = [*_all(item.get("appearance")), *_all(item.get("firstAppearance"))]
        if "Claim" not in _several(item.get("@type")):
            works.append(item)
        for work in works:
            address = _address(work.get("url")) or _address(work.get("@id")) or _address(work.get("sameAs"))
            if address:
                yield address, _text(work.get("name")) or _text(work.get("headline"))


def _all(found: object) -> list[Object]:
    values = found if isinstance(found, list) else [found]
    return [value if isinstance(value, dict) else {"url": value} for value in values if value]


def _first(found: object, name: str) -> Any:
    return next((each[name] for each in _all(found) if name in each), None)


def _name(found: object) -> str:
    if isinstance(found, str):
        return found.strip()
    return _text(_first(found, "name"))


def _address(found: object) -> str:
    value = next(iter(_several(found)), "")
    return value if value.lower().startswith(("http://", "https://")) else ""


def _text(found: object) -> str:
    return " ".join(next(iter(_several(found)), "").split())


def _several(found: object) -> list[str]:
    return [word for word in (found if isinstance(found, list) else [found]) if isinstance(word, str)]
