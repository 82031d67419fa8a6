"""How well scores of debates kept aside fit their labels, in words and figures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from caveat.reading.checkworthiness.words import Array
from caveat.training.checkworthiness import FOLDS, LATER, Trained

_RESAMPLINGS, _BINS = 500, 10


def report(trained: Trained, digest: str) -> str:
    """A page: average precision, F1 and Brier score with 95 % intervals over debates, and reliability."""
    scores, worth, debates = trained.held_out, trained.worth, trained.debates
    found = scores >= trained.thresholds
    by_fold = [average_precision(scores[here], worth[here]) for here in _each_fold(trained)]
    lines = [
        f"ClaimBuster train.jsonl, SHA-256 {digest}",
        "",
        "debates kept aside                    value  95 %",
        f"{'mean of the folds: average precision':<37} {np.mean(by_fold):.3f}  "
        + " ".join(f"{value:.3f}" for value in by_fold),
        _line("average precision", debates, lambda some: average_precision(scores[some], worth[some])),
        _line("Brier score", debates, lambda some: float(np.mean((scores - worth)[some] ** 2))),
        _line(
            "F1 from the others' thresholds", debates,
            lambda some: f1(found[some], worth[some]),
        ),
    ]  # fmt: skip
    if trained.later is not None:
        late = debates >= LATER
        after, wanted = trained.later, worth[late]
        lines.append(
            _line("average precision, 2004 on by 2000", debates[late],
                  lambda some: average_precision(after[some], wanted[some]))
        )  # fmt: skip
    chosen = np.unique(trained.thresholds)
    lines.append(
        f"threshold {trained.weights.threshold:.2f}; of four folds {chosen.min():.2f} to {chosen.max():.2f}"
    )
    return "\n".join([*lines, "", *_reliability(scores, worth)]) + "\n"


def _each_fold(trained: Trained) -> list[Array]:
    return [here for fold in range(FOLDS) if trained.worth[here := trained.folds == fold].any()]


def _reliability(scores: Array, worth: Array) -> list[str]:
    lines = ["said          sentences  mean said  check-worthy"]
    for number in range(_BINS):
        here = np.minimum((scores * _BINS).astype(int), _BINS - 1) == number
        if here.any():
            said = f"{number / _BINS:.1f} to {(number + 1) / _BINS:.1f}"
            lines.append(
                f"{said:<13} {here.sum():>9}  {scores[here].mean():>9.3f}  {worth[here].mean():>12.3f}"
            )
    return lines


def f1(found: Array, wanted: Array) -> float:
    """Of found and wanted sentences; 0 where there are neither."""
    return float(2 * (found & (wanted == 1)).sum() / max(1, found.sum() + wanted.sum()))


def average_precision(scores: Array, wanted: Array) -> float:
    """The mean precision at each wanted sentence, from the highest score down."""
    right = wanted[np.argsort(-scores, kind="stable")]
    return float((np.cumsum(right) / np.arange(1, len(right) + 1))[right == 1].mean())


def _line(name: str, debates: Array, measure: Callable[[Array], float]) -> str:
    """A measure with the middle 95 % over resamplings of debates: what one debate says hangs together."""
    chance = np.random.default_rng(1)
    of = [np.flatnonzero(debates == debate) for debate in np.unique(debates)]
    values = [
        measure(np.concatenate([of[n] for n in chance.integers(len(of), size=len(of))]))
        for _ in range(_RESAMPLINGS)
    ]
    low, high = np.quantile(values, (0.025, 0.975))
    return f"{name:<37} {measure(np.arange(len(debates))):.3f}  {low:.3f}-{high:.3f}"
