"""What is kept, and forgetting it: for whoever runs the server.

In: a store. Out: counts, or the number of keys forgotten. What can go wrong: ``Unreachable``,
because here, unlike in an answer, silence would mislead. Only keys of our own namespace are ever
counted or deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from caveat.cache.keys import ANSWER, BLOCK, NAMESPACE
from caveat.cache.line import Client
from caveat.cache.store import EmbeddedStore, Store, open_store
from caveat.cache.tally import Silent
from caveat.config import Settings
from caveat.journal import Journal

T = TypeVar("T")

_BATCH = 500


class Unreachable(RuntimeError):
    """The store does not answer."""


@dataclass(frozen=True, slots=True)
class Stats:
    """What a store holds. Memory, hits and misses are the whole Redis's, since it was started."""

    kind: str
    answers: int
    blocks: int
    other: int  # claims on readings and counts of requests, gone within a minute
    memory: int  # bytes
    hits: int
    misses: int


def open_for_housekeeping(settings: Settings, journal: Journal) -> Store:
    """The store these settings name. Close it after use."""
    return open_store(settings.redis_url, settings.cache_ttl, settings.cache_memory, Silent(), journal)


def stats(store: Store) -> Stats:
    """Count what is kept. Raises ``Unreachable``."""

    def ask(client: Client) -> Stats:
        answers = blocks = other = 0
        for key in _keys(client):
            answers += key.startswith(ANSWER.encode())
            blocks += key.startswith(BLOCK.encode())
            other += not key.startswith((ANSWER.encode(), BLOCK.encode()))
        memory, hits, misses = _figures(store, client)
        return Stats(store.kind, answers, blocks, other, memory, hits, misses)

    return _insist(store.line.ask("stats", ask, None))


def clear(store: Store) -> int:
    """Forget everything of ours; gives the number of keys. Raises ``Unreachable``."""

    def ask(client: Client) -> int:
        forgotten = 0
        keys = _keys(client)
        while batch := list(islice(keys, _BATCH)):
            forgotten += int(client.delete(*batch))  # a cluster's client deletes shard by shard
        return forgotten

    return _insist(store.line.ask("clear", ask, None))


def forget(store: Store, keys: Iterable[str]) -> None:
    """Forget some keys. Raises ``Unreachable``."""
    _insist(store.line.ask("forget", lambda client: int(client.delete(*keys)), None))


def _keys(client: Client) -> Iterator[bytes]:
    # SCAN may give a key twice while the table grows.
    return iter(set(client.scan_iter(match=f"{NAMESPACE}*", count=_BATCH)))


def _figures(store: Store, client: Client) -> tuple[int, int, int]:
    if isinstance(store, EmbeddedStore):
        return store.bytes, 0, 0
    shards = _per_shard(client)
    return (
        sum(int(info["used_memory"]) for info in shards),
        sum(int(info["keyspace_hits"]) for info in shards),
        sum(int(info["keyspace_misses"]) for info in shards),
    )


def _per_shard(client: Client) -> list[dict[str, Any]]:
    if hasattr(client, "get_primaries"):
        by_node = [
            client.info(section, target_nodes=client.get_primaries()) for section in ("memory", "stats")
        ]
        return [{**by_node[0][node], **by_node[1][node]} for node in by_node[0]]
    return [{**client.info("memory"), **client.info("stats")}]


def _insist(answer: T | None) -> T:
    if answer is None:
        raise Unreachable("The cache does not answer. Is REDIS_URL right, and is that Redis running?")
    return answer
