"""Logistic regression of several kinds on rows with few values, by L-BFGS in double precision.

The sum that is minimised has one lowest point, so the same data lead to the same weights. Written out
because it is short: a library of a hundred megabytes would come with it otherwise.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from caveat.reading.checkworthiness.words import Array

MOST_STEPS = 120
_MEMORY, _SMALL = 12, 1e-4


@dataclass(frozen=True, slots=True)
class Rows:
    """A matrix by rows: ``columns`` and ``values`` of row i stand from ``starts[i]`` to ``starts[i + 1]``."""

    columns: Array
    values: Array
    starts: Array
    width: int

    @classmethod
    def of(cls, rows: Array, columns: Array, values: Array, count: int, width: int) -> Rows:
        """From places in any order; those of a column below 0 are left out."""
        kept = columns >= 0
        order = np.argsort(rows[kept], kind="stable")
        starts = np.searchsorted(rows[kept][order], np.arange(count + 1))
        return cls(columns[kept][order], values[kept][order], starts, width)

    def times(self, weights: Array) -> Array:
        """Rows x kinds, of columns x kinds. A row without values is nothing."""
        found = np.zeros((len(self.starts) - 1, weights.shape[1]))
        filled = np.flatnonzero(np.diff(self.starts))
        each = self.values[:, None] * weights[self.columns]
        found[filled] = np.add.reduceat(each, self.starts[filled], axis=0)
        return found

    def back(self, errors: Array) -> Array:
        """Columns x kinds, of rows x kinds."""
        each = np.repeat(errors, np.diff(self.starts), axis=0) * self.values[:, None]
        return np.column_stack([np.bincount(self.columns, one, self.width) for one in each.T])

    def some(self, which: Array) -> Rows:
        lengths = np.diff(self.starts)[which]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        places = np.arange(starts[-1]) + np.repeat(self.starts[which] - starts[:-1], lengths)
        return Rows(self.columns[places], self.values[places], starts, self.width)


class Matrix(Protocol):
    """What regression wants of a matrix."""

    def times(self, weights: Array) -> Array: ...
    def back(self, errors: Array) -> Array: ...


def fit(
    rows: Matrix, scale: Array, wanted: Array, strength: float, on_step: Callable[[], None]
) -> tuple[Array, Array]:
    """Weights (columns x kinds) and constants that make the ``wanted`` kinds likely.

    In: what each column counts; sentences x kinds with a one at the kind of each; the pull of the data.
    """
    shape = (len(scale) + 1, wanted.shape[1])

    def loss(point: Array) -> tuple[float, Array]:
        weights = point.reshape(shape)
        scores = rows.times(weights[:-1] * scale[:, None]) + weights[-1]
        logs = scores - np.logaddexp.reduce(scores, axis=1)[:, None]
        errors = strength * (np.exp(logs) - wanted)
        slope = np.vstack([rows.back(errors) * scale[:, None] + weights[:-1], errors.sum(axis=0)])
        height = -strength * (logs * wanted).sum() + 0.5 * (weights[:-1] ** 2).sum()
        return float(height), slope.ravel()

    weights = lowest(loss, np.zeros(shape[0] * shape[1]), on_step).reshape(shape)
    return weights[:-1] * scale[:, None], weights[-1]


def lowest(
    loss: Callable[[Array], tuple[float, Array]], point: Array, on_step: Callable[[], None] = lambda: None
) -> Array:
    """The lowest point of a smooth sum that has one. ``loss`` tells height and slope."""
    height, slope = loss(point)
    past: deque[tuple[Array, Array, float]] = deque(maxlen=_MEMORY)
    for _ in range(MOST_STEPS):
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
