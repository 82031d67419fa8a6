"""Figures that stand together: read in sentences, held against each other, told with the sum."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caveat.article import Analysis, Article, Context, Note
from caveat.reading import BlockReading, Reader

TABLE = tomllib.loads(Path(__file__).with_name("figures.toml").read_text(encoding="utf-8"))
DAY = "2026-05-10"


def analysis_of(reader: Reader, text: str, published: str | None = DAY) -> Analysis:
    return reader.analyse(Article(text, Context(published=published)))


def notes_on(reader: Reader, text: str, published: str | None = DAY) -> list[Note]:
    return [n for n in analysis_of(reader, text, published).notes if n.signal == "conflicts-record"]


@pytest.mark.parametrize(
    ("text", "says"), [(text, says) for cases in TABLE.values() for text, says in cases["noticed"]]
)
def test_figures_that_cannot_all_be_meant_are_told_with_what_they_make(
    reader: Reader, text: str, says: str
) -> None:
    (note,) = notes_on(reader, text)
    assert says in note.message


@pytest.mark.parametrize("text", [text for cases in TABLE.values() for text in cases["left_alone"]])
def test_figures_that_may_be_meant_are_left_alone(reader: Reader, text: str) -> None:
    assert [note.message for note in notes_on(reader, text)] == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("They met on Monday 3 March.", {"2026-05-10": True, "2025-05-10": False, "2026-09-20": False}),
        ("Ada Holt, 43, was born in 1990.", {"2026-05-10": True, "2033-05-10": False, "2045-01-01": True}),
        ("The mine closed 20 years ago, in 1990.", {"2026-05-10": True, "2010-05-10": False}),
    ],
)
def test_what_depends_on_the_day_is_held_against_the_articles_own(
    reader: Reader, text: str, days: dict[str, bool]
) -> None:
    assert {day: bool(notes_on(reader, text, day)) for day in days} == days


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("They met on Monday 3 March.", False),  # of any year
        ("Ada Holt, 23, was born in 1980.", False),  # it may have been written in 2003
        ("Ada Holt, 143, was born in 1990.", True),  # no day up to today fits
        ("The mine closed 20 years ago, in 1990.", False),
        ("The mine closed 90 years ago, in 1990.", True),
        ("They met on Tuesday, July 4, 2024.", True),
    ],
)
def test_an_article_without_a_date_may_be_of_any_day_up_to_today(
    reader: Reader, text: str, told: bool
) -> None:
    assert bool(notes_on(reader, text, None)) == told


def test_the_turns_of_a_transcript_are_the_speakers_words(reader: Reader) -> None:
    turn = "Output rose 25 % from 80 to 120."
    transcript = f"HOST: Good evening.\nHOLT: {turn}\nHOST: By how much?\nHOLT: By 25 %, as I said."
    assert notes_on(reader, turn)
    assert notes_on(reader, transcript) == []


def test_a_weekday_comes_with_the_month_to_look_it_up_in(reader: Reader) -> None:
    (note,) = notes_on(reader, "The meeting was on Tuesday, July 4, 2024.")
    (evidence,) = note.evidence
    assert evidence.title == "Calendar of July 2024"
    assert "year=2024&month=7" in evidence.url


def test_a_country_comes_with_the_record_its_year_and_its_link(reader: Reader) -> None:
    (note,) = notes_on(reader, "Germany's population of 830 million is ageing.")
    (evidence,) = note.evidence
    assert (evidence.title, evidence.date, evidence.publisher) == (
        "Germany: population 83,577,140", "2024", "Wikidata",
    )  # fmt: skip
    assert evidence.url == "https://www.wikidata.org/wiki/Q183"


def test_questions_survive_the_cache(reader: Reader) -> None:
    texts = [text for cases in TABLE.values() for text, _ in cases["noticed"]]
    for reading in reader.read(texts):
        assert reading.figures
        assert BlockReading.decode(reading.encode()) == reading


PIECES = st.sampled_from(
    [text + " " for cases in TABLE.values() for text, _ in cases["noticed"]]
    + [
        "😀",
        "“",
        "”",
        "é",
        "\n",
        "(",
        ")",
        "3 ",
        "of ",
        "from ",
        "to ",
        "25 % ",
        "born in ",
        "1990, ",
        "a total of ",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_places_slice_to_the_words_in_any_text(reader: Reader, text: str) -> None:
    for note in notes_on(reader, text):
        assert text[note.start : note.end] == note.quote.exact
        assert note.quote.exact.strip() == note.quote.exact


def test_the_table_is_of_a_day_that_is_a_date() -> None:
    assert date.fromisoformat(DAY).weekday() == 6
