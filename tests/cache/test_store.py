"""The store over a Redis that is well, away, stalled, full, read-only or holds nonsense: never an error."""

from __future__ import annotations

import io
import multiprocessing
import signal
import time
from collections.abc import Iterator

import pytest
from redis.exceptions import ReadOnlyError

from caveat.cache import clear, stats
from caveat.cache.envelope import seal, unseal
from caveat.cache.housekeeping import Unreachable
from caveat.cache.store import EmbeddedStore, Store, open_store
from caveat.cache.tally import Silent
from caveat.journal import journal
from services import Cluster, RedisServer, eventually

JOURNAL = journal("error", io.BytesIO())
A, B = "caveat:a:1", "caveat:b:1"


class Failures(Silent):
    """A tally that remembers what failed."""

    def __init__(self) -> None:
        self.what: list[str] = []

    def failed(self, what: str) -> None:
        self.what.append(what)


def opened(url: str | None, tally: Silent | None = None, ttl: int = 60, most_bytes: int = 2**24) -> Store:
    return open_store(url, ttl, most_bytes, tally or Silent(), JOURNAL)


@pytest.fixture(params=["embedded", "redis", "cluster"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    url = None if request.param == "embedded" else request.getfixturevalue(request.param).url
    made = opened(url)
    yield made
    made.close()


def test_what_is_put_is_there_for_its_time_and_nothing_else_is(store: Store) -> None:
    values = {f"caveat:b:{n}": bytes([n % 256]) * n for n in range(1_200)}
    store.put(values)
    kept = store.get_many([*values, "caveat:b:none"])
    assert [unseal(value) if value else None for value in kept] == [*values.values(), None]
    assert store.get("caveat:a:none") is None
    left = store.line.ask("ttl", lambda redis: redis.ttl("caveat:b:7"), None)
    assert left is not None
    assert 50 < left <= 60


def test_counts_begin_anew_when_their_window_ends(store: Store) -> None:
    assert [store.count("caveat:l:x", 1, 60) for _ in range(3)] == [1, 2, 3]
    count, left = store.counted("caveat:l:x") or (0, 0)
    assert count == 3
    assert 50 < left <= 60
    assert store.count("caveat:l:y", 5, 1) == 5
    eventually(lambda: store.counted("caveat:l:y") == (0, 0), "the window ends")


def test_housekeeping_counts_and_clears_only_what_is_ours(store: Store) -> None:
    store.put({f"caveat:a:{n}": b"x" for n in range(700)} | {f"caveat:b:{n}": b"x" for n in range(800)})
    store.line.ask("set", lambda redis: redis.set("another's", b"x"), None)
    found = stats(store)
    assert (found.kind, found.answers, found.blocks) == (store.kind, 700, 800)
    assert found.memory > 0
    assert clear(store) == 1_500
    assert stats(store).answers == 0
    assert store.get("another's") == b"x"


def test_housekeeping_of_a_store_that_is_away_says_so(redis: RedisServer) -> None:
    store = opened(redis.url)
    redis.kill()
    with pytest.raises(Unreachable, match="REDIS_URL"):
        stats(store)
    with pytest.raises(Unreachable, match="REDIS_URL"):
        clear(store)
    store.close()


def test_a_redis_that_dies_is_a_miss_and_is_taken_up_again_when_it_returns(redis: RedisServer) -> None:
    tally = Failures()
    store = opened(redis.url, tally)
    store.put({A: b"one"})
    redis.kill()
    assert store.get(A) is None
    assert store.state == "down"
    failed = len(tally.what)
    for _ in range(1_000):
        assert store.get(A) is None
        store.put({A: b"two"})
    assert len(tally.what) == failed, "a line that is down is not tried by those who ask"
    redis.start()
    eventually(lambda: store.state == "up", "the line is up again")
    store.put({A: b"three"})
    assert store.get(A) == seal(b"three")
    store.close()


def test_a_redis_that_is_away_from_the_start_is_taken_up_when_it_comes(redis: RedisServer) -> None:
    redis.kill()
    store = opened(redis.url)
    assert store.state == "unused"
    assert store.get(A) is None
    redis.start()
    eventually(lambda: store.state == "up", "the line is up")
    store.close()


def test_a_redis_that_stalls_is_a_miss(redis: RedisServer) -> None:
    store = opened(redis.url)
    store.put({A: b"one"})
    redis.send(signal.SIGSTOP)
    assert store.get(A) is None
    assert store.get_many([A, B]) == [None, None]
    redis.send(signal.SIGCONT)
    eventually(lambda: store.get(A) == seal(b"one"), "the kept value is found again")
    store.close()


def test_a_full_redis_still_gives_what_it_has(redis: RedisServer) -> None:
    tally = Failures()
    store = opened(redis.url, tally)
    store.put({A: b"one"})
    with redis.client() as behind:
        behind.config_set("maxmemory-policy", "noeviction")
        behind.config_set("maxmemory", "1")
    store.put({B: b"two"})
    assert tally.what == ["put"]
    assert store.get(A) == seal(b"one")
    assert store.get(B) is None
    assert store.count("caveat:l:x", 1, 60) is None
    assert store.state == "up"
    store.close()


def test_a_read_only_redis_still_gives_what_it_has(redis: RedisServer) -> None:
    store = opened(redis.url)
    store.put({A: b"one"})
    with redis.client() as behind:
        behind.config_set("replica-serve-stale-data", "yes")
        behind.replicaof("127.0.0.1", str(redis.port + 1))
        with pytest.raises(ReadOnlyError):
            behind.set("x", "y")
    store.put({B: b"two"})
    assert store.get(A) == seal(b"one")
    assert store.state == "up"
    store.close()


def test_a_value_of_another_type_is_a_miss_and_is_healed_by_the_next_put(redis: RedisServer) -> None:
    store = opened(redis.url)
    with redis.client() as behind:
        behind.hset(A, "field", "value")
    assert store.get(A) is None
    store.put({A: b"one"})
    assert store.get(A) == seal(b"one")
    store.close()


@pytest.mark.parametrize(
    "kept", [b"", b"C", b"C1\0\0\0\0", seal(b"one")[:-1], seal(b"one") + b" ", b"one", b"\xff" * 90]
)
def test_what_is_not_what_was_sealed_is_nothing(kept: bytes) -> None:
    assert unseal(kept) is (None if kept != seal(b"") else b"")


def test_a_forked_process_opens_a_line_of_its_own(redis: RedisServer) -> None:
    store = opened(redis.url)
    store.put({A: b"one"})
    answers = multiprocessing.get_context("fork").SimpleQueue()

    def child() -> None:
        answers.put((store.state, store.get(A)))

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    assert answers.get() == ("unused", seal(b"one"))
    process.join()
    assert store.get(A) == seal(b"one")
    store.close()


def test_the_embedded_store_keeps_within_its_bytes_and_lets_the_oldest_go() -> None:
    store = opened(None, most_bytes=1024 * 1024)
    assert isinstance(store, EmbeddedStore)
    for n in range(400):
        store.put({f"caveat:b:{n}": bytes(10_000)})
        assert store.bytes <= 1024 * 1024
    assert store.get("caveat:b:0") is None
    assert store.get("caveat:b:399") is not None
    held = store.line.ask("keys", lambda redis: redis.dbsize(), 0)
    assert 80 < held < 110
    store.put({"caveat:a:huge": bytes(512 * 1024)})
    assert store.get("caveat:a:huge") is None, "a value that would push everything else out is not kept"
    assert store.get("caveat:b:399") is not None
    store.close()


def test_the_embedded_store_sweeps_what_has_expired() -> None:
    store = opened(None, ttl=1)
    assert isinstance(store, EmbeddedStore)
    store._sweep_seconds = 0.2
    store.put({A: bytes(10_000), B: bytes(10_000)})
    assert store.bytes > 20_000
    eventually(lambda: store.bytes == 0, "the ledger is empty")
    server = store.line.ask("server", lambda redis: redis.connection_pool.connection_kwargs["server"], None)
    eventually(lambda: not server.dbs[0]._dict, "the memory is let go, though nobody asked for the keys")
    store.close()


def test_a_cluster_that_loses_a_master_misses_and_then_finds_again(cluster: Cluster) -> None:
    store = opened(cluster.url)
    values = {f"caveat:b:{n}": b"x" for n in range(60)}
    store.put(values)
    time.sleep(0.2)  # replication is asynchronous: what the replica has not got is lost, and is a miss
    cluster.master_of("caveat:b:0").kill()
    assert store.get_many(list(values)) == [None] * 60 or store.get("caveat:b:0") is None
    eventually(lambda: store.get("caveat:b:0") is not None, "the replica has taken over", seconds=60)
    eventually(lambda: None not in store.get_many(list(values)), "everything is found again")
    store.put(values)
    store.close()
