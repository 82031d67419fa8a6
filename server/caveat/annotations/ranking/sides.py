"""Which side each rater is on: whose opinions theirs are surely closer to.

The sign of a rater's factor splits everybody in two, but where one camp is a tenth, most who stand across
are of the large camp and pass for the small one by chance: what their camp likes then looks as if both did.
So the factor only proposes. Then each rater's ratings are compared with what either side says of the same
annotations (their own rating left out, drawn to the mean of all ratings where few rated), and whoever is
closer to one of the two by odds of ``certainty`` or better is of that side; the others are of none until the
next round, which compares with the sides as they are now. Two to five rounds are usual.

The odds are those of two normal distributions around what the sides say, with the variance that is found
within them, times the sides' sizes: it takes more to believe that somebody belongs to the smaller one.

Where a camp is very small the factor may have found something else. Another proposal is that everybody is of
one side, from which those leave of whose ratings it says less than the mean does. What explains the ratings
better in the end is taken.

In: ``Ratings`` and the model's ``Fit`` of them. Out: 0, 1 or ``NONE`` for each rater; side 0 is the one with
negative factors, usually the larger. What can go wrong: nothing. Where nobody surely differs from the rest
there is no second side.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from caveat.annotations.ranking.model import Fit
from caveat.annotations.ranking.ratings import Floats, Ratings

Sides = NDArray[np.int8]

NONE = -1
MOST_ROUNDS = 10
# So many ratings of the common mean are added to what a side said of an annotation. With one, what a single
# other person said decides; with four, a third fewer annotations for all are shown where a camp is small.
# Drawn to the rater's own mean, a ring that calls nearly everything helpful is foreseen by both sides, and a
# few of its members slip over: 22 % of its spam is shown where none is now (simulated).
DRAWN = 2.0
LEAST_VARIANCE = 1e-3  # where each side is of one mind in everything; odds are finite then


def sides(ratings: Ratings, fit: Fit, certainty: float) -> Sides:
    """Each rater's side; by the sign of the factor alone where ``certainty`` is nothing."""
    by_factor = (fit.rater_factor >= 0).astype(np.int8)
    if not certainty or not len(ratings):
        return by_factor
    proposals = (by_factor, np.zeros_like(by_factor))
    settled = [_settle(ratings, side, np.log(certainty / (1 - certainty))) for side in proposals]
    side, _ = min(settled, key=lambda pair: pair[1])
    return side if _points_like(side, fit.rater_factor) else np.where(side == NONE, side, 1 - side)


def _settle(ratings: Ratings, side: Sides, enough: float) -> tuple[Sides, float]:
    """The sides after every rater went where their ratings are closer, and what is left unexplained."""
    for _ in range(MOST_ROUNDS):
        error = np.array([_error(ratings, side == which) for which in (0, 1)])
        within = np.where(side == NONE, error.min(0), np.where(side == 0, error[0], error[1]))
        odds = (error[1] - error[0]) / (2 * max(within.sum() / len(ratings), LEAST_VARIANCE))
        size = [np.count_nonzero(side == which) for which in (0, 1)]
        if min(size):
            odds += np.log(size[0] / size[1])
        now = np.where(odds > enough, 0, np.where(odds < -enough, 1, NONE)).astype(np.int8)
        if np.array_equal(now, side):
            break
        side = now
    # Of whoever is of none the worse counts: else a split that leaves most in doubt looked best.
    return side, float(np.where(side == NONE, error.max(0), error.min(0)).sum())


def _error(ratings: Ratings, theirs: NDArray[np.bool_]) -> Floats:
    """For each rater the squared differences between their ratings and what others of ``theirs`` say."""
    heard = theirs[ratings.rater].astype(np.float64)
    value, notes = ratings.value * heard, len(ratings.notes)
    said = np.bincount(ratings.note, value, notes)[ratings.note] - value
    count = np.bincount(ratings.note, heard, notes)[ratings.note] - heard
    expected = (said + DRAWN * ratings.value.mean()) / (count + DRAWN)
    return np.bincount(ratings.rater, (ratings.value - expected) ** 2, len(ratings.raters)).astype(np.float64)


def _points_like(side: Sides, factor: Floats) -> bool:
    """Whether side 1 is where the factor is larger."""
    first, second = factor[side == 0], factor[side == 1]
    if len(first) and len(second):
        return bool(second.mean() >= first.mean())
    return bool((first.sum() if len(first) else -second.sum()) <= 0)
