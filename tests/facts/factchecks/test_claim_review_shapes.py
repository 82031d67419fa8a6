"""ClaimReview in the shapes that are met in the wild, all of our own writing: what is around a review."""

from __future__ import annotations

import html
import json
from dataclasses import replace
from typing import Any

import pytest

from caveat.facts.factchecks import FactCheck
from caveat.facts.factchecks.reviews import Entry
from factchecks_written import CHECK, REVIEW, TEXT, found, with_


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


def test_reviews_of_pictures_are_passed_over() -> None:
    (entry,) = found(json.dumps({"@type": "MediaReview", "url": "https://checks.example/picture"}))
    assert isinstance(entry, Entry)
    assert not entry.is_refused


@pytest.mark.parametrize(
    "text", ["", " \n", "{}", "[]", '{"@type": "NewsArticle"}', "<html><p>Words</p></html>"]
)
def test_where_there_is_no_review_there_is_nothing(text: str) -> None:
    assert found(text) == []
