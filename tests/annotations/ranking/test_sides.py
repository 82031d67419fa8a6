"""Who is on which side, and who on none."""

from __future__ import annotations

import numpy as np
import pytest

from caveat.annotations.ranking import Raters, Ratings, rank, reason
from caveat.annotations.ranking.evidence import evidence
from caveat.annotations.ranking.model import fit
from caveat.annotations.ranking.settings import Settings
from caveat.annotations.ranking.sides import NONE, sides

from .simulated import BETWEEN, FOR_A, FOR_ALL, FOR_B, FOR_NOBODY, A, B, Community

SURE = Settings().side_certainty


def notes(scale: int) -> dict[str, int]:
    return {FOR_ALL: 40 * scale, FOR_A: 40 * scale, FOR_B: 40 * scale, FOR_NOBODY: 30 * scale}


def found(community: Community, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Everybody's camp, and their side."""
    life = community.live(seed)
    return life.camps[life.ratings.raters], sides(life.ratings, fit(life.ratings), SURE)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("community", "least"),
    [
        (Community(30, 30), 0.8),
        (Community(100, 100, notes=notes(3)), 0.85),
        (Community(90, 10), 0.5),
        (Community(270, 30, notes=notes(5)), 0.5),
        (Community(190, 10, notes=notes(3)), 0.2),
    ],
    ids=["30 + 30", "100 + 100", "90 + 10", "270 + 30", "190 + 10"],
)
def test_whoever_is_on_a_side_is_of_that_camp(community: Community, least: float, seed: int) -> None:
    camps, side = found(community, seed)
    small = 1 if (side[camps == B] == 1).sum() >= (side[camps == B] == 0).sum() else 0
    assert (side[camps == B] == small).mean() >= least
    assert (camps[side == small] == B).mean() >= 0.85
    assert (camps[side == 1 - small] == A).mean() >= 0.85


def test_whoever_is_between_two_camps_is_mostly_of_none() -> None:
    camps, side = found(Community(70, 30, 30, notes=notes(2)), 1)
    assert (side[camps == BETWEEN] == NONE).mean() > 2 * (side[camps == A] == NONE).mean()


def test_where_all_are_of_one_mind_there_is_no_second_side() -> None:
    _, side = found(Community(300, 0, notes=notes(5)), 1)
    assert (side == 1).sum() <= 0.02 * len(side)


def test_the_larger_side_is_usually_the_first_and_points_as_the_factor_does() -> None:
    ranking = rank(Community(70, 30).live(1).ratings)
    first, second = (ranking.rater_factor[ranking.rater_side == which] for which in (0, 1))
    assert len(first) > len(second)
    assert first.mean() < 0 < second.mean()


def test_without_a_certainty_the_sign_of_the_factor_decides() -> None:
    model = fit(ratings := Community(30, 30).live(1).ratings)
    assert np.array_equal(sides(ratings, model, 0.0), model.rater_factor >= 0)


def test_camps_that_never_agree_and_never_err_are_told_apart() -> None:
    rater, note = (grid.ravel() for grid in np.indices((12, 10)))
    ratings = Ratings.of(note, rater, ((rater < 8) == (note % 2 == 0)).astype(float))
    side = sides(ratings, fit(ratings), SURE)
    assert side.tolist() == [0] * 8 + [1] * 4


def test_one_rating_and_none_put_nobody_on_a_side() -> None:
    for ratings in (Ratings.of([1], [1], [1.0]), Ratings.of([], [], [])):
        assert (sides(ratings, fit(ratings), SURE) == NONE).all()


# --- Lines: those whom one volunteer brought in -----------------------------------------------------


@pytest.mark.parametrize(
    ("said", "lines", "helpful", "count"),
    [
        ([1, 1, 1, 1], [0, 1, 2, 3], 4.0, 4),
        ([1, 1, 1, 1], [0, 0, 0, 0], 1.0, 1),
        ([1, 1, 0, 1], [0, 0, 1, 1], 1.5, 2),  # all of the first, and half of the second
        ([1, 0.5, 1, 1], [5, 5, 5, 9], 2.0, 2),  # .83 is nearest to 1
    ],
)
def test_raters_of_one_line_count_as_one_on_a_side(
    said: list[float], lines: list[int], helpful: float, count: int
) -> None:
    ratings = Ratings.of([1] * 4, range(4), said)
    side = np.ones(4, np.int8)
    known = evidence(ratings, fit(ratings), side, np.array(lines))
    assert (known.helpful[1, 0], known.count[1, 0], known.ratings[0]) == (helpful, count, 4)
    assert known.count[0, 0] == 0


def test_a_line_has_a_voice_on_each_side() -> None:
    ratings = Ratings.of([1] * 4, range(4), [1.0, 1.0, 0.0, 0.0])
    known = evidence(ratings, fit(ratings), np.array([0, 0, 1, 1], np.int8), np.zeros(4, np.int64))
    assert known.helpful[:, 0].tolist() == [1.0, 0.0]
    assert known.count[:, 0].tolist() == [1, 1]


def test_lines_of_one_each_change_nothing_and_one_line_of_all_shows_nothing_and_says_why() -> None:
    life = Community(30, 30).live(1)
    who = life.raters
    alone, own, one = (
        rank(life.ratings, Raters(who.ids, who.joined, who.vouched, line), now=1e9)
        for line in (None, who.ids, np.zeros(60, int))
    )
    assert np.array_equal(alone.known.helpful, own.known.helpful)
    assert (own.status == 1).any()
    assert not (one.status == 1).any()
    said = [reason(one, place) for place in range(len(one.notes))]
    assert any(
        each.endswith("not counting whoever is of neither, and those whom one volunteer brought in as one.")
        for each in said
    )
