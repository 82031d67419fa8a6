"""Looking texts up among the claims that were checked.

In: an article's claims, or posts. Out: for each the checks that are nearest, best first, and whether each is
shown on its own or offered. Without an index: nothing, at the cost of looking for one every few seconds. What
can go wrong: ``StoreFault``.

The index may be replaced while a server runs: the next look-up takes the new one, and ``version`` changes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from caveat.facts.factchecks.faults import StoreFault
from caveat.facts.factchecks.matching.agreement import shares
from caveat.facts.factchecks.matching.deciding import Candidate, Thresholds, Verdict, decide, wording
from caveat.facts.factchecks.matching.encoder import Encoder, Vectors
from caveat.facts.factchecks.matching.generations import Generation, Generations
from caveat.facts.factchecks.matching.indexing import IDS, VECTORS
from caveat.facts.factchecks.matching.postings import Postings
from caveat.facts.factchecks.matching.words import plain, terms
from caveat.facts.factchecks.record import FactCheck
from caveat.facts.factchecks.store import Store
from caveat.facts.status import TableStatus

if TYPE_CHECKING:
    from caveat.facts.factchecks.matching.vectors import Nearest

# Reciprocal rank fusion (Cormack and others, 2009): 1/(_DAMPED + rank), summed. With their 60 the first place
# counts little more than the tenth; 5, 10, 20 and 60 gave MAP@5 of .897, .896, .891 and .875 on dev.
_DAMPED = 10
_DEEP = 200  # claims that each way contributes
_FEWEST = 12  # that are looked at closer, so that whoever asks for one hit gets the same verdict
_LOOK_AGAIN = 2.0  # seconds between looks for a new index


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a check stands among those found one way."""

    rank: int  # from 1
    score: float


_NOWHERE = _Place(_DEEP + 1, 0.0)
_Ranking = dict[int, _Place]  # by the store's id


@dataclass(frozen=True, slots=True)
class Hit:
    """A check that is near a text."""

    check: FactCheck
    score: float  # 0 to 1: first by meaning and by words is 1
    verdict: Verdict
    beside: float = 1.0  # how much of what the claim says beside its names the text says too


@dataclass(frozen=True, slots=True)
class _Index:
    """One generation, opened."""

    name: str
    digest: str
    ids: np.ndarray[tuple[int], np.dtype[np.int64]]
    postings: Postings
    nearest: Nearest | None

    @classmethod
    def open(cls, generation: Generation, with_vectors: bool) -> _Index:
        folder, manifest = generation.folder, generation.manifest
        nearest = None
        if with_vectors and manifest.vectors:
            from caveat.facts.factchecks.matching.vectors import Nearest

            nearest = Nearest.open(folder / VECTORS)
        ids = np.load(folder / IDS, mmap_mode="r")
        return cls(folder.name, manifest.digest, ids, Postings.open(folder, manifest.claims), nearest)

    def by_words(self, text: str) -> _Ranking:
        places, scores = self.postings.search(terms(text), _DEEP)
        return _ranking(self.ids[places].tolist() if places else [], scores)

    def by_meaning(self, vector: Vectors | None) -> _Ranking | None:
        """None where there are no vectors."""
        if vector is None or self.nearest is None:
            return None
        return _ranking(*self.nearest.search(vector, _DEEP))


def _ranking(ids: Sequence[int], scores: Sequence[float]) -> _Ranking:
    return {id_: _Place(rank, score) for rank, (id_, score) in enumerate(zip(ids, scores, strict=True), 1)}


def _latest(checks: Mapping[int, FactCheck]) -> dict[int, int]:
    """For each check the one that stands for it: its publisher's latest of the same claim.

    Publishers print a check again, and feeds repeat it with other quotation marks; two of them beside each
    other tell nobody more than one. Where nobody says when, the one that was kept first stands.
    """
    latest: dict[tuple[str, str], int] = {}
    alike = {id_: (check.publisher_site, wording(check.claim)) for id_, check in checks.items()}
    for id_ in sorted(checks, key=lambda id_: (checks[id_].latest, -id_)):
        latest[alike[id_]] = id_
    return {id_: latest[key] for id_, key in alike.items()}


