"""What an article around a question does to it: its date, its kind, what it says before."""

from __future__ import annotations

from datetime import date

import pytest

from caveat.article import Article, Context, Note
from caveat.catalogue import Catalogue
from caveat.facts import Facts
from caveat.reading import Reader

MERKEL = "German Chancellor Angela Merkel will visit Kyiv this week."
TODAY = date(2026, 1, 15)


@pytest.fixture(scope="module")
def today(reader: Reader) -> Reader:
    """A reader for whom it is a day that the table knows."""
    return Reader(reader.nlp, Catalogue.standard(), Facts.load(), lambda: TODAY)


def asked(reader: Reader, text: str, published: str | None, **context: str) -> list[Note]:
    found = reader.analyse(Article(text, Context(published=published, **context))).notes
    return [note for note in found if note.signal == "conflicts-record"]


def test_the_record_is_asked_about_the_day_of_the_article(today: Reader) -> None:
    (note,) = asked(today, MERKEL, "2025-07-21T09:30:00+02:00")
    assert (
        note.message == "“German Chancellor Angela Merkel”: for 21 July 2025, our record has Friedrich Merz."
    )
    assert note.quote.exact == "German Chancellor Angela Merkel"
    assert note.evidence[0].title == "Chancellor, Germany: Friedrich Merz, since 6 May 2025"
    assert asked(today, MERKEL, "2015-07-21") == []


def test_an_article_without_a_date_is_asked_about_today_and_the_note_says_so(today: Reader) -> None:
    for published in (None, "last Tuesday"):
        (note,) = asked(today, MERKEL, published)
        assert note.message.endswith("the page has no date. For today, our record has Friedrich Merz.")


def test_an_article_of_a_day_to_come_is_asked_about_today(today: Reader) -> None:
    (note,) = asked(today, MERKEL, "2030-01-01")
    assert "15 January 2026" in note.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"published": "2025-07-21"}, {"published": "2015-07-21"}),
        ({"published": None}, {"published": "2025-07-21"}),
        ({"published": None}, {"published": "2025-02-31"}),  # no day, but the page gives something
        ({}, {"url": "https://news.example/2018/03/18/talks"}),
    ],
)
def test_what_the_day_of_an_answer_depends_on_is_in_its_key(
    today: Reader, one: dict[str, str], other: dict[str, str]
) -> None:
    assert today.matters(Article(MERKEL, Context(**one))) != today.matters(Article(MERKEL, Context(**other)))


@pytest.mark.parametrize("published", [None, "2025-02-31", "2030-01-01"])
def test_an_answer_that_was_held_against_today_is_another_tomorrow(
    today: Reader, published: str | None
) -> None:
    tomorrow = Reader(today.nlp, today.catalogue, today.facts, lambda: date(2026, 1, 16))
    article = Article(MERKEL, Context(published=published))
    assert today.matters(article) != tomorrow.matters(article)


def test_no_address_is_in_the_key_of_an_answer(today: Reader) -> None:
    keys = {
        today.matters(Article(MERKEL, Context(url=f"https://news.example/{path}"))) for path in ("a", "b", "")
    }
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("text", "context"),
    [
        (f"The vote is planned for 2019.\n{MERKEL}", {}),
        (MERKEL, {"url": "https://news.example/2018/03/18/talks"}),
    ],
)
def test_an_article_without_a_date_may_be_as_old_as_the_years_it_names(
    today: Reader, text: str, context: dict[str, str]
) -> None:
    assert asked(today, text, None, **context) == []
    assert asked(today, text, "2025-07-21", **context)


def test_a_day_of_the_week_in_an_article_without_a_date_is_of_any_week(today: Reader) -> None:
    text = "German Chancellor Angela Merkel met the unions in Berlin on Tuesday."
    assert asked(today, text, "2025-07-21")
    assert asked(today, text, None) == []


def test_an_article_about_a_film_is_left_alone(today: Reader) -> None:
    told = f"The film opens in autumn. Its director loves actors.\nA thriller, then, with stars.\n{MERKEL}"
    assert asked(today, told, "2025-07-21") == []
    assert asked(today, MERKEL, "2025-07-21", title="A film, an actor and a novel") == []


def test_a_past_that_goes_on_from_a_block_with_a_year_is_history(today: Reader) -> None:
    past = "German Chancellor Angela Merkel told parliament on Monday that the money was there."
    assert asked(today, f"The banks fell.\n{past}", "2025-07-21")
    assert asked(today, f"It was the autumn of 2008 and the banks fell.\n{past}", "2025-07-21") == []


def test_what_is_said_in_a_transcript_is_its_speakers(today: Reader) -> None:
    lines = ["HOST: Good evening and welcome.", f"GUEST: {MERKEL}", "HOST: Is she?", "GUEST: I believe so."]
    assert asked(today, "\n".join(lines), "2025-07-21") == []


def test_a_note_with_a_record_is_not_crowded_out(today: Reader) -> None:
    text = (
        "Experts say the shocking, disastrous plan that German Chancellor Angela Merkel will announce proves "
        " that everyone is doomed, according to a senior official who asked not to be named."
    )
    assert asked(today, text, "2025-07-21")
