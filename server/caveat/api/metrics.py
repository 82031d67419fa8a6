"""The figures on ``/metrics``: counts and timings, in Prometheus's format.

In: what happens (it is the cache's ``Tally``, and is told of every request). Out: the exposition.
Labels are routes, statuses and names of ours, never anything a client sent.

With several workers the figures are kept in the directory that ``PROMETHEUS_MULTIPROC_DIR`` names before
this module is imported (``caveat serve`` makes one), and any worker answers for all.
"""

from __future__ import annotations

import os
from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from caveat.cache.tally import Layer, Outcome

_REQUEST_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_READING_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """One application's figures, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "caveat_requests", "Requests answered.", ["route", "status"], registry=registry
        )
        self._seconds = Histogram(
            "caveat_request_seconds",
            "Time from request to answer.",
            ["route"],
            buckets=_REQUEST_SECONDS,
            registry=registry,
        )
        self._lookups = Counter(
            "caveat_cache_lookups", "Kept values looked for.", ["layer", "outcome"], registry=registry
        )
        self._failures = Counter(
            "caveat_cache_failures",
            "Questions the store did not answer; each was a miss.",
            ["operation"],
            registry=registry,
        )
        self._followers = Counter(
            "caveat_flight_followers",
            "Requests that waited for another's reading of the same article.",
            registry=registry,
        )
        self._reading = Histogram(
            "caveat_reading_seconds",
            "Time the engine took to read blocks.",
            buckets=_READING_SECONDS,
            registry=registry,
        )
        self._words = Counter("caveat_read_words", "Words the engine read.", registry=registry)
        self._not_useful = Counter(
            "caveat_notes_not_useful",
            "Notes that readers called not useful, and let the server know.",
            ["signal"],
            registry=registry,
        )
        # Finding a labelled child takes twice as long as counting with it.
        self._request = lru_cache(maxsize=512)(self._requests.labels)
        self._route = lru_cache(maxsize=128)(self._seconds.labels)
        self._lookup = lru_cache(maxsize=16)(self._lookups.labels)

    def answered(self, route: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self._request(route, status).inc()
        self._route(route).observe(seconds)

    def looked_up(self, layer: Layer, outcome: Outcome, times: int = 1) -> None:
        """A kept value was looked for."""
        if times:
            self._lookup(layer, outcome).inc(times)

    def failed(self, what: str) -> None:
        """The store did not answer."""
        self._failures.labels(what).inc()

    def followed(self) -> None:
        """A request waited for another's reading."""
        self._followers.inc()

    def read(self, seconds: float, words: int) -> None:
        """The engine read blocks."""
        self._reading.observe(seconds)
        self._words.inc(words)

    def not_useful(self, signal: str) -> None:
        """A reader called a note of this signal, which is one of the catalogue's, not useful."""
        self._not_useful.labels(signal).inc()

    def exposition(self) -> bytes:
        """All figures, of all workers where they share a directory."""
        if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
            return generate_latest(self._registry)
        everyone = CollectorRegistry()
        MultiProcessCollector(everyone)  # type: ignore[no-untyped-call]
        return generate_latest(everyone)
