"""Ratings as arrays: the shape in which the ranking reads them.

In: who rated which annotation how, in any order; ids are whole numbers or text, all of one kind. Out:
``Ratings``, sorted by annotation and rater, its ids replaced by places in ``notes`` and ``raters``.
What can go wrong: ``WrongRatings`` for columns of different lengths, a value that is none of 1, 0.5 and
0, or a pair that occurs twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Mask = NDArray[np.bool_]
Ids = NDArray[Any]

HELPFUL, SOMEWHAT, NOT_HELPFUL = 1.0, 0.5, 0.0
VALUES = (HELPFUL, SOMEWHAT, NOT_HELPFUL)


class WrongRatings(ValueError):
    """The ratings cannot be ranked; ``rows`` are the places, as handed in, that are wrong."""

    def __init__(self, message: str, *rows: int) -> None:
        super().__init__(message)
        self.rows = rows


@dataclass(frozen=True, slots=True)
class Ratings:
    """Sorted ratings. ``notes[note[k]]`` was rated ``value[k]`` by ``raters[rater[k]]`` at ``at[k]``."""

    notes: Ids
    raters: Ids
    note: Places
    rater: Places
    value: Floats
    at: Floats  # Unix seconds; zero where nobody says when

    @classmethod
    def of(
        cls, notes: ArrayLike, raters: ArrayLike, values: ArrayLike, at: ArrayLike | None = None
    ) -> Ratings:
        """Ratings of four columns (``at`` may be left out). Raises ``WrongRatings``."""
        value = np.asarray(values, np.float64)
        when = np.zeros(len(value)) if at is None else np.asarray(at, np.float64)
        columns = [np.asarray(notes), np.asarray(raters), value, when]
        if len({len(column) for column in columns}) > 1:
            raise WrongRatings("The columns of ratings differ in length.")
        if len(wrong := np.flatnonzero(~np.isin(value, VALUES))):
            raise WrongRatings(f"A rating is one of 1, 0.5 and 0, not {value[wrong[0]]:g}.", int(wrong[0]))
        note_ids, note = np.unique(columns[0], return_inverse=True)
        rater_ids, rater = np.unique(columns[1], return_inverse=True)
        order = np.lexsort((rater, note))
        note, rater = note[order].astype(np.int64), rater[order].astype(np.int64)
        if len(twice := np.flatnonzero((np.diff(note) == 0) & (np.diff(rater) == 0))):
            first, second = sorted(int(row) for row in order[twice[0] : twice[0] + 2])
            raise WrongRatings("A rater rates an annotation once.", first, second)
        return cls(note_ids, rater_ids, note, rater, value[order], when[order])

    def __len__(self) -> int:
        return len(self.value)

    def only(self, counted: Mask) -> Ratings:
        """The ratings that ``counted`` marks, with only their annotations and raters."""
        notes, note = np.unique(self.note[counted], return_inverse=True)
        raters, rater = np.unique(self.rater[counted], return_inverse=True)
        return Ratings(
            self.notes[notes], self.raters[raters], note, rater, self.value[counted], self.at[counted]
        )


def found(ids: Ids, among: Ids) -> Places:
    """Where each of ``ids`` is in ``among`` (which is sorted), or -1."""
    if not len(among) or not len(ids):
        return np.full(len(ids), -1, np.int64)
    place = np.minimum(np.searchsorted(among, ids), len(among) - 1)
    return np.where(among[place] == ids, place, -1)
