"""BM25 in arrays, and the pieces that the encoder reads."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caveat.facts.factchecks.matching import postings
from caveat.facts.factchecks.matching.wordpiece import pieces

words = st.lists(st.sampled_from(["oak", "elm", "ash", "yew", "fir", "bay", "box", "may"]), max_size=8)


def scored(claims: list[list[str]], query: list[str]) -> dict[int, float]:
    """BM25 as it is written in books."""
    usual = sum(map(len, claims)) / len(claims) or 1.0
    found: Counter[int] = Counter()
    for term in set(query):
        having = sum(term in claim for claim in claims)
        rarity = math.log(1 + (len(claims) - having + 0.5) / (having + 0.5))
        for number, claim in enumerate(claims):
            if times := claim.count(term):
                damped = times + 1.2 * (0.25 + 0.75 * len(claim) / max(usual, 1.0))
                found[number] += rarity * times * 2.2 / damped
    return dict(found)


@given(st.lists(words, min_size=1, max_size=12), words)
def test_scores_are_those_of_the_formula(claims: list[list[str]], query: list[str]) -> None:
    with TemporaryDirectory() as folder:
        count = postings.build(claims, Path(folder))
        found, scores = postings.Postings.open(Path(folder), count).search(query, 100)

    expected = scored(claims, query)
    assert set(found) == set(expected)
    assert scores == sorted(scores, reverse=True)
    for number, score in zip(found, scores, strict=True):
        assert score == pytest.approx(expected[number], rel=5e-3)


def test_only_the_rarest_words_are_read_where_all_would_take_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings, "_MOST_POSTINGS", 5)
    count = postings.build([["people", "river"], *[["people"]] * 20], tmp_path)
    index = postings.Postings.open(tmp_path, count)

    assert index.search(["people", "river"], 10)[0] == [0]
    assert len(index.search(["people"], 100)[0]) == 21  # the one word there is, is always read


def test_a_store_without_claims_has_postings_too(tmp_path: Path) -> None:
    index = postings.Postings.open(tmp_path, postings.build([], tmp_path))

    assert index.search(["oak"], 10) == ([], [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [101, 102]),
        ("Hello, world!", [101, 7592, 1010, 2088, 999, 102]),
        ("HELLO wörld", [101, 7592, 2088, 102]),
        ("embeddings", [101, 7861, 8270, 4667, 2015, 102]),  # em ##bed ##ding ##s
        ("hello\0\n\tworld", [101, 7592, 2088, 102]),
        ("x" * 101, [101, 100, 102]),
    ],
)
def test_a_text_is_cut_as_bert_cuts_it(text: str, found: list[int]) -> None:
    assert pieces(text, 128) == found


@given(st.text(), st.integers(2, 40))
def test_any_text_is_cut_to_the_length_asked_for(text: str, most: int) -> None:
    found = pieces(text, most)

    assert found[0] == 101
    assert found[-1] == 102
    assert len(found) <= most
