"""``caveat train checkworthiness``: from ClaimBuster's sentences to the weights that ship.

1. Tag the sentences with the model of the pipeline.
2. Five times, train on four fifths of the debates and score the last fifth.
3. On those scores, fit what makes them probabilities and choose the threshold.
4. Train on the debates up to 2000 and score the later ones, for the record.
5. Train on all debates, and keep that.

Nothing depends on time, threads or the order of a dictionary, so one machine writes the same bytes twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from spacy.language import Language

from caveat.reading.checkworthiness.scoring import Weights, probability, score
from caveat.reading.checkworthiness.words import Array
from caveat.training import sparse
from caveat.training.claimbuster import LABELS, Sentences
from caveat.training.features import Features, features, tagged

FOLDS = 5
STRENGTH = 0.7  # of the data; MODEL_CARD.md has what others gave
TELLING = (
    0.3  # how far a column's pull depends on how unevenly it stands in check-worthy sentences and others
)
LATER = "2001"  # debates from here on are later than those of 2000, the split by time
_LEAST_SLOPE = 1e-3  # a higher score is never a lower probability, whatever the data


class Steps(Protocol):
    """Somebody who wants to know how far the work is."""

    def begin(self, what: str, total: float | None) -> None: ...
    def advance(self, by: float = 1) -> None: ...


@dataclass(frozen=True, slots=True)
class Trained:
    """The weights, and the scores of sentences by weights that had not seen their debates."""

    weights: Weights
    held_out: Array  # probabilities by what the other folds say, so that no sentence helped to make its own
    worth: Array
    debates: Array
    folds: Array
    thresholds: Array  # for each sentence, what the other folds would choose
    later: Array | None  # scores of the debates from ``LATER`` by weights of the earlier; None without either


@dataclass(frozen=True, slots=True)
class _Material:
    rows: Features
    kinds: Array  # sentences x kinds
    steps: Steps


def train(data: Sentences, nlp: Language, steps: Steps) -> Trained:
    """The whole of it. ``nlp`` needs a tagger."""
    steps.begin("Tagging sentences", len(data.texts))
    text = tagged(data.texts, nlp, steps.advance)
    kinds = np.array([[label == each for each in LABELS] for label in data.labels], dtype=np.float64)
    material, worth = _Material(features(text, nlp.vocab.strings), kinds, steps), kinds[:, 0]
    debates, folds = np.array(data.debates), _folds(data.debates)
    scores = np.zeros(len(worth))
    for fold in range(FOLDS):
        what = f"Training, part {fold + 1} of {FOLDS + 2}"
        scores[folds == fold] = _scored(material, folds != fold, folds == fold, what)
    early = debates < LATER
    later = None
    if 0 < worth[early].sum() < early.sum() < len(early):
        later = _scored(material, early, ~early, f"Training, part {FOLDS + 1} of {FOLDS + 2}")
    weights, constant = _fitted(material, np.arange(len(worth)), f"Training, part {FOLDS + 2} of {FOLDS + 2}")
    platt = _calibrated(scores, worth)
    found = Weights(
        material.rows.by_part(weights), constant, platt, _threshold(probability(scores, platt), worth)
    )
    shares, thresholds = _by_others(scores, worth, folds)
    return Trained(found, shares, worth, debates, folds, thresholds, later)


def _folds(debates: Sequence[str]) -> Array:
    """Which fifth a sentence is in: whole debates, dealt in the order of their dates."""
    number = {debate: place % FOLDS for place, debate in enumerate(sorted(set(debates)))}
    return np.array([number[debate] for debate in debates])


def _scored(material: _Material, seen: Array, unseen: Array, what: str) -> Array:
    weights, constant = _fitted(material, np.flatnonzero(seen), what)
    return score(material.rows.some(np.flatnonzero(unseen)).times(weights) + constant)


def _fitted(material: _Material, which: Array, what: str) -> tuple[Array, Array]:
    """How much likelier each column makes each other kind than the check-worthy one, and their constants."""
    material.steps.begin(what, sparse.MOST_STEPS)
    rows, kinds = material.rows.some(which), material.kinds[which]
    weights, constant = sparse.fit(rows, _scale(rows, kinds[:, :1]), kinds, STRENGTH, material.steps.advance)
    return weights[:, 1:] - weights[:, :1], constant[1:] - constant[:1]


def _scale(rows: Features, worth: Array) -> Array:
    """What each column counts: more the rarer it is, and the more unevenly it stands in both sorts.

    The second is naive Bayes' ratio of a column's shares (Wang and Manning, ACL 2012), one added to each.
    """
    with_it = rows.presence.back(np.hstack([worth, 1 - worth]))
    seen = with_it.sum(axis=1)
    shares = (1 + with_it) / (2 + np.array([worth.sum(), (1 - worth).sum()]))
    uneven = np.abs(np.log(shares[:, 0] / shares[:, 1]))
    rarity = np.where(rows.plain, 1, (np.log((1 + len(worth)) / (1 + seen)) + 1) / 6)
    return np.where(seen < rows.rare, 0, rarity * (1 - TELLING + TELLING * uneven))


def _calibrated(scores: Array, worth: Array) -> Array:
    """What a score counts, and a constant, so that it is a probability on debates kept aside."""
    design = np.column_stack([scores, np.ones(len(scores))])

    def loss(point: Array) -> tuple[float, Array]:
        sums = design @ point
        errors = 1 / (1 + np.exp(-sums)) - worth
        return float(np.mean(np.logaddexp(0, sums) - worth * sums)), design.T @ errors / len(worth)

    slope, constant = sparse.lowest(loss, np.array([1.0, 0.0]))
    return np.array([max(slope, _LEAST_SLOPE), constant])


def _threshold(shares: Array, worth: Array) -> float:
    """The hundredth that gives the best F1 of check-worthy sentences; the lowest of equals."""

    def f1(threshold: float) -> float:
        found = shares >= threshold
        return float(2 * worth[found].sum() / (found.sum() + worth.sum()))

    return max((n / 100 for n in range(1, 100)), key=f1)


def _by_others(scores: Array, worth: Array, folds: Array) -> tuple[Array, Array]:
    """The probability of each sentence, and the threshold for it, as the other folds would have them."""
    shares, thresholds = np.zeros(len(scores)), np.zeros(len(scores))
    for fold in range(FOLDS):
        others, here = folds != fold, folds == fold
        platt = _calibrated(scores[others], worth[others])
        shares[here] = probability(scores[here], platt)
        thresholds[here] = _threshold(probability(scores[others], platt), worth[others])
    return shares, thresholds
