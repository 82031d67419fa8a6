"""BM25 over claims, in arrays that are read from disk where they lie.

In: the terms of each claim. Out: the claims that share rare words with a query, best first. A term is known
by eight bytes of its digest, so that no dictionary is loaded; of a million terms two meet by chance once in
forty million times. What can go wrong: ``OSError`` and ``ValueError`` where files are missing or no arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

# How much a word counts that a claim repeats, and how much long claims pay. The usual values (Robertson and
# Zaragoza 2009); .9/.4 and 2/.75 changed MAP@5 by less than .01.
_K1, _B = 1.2, 0.75
# Postings that one query reads, rarest words first. At a million claims this is where "people" and "new" are
# left out: a query of 15 words takes 2 ms; all of its words would take four times that in real text.
_MOST_POSTINGS = 200_000
_FILES = ("terms", "starts", "claims", "weights")


@dataclass(frozen=True, slots=True)
class Postings:
    """Which claims have a term, and how much it weighs there. Claims are numbers from 0."""

    count: int  # of claims
    terms: npt.NDArray[np.uint64]  # sorted
    starts: npt.NDArray[np.int64]  # of each term's postings, and where the last end
    claims: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float16]

    @classmethod
    def open(cls, folder: Path, count: int) -> Postings:
        """The postings of a folder, memory-mapped."""
        return cls(count, *(np.load(folder / f"{name}.npy", mmap_mode="r") for name in _FILES))

    def search(self, query: Iterable[str], most: int) -> tuple[list[int], list[float]]:
        """The best claims and their scores, best first."""
        places = [place for place in map(self._place, dict.fromkeys(query)) if place is not None]
        spans = sorted(((self.starts[p], self.starts[p + 1]) for p in places), key=lambda s: s[1] - s[0])
        scores = np.zeros(self.count, np.float32)
        seen: list[npt.NDArray[np.int32]] = []
        read = 0
        for start, end in spans:
            read += end - start
            if seen and read > _MOST_POSTINGS:
                break
            claims = self.claims[start:end]
            scores[claims] += self.weights[start:end]
            seen.append(claims)
        if not seen:
            return [], []
        found = np.unique(np.concatenate(seen))
        # Of equals the older one first, so that the order is the same every time.
        order = found[np.lexsort((found, -scores[found]))[:most]]
        return order.tolist(), scores[order].tolist()

    def rarity(self, term: str) -> float:
        """How much a term tells claims apart."""
        place = self._place(term)
        having = 0 if place is None else int(self.starts[place + 1] - self.starts[place])
        return float(_idf(self.count, np.array(having)))

    def _place(self, term: str) -> int | None:
        digest = np.uint64(_digest(term))
        place = int(np.searchsorted(self.terms, digest))
        return place if place < len(self.terms) and self.terms[place] == digest else None


def build(claims: Iterable[Sequence[str]], folder: Path) -> int:
    """Write the postings of claims, each its terms; gives how many claims there were."""
    terms, numbers, lengths = array("Q"), array("i"), array("i")
    for number, found in enumerate(claims):
        terms.extend(map(_digest, found))
        numbers.extend([number] * len(found))
        lengths.append(len(found))
    having, claim, times = _counted(np.frombuffer(terms, np.uint64), np.frombuffer(numbers, np.int32))
    distinct, starts = np.unique(having, return_index=True)
    starts = np.append(starts, len(having)).astype(np.int64)
    each = np.diff(starts)
    length = np.frombuffer(lengths, np.int32)
    usual = length.mean() if len(length) else 1.0
    damped = times + _K1 * (1 - _B + _B * length[claim] / max(usual, 1.0))
    weights = np.repeat(_idf(len(length), each), each) * times * (_K1 + 1) / damped
    files: tuple[npt.NDArray[Any], ...] = (distinct, starts, claim, weights.astype(np.float16))
    for name, values in zip(_FILES, files, strict=True):
        np.save(folder / f"{name}.npy", values)
    return len(length)


def _counted(
    terms: npt.NDArray[np.uint64], claims: npt.NDArray[np.int32]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Each pair of term and claim once, sorted, and how often it came."""
    order = np.lexsort((claims, terms))
    terms, claims = terms[order], claims[order]
    first = np.ones(len(terms), bool)
    first[1:] = (terms[1:] != terms[:-1]) | (claims[1:] != claims[:-1])
    places = np.flatnonzero(first)
    return terms[places], claims[places], np.diff(np.append(places, len(terms)))


def _idf(count: int, having: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    return np.log1p((count - having + 0.5) / (having + 0.5))


@lru_cache(maxsize=200_000)
def _digest(term: str) -> int:
    return int.from_bytes(blake2b(term.encode("utf-8", "replace"), digest_size=8).digest(), "little")
