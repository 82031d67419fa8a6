"""Training of the layered part: Adam over small batches, in double precision with a fixed seed.

Words are left out at random, and so are filters, so that the network learns to do with what is there in
any text, not in these debates.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from caveat.reading.checkworthiness.network import TAG_VECTOR, WINDOW, Seen, forward, share_of_mean, vectors
from caveat.reading.checkworthiness.passages import TAG_KINDS, Passages, in_one_row
from caveat.reading.checkworthiness.words import VECTOR, Array

FILTERS = 96
ROUNDS, BATCH = 6, 64
_RATE, _WARM, _DECAY = 2e-3, 100, 1e-4
_LEFT_OUT, _WORDS_LEFT_OUT = 0.5, 0.05

Sentence = tuple[Array, Array]  # rows of its words' vectors, its tags
Parameters = dict[str, Array]


def fit(
    sentences: Sequence[Sentence], wanted: Array, table: Array, seed: int, on_step: Callable[[], None]
) -> Parameters:
    """Parameters that tell wanted sentences from the others. One step a batch: ``steps`` says how many."""
    chance = np.random.default_rng(seed)
    parameters = _beginning(chance)
    moves = {name: (np.zeros_like(p), np.zeros_like(p)) for name, p in parameters.items()}
    total, done = steps(len(sentences)), 0
    for _ in range(ROUNDS):
        order = chance.permutation(len(sentences))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            text = in_one_row([sentences[i] for i in batch])
            slopes = _slopes(text, wanted[batch], table, parameters, chance)
            done += 1
            rate = _RATE * min(1.0, done / _WARM) * (1 - 0.9 * done / total)
            _move(parameters, slopes, moves, rate, done)
            on_step()
    return parameters


def steps(sentences: int) -> int:
    return ROUNDS * -(-sentences // BATCH)


def _beginning(chance: np.random.Generator) -> Parameters:
    width = len(WINDOW) * (VECTOR + TAG_VECTOR)
    return {
        "filters": chance.normal(size=(width, FILTERS)) * np.sqrt(2 / width),
        "bias": np.zeros(FILTERS),
        "tags": chance.normal(size=(TAG_KINDS, TAG_VECTOR)) * 0.3,
        "last": chance.normal(size=2 * FILTERS) * 0.05,
        "constant": np.zeros(1),
    }


def _slopes(
    text: Passages, wanted: Array, table: Array, parameters: Parameters, chance: np.random.Generator
) -> Parameters:
    """How the loss of a batch changes with each parameter."""
    words = (
        vectors(text.words.astype(np.int64), table)
        * (chance.random(len(text.words)) >= _WORDS_LEFT_OUT)[:, None]
    )
    seen = forward(text, words, parameters)
    kept = (chance.random(seen.pooled.shape) >= _LEFT_OUT) / (1 - _LEFT_OUT)
    scores = (seen.pooled * kept) @ parameters["last"] + parameters["constant"]
    errors = (1 / (1 + np.exp(-scores)) - wanted) / len(wanted)
    back = _to_filters(text, seen, errors[:, None] * parameters["last"] * kept)
    slopes = {
        "last": (seen.pooled * kept).T @ errors,
        "constant": errors.sum(keepdims=True),
        "filters": seen.inputs.T @ back,
        "bias": back.sum(axis=0),
        "tags": np.zeros_like(parameters["tags"]),
    }
    width = VECTOR + TAG_VECTOR
    for place, step in enumerate(WINDOW):
        of_tags = parameters["filters"][place * width + VECTOR : (place + 1) * width]
        np.add.at(slopes["tags"], text.tags[text.at + step], back @ of_tags.T)
    return slopes


def _to_filters(text: Passages, seen: Seen, slopes: Array) -> Array:
    lengths = text.lengths
    highest = seen.filters == np.repeat(seen.strongest, lengths, axis=0)
    back = highest * np.repeat(slopes[:, :FILTERS], lengths, axis=0)
    back += np.repeat(slopes[:, FILTERS:] * share_of_mean(text), lengths, axis=0)
    return back * (seen.filters > 0)


def _move(
    parameters: Parameters, slopes: Parameters, moves: dict[str, tuple[Array, Array]], rate: float, done: int
) -> None:
    for name, value in parameters.items():
        slope = slopes[name] + (_DECAY * value if name not in ("bias", "constant") else 0)
        mean, spread = moves[name]
        mean += 0.1 * (slope - mean)
        spread += 0.001 * (slope * slope - spread)
        value -= rate * (mean / (1 - 0.9**done)) / (np.sqrt(spread / (1 - 0.999**done)) + 1e-8)
