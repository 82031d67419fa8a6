"""The model: what does not matter to it, and what does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caveat.annotations.ranking import Ratings, WrongRatings
from caveat.annotations.ranking.model import WEIGHTS, Fit, Start, fit

from .simulated import FOR_A, FOR_ALL, FOR_B, A, Community

SEEDS = st.integers(0, 1_000)
CLOSE = 1e-4  # statuses have thresholds of two digits


def columns(seed: int, a: int = 30, b: int = 26) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A community's ratings as they lie in a file; about ten for each annotation."""
    ratings = Community(a, b, each_rates=26).live(seed).ratings
    return ratings.notes[ratings.note], ratings.raters[ratings.rater], ratings.value


def same(one: Fit, other: Fit) -> bool:
    """Whether two fits say the same of annotations and raters."""
    pairs = [
        (one.note_intercept, other.note_intercept),
        (one.note_factor, other.note_factor),
        (one.rater_intercept, other.rater_intercept),
        (one.rater_factor, other.rater_factor),
    ]
    return all(np.abs(left - right).max() < CLOSE for left, right in pairs)


@given(SEEDS)
@settings(max_examples=8, deadline=None)
def test_the_order_of_the_ratings_changes_nothing_at_all(seed: int) -> None:
    note, rater, value = columns(seed)
    order = np.random.default_rng(seed).permutation(len(value))
    one, other = Ratings.of(note, rater, value), Ratings.of(note[order], rater[order], value[order])
    assert np.array_equal(fit(one).note_intercept, fit(other).note_intercept)
    assert np.array_equal(fit(one).rater_factor, fit(other).rater_factor)


@given(SEEDS)
@settings(max_examples=8, deadline=None)
def test_names_change_nothing(seed: int) -> None:
    note, rater, value = columns(seed)
    rng = np.random.default_rng(seed)
    note_names, rater_names = rng.permutation(1_000), rng.permutation(1_000)
    one = Ratings.of(note, rater, value)
    other = Ratings.of(note_names[note], rater_names[rater], value)
    there, who = np.argsort(note_names[one.notes]), np.argsort(rater_names[one.raters])
    plain, renamed = fit(one), fit(other)
    sign = np.sign(plain.note_factor[there] @ renamed.note_factor)
    restored = Fit(
        plain.mu,
        plain.note_intercept[there],
        sign * plain.note_factor[there],
        plain.rater_intercept[who],
        sign * plain.rater_factor[who],
        plain.rounds,
    )
    assert same(restored, renamed)


@given(SEEDS)
@settings(max_examples=8, deadline=None)
def test_camps_that_mirror_each_other_have_factors_that_do(seed: int) -> None:
    # Every annotation has a twin, of which each rater of one camp says what their twin in the other says.
    rng, each, notes = np.random.default_rng(seed), 12, 30
    likes = np.array([[0.9, 0.9], [0.9, 0.1], [0.1, 0.9], [0.1, 0.1]])[rng.integers(4, size=notes)]
    said = (rng.random((2, each, notes)) < likes.T[:, None, :]) & True
    table = np.concatenate([said, said[::-1]], axis=2).reshape(2 * each, 2 * notes).astype(float)
    rater, note = np.indices(table.shape)
    found = fit(Ratings.of(note.ravel(), rater.ravel(), table.ravel()))
    first, twin = np.split(found.note_factor, 2)
    assert np.abs(first + twin).max() < CLOSE
    assert np.abs(np.subtract(*np.split(found.note_intercept, 2))).max() < CLOSE
    assert np.abs(np.add(*np.split(found.rater_factor, 2))).max() < CLOSE


@given(SEEDS)
@settings(max_examples=8, deadline=None)
def test_the_larger_side_is_negative(seed: int) -> None:
    factors = fit(Ratings.of(*columns(seed))).rater_factor
    assert (factors < 0).sum() >= (factors > 0).sum()


