"""What must not differ between a text and a claim that was checked."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caveat.facts.factchecks.matching.agreement import agreement, figures, names, shares
from caveat.facts.factchecks.matching.words import plain, stem, terms

CASES = tomllib.loads(Path(__file__).with_name("agreements.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text'][:40]} / {case['claim'][:40]}")
def test_names_figures_and_polarity_are_told_to_differ_exactly_where_they_do(case: dict[str, Any]) -> None:
    found = agreement(plain(case["text"]), plain(case["claim"]))

    differs = [name for name in ("names", "figures", "polarity") if not getattr(found, name)]
    assert differs == case["differs"]
    assert found.whole is not case["differs"] or not case["differs"]


@pytest.mark.parametrize(
    ("text", "found", "years"),
    [
        ("1,200 of 3.5 million", {1200, 3_500_000}, set()),
        ("twelve of 40", {12, 40}, set()),
        ("one of them", set(), set()),
        ("one million", {1_000_000}, set()),
        ("in the 1990s and in 2020", set(), {1990, 2020}),
        ("on 4 May 2020, at May 4th", set(), {2020}),
        ("5k runners, 3bn years", {5_000, 3_000_000_000}, set()),
        ("1.2.3.4 and ½", {1.2}, set()),
    ],
)
def test_figures_are_numbers_and_years_stand_apart(text: str, found: set[float], years: set[float]) -> None:
    assert figures(text) == (found, years)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Robert C. Marsh-Hale met Iris.", [("robert", "c", "marsh", "hale"), ("iris",)]),
        ("A photograph shows Ashmere.", [("ashmere",)]),
        ("In Ashmere, Torvania", [("ashmere",), ("torvania",)]),
        ("On Monday the President left", []),
        ("Iris Quell's dog", [("iris", "quell")]),
        ("nobody is named here", []),
    ],
)
def test_names_are_runs_of_capitalised_words(text: str, found: list[tuple[str, ...]]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("words", "one"),
    [("cities city", "city"), ("running runs", "run"), ("boxes box", "box"), ("banned bans ban", "ban"),
     ("Iris's", "iri"), ("press", "press"), ("status", "status")],
)  # fmt: skip
def test_forms_of_a_word_have_one_stem(words: str, one: str) -> None:
    assert {stem(word.lower()) for word in words.split()} == {one}


def test_what_posts_hang_on_is_left_out_and_their_author_is_kept() -> None:
    post = "SHOCKING 😱 #LockThemUp https://t.example/abc — Iris Quell (@IrisQ) May 4, 2020"

    assert plain(post) == "SHOCKING Lock Them Up — Iris Quell ( Iris Q ) May 4, 2020"


@given(st.text(max_size=300))
def test_a_text_agrees_with_itself(text: str) -> None:
    bare = plain(text)

    assert agreement(bare, bare).whole
    assert {0.0, 1.0} >= {*shares(frozenset(terms(bare)), bare, lambda _: 1.0)}


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared(text: str, claim: str) -> None:
    agreement(plain(text), plain(claim))
    assert all(0 <= each <= 1 for each in shares(frozenset(terms(text)), claim, lambda _: 1.0))


def test_of_names_without_what_is_said_of_them_there_is_no_share() -> None:
    there = frozenset(terms("Iris Quell met Odile Marsh at the harbour."))

    share, beside = shares(there, "Odile Marsh accused Iris Quell of fraud.", lambda _: 1.0)

    assert (round(share, 2), beside) == (0.67, 0.0)
