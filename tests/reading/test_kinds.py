"""The kinds of claims by tables of sentences, and what must not become a claim.

No list of sentences is read without a miss, and a rule that is made to pass one sentence tells nothing about
others; so what is held is how many of a table are read rightly. ``reading/EVALUATION.md`` has the figures.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from caveat.article import Article, ClaimKind
from caveat.reading import Reader

KINDS = sorted(ClaimKind)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))


CONSTRUCTED = _table("kinds")
NONE = CONSTRUCTED.pop("none")["like"]
CONSTRUCTED.pop("not_yet")  # known to be hard, most by a wrong parse
TAUGHT = _table("kinds-training")
TAUGHT.pop("none")
HELD_OUT = _table("kinds-held-out")


def _right(reader: Reader, sentences: list[tuple[str, str]]) -> float:
    right = [reader.analyse(Article(text)).sentences[-1].kind == kind for text, kind in sentences]
    return sum(right) / len(right)


@pytest.mark.parametrize("kind", KINDS)
def test_nearly_all_constructed_sentences_are_of_their_kind(reader: Reader, kind: str) -> None:
    cases = CONSTRUCTED[kind]
    assert _right(reader, [*((text, kind) for text in cases["like"]), *map(tuple, cases["unlike"])]) >= 0.9


@pytest.mark.parametrize(("first", "least"), [(0, 0.85), (1, 0.76)], ids=["built on", "measured"])
def test_most_held_out_sentences_are_of_their_kind(reader: Reader, first: int, least: float) -> None:
    sentences = [(text, kind) for kind, texts in HELD_OUT.items() for text in texts[first::2]]
    assert _right(reader, sentences) >= least


@pytest.mark.parametrize("text", NONE)
def test_what_states_nothing_is_no_claim(reader: Reader, text: str) -> None:
    assert reader.analyse(Article(text)).claims == ()


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("The tidal barrage in Marrow Bay cut household bills by 33 per cent in 2025.", 1),
        ("The scheme cut costs by a third.", 1),
        ("The 20 per cent cut announced in June.", 0),
        ("A tax cut for 3 million people.", 0),
        ("Prices set by the regulator at 12 crowns.", 0),
    ],
)
def test_a_verb_that_looks_like_a_noun_is_a_verb_where_an_object_follows(
    reader: Reader, text: str, claims: int
) -> None:
    assert len(reader.analyse(Article(text)).claims) == claims


def test_the_tables_hold_every_kind_often_and_share_no_sentence() -> None:
    assert {*CONSTRUCTED} == {*HELD_OUT} == {*TAUGHT} == {*ClaimKind}
    assert all(len(cases["like"]) >= 20 and cases["unlike"] for cases in CONSTRUCTED.values())
    assert all(len(texts) >= 40 for table in (HELD_OUT, TAUGHT) for texts in table.values())
    texts = [text for table in (HELD_OUT, TAUGHT) for texts in table.values() for text in texts]
    texts += [text for cases in CONSTRUCTED.values() for text in cases["like"]]
    assert len(texts) == len({*texts})
