"""Scoring: a linear model of three kinds of sentences, and the probability of the first.

ClaimBuster has check-worthy facts, unimportant facts and what is no fact. Each of the two others has a
weight a column, which says how much likelier the column makes it than a check-worthy fact. The score made of
both is a probability by Platt's method, fitted on debates that the weights had not seen, at the base rate of
debates (about a quarter).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import IO, Any

import numpy as np
from spacy.tokens import Doc
from spacy.vocab import Vocab

from caveat.reading.checkworthiness.passages import Passages, Place, passages
from caveat.reading.checkworthiness.words import Array, columns

OTHERS = 2  # kinds of sentences beside check-worthy ones
LENGTHS = 10
STEP = 1 / 32  # weights are kept in eight bits, in these steps
_MOST_WORDS = 50_000  # remembered words; about 5 MB
_NOBODY = (0.0,) * OTHERS  # a gap's weights


@dataclass(frozen=True, slots=True)
class Weights:
    """All that was learned. ``parts`` are words, pairs, tag_pairs, counts and lengths: columns x others."""

    parts: dict[str, Array]
    constant: Array  # for each of the others
    platt: Array  # what a score counts, and a constant
    threshold: float  # the probability from which a sentence is called check-worthy

    @classmethod
    def load(cls, file: IO[bytes] | None = None) -> Weights:
        """From the package, or from a file that training wrote."""
        if file is None:
            with (resources.files(__package__) / "weights.npz").open("rb") as own:
                return cls.load(own)
        kept = np.load(file)
        parts = {name: kept[name] * STEP for name in kept.files if kept[name].dtype == np.int8}
        return cls(parts, kept["constant"], kept["platt"], float(kept["threshold"]))

    def save(self, file: IO[bytes]) -> None:
        """Rounded to fixed steps, so that the last bits of a sum, which differ between machines, vanish."""
        kept: dict[str, Any] = {
            "constant": np.round(self.constant, 3),
            "platt": np.round(self.platt, 3),
            "threshold": np.array(self.threshold),
        }
        for name, values in self.parts.items():
            kept[name] = np.clip(np.round(values / STEP), -127, 127).astype(np.int8)
        # As numpy's savez, but its bytes depend on the version of Python; entries of known size do not.
        with zipfile.ZipFile(file, "w") as archive:
            for name, values in kept.items():
                entry, data = zipfile.ZipInfo(f"{name}.npy"), io.BytesIO()
                entry.create_system = 3  # Unix, wherever it is made
                np.lib.format.write_array(data, values, allow_pickle=False)
                archive.writestr(entry, data.getvalue())


class Scorer:
    """Scores the sentences of documents of one vocabulary."""

    def __init__(self, vocab: Vocab, weights: Weights | None = None) -> None:
        self.weights = weights or Weights.load()
        self.vocab = vocab
        self._words: dict[int, tuple[float, ...]] = {0: _NOBODY}

    def scores(self, docs: Sequence[tuple[Doc, Sequence[Place]]]) -> list[list[float]]:
        """The probability, 0 to 1, that somebody would want each sentence checked.

        In: documents with the places of their sentences. Many at once take a fraction of the time.
        """
        found = np.zeros(sum(len(places) for _, places in docs))
        text, which = passages(docs)
        if len(which):
            found[which] = self._scores(text)
        scores = iter([round(score, 3) for score in found.tolist()])
        return [[next(scores) for _ in places] for _, places in docs]

    def _scores(self, text: Passages) -> Array:
        parts = self.weights.parts
        each = np.array([self._words.get(word) or self._learn(word) for word in text.words[text.at].tolist()])
        each += parts["pairs"][text.pairs()] + parts["tag_pairs"][text.tag_pairs()]
        sums = np.add.reduceat(each, text.starts) / np.sqrt(text.lengths)[:, None]
        sums += parts["lengths"][length_kinds(text)] + self.weights.constant
        for column, weights in zip(text.counts().T, parts["counts"], strict=True):
            sums += column[:, None] * weights
        return probability(score(sums), self.weights.platt)

    def _learn(self, word: int) -> tuple[float, ...]:
        if len(self._words) >= _MOST_WORDS:
            self._words = {0: _NOBODY}
        places, counts = columns(self.vocab.strings[word])
        weights = self.weights.parts["words"][places] * np.array(counts)[:, None]
        self._words[word] = known = tuple(weights.sum(axis=0).tolist())
        return known


def score(others: Array) -> Array:
    """The log odds of check-worthy, from how much likelier each of the others is."""
    return -np.logaddexp.reduce(others, axis=1)


def probability(scores: Array, platt: Array) -> Array:
    """Platt's: it rises with the score."""
    return 1 / (1 + np.exp(-(platt[0] * scores + platt[1])))


def length_kinds(text: Passages) -> Array:
    """A number for how long each sentence is, in steps of about half as long again."""
    return np.minimum(np.log2(text.lengths + 1) * 1.7, LENGTHS - 1).astype(np.int64)
