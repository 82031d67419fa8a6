"""Answers: what the cache keeps, in two layers, and how it is made when it is not kept.

In: an article. Out: the encoded analysis, the same bytes for the same article. What can go wrong:
``Busy``, when too many unseen articles wait to be read; and what the reader raises. A store that
fails is a miss.

- **Article layer.** The answer's bytes under the article's key: one GET, sent untouched.
- **Block layer.** A paragraph's reading under the engine's version and its text: one MGET, one
  pipeline. When one paragraph of forty has changed, thirty-nine are not read again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from caveat.article import Analysis, Article, encode
from caveat.cache.envelope import unseal
from caveat.cache.flight import Flights
from caveat.cache.keys import ANSWER, article_key, block_keys
from caveat.cache.store import Store
from caveat.cache.tally import Tally
from caveat.reading import BlockReading, Reader, Survey

# More than a reading can take, in seconds: 200,000 characters took 9 on one core and a few may be ahead
# in the queue; but a short article must not wait long when the process that claimed it was killed.
_READING_AT_LEAST, _READING_PER_CHARACTER = 5.0, 0.0003

RETRY_AFTER = 2  # seconds after which a place in the queue is likely


class Busy(Exception):
    """Too many unseen articles wait to be read."""


class Answers:
    """Encoded analyses, from the cache or from the reader."""

    def __init__(self, reader: Reader, store: Store, tally: Tally, places: int) -> None:
        self._reader = reader
        self._store = store
        self._tally = tally
        self._flights = Flights(store, tally)
        # The reader takes one at a time; whoever waits for it holds a thread that known answers need too.
        self._places = threading.BoundedSemaphore(places)

    def key(self, article: Article, detail: tuple[str, ...] = ()) -> str:
        """The content key of an article's analysis."""
        return article_key(self._reader.version, self._reader.matters(article), detail)

    def find(self, key: str) -> bytes | None:
        """The kept answer."""
        return self._look(key, count=True)

    def make(self, key: str, article: Article, detail: tuple[str, ...] = ()) -> bytes:
        """The answer, made and kept here or by whoever is already making it. Raises ``Busy``."""

        def make() -> bytes:
            answer = encode(self._analyse(article), detail)
            self._store.put({ANSWER + key: answer})
            return answer

        seconds = _READING_AT_LEAST + _READING_PER_CHARACTER * len(article.text)
        return self._flights.fly(key, seconds, lambda: self._look(key), make)

    def _look(self, key: str, *, count: bool = False) -> bytes | None:
        kept = self._store.get(ANSWER + key)
        answer = unseal(kept) if kept is not None else None
        if kept is not None and answer is None:
            self._tally.looked_up("article", "damaged")
        elif count:
            self._tally.looked_up("article", "miss" if answer is None else "hit")
        return answer

    def _analyse(self, article: Article) -> Analysis:
        survey = self._reader.survey(article)
        return self._reader.judge(article, survey, self._readings(survey))

    def _readings(self, survey: Survey) -> list[BlockReading]:
        texts = list(dict.fromkeys(block.text for block in survey.blocks))
        keys = dict(zip(texts, block_keys(self._reader.block_version, texts), strict=True))
        readings = self._kept(keys)
        unread = [text for text in texts if text not in readings]
        if unread:
            fresh = dict(zip(unread, self._read(unread), strict=True))
            self._store.put({keys[text]: reading.encode() for text, reading in fresh.items()})
            readings |= fresh
        return [readings[block.text] for block in survey.blocks]

    def _kept(self, keys: dict[str, str]) -> dict[str, BlockReading]:
        """The readings that are kept, by text."""
        readings, damaged = {}, 0
        kept = self._store.get_many(list(keys.values())) if keys else []
        for text, value in zip(keys, kept, strict=True):
            if value is not None:
                payload = unseal(value)
                try:
                    readings[text] = BlockReading.decode(payload or b"")
                except (ValueError, TypeError, KeyError):  # not what this version writes
                    damaged += 1
        self._tally.looked_up("block", "hit", len(readings))
        self._tally.looked_up("block", "miss", len(keys) - len(readings) - damaged)
        self._tally.looked_up("block", "damaged", damaged)
        return readings

    def _read(self, texts: list[str]) -> list[BlockReading]:
        with self._place():
            started = time.perf_counter()
            readings = list(self._reader.read(texts))
            self._tally.read(time.perf_counter() - started, sum(len(text.split()) for text in texts))
        return readings

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            yield
        finally:
            self._places.release()
