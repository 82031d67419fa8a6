"""The layered part: filters over three words and their tags, the strongest and the mean of each, one sum.

Word order is what the sparse part does not see. The same forward pass serves training and reading.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caveat.reading.checkworthiness.passages import Passages
from caveat.reading.checkworthiness.words import STEP, Array

WINDOW = (-1, 0, 1)
TAG_VECTOR = 8
_ONE_THREAD = 1 << 18  # multiplications up to which OpenBLAS keeps to one thread (its interface/gemm.c)
_OF_MEAN = 1 / 3  # keeps the means in the range of the maxima


@dataclass(frozen=True, slots=True)
class Seen:
    """What a forward pass worked out; training goes back over it."""

    inputs: Array  # words x (window x vector)
    filters: Array  # words x filters
    strongest: Array  # sentences x filters
    pooled: Array  # sentences x 2 filters


def vectors(rows: Array, table: Array) -> Array:
    """The vectors of rows (int8 steps) as numbers."""
    return table[rows].astype(np.float64) * STEP


def forward(text: Passages, words: Array, parameters: dict[str, Array]) -> Seen:
    """Read sentences; ``words`` are the vectors of ``text.words``."""
    row = np.hstack([words, parameters["tags"][text.tags]])
    inputs = np.hstack([row[text.at + step] for step in WINDOW])
    filters = np.maximum(_in_small_pieces(inputs, parameters["filters"]) + parameters["bias"], 0)
    strongest = np.maximum.reduceat(filters, text.starts)
    mean = np.add.reduceat(filters, text.starts) * share_of_mean(text)
    return Seen(inputs, filters, strongest, np.hstack([strongest, mean]))


def _in_small_pieces(inputs: Array, weights: Array) -> Array:
    """``inputs @ weights``, in pieces too small for BLAS to wake its threads.

    A block's product is over in less time than waking them, and they spin for a while afterwards, which
    cost a third of a whole reading. Without them a sum also does not depend on how many there are.
    """
    rows = max(1, _ONE_THREAD // weights.size)
    padded = np.zeros((-(-len(inputs) // rows) * rows, inputs.shape[1]))
    padded[: len(inputs)] = inputs
    products = padded.reshape(-1, rows, inputs.shape[1]) @ weights
    return products.reshape(-1, weights.shape[1])[: len(inputs)]


def share_of_mean(text: Passages) -> Array:
    """What each word counts in its sentence's mean: a long sentence says a little more than a short one."""
    return (_OF_MEAN / np.sqrt(text.lengths))[:, None]