@pytest.mark.parametrize("camps", [(20, 20), (40, 20), (100, 60)])
def test_the_factor_finds_the_camps_and_the_intercept_what_helps_both(camps: tuple[int, int]) -> None:
    life = Community(*camps, each_rates=40).live(1)
    found = fit(life.ratings)
    in_a = life.camps[life.ratings.raters] == A
    assert abs(np.corrcoef(in_a, np.sign(found.rater_factor))[0, 1]) > 0.9
    one_sided, for_all = life.of_kind(FOR_A, FOR_B), life.of_kind(FOR_ALL)
    assert found.note_intercept[for_all].mean() > found.note_intercept[one_sided].mean() + 0.15
    assert np.abs(found.note_factor[one_sided]).mean() > 2 * np.abs(found.note_factor[for_all]).mean()


@given(SEEDS)
@settings(max_examples=6, deadline=None)
def test_a_warm_start_ends_where_a_cold_one_does_and_gets_there_sooner(seed: int) -> None:
    note, rater, value = columns(seed)
    known = np.random.default_rng(seed).permutation(len(value)) >= 5  # five ratings are new
    ratings = Ratings.of(note, rater, value)
    old = Ratings.of(note[known], rater[known], value[known])
    before = fit(old)
    place = np.searchsorted(ratings.notes, old.notes)
    intercept, factor = np.full((2, len(ratings.notes)), np.nan)
    intercept[place], factor[place] = before.note_intercept, before.note_factor
    warm, cold = fit(ratings, Start(before.mu, intercept, factor)), fit(ratings)
    sign = np.sign(warm.note_factor @ cold.note_factor)
    assert np.abs(warm.note_intercept - cold.note_intercept).max() < CLOSE
    assert np.abs(warm.note_factor - sign * cold.note_factor).max() < CLOSE
    assert warm.rounds < cold.rounds


def test_a_warm_start_without_news_takes_one_round_and_keeps_its_sign() -> None:
    ratings = Ratings.of(*columns(3))
    cold = fit(ratings)
    warm = fit(ratings, Start(cold.mu, cold.note_intercept, -cold.note_factor))
    assert warm.rounds <= 2
    assert np.abs(warm.note_factor + cold.note_factor).max() < CLOSE


@given(SEEDS)
@settings(max_examples=6, deadline=None)
def test_no_small_change_makes_the_sum_smaller(seed: int) -> None:
    ratings = Ratings.of(*columns(seed))
    found = fit(ratings)

    def loss(at: Fit) -> float:
        said = (
            at.mu
            + at.rater_intercept[ratings.rater]
            + at.note_intercept[ratings.note]
            + at.rater_factor[ratings.rater] * at.note_factor[ratings.note]
        )
        dear = at.mu**2 + (at.rater_intercept**2).mean() + (at.note_intercept**2).mean()
        factors = (at.rater_factor**2).mean() + (at.note_factor**2).mean()
        return float(
            ((ratings.value - said) ** 2).mean() + WEIGHTS.intercept * dear + WEIGHTS.factor * factors
        )

    rng, best = np.random.default_rng(seed), loss(found)
    for size in (1e-3, 1e-2):
        moved = [
            part + size * rng.standard_normal(len(part))
            for part in (
                found.note_intercept,
                found.note_factor,
                found.rater_intercept,
                found.rater_factor,
            )
        ]
        assert loss(Fit(found.mu, *moved, rounds=0)) > best


def test_nothing_rated_is_nothing_known() -> None:
    empty = fit(Ratings.of(np.array([], int), np.array([], int), []))
    assert empty.rounds == 0
    assert len(empty.note_intercept) == 0


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
def test_one_rating_moves_an_annotation_towards_it(value: float) -> None:
    found = fit(Ratings.of([1], [1], [value]))
    assert np.isfinite([*found.note_intercept, *found.note_factor, found.mu]).all()


@pytest.mark.parametrize(
    ("notes", "raters", "values", "said", "rows"),
    [
        ([1, 2], [1], [1, 1], "differ in length", ()),
        ([1, 2], [1, 1], [1, 0.7], "not 0.7", (1,)),
        ([1, 2], [1, 1], [1, float("nan")], "not nan", (1,)),
        ([1, 2, 1], [1, 1, 1], [1, 1, 0], "rates an annotation once", (0, 2)),
    ],
)
def test_wrong_ratings_are_refused_with_their_place(
    notes: list[int], raters: list[int], values: list[float], said: str, rows: tuple[int, ...]
) -> None:
    with pytest.raises(WrongRatings, match=said) as refused:
        Ratings.of(notes, raters, values)
    assert refused.value.rows == rows
