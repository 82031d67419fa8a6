"""What a benchmark says, and how a ratio is measured on a noisy machine.

The two sides of a ratio take turns, so that a busy minute meets both, and each side's median counts.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    name: str
    value: float | None  # None: not measured
    unit: str = "x"
    goal: float | None = None  # at most
    detail: str = ""

    @property
    def verdict(self) -> str:
        """Whether the goal was met, in a word."""
        if self.value is None:
            return "not measured"
        if self.goal is None:
            return ""
        return "pass" if self.value <= self.goal else "MISS"


def take_turns(sides: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median CPU seconds of each side in this process, after one round that does not count."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(rounds + 1):
        for name, work in sides.items():
            gc.collect()
            start = time.process_time()
            work()
            if turn:
                taken[name].append(time.process_time() - start)
    return {name: median(times) for name, times in taken.items()}
