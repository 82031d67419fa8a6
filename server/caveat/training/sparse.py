"""Logistic regression on rows with few values, by L-BFGS in double precision.

The sum that is minimised has one lowest point, so the same data lead to the same weights. Written out
because it is short: a library of a hundred megabytes would come with it otherwise.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from caveat.reading.checkworthiness.words import Array

_MEMORY, _MOST_STEPS, _SMALL = 12, 120, 1e-7


@dataclass(frozen=True, slots=True)
class Rows:
    """A matrix by rows: ``columns`` and ``values`` of row i stand from ``starts[i]`` to ``starts[i + 1]``.

    No row is empty.
    """

    columns: Array
    values: Array
    starts: Array
    width: int

    def times(self, weights: Array) -> Array:
        return np.add.reduceat(self.values * weights[self.columns], self.starts[:-1])

    def back(self, errors: Array) -> Array:
        each = np.repeat(errors, np.diff(self.starts)) * self.values
        return np.bincount(self.columns, weights=each, minlength=self.width)

    def some(self, which: Array) -> Rows:
        lengths = np.diff(self.starts)[which]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        places = np.arange(starts[-1]) + np.repeat(self.starts[which] - starts[:-1], lengths)
        return Rows(self.columns[places], self.values[places], starts, self.width)


def fit(rows: Rows, wanted: Array, strength: float, on_step: Callable[[], None]) -> tuple[Array, float]:
    """Weights and constant that make ``wanted`` likely; ``strength`` is the pull of the data."""

    def loss(point: Array) -> tuple[float, Array]:
        scores = rows.times(point[:-1]) + point[-1]
        errors = strength * (_share(scores) - wanted)
        worth = strength * np.sum(np.logaddexp(0, scores) - wanted * scores) + 0.5 * point[:-1] @ point[:-1]
        return float(worth), np.append(rows.back(errors) + point[:-1], errors.sum())

    point = lowest(loss, np.zeros(rows.width + 1), on_step)
    return point[:-1], float(point[-1])


def lowest(
    loss: Callable[[Array], tuple[float, Array]], point: Array, on_step: Callable[[], None] = lambda: None
) -> Array:
    """The lowest point of a smooth sum that has one. ``loss`` tells height and slope."""
    height, slope = loss(point)
    past: deque[tuple[Array, Array, float]] = deque(maxlen=_MEMORY)
    for _ in range(_MOST_STEPS):
        on_step()
        if np.abs(slope).max() < _SMALL:
            break
        way = _way_down(slope, past)
        length = 1.0 if past else min(1.0, 1 / np.abs(slope).sum())
        while True:
            after = point + length * way
            new_height, new_slope = loss(after)
            if new_height <= height + 1e-4 * length * (way @ slope) or length < 1e-12:
                break
            length /= 2
        step, turn = after - point, new_slope - slope
        if step @ turn > 0:
            past.append((step, turn, float(1 / (step @ turn))))
        point, height, slope = after, new_height, new_slope
    return point


def _way_down(slope: Array, past: deque[tuple[Array, Array, float]]) -> Array:
    way, kept = -slope, []
    for step, turn, inverse in reversed(past):
        part = inverse * (step @ way)
        way = way - part * turn
        kept.append(part)
    if past:
        step, turn, _ = past[-1]
        way = way * ((step @ turn) / (turn @ turn))
    for (step, turn, inverse), part in zip(past, reversed(kept), strict=True):
        way = way + step * (part - inverse * (turn @ way))
    return way


def _share(scores: Array) -> Array:
    return 1 / (1 + np.exp(-np.clip(scores, -500, 500)))
