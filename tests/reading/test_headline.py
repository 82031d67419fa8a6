"""Headlines against their texts: a table of both kinds, and how a gap is told to the reader."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from caveat.article import Article, Context, PageNote
from caveat.reading import Reader
from caveat.reading.headline import gap, headline

TABLE = tomllib.loads(Path(__file__).with_name("headlines.toml").read_text(encoding="utf-8"))


def noted(reader: Reader, title: str, text: str, site: str | None = None) -> PageNote | None:
    notes = reader.analyse(Article(text, Context(title=title, site=site))).page_notes
    return next((note for note in notes if note.signal == "headline-gap"), None)


@pytest.mark.parametrize("case", TABLE["gap"], ids=lambda case: case["title"])
def test_a_headline_that_goes_further_is_noticed_by_its_words(reader: Reader, case: dict[str, str]) -> None:
    note = noted(reader, case["title"], case["text"])
    assert note is not None
    assert f"“{case['words'].lower()}”" in note.message.lower()


@pytest.mark.parametrize("case", TABLE["fine"], ids=lambda case: case["title"])
def test_a_headline_that_the_text_carries_is_left_alone(reader: Reader, case: dict[str, str]) -> None:
    assert noted(reader, case["title"], case["text"]) is None


def test_the_note_quotes_the_headline_and_the_text(reader: Reader) -> None:
    case = next(case for case in TABLE["gap"] if case["title"] == "Tram line will open in May")
    note = noted(reader, case["title"], case["text"])
    assert note is not None
    assert note.message == (
        "The headline is “Tram line will open in May”. For “will open”, the text only has “could open”."
    )


def test_the_headline_at_the_top_of_the_text_supports_nothing(reader: Reader) -> None:
    case = TABLE["gap"][0]
    assert noted(reader, case["title"], f"{case['title']}\n{case['text']}") is not None


def test_a_page_without_a_headline_or_a_text_has_no_gap() -> None:
    assert gap("", ["The road is closed."] * 9) is None
    assert gap("Storm kills 40 on the coast", ["The storm hit the coast."]) is None


@pytest.mark.parametrize(
    ("title", "site"),
    [
        ("Bridge closed | The Lowmoor Courier", None),
        ("Bridge closed - The Lowmoor Courier", None),
        ("Bridge closed • courier.example", "courier.example"),
        ("  Bridge\n closed ", None),
    ],
)
def test_a_headline_is_the_title_without_its_site(title: str, site: str | None) -> None:
    assert headline(title, site) == "Bridge closed"
