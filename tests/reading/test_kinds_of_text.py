"""Texts that are not English news: an honest answer, or silence."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from caveat.article import Article, Context, Link
from caveat.reading import Reader
from caveat.reading.blocks import cut
from caveat.reading.conversation import spoken
from caveat.reading.genre import genre

FOLDER = Path(__file__).parents[1] / "kinds_of_text"
EXPECTED = tomllib.loads((FOLDER / "expectations.toml").read_text(encoding="utf-8"))
LABELLED = sorted((Path(__file__).parents[1] / "articles").glob("*/labels.toml"))

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


def test_every_kind_of_text_has_its_expectation() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_kind_of_text_is_read_sensibly_or_not_at_all(reader: Reader, name: str) -> None:
    expected = EXPECTED[name]
    analysis = reader.analyse(Article((FOLDER / f"{name}.txt").read_text(encoding="utf-8")))
    fewest, most = expected["claims"]
    assert fewest <= len(analysis.claims) <= most
    assert len(analysis.notes) <= expected["notes"], [note.message for note in analysis.notes]
    assert [note.signal for note in analysis.page_notes] == expected.get("page", [])
    assert {note.signal for note in analysis.notes} >= set(expected.get("signals", []))
    assert (analysis.unread.reason if analysis.unread else None) == expected.get("unread")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("code", "code"),
        *((name, "lines") for name in ("poem", "table", "bullets", "prices")),
        ("terms", "terms"),
        ("novel", "story"),
        *((name, None) for name in ("agency", "blog", "ticker", "capitals", "unpunctuated", "machine")),
    ],
)
def test_a_genre_is_known_by_its_looks(name: str, kind: str | None) -> None:
    found = genre(cut((FOLDER / f"{name}.txt").read_text(encoding="utf-8")), 12)
    assert (found.name if found else None) == kind


@pytest.mark.parametrize("file", LABELLED, ids=lambda file: file.parent.name)
def test_no_article_is_taken_for_anything_but_reporting(file: Path) -> None:
    paragraphs = tomllib.loads(file.read_text(encoding="utf-8"))["paragraph"]
    text = "\n".join(" ".join(s["text"] for s in p["sentence"]) for p in paragraphs)
    assert genre(cut(text), 30) is None
    assert spoken(cut(text)) == []


def test_a_poem_within_a_report_changes_nothing() -> None:
    report = "Some critics say the bridge is old.\nThe council said on Monday that it was safe.\n" * 4
    poem = (FOLDER / "poem.txt").read_text(encoding="utf-8")
    assert genre(cut(report + poem[:120]), 12) is None


def test_in_a_transcript_the_tone_is_the_speakers(reader: Reader) -> None:
    text = (FOLDER / "broadcast.txt").read_text(encoding="utf-8")
    families = {reader.catalogue.signals[n.signal].family for n in reader.analyse(Article(text)).notes}
    assert not families & {"wording", "reasoning"}
    assert len(spoken(cut(text))) == 8


def test_a_list_of_labels_is_no_conversation() -> None:
    assert spoken(cut("Price: 4.80\nSize: 12\nColour: red\nWeight: 3 kg\nMade in: Brell")) == []


def test_a_paragraph_in_another_language_is_left_alone(reader: Reader) -> None:
    german = (
        "Die Preise für die Fähre stiegen laut dem Rat um 60 Prozent, und das so-called Konzept ist absurd, "
        "sagte die Vorsitzende am Dienstag nach einer langen und sehr lauten Sitzung im Rathaus der Stadt."
    )
    text = f"The council said on Monday that the ferry would sail.\n{german}\nSome critics say it is old."
    analysis = reader.analyse(Article(text))
    start, end = text.index(german), text.index(german) + len(german)
    assert not any(start <= one.start < end for one in (*analysis.notes, *analysis.claims))
