"""The model: how helpful an annotation is once it is known who usually agrees with whom.

A rating r of rater u for annotation n is read as

    r = mu + i_u + i_n + f_u * f_n

where i_u is how easily a rater is pleased, f_u * f_n is agreement between people of one mind, and i_n is
what is left: that those of the other mind found it helpful too. The intercept i_n is what the ranking
looks at. mu, the intercepts and the factors make the following smallest:

    mean (r - mu - i_u - i_n - f_u f_n)^2
      + .15 (mu^2 + mean i_u^2 + mean i_n^2) + .03 (mean f_u^2 + mean f_n^2)

**Means, not sums.** Community Notes' documents write sums; its program takes means. Multiplied by the
number of ratings, an annotation's intercept costs .15 * ratings / annotations beside its own ratings'
errors: it grows with the density. What counts is how many ratings an annotation has against the average.

Fixed everything else, the best intercept and factor of one rater are the solution of two equations in two
unknowns, and so are those of an annotation, and mu is a division. One round solves all raters, then all
annotations, then mu, each exactly; there is no learning rate to choose.

In: ``Ratings``, and the last ``Fit``'s values to start from where there are some. Out: ``Fit``.
What can go wrong: nothing; without ratings everything is zero.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from caveat.annotations.ranking.ratings import Floats, Places, Ratings
from caveat.annotations.ranking.settings import Weights

WEIGHTS = Weights()
CLOSE = 1e-6  # a round that moves nothing further than this is the last; thresholds have two digits
# The same where many ratings start from the last fit's values: of 600,000 with fifty new ones it takes 37
# rounds, not 116, and then no intercept was .0003 off, no factor .002, and no status was another.
CLOSE_AGAIN = 1e-4
MOST_ROUNDS = 500  # 25 to 70 are usual
SWING = 0.3  # of a step is taken along by the next: 67 rounds, not 197, for a million ratings; .5 overshoots
FIRST_ROUNDS = 8  # of power iteration: enough to point along the factor, too few to lose a small part
# With eight or more ratings an annotation every start ended in the same place; with four or fewer there
# are several valleys, of which small communities can afford to try some and take the deepest.
STARTS = 12
MANY = 5_000  # ratings, from which one start is all
# A warm start stays in its valley, so that statuses do not jump, until another is deeper by this part.
BETTER = 0.01


@dataclass(frozen=True, slots=True)
class Start:
    """Where a fit begins: what is known of each annotation; nan where nothing is."""

    mu: float
    note_intercept: Floats
    note_factor: Floats


@dataclass(frozen=True, slots=True)
class Fit:
    """The model of some ratings, in the order of their ``notes`` and ``raters``."""

    mu: float
    note_intercept: Floats
    note_factor: Floats
    rater_intercept: Floats
    rater_factor: Floats
    rounds: int


@dataclass(frozen=True, slots=True)
class _Side:
    """The ratings as one side sees them: sorted by its own members, with the other's places."""

    starts: Places  # where the ratings of each member begin
    counts: Floats
    other: Places
    value: Floats
    dear: tuple[float, float]  # what an intercept and a factor cost beside one squared error

    @classmethod
    def of(cls, own: Places, other: Places, value: Floats, members: int) -> _Side:
        counts = np.bincount(own, minlength=members)
        density = len(value) / members
        starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
        return cls(
            starts,
            counts.astype(np.float64),
            other,
            value,
            (WEIGHTS.intercept * density, WEIGHTS.factor * density),
        )

    def sums(self, values: Floats) -> Floats:
        return np.add.reduceat(values, self.starts)

    def solve(self, mu: float, intercept: Floats, factor: Floats) -> tuple[Floats, Floats, float]:
        """This side's best intercepts and factors for the other's; what is left for mu, summed up."""
        f = factor[self.other]
        x = self.value - intercept[self.other]
        x_sum, f_sum = self.sums(x), self.sums(f)
        aim = x_sum - mu * self.counts
        aim_f = self.sums(x * f) - mu * f_sum
        a = self.counts + self.dear[0]
        d = self.sums(f * f) + self.dear[1]
        det = a * d - f_sum * f_sum
        own_intercept = (aim * d - aim_f * f_sum) / det
        own_factor = (aim_f * a - aim * f_sum) / det
        left = float((x_sum - self.counts * own_intercept - f_sum * own_factor).sum())
        return own_intercept, own_factor, left


def fit(ratings: Ratings, start: Start | None = None) -> Fit:
    """The model of ``ratings``; from ``start`` it takes a few rounds where little is new."""
    n_notes, n_raters, n = len(ratings.notes), len(ratings.raters), len(ratings)
    if not n:
        return Fit(0.0, np.zeros(n_notes), np.zeros(n_notes), np.zeros(n_raters), np.zeros(n_raters), 0)
    by_rater = np.argsort(ratings.rater, kind="stable")
    raters = _Side.of(ratings.rater, ratings.note[by_rater], ratings.value[by_rater], n_raters)
    notes = _Side.of(ratings.note, ratings.rater, ratings.value, n_notes)
    warm = None if start is None else _warm(start)
    again = CLOSE if n < MANY else CLOSE_AGAIN
    found = None if warm is None else _descend(raters, notes, *warm, again)
    if found is None or n < MANY:
        cold = (_descend(raters, notes, *_cold(raters, notes, k)) for k in range(STARTS if n < MANY else 1))
        losses = [(fit, _loss(notes, fit)) for fit in cold]
        best, loss = min(losses, key=lambda pair: pair[1])
        if found is None or loss < _loss(notes, found) * (1 - BETTER):
            found = best
    sign = _sign(found.rater_factor, found.note_factor, start)
    return replace(found, note_factor=sign * found.note_factor, rater_factor=sign * found.rater_factor)