class Matcher:
    """Looks up among the fact checks of a data folder; safe to call from several threads."""

    def __init__(
        self, data_folder: Path, encoder: Encoder | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._store = Store(data_folder)
        self._generations = Generations(data_folder)
        self._encoder = encoder
        self._clock = clock
        self._lock = Lock()
        self._looked = -_LOOK_AGAIN - 1
        self._index: _Index | None = None
        self._of_store = 0

    @property
    def version(self) -> str:
        """Names what is found, for cache keys: it changes with the index, and where a check is removed."""
        index = self._current()
        if index is None:
            return "no checks"
        return f"{index.name} {index.digest} of {self._of_store}{'' if index.nearest else ' by words'}"

    @property
    def status(self) -> TableStatus:
        """What the index says about itself."""
        folder, generation = self._generations.folder, self._generations.current()
        index, trouble, how = self._current(), "", ""
        if self._generations.pointer() and index is None:
            trouble = f"{folder}: it cannot be read"
        elif index and not index.nearest:
            how = ", by words only: nothing is shown on its own"
        rows = generation.manifest.claims if generation else 0
        return TableStatus(
            "fact checks", self.version, rows, None, None, f"{folder}{how}",
            "what was imported", "each publisher's own: caveat factchecks stats", trouble,
        )  # fmt: skip

    def look_up(self, texts: Sequence[str], most: int = 10) -> list[list[Hit]]:
        """For each text the nearest checks, best first. Raises ``StoreFault``."""
        index = self._current()
        if index is None or not texts:
            return [[] for _ in texts]
        bare = [plain(text) for text in texts]
        vectors = self._encoder.encode(bare) if index.nearest and self._encoder else [None] * len(bare)
        return [self._hits(index, *each, most) for each in zip(bare, vectors, strict=True)]

    def _hits(self, index: _Index, text: str, vector: Vectors | None, most: int) -> list[Hit]:
        if not text:
            return []
        words = index.by_words(text)
        meaning = index.by_meaning(vector)
        ways = [words] if meaning is None else [words, meaning]

        def fused(id_: int) -> float:
            return sum((_DAMPED + 1) / (_DAMPED + way.get(id_, _NOWHERE).rank) for way in ways) / len(ways)

        best = sorted({id_ for way in ways for id_ in way}, key=lambda id_: (-fused(id_), id_))
        best = best[: max(most, _FEWEST)]
        checks = self._store.get(best)
        rarity = cache(index.postings.rarity)
        there = frozenset(terms(text))

        def candidate(id_: int) -> Candidate:
            in_words, in_meaning = words.get(id_, _NOWHERE), (meaning or {}).get(id_, _NOWHERE)
            share, beside = shares(there, plain(checks[id_].claim), rarity)
            return Candidate(
                claim=checks[id_].claim,
                cosine=None if meaning is None else in_meaning.score,
                words=in_words.score,
                ranks=(in_meaning.rank, in_words.rank),
                share=share,
                beside=beside,
            )

        best = [id_ for id_ in best if id_ in checks]
        candidates = [candidate(id_) for id_ in best]
        verdicts = decide(text, candidates, Thresholds.standard())
        latest = _latest(checks)
        hits: dict[int, Hit] = {}
        for id_, c, verdict in zip(best, candidates, verdicts, strict=True):
            shown = latest[id_]
            hits.setdefault(shown, Hit(checks[shown], fused(id_), verdict, c.beside))
        return [*hits.values()][:most]

    def _current(self) -> _Index | None:
        """The index as of the last look, a few seconds ago at most."""
        with self._lock:
            now = self._clock()
            if now - self._looked >= _LOOK_AGAIN:
                self._looked = now
                name = self._generations.pointer()
                if name != (self._index.name if self._index else None):
                    self._index = self._opened()
                if self._index:
                    with suppress(StoreFault):  # whoever looks up is told
                        self._of_store = self._store.generation
            return self._index

    def _opened(self) -> _Index | None:
        while generation := self._generations.current():
            try:
                return _Index.open(generation, self._encoder is not None)
            except (OSError, ValueError, RuntimeError):
                if generation == self._generations.current():
                    return None  # damaged; building again makes it whole
        return None
