"""ClaimReview in the shapes that are met in the wild, all of our own writing: what is in a review."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from caveat.facts.factchecks.reviews import Entry
from factchecks_written import CHECK, REVIEW, TEXT, found, with_

ORGANISATION = {"@type": "Organization", "name": "Harrow Checks"}
FIELDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    # the claim
    "the claim is in its item": (
        {"claimReviewed": None, "itemReviewed": {"@type": "Claim", "name": "The mill burns."}},
        {"claim": "The mill burns.", "claimant": None, "claim_date": None, "appearances": ()},
    ),
    "the claim is its item's headline": (
        {"claimReviewed": "", "itemReviewed": [{"@type": "CreativeWork", "headline": "The mill burns."}]},
        {"claim": "The mill burns.", "claimant": None, "claim_date": None, "appearances": ()},
    ),
    "the claim is its item": (
        {"claimReviewed": None, "itemReviewed": "The mill burns."},
        {"claim": "The mill burns.", "claimant": None, "claim_date": None, "appearances": ()},
    ),
    "the claim has tags and entities": (
        {"claimReviewed": "<p>Rain &amp; <b>hail</b></p>\n<p>fell&nbsp;here</p>"},
        {"claim": "Rain & hail fell here"},
    ),
    "the claim was escaped twice": ({"claimReviewed": "&amp;lt;b&amp;gt;Rain"}, {"claim": "Rain"}),
    "the claim is a number": ({"claimReviewed": 1984}, {"claim": "1984"}),
    "the claim is in two languages": (
        {"claimReviewed": [{"@value": "Es regnet.", "@language": "de"}, {"@value": "It rains."}]},
        {"claim": "Es regnet."},
    ),
    # the address
    "no address but an identity": (
        {"url": None, "@id": "https://checks.example/lake#review"},
        {"url": "https://checks.example/lake#review"},
    ),
    "no address but a page": ({"url": None, "mainEntityOfPage": {"@id": "https://checks.example/p"}}, {"url": "https://checks.example/p"}),
    "no address but another one": ({"url": None, "sameAs": "https://checks.example/s"}, {"url": "https://checks.example/s"}),
    "half an address": ({"url": "/lake"}, {}),
    "half an address, and a page": (
        {"url": "lake", "mainEntityOfPage": "https://other.example/a/b"},
        {"url": "https://other.example/a/lake", "publisher_site": "other.example"},
    ),
    "an address with spaces": ({"url": " https://checks.example/the lake "}, {"url": "https://checks.example/the%20lake"}),
    "an address in a list": ({"url": ["https://checks.example/lake"]}, {}),
    "an address with entities": ({"url": "https://checks.example/?a=1&amp;b=2"}, {"url": "https://checks.example/?a=1&b=2"}),
    # who checked it
    "the checker is a name": ({"author": "Harrow Checks"}, {}),
    "the checker is a person of an organisation": (
        {"author": {"@type": "Person", "name": "Jo Reed"}, "publisher": ORGANISATION},
        {},
    ),
    "the checkers are several": ({"author": [{"@type": "Person", "name": "Jo Reed"}, ORGANISATION]}, {}),
    "the checker is a person": ({"author": {"@type": "Person", "name": "Jo Reed"}}, {"publisher": "Jo Reed"}),
    "the checker is an address": ({"author": "https://checks.example/"}, {"publisher": "checks.example"}),
    "nobody checked it": ({"author": None}, {"publisher": "checks.example"}),
    # the rating
    "several ratings": ({"reviewRating": [{"ratingValue": 2}, {"alternateName": "Half of it"}]}, {}),
    "the rating is a word": ({"reviewRating": "Half of it"}, {}),
    "the rating's name": ({"reviewRating": {"name": "Half of it", "ratingValue": 2}}, {}),
    "the rating's value is a word": ({"reviewRating": {"ratingValue": "Half of it"}}, {}),
    "the rating is a number": ({"reviewRating": {"ratingValue": 2, "bestRating": "5"}}, {"rating": "2/5"}),
    "the rating is a number out of nothing": ({"reviewRating": {"ratingValue": 2}}, {"rating": None}),
    "no rating": ({"reviewRating": None}, {"rating": None}),
    "the rating is code": ({"reviewRating": {"alternateName": "<script>x()</script>"}}, {"rating": None}),
    "the rating is a page": (
        {"reviewRating": {"alternateName": "x" * 1_000}},
        {"rating": "x" * 199 + "…"},
    ),
    # days
    "a moment": ({"datePublished": "2024-02-03T23:50:00+02:00"}, {}),
    "no day but one of making": ({"datePublished": None, "dateCreated": "2024-02-03"}, {}),
    "a day of change": ({"dateModified": "20240301"}, {"modified": "2024-03-01"}),
    "no day": ({"datePublished": "soon"}, {"published": None}),
    # the rest
    "a title": ({"name": "The lake, checked"}, {"title": "The lake, checked"}),
    "a headline": ({"headline": "The lake, checked"}, {"title": "The lake, checked"}),
    "a language": ({"inLanguage": "en_GB"}, {"language": "en-GB"}),
    "a language as an object": ({"inLanguage": {"alternateName": "pt"}}, {"language": "pt"}),
    "a language in words": ({"inLanguage": "English, mostly"}, {"language": None}),
    "a licence of the markup": (
        {"license": "https://licence.example/work", "sdLicense": "https://licence.example/markup"},
        {"licence": "https://licence.example/markup"},
    ),
    "a licence as an object": ({"license": {"@id": "https://licence.example/x"}}, {"licence": "https://licence.example/x"}),
    "it was taken back": ({"creativeWorkStatus": "Retracted"}, {"retracted": True}),
    "several appearances": (
        {
            "itemReviewed": REVIEW["itemReviewed"]
            | {
                "firstAppearance": "https://news.example/first",
                "appearance": [
                    "https://news.example/lake",
                    {"@id": "https://news.example/3"},
                    {"url": "javascript:0"},
                ],
            }
        },
        {"appearances": ("https://news.example/first", "https://news.example/lake", "https://news.example/3")},
    ),
    "what is reviewed is the work": (
        {
            "itemReviewed": {
                "@type": "CreativeWork",
                "author": [{"@type": "Person", "name": "Ada Brook"}],
                "datePublished": "2024-01-30",
                "sameAs": "https://news.example/lake",
            }
        },
        {},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), FIELDS.values(), ids=FIELDS)
def test_fields_are_read_however_they_are_written(changes: dict[str, Any], expected: dict[str, Any]) -> None:
    assert found(with_(**changes)) == [replace(CHECK, **expected)]


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no claim": ({"claimReviewed": None, "itemReviewed": None}, "no claim"),
    "a claim that is only tags": ({"claimReviewed": "<br>", "itemReviewed": {}}, "no claim"),
    "a claim that is a book": ({"claimReviewed": "x" * 10_001}, "too long"),
    "no address": ({"url": None}, "no address"),
    "an address that is code": ({"url": "javascript:alert(1)"}, "wrong address"),
    "an address that is code, dressed": ({"url": " java\nscript:alert(1)"}, "wrong address"),
    "an address of data": ({"url": "data:text/html,<script>alert(1)</script>"}, "wrong address"),
    "an address of a file": ({"url": "file:///etc/passwd"}, "wrong address"),
    "an address with a password": ({"url": "https://checks.example@evil.example/"}, "wrong address"),
}


@pytest.mark.parametrize(("changes", "kind"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_kept_is_refused_with_its_line(changes: dict[str, Any], kind: str) -> None:
    good, refused, after = found(f"{TEXT}\n{with_(**changes)}\n{TEXT}")
    assert (good, after) == (CHECK, CHECK)
    assert isinstance(refused, Entry)
    assert (refused.line, refused.kind) == (2, kind)
    assert refused.is_refused
