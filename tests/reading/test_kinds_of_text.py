"""Texts that are not English news: an honest answer, or silence."""

from __future__ import annotations

import pytest

from caveat.article import Article, Context, Link
from caveat.reading import Reader

FRENCH = (
    "Le conseil municipal a annoncé mardi que le bac de nuit serait maintenu pendant tout l'été prochain."
)
GERMAN = "Der Stadtrat hat am Dienstag beschlossen, dass die Nachtfähre im Sommer weiter fahren soll."
JAPANESE = "町議会は火曜日に、夜間フェリーを夏の間も運航することを決めた。" * 4

QUIET = {
    "a price list": "Coffee 2.50\nTea 2.20\nCake 3.80\nWater 1.50\nSoup of the day 6.00",
    "source code": "def total(prices):\n    return sum(p for p in prices if p > 0)\n\nprint(total([1, 2]))",
    "a poem": "The harbour sleeps\nbeneath the moon,\nthe tide\nunrolls its silver tune.",
    "a recipe": "Two eggs\n200 g flour\nMix the eggs and the flour.\nBake for 40 minutes at 180 degrees.",
    "a menu": "Home\nNews\nSport\nWeather\nContact\nAbout us\nSign in",
}


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [(FRENCH, "fr", "French"), (GERMAN, "de", "German"), (JAPANESE, "ja", "Japanese")],
)
def test_another_language_gets_an_honest_answer(reader: Reader, text: str, language: str, name: str) -> None:
    links = (Link(0, 5, "https://lowmoor.example/survey.pdf"),)
    analysis = reader.analyse(Article(text, Context(links=links)))
    assert analysis.language == language
    assert analysis.unread is not None
    assert analysis.unread.reason == "language"
    assert name in analysis.unread.message
    assert analysis.notes == analysis.claims == ()


@pytest.mark.parametrize("text", ["", "   \n\t "])
def test_an_empty_text_says_that_there_is_nothing_to_read(reader: Reader, text: str) -> None:
    unread = reader.analyse(Article(text)).unread
    assert unread is not None
    assert unread.reason == "empty"


@pytest.mark.parametrize("text", QUIET.values(), ids=QUIET.keys())
def test_what_is_no_article_gets_few_or_no_claims(reader: Reader, text: str) -> None:
    analysis = reader.analyse(Article(text))
    assert len(analysis.claims) <= 1
    assert len(analysis.notes) <= 1


def test_words_inside_quotation_marks_belong_to_the_speaker(reader: Reader) -> None:
    text = "“Everyone knows that this disgraceful, world-class ferry could sink,” said Ina Holt."
    families = {reader.catalogue.signals[note.signal].family for note in reader.analyse(Article(text)).notes}
    assert families <= {"credit"}
