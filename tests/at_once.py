"""Doing several things at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

One = TypeVar("One")
Outcome = TypeVar("Outcome")


def at_once(act: Callable[[One], Outcome], those: Sequence[One]) -> list[Outcome]:
    """What ``act`` gives for each, in their order. None begins before all can."""
    ready = Barrier(len(those))

    def go(one: One) -> Outcome:
        ready.wait()
        return act(one)

    with ThreadPoolExecutor(len(those)) as threads:
        return list(threads.map(go, those))
