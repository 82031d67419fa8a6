"""What a list says of the outlets that an article links or cites, and what it keeps silent about."""

from __future__ import annotations

import pytest

from caveat.article import Article, Context, Link, Listing
from caveat.reading import Reader

TEXT = (
    "The plant will close in May, according to Reuters. Officials told the New York Times that nobody asked "
    "them.\nThe owner would not comment on the letter. Reuters reported on Friday that 400 jobs are at risk."
)
LINKED = {"the letter": "https://www.bbc.co.uk/news/uk-1"}


def article(text: str = TEXT, links: dict[str, str] | None = None, **context: str) -> Article:
    places = {words: text.index(words) for words in links or {}}
    made = tuple(Link(at, at + len(words), (links or {})[words]) for words, at in places.items())
    return Article(text, Context(links=made, **context))


def listed(reader: Reader, one: Article) -> dict[str, list[str]]:
    return {
        listing.outlet: [one.text[start:end] for start, end in listing.places]
        for listing in reader.analyse(one).listings
    }


def test_each_outlet_is_listed_once_with_all_places_in_the_order_of_the_text(reader: Reader) -> None:
    found = listed(reader, article(links=LINKED))
    assert list(found) == ["Reuters", "The New York Times", "BBC"]
    assert [("Reuters" in words) for words in found["Reuters"]] == [True, True]
    assert found["The New York Times"] == ["New York Times"]
    assert found["BBC"] == ["the letter"]


def test_a_listing_says_what_the_list_says_and_of_when_and_where_it_was_discussed(reader: Reader) -> None:
    (listing,) = reader.analyse(article("See the letter.", LINKED)).listings
    page = "https://en.wikipedia.org/wiki/Wikipedia:Reliable_sources/Perennial_sources"
    assert listing == Listing("BBC", "bbc.co.uk", "reliable", "2026-08", f"{page}#BBC", ((4, 14),))


def test_places_are_code_points(reader: Reader) -> None:
    text = "🌊🌊 See the letter, he said."
    (listing,) = reader.analyse(article(text, LINKED)).listings
    ((start, end),) = listing.places
    assert text[start:end] == "the letter"


@pytest.mark.parametrize(
    "context",
    [
        {"url": "https://www.reuters.com/world/x"},
        {"site": "Reuters"},
        {"site": "reuters.com"},
        {"site": "www.reuters.com"},
        {"site": "Reuters News"},
        {"site": "REUTERS"},
    ],
)
def test_an_articles_own_outlet_is_not_listed(reader: Reader, context: dict[str, str]) -> None:
    found = listed(reader, article(links={"400 jobs": "https://uk.reuters.com/x"}, **context))
    assert list(found) == ["The New York Times"]


@pytest.mark.parametrize("site", ["The Times", "York Times", "New York Post", "News", "Lowmoor Gazette", ""])
def test_a_site_that_shares_a_word_is_another_outlet(reader: Reader, site: str) -> None:
    assert list(listed(reader, article(site=site))) == ["Reuters", "The New York Times"]


@pytest.mark.parametrize(
    "text",
    [
        "The Guardian reported that the plant will close in May.",
        "The plant will close in May, the Telegraph reported.",
        "Officials told the Times that the plant will close.",
        "Robert Hill said the plant will close. Hill said nobody had been asked.",
        "Reuters and its owner are not mentioned here as anybody's source.",
        "The shop sells the New York Times and the Daily Mail.",
        "Time said little about it.",
        "Slate roofs are said to last for a century.",
    ],
)
def test_what_may_be_another_outlet_or_is_no_source_is_not_listed(reader: Reader, text: str) -> None:
    assert listed(reader, article(text)) == {}


@pytest.mark.parametrize(
    "href",
    [
        "https://lowmoor.example/x",
        "https://youtube.com/watch?v=1",
        "/news/1",
        "javascript:alert(1)",
        "https://[",
    ],
)
def test_links_that_no_rule_fits_are_not_listed(reader: Reader, href: str) -> None:
    assert listed(reader, article("See the letter.", {"the letter": href})) == {}


def test_a_link_without_words_is_not_listed(reader: Reader) -> None:
    links = (Link(3, 4, "https://bbc.co.uk/x"), Link(5, 5, "https://bbc.co.uk/x"))
    assert reader.analyse(Article("See the letter.", Context(links=links))).listings == ()


def test_what_is_not_read_has_no_listings(reader: Reader) -> None:
    text = "Der Brief wurde am Montag veröffentlicht, und die Stadt hat ihn bis heute nicht beantwortet. " * 3
    assert reader.analyse(article(text, {"Brief": "https://bbc.co.uk/x"})).listings == ()


def test_the_key_of_an_answer_holds_the_rule_that_a_link_hits_and_no_address(reader: Reader) -> None:
    def key(href: str, **context: str) -> bytes:
        return reader.matters(article("See the letter.", {"the letter": href}, **context))

    assert key("https://www.bbc.co.uk/news/uk-1?reader=7") == key("http://bbc.co.uk/sport")
    assert key("https://bbc.co.uk/x") != key("https://reuters.com/x")
    assert key("https://lowmoor.example/secret") == key("https://harker.example/")
    assert b"secret" not in key("https://lowmoor.example/secret")
    assert key("https://bbc.co.uk/x", url="https://bbc.co.uk/y") != key("https://bbc.co.uk/x")
    assert key("https://bbc.co.uk/x", url="https://a.example/y") == key("https://bbc.co.uk/x")
