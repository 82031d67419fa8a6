"""The kinds of claims by a table of sentences, and what must not become a claim."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from caveat.article import Article, ClaimKind
from caveat.reading import Reader

TABLE = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8"))
NONE = TABLE.pop("none")["like"]
NOT_YET = [(kind, text) for text, kind in TABLE.pop("not_yet")["like"]]
CASES = [
    *((kind, text) for kind, cases in TABLE.items() for text in cases["like"]),
    *((kind, text) for cases in TABLE.values() for text, kind in cases["unlike"]),
]


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_a_sentence_is_of_its_kind(reader: Reader, kind: str, text: str) -> None:
    assert reader.analyse(Article(text)).sentences[-1].kind == kind


@pytest.mark.xfail(reason="known to be read wrongly: take it off the list when it is not")
@pytest.mark.parametrize(("kind", "text"), NOT_YET)
def test_a_sentence_that_is_not_read_rightly_yet(reader: Reader, kind: str, text: str) -> None:
    assert reader.analyse(Article(text)).sentences[-1].kind == kind


@pytest.mark.parametrize("text", NONE)
def test_what_states_nothing_is_no_claim(reader: Reader, text: str) -> None:
    assert reader.analyse(Article(text)).claims == ()


def test_every_kind_has_twenty_sentences_and_its_near_misses() -> None:
    assert set(TABLE) == set(ClaimKind)
    assert all(len(cases["like"]) >= 20 and cases["unlike"] for cases in TABLE.values())
