"""ClaimReview in the shapes that are met in the wild, all of our own writing: what becomes of each."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from caveat.facts.factchecks import FactCheck
from caveat.facts.factchecks.reviews import Entry, reviews

CHECK = FactCheck(
    url="https://checks.example/lake",
    claim="The lake of Harrow lost half of its water in 2023.",
    publisher="Harrow Checks",
    publisher_site="checks.example",
    published="2024-02-03",
    rating="Half of it",
    claimant="Ada Brook",
    claim_date="2024-01-30",
    appearances=("https://news.example/lake",),
)
REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checks.example/lake",
    "datePublished": "2024-02-03",
    "claimReviewed": "The lake of Harrow lost half of its water in 2023.",
    "author": {"@type": "Organization", "name": "Harrow Checks", "url": "https://checks.example/"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Ada Brook"},
        "datePublished": "2024-01-30",
        "appearance": {"@type": "CreativeWork", "url": "https://news.example/lake"},
    },
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": 3,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "Half of it",
    },
}
TEXT = json.dumps(REVIEW)


def found(text: str, size: int = 64) -> list[FactCheck | Entry]:
    chunks: Iterator[str] = (text[at : at + size] for at in range(0, len(text), size))
    return list(reviews(chunks))


def prefixed(value: Any, prefix: str) -> Any:
    """A node as other programs write it: keys and types with a prefix."""
    if isinstance(value, list):
        return [prefixed(each, prefix) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        (key if key.startswith("@") else prefix + key): (
            prefix + inner if key == "@type" else prefixed(inner, prefix)
        )
        for key, inner in value.items()
    }


def expanded(value: Any) -> Any:
    """A node as JSON-LD's expansion leaves it: lists everywhere, values in objects."""
    if isinstance(value, dict):
        return {
            key if key.startswith("@") else f"http://schema.org/{key}": [f"http://schema.org/{inner}"]
            if key == "@type"
            else [expanded(inner)]
            for key, inner in value.items()
            if key != "@context"
        }
    return {"@value": value}


def with_(**changes: Any) -> str:
    """The review with other values; None takes a field away."""
    changed = {name: value for name, value in (REVIEW | changes).items() if value is not None}
    return json.dumps(changed)


WRAPPED = {
    "one object": TEXT,
    "printed on many lines": json.dumps(REVIEW, indent=2),
    "a list": f"[{TEXT}]",
    "a graph": json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, REVIEW]}),
    "a type that is a list": with_(**{"@type": ["ClaimReview", "Review"]}),
    "an old type with the claim": with_(**{"@type": "Review"}),
    "types and keys with a prefix": json.dumps(prefixed(REVIEW, "schema:")),
    "types and keys as whole IRIs": json.dumps(prefixed(REVIEW, "http://schema.org/")),
    "types and keys as whole https IRIs": json.dumps(prefixed(REVIEW, "https://schema.org/")),
    "expanded": json.dumps([expanded(REVIEW)]),
    "a feed": json.dumps(
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]}
    ),
    "a feed with lists in lists": json.dumps(
        {"@type": "DataFeed", "dataFeedElement": [[{"@type": "DataFeedItem", "item": [[REVIEW]]}]]}
    ),
    "a feed with one item": json.dumps(
        {"@type": "DataFeed", "dataFeedElement": {"@type": "DataFeedItem", "item": REVIEW}}
    ),
    "an article with its review": json.dumps({"@type": "NewsArticle", "review": REVIEW}),
    "a script": f'<script type="application/ld+json">{TEXT}</script>',
    "a script with entities": f'<script type="application/ld+json">{html.escape(TEXT)}</script>',
    "entities": html.escape(TEXT),
    "entities all over": html.escape(f'<script type="application/ld+json">{TEXT}</script>'),
    "a page": (
        f"<!doctype html>\n<html><head><title>x</title><script>var a = {{'b': \"{{\"}};</script>\n"
        f"<script data-x=\"1\" type='application/ld+json'>\n//<![CDATA[\n{TEXT}\n//]]>\n</script>\n"
        '<!-- <script type="application/ld+json">{"@type": "ClaimReview"}</script> --></head>\n'
        '<body><p>{"@type": "ClaimReview"}</p></body></html>'
    ),
    "markup kept as a text": json.dumps({"page": "https://checks.example/lake", "markup": TEXT}),
    "a comma too many": TEXT[:-1] + ",}",
    "line breaks in a text": TEXT.replace("Half of it", "Half\nof\tit"),
    "an escape that JSON does not have": TEXT.replace("Half of", "Half\\ of"),
}


@pytest.mark.parametrize("text", WRAPPED.values(), ids=WRAPPED)
def test_a_review_is_read_whatever_it_is_wrapped_in(text: str) -> None:
    assert found(text) == [CHECK]
    assert found(text, 3) == [CHECK]


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