def _descend(raters: _Side, notes: _Side, mu: float, i_n: Floats, f_n: Floats, close: float = CLOSE) -> Fit:
    """The bottom of the valley that these first values lie in."""
    rounds, moved = 0, np.inf
    step_i, step_f = np.zeros(len(i_n)), np.zeros(len(f_n))
    while moved > close and rounds < MOST_ROUNDS:
        i_u, f_u, _ = raters.solve(mu, i_n, f_n)
        new_i, new_f, left = notes.solve(mu, i_u, f_u)
        mu = left / (len(notes.value) * (1 + WEIGHTS.intercept))
        mu, new_i, new_f = _cheaper(mu, i_u, f_u, new_i, new_f)
        new_i, new_f = new_i + SWING * step_i, new_f + SWING * step_f
        step_i, step_f = new_i - i_n, new_f - f_n
        i_n, f_n = new_i, new_f
        moved = max(np.abs(step_i).max(), np.abs(step_f).max())
        rounds += 1
    i_u, f_u, _ = raters.solve(mu, i_n, f_n)
    return Fit(mu, i_n, f_n, i_u, f_u, rounds)


def _cheaper(mu: float, i_u: Floats, f_u: Floats, i_n: Floats, f_n: Floats) -> tuple[float, Floats, Floats]:
    """The annotations' side of the cheapest values that say the same of every rating.

    The ratings do not tell f_u * f_n from 2 f_u * f_n / 2, nor a little more in mu from a little less in
    every intercept; only what they cost does, and rounds alone take long to find it. In closed form it is
    one step, and a third to a half of the rounds is saved.
    """
    a, b = WEIGHTS.intercept, WEIGHTS.factor
    shift = (b * f_n.mean() - a * (i_u * f_u).mean()) / (a * (f_u**2).mean() + b)
    i_u, f_n = i_u + shift * f_u, f_n - shift
    shift = (b * f_u.mean() - a * (i_n * f_n).mean()) / (a * (f_n**2).mean() + b)
    i_n, f_u = i_n + shift * f_n, f_u - shift
    mean = (mu + i_u.mean() + i_n.mean()) / 3
    i_n = i_n - i_n.mean() + mean
    ours, theirs = (f_n**2).mean(), (f_u**2).mean()
    scale = (theirs / ours) ** 0.25 if ours > 0 and theirs > 0 else 1.0
    return mean, i_n, f_n * scale


def _loss(notes: _Side, at: Fit) -> float:
    """What the model makes small."""
    own = np.repeat(np.arange(len(notes.counts)), notes.counts.astype(np.int64))
    said = at.mu + at.note_intercept[own] + at.rater_intercept[notes.other]
    said += at.note_factor[own] * at.rater_factor[notes.other]
    intercepts = at.mu**2 + (at.note_intercept**2).mean() + (at.rater_intercept**2).mean()
    factors = (at.note_factor**2).mean() + (at.rater_factor**2).mean()
    error = ((notes.value - said) ** 2).mean()
    return float(error + WEIGHTS.intercept * intercepts + WEIGHTS.factor * factors)


def _warm(start: Start) -> tuple[float, Floats, Floats] | None:
    """The last fit's values; None where it knows no factor, as without one none would ever grow."""
    factor = np.nan_to_num(start.note_factor)
    return (start.mu, np.nan_to_num(start.note_intercept), factor) if factor.any() else None


def _cold(raters: _Side, notes: _Side, seed: int) -> tuple[float, Floats, Floats]:
    """Intercepts alone, and roughly the strongest direction in what they leave."""
    nothing = np.zeros(len(notes.counts))
    mu = float(notes.value.mean())
    i_n = notes.sums(notes.value - mu) / (notes.counts + notes.dear[0])
    i_u, _, _ = raters.solve(mu, i_n, nothing)
    left_n = notes.value - mu - np.repeat(i_n, notes.counts.astype(np.int64)) - i_u[notes.other]
    left_u = raters.value - mu - np.repeat(i_u, raters.counts.astype(np.int64)) - i_n[raters.other]
    f_n = np.random.default_rng(seed).standard_normal(len(nothing))
    for _ in range(FIRST_ROUNDS):
        f_u = raters.sums(left_u * f_n[raters.other])
        f_n = notes.sums(left_n * f_u[notes.other])
        f_n = f_n / (np.sqrt((f_n**2).mean()) or 1.0)
    return mu, i_n, 0.5 * f_n


def _sign(f_u: Floats, f_n: Floats, start: Start | None) -> float:
    """Which way the factor points, as the model itself does not say: the last fit's way, so that a side
    keeps its sign, or the larger group of raters negative, as in Community Notes; of two equal groups
    the one that is further out, or the first rater's."""
    if start is not None and (same := float(np.nan_to_num(start.note_factor) @ f_n)):
        return 1.0 if same > 0 else -1.0
    for lean in (float((f_u > 0).sum() - (f_u < 0).sum()), float(f_u.sum()), float(f_u[0])):
        if abs(lean) > len(f_u) * CLOSE:
            return -1.0 if lean > 0 else 1.0
    return 1.0
