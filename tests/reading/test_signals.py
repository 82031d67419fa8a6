"""Each signal by a table: what it notices, with the words it marks, and what it leaves alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from caveat.article import Article
from caveat.reading import Reader

TABLE = tomllib.loads(Path(__file__).with_name("signals.toml").read_text(encoding="utf-8"))


def words_of(reader: Reader, signal: str, text: str) -> list[str]:
    return [note.quote.exact for note in reader.analyse(Article(text)).notes if note.signal == signal]


@pytest.mark.parametrize(
    ("signal", "text", "words"),
    [(signal, text, words) for signal, cases in TABLE.items() for text, words in cases["noticed"]],
)
def test_a_signal_is_noticed_on_its_words(reader: Reader, signal: str, text: str, words: str) -> None:
    assert words in words_of(reader, signal, text)


@pytest.mark.parametrize(
    ("signal", "text"), [(signal, text) for signal, cases in TABLE.items() for text in cases["left_alone"]]
)
def test_a_signal_leaves_ordinary_sentences_alone(reader: Reader, signal: str, text: str) -> None:
    assert words_of(reader, signal, text) == []


def test_every_signal_of_the_catalogue_has_its_table_or_needs_the_whole_article(reader: Reader) -> None:
    assert set(reader.catalogue.signals) - set(TABLE) == {
        "document-linked",
        "headline-gap",
        "opinion-page",
        "checked-before",
    }
