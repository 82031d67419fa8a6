"""What is known of each annotation, and what each rule makes of it.

In: the model's ``Fit`` of ratings, each rater's side, and the statuses so far. Out: ``Evidence``, one entry
an annotation, and a ``Status`` for each. What can go wrong: nothing; an annotation nobody rated has nan for
numbers and needs ratings.

Side 0 is usually the larger one; ``sides`` says who is on which, and who on neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from caveat.annotations.ranking.model import Fit
from caveat.annotations.ranking.ratings import Floats, Mask, Places, Ratings
from caveat.annotations.ranking.settings import Rule, Settings
from caveat.annotations.ranking.sides import NONE, Sides

Statuses = NDArray[np.int8]


class Status(IntEnum):
    """Where an annotation stands."""

    NEEDS_RATINGS = 0
    HELPFUL = 1
    NOT_HELPFUL = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """Numbers of annotations, in the order of ``Ratings.notes``."""

    intercept: Floats
    factor: Floats
    ratings: Places  # how many counted
    helpful: Floats  # [side, annotation]: ratings added up, so "somewhat" is a half
    count: Places  # [side, annotation]

    @property
    def means(self) -> Floats:
        """Each side's mean rating; nan where it has none."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.helpful / self.count)

    @property
    def net(self) -> Floats:
        """How many more found it helpful than not, on the side where that is less."""
        return np.asarray((2 * self.helpful - self.count).min(0))

    def posterior(self, settings: Settings) -> Floats:
        """Each side's mean, drawn to the prior while there are few ratings."""
        return np.asarray((self.helpful + settings.prior_helpful) / (self.count + settings.prior_count))


def evidence(ratings: Ratings, fit: Fit, sides: Sides, lines: Places | None = None) -> Evidence:
    """What the ratings, their model and the raters' sides say of each annotation. Raters of one line count
    as one on a side."""
    side = sides[ratings.rater].astype(np.int64)
    aside = side != NONE
    value, cell = ratings.value[aside], side[aside] * len(ratings.notes) + ratings.note[aside]
    if lines is not None:
        value, cell = _as_one(value, cell, lines[ratings.rater[aside]])
    cells = 2 * len(ratings.notes)
    shape = (2, len(ratings.notes))
    return Evidence(
        intercept=fit.note_intercept,
        factor=fit.note_factor,
        ratings=np.bincount(ratings.note, minlength=len(ratings.notes)).astype(np.int64),
        helpful=np.bincount(cell, value, cells).astype(np.float64).reshape(shape),
        count=np.bincount(cell, minlength=cells).astype(np.int64).reshape(shape),
    )


def _as_one(value: Floats, cell: Places, line: Places) -> tuple[Floats, Places]:
    """One rating for all of a line in a cell: their mean, as the nearest that a rating can be."""
    many = int(line.max(initial=0)) + 1
    voices, voice, count = np.unique(cell * many + line, return_inverse=True, return_counts=True)
    return np.rint(2 * np.bincount(voice, value, len(voices)) / count) / 2, voices // many


def judge(known: Evidence, rule: Rule, before: Statuses, settings: Settings) -> Statuses:
    """The statuses that ``rule`` gives, easier for an annotation on the status it has already."""
    if rule is Rule.QUEUE:
        return before
    slack = {
        status: np.where(before == status, settings.hysteresis, 0.0)
        for status in (Status.HELPFUL, Status.NOT_HELPFUL)
    }
    by_model = _helpful_by_model(known, slack[Status.HELPFUL], settings)
    poor = _poor_by_sides(known, slack[Status.NOT_HELPFUL], settings)
    enough = known.ratings >= settings.note_ratings
    if rule is Rule.SIDES:
        pleased = (
            (known.posterior(settings) >= settings.lower_side - slack[Status.HELPFUL]).all(0)
            & (known.count >= settings.side_ratings).all(0)
        )  # fmt: skip
        helpful = pleased | (by_model & (known.net >= settings.side_net))
    else:
        helpful = by_model & enough
        low = settings.intercept_not_helpful + settings.factor_not_helpful * np.abs(known.factor)
        sunk = known.intercept <= low + slack[Status.NOT_HELPFUL]
        if rule is Rule.ORIGINAL_SIDES:
            helpful &= known.net >= settings.original_net
            poor = (poor | sunk) & enough
        else:
            poor = sunk & enough
    return np.where(helpful, Status.HELPFUL, np.where(poor, Status.NOT_HELPFUL, 0)).astype(np.int8)


def wilson(ratings: Ratings, heard: Mask, z: float) -> Floats:
    """The lower end of where an annotation's share of helpful ratings may be, by the ratings of raters
    who are ``heard``; zero without ratings."""
    heard_ratings = heard[ratings.rater].astype(np.float64)
    n = np.bincount(ratings.note, heard_ratings, len(ratings.notes))
    helpful = np.bincount(ratings.note, ratings.value * heard_ratings, len(ratings.notes))
    share = helpful / np.maximum(n, 1)
    spread = z * np.sqrt(share * (1 - share) * n + z * z / 4)
    return np.asarray((helpful + z * z / 2 - spread) / (n + z * z))


def _helpful_by_model(known: Evidence, slack: Floats, settings: Settings) -> Mask:
    high = known.intercept >= settings.intercept_helpful - slack
    return np.asarray(high & (np.abs(known.factor) < settings.factor_helpful + slack))


def _poor_by_sides(known: Evidence, slack: Floats, settings: Settings) -> Mask:
    one, other = known.means
    return np.asarray(
        (np.maximum(one, other) <= settings.poor_side + slack)
        & ((one + other) / 2 <= settings.poor_mean + slack)
        & (known.count >= settings.poor_ratings).all(0)
    )
