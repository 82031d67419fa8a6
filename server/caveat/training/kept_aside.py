"""How well scores of debates kept aside fit their labels, in words and figures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from caveat.reading.checkworthiness.words import Array
from caveat.training.checkworthiness import Trained

_RESAMPLINGS, _BINS = 500, 10


def report(trained: Trained, digest: str) -> str:
    """A page: F1, average precision and Brier score with 95 % intervals over debates, and reliability."""
    scores, worth, threshold = trained.held_out, trained.worth, trained.weights.threshold
    debates = np.array(trained.debates)
    measures: dict[str, Callable[[Array, Array], float]] = {
        f"F1 from {threshold:.2f}": lambda s, w: f1(s >= threshold, w),
        "average precision": average_precision,
        "Brier score": lambda s, w: float(np.mean((s - w) ** 2)),
    }
    lines = [f"ClaimBuster train.jsonl, SHA-256 {digest}", "", "debates kept aside     value  95 %"]
    for name, measure in measures.items():
        low, high = _interval(scores, worth, debates, measure)
        lines.append(f"{name:<22} {measure(scores, worth):.3f}  {low:.3f}-{high:.3f}")
    lines += ["", "said          sentences  mean said  check-worthy"]
    for number in range(_BINS):
        here = np.minimum((scores * _BINS).astype(int), _BINS - 1) == number
        if here.any():
            said = f"{number / _BINS:.1f} to {(number + 1) / _BINS:.1f}"
            lines.append(
                f"{said:<13} {here.sum():>9}  {scores[here].mean():>9.3f}  {worth[here].mean():>12.3f}"
            )
    return "\n".join(lines) + "\n"


def f1(found: Array, wanted: Array) -> float:
    return float(2 * (found & (wanted == 1)).sum() / (found.sum() + wanted.sum()))


def average_precision(scores: Array, wanted: Array) -> float:
    right = wanted[np.argsort(-scores, kind="stable")]
    return float((np.cumsum(right) / np.arange(1, len(right) + 1))[right == 1].mean())


def _interval(
    scores: Array, worth: Array, debates: Array, measure: Callable[[Array, Array], float]
) -> tuple[float, float]:
    """The middle 95 % over resamplings of debates: what one debate says hangs together."""
    chance = np.random.default_rng(1)
    of = [np.flatnonzero(debates == debate) for debate in np.unique(debates)]
    found = []
    for _ in range(_RESAMPLINGS):
        some = np.concatenate([of[n] for n in chance.integers(len(of), size=len(of))])
        found.append(measure(scores[some], worth[some]))
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)
