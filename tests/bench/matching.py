"""Matching: what a look-up costs and an index takes at ten thousand, a hundred thousand and a million claims.

The claims are of our own making: templates filled with words whose frequencies follow Zipf's law, as those
of real text do. Their vectors are blends of two real ones out of 2,000, with some noise: encoding a million
takes hours. The encoder's own cost is the last line, and is not in the others.

Each size has a process of its own. Milliseconds are those of this machine; the ratio is to one exact search
among ten thousand vectors in the same process.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import numpy as np
from figures import Figure

from caveat.facts.factchecks import FactCheck, Store
from caveat.facts.factchecks.matching import Encoder, Matcher, build

GOALS = {10_000: None, 100_000: None, 1_000_000: 30.0}  # milliseconds a query
MOST_BYTES = 600.0  # MB on disk
QUERIES = 200
TEMPLATES = (
    "{0} {1} said that {2} {3} {4} in {5} before the {6} {7}.",
    "A {0} shows {1} {2} at the {3} of {4} {5}.",
    "{0} percent of {1} {2} were {3} by {4} after {5} {6} {7} in {8}.",
    "The {0} of {1} will {2} {3} {4} to {5} {6}.",
)
VOCABULARY = 300_000


class Blends(Encoder):
    """Vectors by a text's digest: blends of real ones, at no cost."""

    def __init__(self, real: np.ndarray) -> None:
        self._real = real

    @property
    def name(self) -> str:
        return "blends"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        rng = np.random.default_rng([len(texts), *texts[0].encode()[:64]])
        one, other = (rng.integers(0, len(self._real), len(texts)) for _ in range(2))
        noise = rng.normal(0, 0.02, (len(texts), self._real.shape[1])).astype(np.float32)
        mixed = 0.75 * self._real[one] + 0.35 * self._real[other] + noise
        return mixed / np.linalg.norm(mixed, axis=1, keepdims=True)


class _Silence:
    def begin(self, what: str, total: float | None) -> None:
        pass

    def advance(self, by: float = 1) -> None:
        pass


def measure() -> Iterator[Figure]:
    """A look-up's milliseconds and ratio, and the index's size, for each number of claims."""
    if Encoder.find() is None:
        yield Figure("matching", None, detail="needs pip install 'caveat[match]'")
        return
    for size, goal in GOALS.items():
        ran = subprocess.run([sys.executable, __file__, str(size)], stdout=subprocess.PIPE, check=True)
        took = json.loads(ran.stdout)
        split = f"words {took['words']:.1f} ms, meaning {took['meaning']:.1f} ms"
        yield Figure(f"look-up among {size:,} claims", took["look_up"], "ms", goal, split)
        yield Figure("  against an exact search among 10,000", took["look_up"] / took["exact"],
                     detail=f"{took['exact']:.2f} ms")  # fmt: skip
        yield Figure(
            "  index on disk", took["bytes"] / 1e6, "MB", MOST_BYTES, f"built in {took['built']:.0f} s"
        )
        yield Figure("  of the ten nearest, missed", 1 - took["recall"], "", 0.1)
    yield Figure("encoding one claim", took["encoder"], "ms")


def claims(size: int) -> Iterator[str]:
    """Made-up claims."""
    rng = np.random.default_rng(size)
    chance = 1 / (np.arange(1, VOCABULARY + 1) + 20.0) ** 1.05
    reach = np.cumsum(chance / chance.sum())
    for _ in range(0, size, 1_000):
        words = np.searchsorted(reach, rng.random((1_000, 9)))
        for row in words:
            yield TEMPLATES[row[0] % len(TEMPLATES)].format(*(_word(number) for number in row))


def _word(number: int) -> str:
    """A word for a number; every ninth is a name."""
    syllables = []
    rest = int(number) + 1
    while rest:
        rest, digit = divmod(rest, 90)
        syllables.append("bdfgklmnprstvwzjch"[digit % 18] + "aeiou"[digit // 18])
    word = "".join(syllables)
    return word.capitalize() if number % 9 == 0 else word


def one(size: int) -> dict[str, float]:
    """What one size takes."""
    encoder = Encoder()
    real = encoder.encode(list(claims(2_000)))
    start = time.perf_counter()
    encoder.encode(list(claims(1_000))[:QUERIES])
    encoding = (time.perf_counter() - start) / QUERIES
    blends = Blends(real)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        made = claims(size)
        for at in range(0, size, 10_000):
            store.keep(_check(number, next(made)) for number in range(at, at + 10_000))
        start = time.perf_counter()
        generation = build(Path(folder), blends, _Silence())
        built = time.perf_counter() - start
        assert generation is not None
        matcher = Matcher(Path(folder), blends)
        texts = [text for number, text in enumerate(claims(size)) if number % (size // QUERIES) == 0]
        index = matcher._current()
        assert index is not None
        vectors = [blends.encode([text])[0] for text in texts]
        exact = real[:10_000] if len(real) >= 10_000 else np.tile(real, (5, 1))
        return {
            "look_up": _ms(matcher.look_up, [([text],) for text in texts]),
            "words": _ms(index.by_words, [(text,) for text in texts]),
            "meaning": _ms(index.by_meaning, [(vector,) for vector in vectors]),
            "exact": _ms(lambda v: np.argsort(exact @ v)[-10:], [(vector,) for vector in vectors]),
            "bytes": sum(file.stat().st_size for file in generation.folder.iterdir()),
            "recall": _recall(index, vectors, generation.folder),
            "encoder": encoding * 1_000,
            "built": built,
        }


def _recall(index: object, vectors: Sequence[np.ndarray], folder: Path) -> float:
    """Of the ten nearest by comparing all codes, how many are found."""
    from caveat.facts.factchecks.matching.vectors import Nearest

    every = Nearest.open(folder / "vectors.faiss")
    every._index.nprobe = every._index.nlist
    shares = []
    for vector in vectors[:50]:
        nearest, _ = every.search(vector, 10)
        found, _ = index.nearest.search(vector, 200)  # type: ignore[attr-defined]
        shares.append(len({*nearest} & {*found}) / 10)
    return sum(shares) / len(shares)


def _ms(work: object, calls: Sequence[tuple[object, ...]]) -> float:
    """The median of single calls, after one round that does not count."""
    taken = []
    for turn in range(2):
        for arguments in calls:
            start = time.perf_counter()
            work(*arguments)  # type: ignore[operator]
            if turn:
                taken.append(time.perf_counter() - start)
    return median(taken) * 1_000


def _check(number: int, claim: str) -> FactCheck:
    return FactCheck(f"https://checker.example/{number}", claim, "Checker", "checker.example")


if __name__ == "__main__":
    print(json.dumps(one(int(sys.argv[1]))))