def test_references_within_a_graph_are_followed() -> None:
    graph = {
        "@graph": [
            {"@id": "#us", "@type": "Organization", "name": "Harrow Checks"},
            {"@id": "#ada", "@type": "Person", "name": "Ada Brook"},
            REVIEW
            | {
                "author": {"@id": "#us"},
                "itemReviewed": REVIEW["itemReviewed"] | {"author": {"@id": "#ada"}},
            },
        ]
    }
    assert found(json.dumps(graph)) == [CHECK]


def test_what_a_feed_says_holds_for_what_is_in_it() -> None:
    feed = {
        "@type": "DataFeed",
        "license": "https://licence.example/feed",
        "dataFeedElement": [
            {"@type": "DataFeedItem", "url": "https://checks.example/a/", "item": REVIEW | {"url": "lake"}},
            {"@type": "DataFeedItem", "dateDeleted": "2024-03-01", "item": [REVIEW]},
        ],
    }
    licensed = replace(CHECK, licence="https://licence.example/feed")
    assert found(json.dumps(feed)) == [
        replace(licensed, url="https://checks.example/a/lake"),
        replace(licensed, retracted=True),
    ]


def test_a_page_may_hold_several_reviews() -> None:
    other = with_(claimReviewed="The mill burns.")
    page = "".join(f'<script type="application/ld+json">{each}</script>' for each in (TEXT, other))
    assert found(f"<html>{page}</html>") == [CHECK, replace(CHECK, claim="The mill burns.")]


def test_one_a_line_in_several_wrappers() -> None:
    lines = [TEXT, WRAPPED["a script"], WRAPPED["entities"], f"[{TEXT}]", WRAPPED["entities all over"]]
    assert found("\n".join(lines)) == [CHECK] * 5
    assert found("\n".join(reversed(lines)), 7) == [CHECK] * 5


TOOLS = {
    "claims": [
        {
            "text": CHECK.claim,
            "claimant": "Ada Brook",
            "claimDate": "2024-01-30T00:00:00Z",
            "claimReview": [
                {
                    "publisher": {"name": "Harrow Checks", "site": "checks.example"},
                    "url": "https://checks.example/lake",
                    "title": "The lake, checked",
                    "reviewDate": "2024-02-03T00:00:00Z",
                    "textualRating": "Half of it",
                    "languageCode": "en",
                },
                {"publisher": {"site": "www.other.example"}, "url": "https://other.example/1"},
                {"publisher": {"site": "www.other.example"}},
            ],
        }
    ],
    "nextPageToken": "x",
}


def test_an_answer_of_the_fact_check_tools() -> None:
    first = replace(CHECK, title="The lake, checked", language="en", appearances=())
    second = replace(
        first,
        url="https://other.example/1",
        publisher="other.example",
        publisher_site="other.example",
        title=None,
        published=None,
        rating=None,
        language=None,
    )
    assert found(json.dumps(TOOLS)) == [
        first,
        second,
        Entry(1, "no address", "It has no address (url)."),
    ]


def test_a_page_of_the_fact_check_tools() -> None:
    page = {
        "name": "pages/x",
        "pageUrl": "https://checks.example/lake",
        "publishDate": "2024-02-03",
        "claimReviewAuthor": {"name": "Harrow Checks"},
        "claimReviewMarkups": [
            {
                "claimReviewed": CHECK.claim,
                "claimDate": "2024-01-30",
                "claimFirstAppearance": "https://news.example/lake",
                "claimAuthor": {"name": "Ada Brook"},
                "rating": {"ratingValue": 3, "bestRating": 5, "textualRating": "Half of it"},
            },
            {
                "url": "/two",
                "claimReviewed": "The mill burns.",
                "rating": {"ratingValue": 3, "bestRating": 5},
            },
        ],
    }
    second = found(json.dumps({"claimReviewMarkupPages": [page]}))[1]
    assert found(json.dumps({"claimReviewMarkupPages": [page]}))[0] == CHECK
    assert isinstance(second, FactCheck)
    assert (second.url, second.rating) == ("https://checks.example/two", "3/5")


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


def test_reviews_of_pictures_are_passed_over() -> None:
    (entry,) = found(json.dumps({"@type": "MediaReview", "url": "https://checks.example/picture"}))
    assert isinstance(entry, Entry)
    assert not entry.is_refused


@pytest.mark.parametrize(
    "text", ["", " \n", "{}", "[]", '{"@type": "NewsArticle"}', "<html><p>Words</p></html>"]
)
def test_where_there_is_no_review_there_is_nothing(text: str) -> None:
    assert found(text) == []
