"""Ranking: ten thousand, a hundred thousand and a million ratings, against one numpy sort of the same.

Each size has a process of its own, so that its peak of memory is its own. Seconds are those of this machine;
the ratio to one ``lexsort`` of the ratings says how many times the ratings are gone through, nearly.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from figures import Figure

from caveat.annotations.ranking import Ratings, Rule, Settings, rank, ratings_csv

GOALS = {10_000: 0.5, 100_000: 3.0, 1_000_000: 30.0}  # seconds
MOST_MEMORY = 2_000.0  # MB
NEW = 50  # ratings that are new to a warm start


def measure() -> Iterator[Figure]:
    """Seconds, memory and ratios of each size."""
    for size, goal in GOALS.items():
        ran = subprocess.run(
            [sys.executable, __file__, str(size)], capture_output=True, text=True, check=True
        )
        took = json.loads(ran.stdout)
        cold = f"{took['rounds']} rounds"
        yield Figure(f"ranking {size:,} ratings", took["rank"], "s", goal, cold)
        yield Figure(
            "  against one lexsort of them", took["rank"] / took["sort"], detail=f"{took['sort']:.3f} s"
        )
        yield Figure(f"  with {NEW} new ones / from the beginning", took["warm"] / took["rank"],
                     detail=f"{took['warm']:.2f} s, {took['warm_rounds']} rounds, "
                            f"{took['changed']} statuses changed")  # fmt: skip
        yield Figure("  the file read and written besides", took["file"], "s")
        yield Figure("  memory at most", took["memory"], "MB", MOST_MEMORY)


def community(size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ratings of two camps, where few rate much and few annotations are rated much."""
    rng = np.random.default_rng(size)
    raters, notes = size // 20, size // 15
    rater_weight, note_weight = rng.pareto(1.5, raters) + 0.3, rng.pareto(1.2, notes) + 0.3
    pairs = np.array([], np.int64)
    while len(pairs) < size:
        rater = rng.choice(raters, size, p=rater_weight / rater_weight.sum())
        note = rng.choice(notes, size, p=note_weight / note_weight.sum())
        pairs = np.unique(np.concatenate([pairs, note * raters + rater]))
    pairs = rng.permutation(pairs)[:size]
    note, rater = pairs // raters, pairs % raters
    stands = rng.choice([-0.8, 0.8], raters) + rng.normal(0, 0.2, raters)
    divides = rng.choice([-1, 0, 0, 1], notes) * rng.uniform(0.5, 1, notes)
    agree = 1 / (1 + np.exp(-3 * (rng.normal(0.1, 0.3, notes)[note] + stands[rater] * divides[note])))
    return note, rater, (rng.random(size) < agree).astype(float)


def one(size: int) -> dict[str, float]:
    """What one size takes."""
    note, rater, value = community(size)
    settings = Settings(rule=Rule.SIDES)
    start = time.perf_counter()
    np.lexsort((rater, note))
    sort = time.perf_counter() - start
    start = time.perf_counter()
    cold = rank(Ratings.of(note, rater, value), settings=settings)
    took = time.perf_counter() - start
    before = rank(Ratings.of(note[NEW:], rater[NEW:], value[NEW:]), settings=settings).standing
    start = time.perf_counter()
    warm = rank(Ratings.of(note, rater, value), before=before, settings=settings)
    took_warm = time.perf_counter() - start
    del before
    lines = "\n".join(map("{},{},{:g}".format, note.tolist(), rater.tolist(), value.tolist()))
    data = f"{','.join(ratings_csv.COLUMNS)}\n{lines}\n".encode()
    del lines
    start = time.perf_counter()
    ratings_csv.read(data)
    ratings_csv.write(cold)
    file = time.perf_counter() - start
    return {
        "sort": sort,
        "rank": took,
        "rounds": cold.rounds,
        "warm": took_warm,
        "warm_rounds": warm.rounds,
        "changed": int((warm.status != cold.status).sum()),
        "file": file,
        "memory": peak(),
    }


def peak() -> float:
    """MB of memory at most. Linux's own figure where there is one: the other counts the parent's too."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s*(\d+)", status.read_text("utf-8"))[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(one(int(sys.argv[1]))))
