"""Scoring: a sparse linear part, a small layered part, and a calibrated sum of both.

Both parts were trained apart; their sum was fitted on debates that neither had seen (Platt's method), which
makes it a probability at the base rate of debates (about a quarter).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import IO, Any

import numpy as np
from spacy.tokens import Doc
from spacy.vocab import Vocab

from caveat.reading.checkworthiness.network import forward, vectors
from caveat.reading.checkworthiness.passages import Passages, Place, passages
from caveat.reading.checkworthiness.words import Array, WordVectors, columns

POOLS = 3  # mean, highest and lowest of the vectors
LENGTHS = 10
SPARSE_STEP, DENSE_STEP = 1 / 64, 1 / 1024  # weights are kept in these steps
_MOST_WORDS = 50_000  # remembered words; about 5 MB
_SPARSE = ("words", "pairs", "tag_pairs", "lengths")


@dataclass(frozen=True, slots=True)
class Weights:
    """All that was learned: parts of the linear score, parameters of the network, and the sum of both."""

    linear: dict[str, Array]
    network: dict[str, Array]
    sum: Array  # what the linear part counts, what the network counts, a constant
    threshold: float  # the probability from which a sentence is called check-worthy

    @classmethod
    def load(cls, file: IO[bytes] | None = None) -> Weights:
        """From the package, or from a file that training wrote."""
        if file is None:
            with (resources.files(__package__) / "weights.npz").open("rb") as own:
                return cls.load(own)
        kept = np.load(file)
        parts: dict[str, dict[str, Array]] = {"linear": {}, "network": {}}
        for name in kept.files:
            part, _, of = name.partition(".")
            if of:
                step = SPARSE_STEP if kept[name].dtype == np.int8 else DENSE_STEP
                parts[part][of] = kept[name].astype(np.float64) * step
        return cls(**parts, sum=kept["sum"], threshold=float(kept["threshold"]))

    def save(self, file: IO[bytes]) -> None:
        """Rounded to fixed steps, so that the last bits of a sum, which differ between machines, vanish."""
        kept: dict[str, Any] = {"sum": np.round(self.sum, 4), "threshold": np.array(self.threshold)}
        for name, values in self.linear.items():
            kept[f"linear.{name}"] = (
                _rounded(values, SPARSE_STEP, np.int8) if name in _SPARSE else _rounded(values)
            )
        for name, values in self.network.items():
            kept[f"network.{name}"] = _rounded(values)
        np.savez(file, **kept)


def _rounded(values: Array, step: float = DENSE_STEP, kind: type[np.signedinteger] = np.int16) -> Array:
    most = np.iinfo(kind).max
    return np.clip(np.round(values / step), -most, most).astype(kind)


class Scorer:
    """Scores the sentences of documents of one vocabulary."""

    def __init__(
        self, vocab: Vocab, weights: Weights | None = None, known: WordVectors | None = None
    ) -> None:
        self.weights = weights or Weights.load()
        self.known = known or WordVectors.load()
        self.vocab = vocab
        self._words: dict[int, tuple[int, float]] = {0: (0, 0.0)}  # row and weight; 0 is a gap

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
        known = [self._words.get(word) or self._learn(word) for word in text.words.tolist()]
        rows = np.array([row for row, _ in known])
        words = vectors(rows, self.known.table)
        linear, network = self.weights.linear, self.weights.network
        each = np.array([weight for _, weight in known])[text.at]
        each += linear["pairs"][text.pairs()] + linear["tag_pairs"][text.tag_pairs()]
        first = np.add.reduceat(each, text.starts) / np.sqrt(text.lengths)
        first += linear["lengths"][length_kinds(text)]
        first += np.einsum("ij,j->i", pooled(text, words[text.at]), linear["vectors"])  # no BLAS: see network
        second = np.einsum("ij,j->i", forward(text, words, network).pooled, network["last"])
        counts = self.weights.sum
        return 1 / (1 + np.exp(-(counts[0] * first + counts[1] * second + counts[2])))

    def _learn(self, word: int) -> tuple[int, float]:
        if len(self._words) >= _MOST_WORDS:
            self._words = {0: (0, 0.0)}
        text = self.vocab.strings[word]
        places, counts = columns(text)
        weight = float(self.weights.linear["words"][places] @ np.array(counts))
        self._words[word] = known = (self.known.row(text), weight)
        return known


def length_kinds(text: Passages) -> Array:
    """A number for how long each sentence is, in steps of about half as long again."""
    return np.minimum(np.log2(text.lengths + 1) * 1.7, LENGTHS - 1).astype(np.int64)


def pooled(text: Passages, words: Array) -> Array:
    """The mean, highest and lowest of the vectors of each sentence's words."""
    mean = np.add.reduceat(words, text.starts) / text.lengths[:, None]
    return np.hstack([mean, np.maximum.reduceat(words, text.starts), np.minimum.reduceat(words, text.starts)])
