"""ClaimReview: what we say of claims, never as a number, and what others said of them."""

from __future__ import annotations

from typing import Any

import pytest

from caveat.accounts.models import Account, Role
from caveat.accounts.refused import Refused
from caveat.annotations import drafts
from caveat.annotations.formats.claim_review import document, feed, is_review, item, read, reviews_in
from caveat.annotations.formats.web_annotation import Home
from caveat.annotations.models import Annotation, Page, Source, Status
from caveat.catalogue import Catalogue
from written import BRIDGE, NOW

HOME = Home("https://notes.example", Catalogue.standard().signals, "https://licence.example/by")


def annotation(**parts: Any) -> Annotation:
    values: dict[str, Any] = {
        "uuid": "6f0c0f7e-6d2f-4b0e-9a0f-4c8f5a2d1e11",
        "author": Account(alias="heron", role=Role.VOLUNTEER, created=NOW),
        "page": Page(url=BRIDGE, title="The bridge reopens"),
        "signal": "bare-number",
        "body": "The survey asked 40 drivers.",
        "exact": "Most drivers are happy",
        "language": "en",
        "sources": [Source(position=0, url="https://council.example/survey", title="The survey")],
        "status": Status.HELPFUL,
        "status_since": NOW,
        "created": NOW,
    }
    return Annotation(**(values | parts))


def keys(found: object) -> set[str]:
    """Every key of a document, however deep."""
    if isinstance(found, dict):
        return set(found) | {key for value in found.values() for key in keys(value)}
    return {key for each in found for key in keys(each)} if isinstance(found, list) else set()


def test_a_review_has_what_search_engines_demand() -> None:
    written = document(annotation(), HOME)
    assert (written["@context"], written["@type"]) == ("https://schema.org", "ClaimReview")
    assert written["claimReviewed"] == "Most drivers are happy"
    assert written["url"] == "https://notes.example/a/6f0c0f7e-6d2f-4b0e-9a0f-4c8f5a2d1e11"
    assert written["itemReviewed"]["appearance"]["url"] == BRIDGE
    assert written["author"]["@type"] == "Organization"
    assert written["citation"] == ["https://council.example/survey"]
    assert written["license"] == written["sdLicense"] == HOME.rights


def test_what_was_noticed_is_a_word_and_never_a_number() -> None:
    written = document(annotation(), HOME)
    assert written["reviewRating"] == {"@type": "Rating", "alternateName": "Bare number"}
    assert keys(written).isdisjoint({"ratingValue", "bestRating", "worstRating"})
    assert "heron" not in str(written), "the community says it; the author is named on the note's page"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, True),
        ({"signal": "missing-context"}, True),
        ({"signal": "named-source"}, False),
        ({"status": Status.SETTLED}, False),
        ({"status": Status.NEEDS_RATINGS}, False),
        ({"exact": ""}, False),
    ],
)
def test_credit_and_what_is_not_shown_are_no_reviews(parts: dict[str, Any], expected: bool) -> None:
    assert is_review(annotation(**parts), HOME) is expected


THEIRS: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checks.example/bridge",
    "name": "Are most drivers happy?",
    "datePublished": "2026-02-20",
    "claimReviewed": "Most drivers are  happy",
    "author": {"@type": "Organization", "name": "Check Desk"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "A. Mayor"},
        "appearance": {"@type": "CreativeWork", "url": BRIDGE, "name": "The bridge reopens"},
    },
    "reviewRating": {"@type": "Rating", "ratingValue": "2", "bestRating": "5", "alternateName": "Half true"},
}


def test_a_review_by_others_becomes_an_annotation_that_says_whose_verdict_it_is() -> None:
    (reading,) = read(THEIRS, "c")
    draft = drafts.checked(reading.draft)
    assert (draft.url, draft.exact, draft.signal) == (BRIDGE, "Most drivers are happy", "checked-before")
    assert draft.body == "Check Desk has looked at this claim. Their word for it: “Half true”."
    assert draft.sources == (drafts.Cited("https://checks.example/bridge", "Are most drivers happy?"),)
    assert set(reading.left_out) == {
        "when it was published", "its rating as a number", "who made the claim"
    }  # fmt: skip


OTHER: list[tuple[str, dict[str, Any], list[str]]] = [
    ("appearances in a list", {"itemReviewed": {"@type": "Claim", "appearance": [
        {"url": BRIDGE}, "https://other.example/b"]}}, [BRIDGE, "https://other.example/b"]),
    ("a first appearance", {"itemReviewed": {"@type": "Claim", "firstAppearance": {"@id": BRIDGE}}},
     [BRIDGE]),
    ("a work instead of a claim", {"itemReviewed": {"@type": "CreativeWork", "url": BRIDGE}}, [BRIDGE]),
    ("items in a list", {"itemReviewed": [{"@type": ["Claim"], "appearance": BRIDGE}]}, [BRIDGE]),
    ("no rating", {"reviewRating": None}, [BRIDGE]),
    ("an author in a list", {"author": [{"name": "A"}, {"name": "B"}]}, [BRIDGE]),
    ("the same page twice", {"itemReviewed": {"@type": "Claim", "appearance": [BRIDGE, BRIDGE]}}, [BRIDGE]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "changes", "pages"), OTHER, ids=[row[0] for row in OTHER])
def test_it_reads(what: str, changes: dict[str, Any], pages: list[str]) -> None:
    assert [reading.draft.url for reading in read({**THEIRS, **changes}, "c")] == pages, what


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"claimReviewed": ""}, "#/claimReviewed"),
        ({"url": "javascript:alert(1)"}, "#/url"),
        ({"itemReviewed": {"@type": "Claim"}}, "#/itemReviewed/appearance"),
        ({"itemReviewed": "a claim"}, "#/itemReviewed/appearance"),
    ],
)
def test_it_refuses_what_says_too_little(changes: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Refused) as refused:
        read({**THEIRS, **changes}, "c")
    assert refused.value.pointer == pointer


@pytest.mark.parametrize(
    "wrapped",
    [
        THEIRS,
        [THEIRS],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, THEIRS]},
        feed([THEIRS]),
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": THEIRS}]},
    ],
)
def test_reviews_are_found_in_whatever_they_come_in(wrapped: object) -> None:
    assert list(reviews_in(wrapped)) == [THEIRS]


def test_reviews_are_not_looked_for_without_end() -> None:
    deep: object = THEIRS
    for _ in range(5_000):
        deep = [deep]
    assert list(reviews_in(deep)) == []


def test_an_item_of_a_feed_is_as_the_feed_has_it() -> None:
    one = document(annotation(), HOME, context=False)
    assert feed([one])["dataFeedElement"] == [item(annotation(), HOME)]
