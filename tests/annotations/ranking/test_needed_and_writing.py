"""What a rater is most needed for, and who may write."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from caveat.annotations.ranking import (
    DAY,
    Evidence,
    Ranking,
    Rated,
    Ratings,
    Status,
    Writing,
    Written,
    needed,
    rank,
    writing,
)

HELPFUL, NOT_HELPFUL, WAITS = Status.HELPFUL, Status.NOT_HELPFUL, Status.NEEDS_RATINGS
NOBODY = 99


def ranking_of(*notes: tuple[tuple[float, int], tuple[float, int]]) -> Ranking:
    """A ranking of annotations with these ratings a side; rater 1 is on side 0 and 2 on side 1."""
    n = len(notes)
    helpful, count = (np.array([[side[k] for side in note] for note in notes]).T for k in (0, 1))
    return dataclasses.replace(
        rank(Ratings.of([1], [1], [1.0])),
        notes=np.arange(n),
        known=Evidence(np.zeros(n), np.zeros(n), count.sum(0), helpful.astype(float), count),
        status=np.zeros(n, np.int8),
        raters=np.array([1, 2]),
        rater_side=np.array([0, 1], np.int8),
    )


def order(rater: int, *notes: tuple[tuple[float, int], tuple[float, int]], age: float = 0.0) -> list[int]:
    return list(needed(ranking_of(*notes), rater, np.full(len(notes), age), np.array([], int)).tolist())


def test_a_rater_is_asked_for_what_their_own_side_said_least_about() -> None:
    few, many = ((1, 2), (6, 7)), ((5, 8), (6, 7))
    assert order(1, many, few) == [1, 0]
    mirrored = [(other, one) for one, other in (many, few)]
    assert order(2, *mirrored) == [1, 0]


def test_what_is_near_its_threshold_comes_before_what_is_decided() -> None:
    assert order(1, ((0, 6), (6, 7)), ((4, 6), (6, 7))) == [1, 0]


def test_what_the_other_side_refuses_comes_last() -> None:
    assert order(1, ((2, 3), (0, 9)), ((2, 3), (8, 9))) == [1, 0]


def test_new_comes_before_old() -> None:
    ranking = ranking_of(((2, 3), (5, 6)), ((2, 3), (5, 6)))
    assert needed(ranking, 1, np.array([10 * DAY, DAY]), np.array([], int)).tolist() == [1, 0]


def test_equals_keep_their_order() -> None:
    assert order(1, *[((2, 3), (5, 6))] * 4) == [0, 1, 2, 3]


def test_somebody_without_a_side_is_asked_for_the_smaller_one() -> None:
    assert order(NOBODY, ((6, 7), (6, 7)), ((6, 7), (1, 2))) == [1, 0]


def test_what_has_a_status_or_is_done_with_is_not_asked_for() -> None:
    ranking = ranking_of(*[((2, 3), (5, 6))] * 4)
    ranking = dataclasses.replace(ranking, status=np.array([WAITS, HELPFUL, NOT_HELPFUL, WAITS], np.int8))
    assert needed(ranking, 1, np.zeros(4), np.array([], int)).tolist() == [0, 3]
    assert needed(ranking, 1, np.zeros(4), np.array([0])).tolist() == [3]


@pytest.mark.parametrize(
    ("value", "at", "status", "impact"),
    [
        (1.0, 5, HELPFUL, 1),
        (0.0, 5, NOT_HELPFUL, 1),
        (0.0, 5, HELPFUL, -1),
        (1.0, 5, NOT_HELPFUL, -1),
        (0.5, 5, HELPFUL, 0),
        (0.5, 5, NOT_HELPFUL, 0),
        (1.0, 10, HELPFUL, 0),  # at the moment of the status it is known
        (1.0, 15, HELPFUL, 0),
        (1.0, 5, WAITS, 0),
    ],
)
def test_a_rating_counts_when_it_foresaw_a_status(
    value: float, at: float, status: Status, impact: int
) -> None:
    assert Rated(value, at, status, since=10).impact == impact


def right(n: int, since: float = 10) -> list[Rated]:
    return [Rated(1.0, since - 1, HELPFUL, since) for _ in range(n)]


def wrong(n: int, since: float = 10) -> list[Rated]:
    return [Rated(0.0, since - 1, HELPFUL, since) for _ in range(n)]


def own(statuses: str, since: float = 20) -> list[Written]:
    """``+`` helpful, ``-`` not helpful, ``?`` still without; one after the other."""
    words = {"+": HELPFUL, "-": NOT_HELPFUL, "?": WAITS}
    return [Written(words[letter], since + k) for k, letter in enumerate(statuses)]


@pytest.mark.parametrize(
    ("rated", "written", "wanted"),
    [
        ([], "", Writing(False, 0, 5)),
        (right(4), "", Writing(False, 4, 5)),
        (right(5), "", Writing(True, 5, 5)),
        (right(6) + wrong(2), "", Writing(False, 4, 5)),
        (right(5) + wrong(3, since=15), "", Writing(True, 2, 5)),  # earned stays earned
        (right(5), "--", Writing(True, 5, 5)),
        (right(5), "---", Writing(False, 5, 10)),
        (right(5), "-+-+-", Writing(False, 5, 10)),
        (right(5), "-++-+-", Writing(True, 5, 5)),  # the first is no longer among the last five
        (right(5), "--?????-", Writing(False, 5, 10)),  # without a status it says nothing
        (right(5) + right(4, since=50), "---", Writing(False, 9, 10)),
        (right(5) + right(5, since=50), "---", Writing(True, 10, 10)),
        (right(9), "---", Writing(False, 9, 14)),
    ],
)
def test_writing_is_earned_by_five_and_lost_by_three_of_five(
    rated: list[Rated], written: str, wanted: Writing
) -> None:
    assert writing(rated, own(written)) == wanted
    assert writing(reversed(rated), reversed(own(written))) == wanted


def test_who_has_earned_it_again_loses_it_by_the_next_that_is_not_helpful() -> None:
    rated = right(5) + right(5, since=50)
    assert writing(rated, own("---") + own("-", since=60)) == Writing(False, 10, 15)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (Writing(True, 7, 5), "You may write"),
        (Writing(False, 2, 5), "write when 3 more"),
        (Writing(False, 7, 10), "write again when 3 more"),
    ],
)
def test_a_volunteer_is_told_what_is_missing(state: Writing, said: str) -> None:
    assert said in state.reason
