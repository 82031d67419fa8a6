"""Pages that argue for a view: how they are known, and what is done about their words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from caveat.article import Analysis, Article, Context, PageNote
from caveat.reading import Reader

LABELLED = sorted((Path(__file__).parents[1] / "articles").glob("*/labels.toml"))
NEWS = (
    "The council will keep the night ferry, its chairwoman, Mara Teale, said on Tuesday.\n"
    "The ferry carried 41,000 passengers last year, according to the operator.\n"
    "A shameful, reckless, absurd and disgraceful plan has been dropped.\n"
    "The vote was a betrayal. It was a ludicrous night in the town hall."
)
ARGUED = (
    "Let us be honest: we should keep the ferry. Why does nobody on the council ever take it?\n"
    "I have sailed on it for twenty years, and my children have too.\n"
    "The plan to stop it is shameful. It is time to say so. We must not be fooled.\n"
    "Who will carry the nurses home? Not the mayor, surely.\n"
    "The ferry carried 41,000 passengers last year."
)


def of_the_page(reader: Reader, text: str, **context: str) -> PageNote | None:
    notes = reader.analyse(Article(text, Context(**context))).page_notes
    return next((note for note in notes if note.signal == "opinion-page"), None)


def wording(reader: Reader, analysis: Analysis) -> list[str]:
    return [n.signal for n in analysis.notes if reader.catalogue.signals[n.signal].family == "wording"]


@pytest.mark.parametrize(
    "context",
    [
        {"title": "Opinion: Keep the ferry"},
        {"title": "Keep the ferry | Opinion"},
        {"title": "Keep the ferry – Editorial"},
        {"title": "The Courier view on the ferry: keep it"},
        {"byline": "Ina Holt, columnist"},
        {"byline": "By the Editorial Board"},
        {"site": "Lowmoor Courier Opinion"},
        {"title": "Film review: The Long Quay"},
        {"title": "The Long Quay ★★★☆☆"},
    ],
    ids=str,
)
def test_a_page_that_calls_itself_opinion_is_believed(reader: Reader, context: dict[str, str]) -> None:
    note = of_the_page(reader, NEWS, **context)
    assert note is not None
    assert "“" in note.message


@pytest.mark.parametrize(
    "context",
    [
        {"title": "Opinion polls show the mayor ahead"},
        {"title": "Council comments on ferry: no decision yet"},
        {"title": "Columnist fined over parking"},
        {"title": "Government to review ferry contract"},
        {"byline": "Ina Holt, reporter"},
        {"site": "The Lowmoor Courier"},
        {"url": "https://lowmoor.example/opinion/ferry"},
    ],
    ids=str,
)
def test_a_news_page_is_none_whatever_its_words(reader: Reader, context: dict[str, str]) -> None:
    assert of_the_page(reader, NEWS, **context) is None


@pytest.mark.parametrize("text", ["Opinion\n" + NEWS, NEWS + "\nIna Holt is a columnist for the Courier."])
def test_a_line_of_its_own_says_it_too(reader: Reader, text: str) -> None:
    assert of_the_page(reader, text) is not None


def test_a_writers_voice_is_enough(reader: Reader) -> None:
    note = of_the_page(reader, ARGUED)
    assert note is not None
    assert note.message.startswith("This page argues for a view, as in “")


def test_a_voice_in_quotation_marks_is_somebody_elses(reader: Reader) -> None:
    quoted = "\n".join(f"“{line}” said Ina Holt, a nurse." for line in ARGUED.split("\n"))
    assert of_the_page(reader, quoted) is None


def test_only_the_three_strongest_words_are_marked_where_strong_words_belong(reader: Reader) -> None:
    plain = reader.analyse(Article(NEWS, Context(title="Ferry stays")))
    argued = reader.analyse(Article(NEWS, Context(title="Opinion: Ferry stays")))
    assert len(wording(reader, plain)) > 3
    assert len(wording(reader, argued)) == 3
    others = [n.signal for n in plain.notes if n.signal not in wording(reader, plain)]
    assert [n.signal for n in argued.notes if n.signal not in wording(reader, argued)] == others


@pytest.mark.parametrize("file", LABELLED, ids=lambda file: file.parent.name)
def test_labelled_articles_are_known_for_what_they_are(reader: Reader, file: Path) -> None:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    text = "\n".join(" ".join(s["text"] for s in p["sentence"]) for p in data["paragraph"])
    assert (of_the_page(reader, text, title=data["title"]) is not None) is data["opinion"]
