"""Counts, F1 and how sure we are of it.

The unit of resampling is the article (or the sentence, where sentences stand alone): what one article says
hangs together. Intervals are the middle 95 % of 1,000 resamplings with a fixed seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(r"\w+|[^\w\s]")
RESAMPLINGS = 1_000

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    measure: str
    value: float
    low: float
    high: float
    goal: float | None = None
    reference: str = ""
    detail: str = ""

    @property
    def own(self) -> bool:
        """Whether it is one of ours with an interval, which everybody can measure again."""
        return ", own " in self.measure and self.low < self.high


@dataclass(frozen=True, slots=True)
class Counts:
    """Right, found and wanted; adds up."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0


def total(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counts())


def tokens(text: str, places: Iterable[Place]) -> set[int]:
    """The starts of the tokens (words and single marks) that lie within places."""
    return {start + match.start() for start, end in places for match in _TOKEN.finditer(text[start:end])}


def compared(found: set[int], wanted: set[int]) -> Counts:
    return Counts(len(found & wanted), len(found), len(wanted))


def interval(units: Sequence[Any], score: Callable[[Sequence[Any]], float]) -> tuple[float, float]:
    """The middle 95 % of the score over resamplings of the units."""
    rng = random.Random(1)
    scores = sorted(score(rng.choices(units, k=len(units))) for _ in range(RESAMPLINGS))
    return scores[int(0.025 * RESAMPLINGS)], scores[int(0.975 * RESAMPLINGS)]


def f1(measure: str, units: Sequence[Counts], goal: float | None = None, reference: str = "") -> Figure:
    """The F1 of all units together."""
    whole = total(units)
    low, high = interval(units, lambda some: total(some).f1)
    detail = f"precision {whole.precision:.2f}, recall {whole.recall:.2f}"
    return Figure(measure, whole.f1, low, high, goal, reference, detail)
