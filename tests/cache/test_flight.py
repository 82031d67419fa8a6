"""One reading for a hundred requests: in one process, between processes, and when the leader fails."""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from caveat.cache.envelope import unseal
from caveat.cache.flight import Flights
from caveat.cache.keys import FLIGHT
from caveat.cache.line import Line
from caveat.cache.store import EmbeddedStore, Store, open_store
from caveat.cache.tally import Silent
from caveat.journal import journal
from services import RedisServer, eventually

TALLY, JOURNAL = Silent(), journal("error", io.BytesIO())


@pytest.fixture(params=["embedded", "redis"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    url = request.getfixturevalue("redis").url if request.param == "redis" else None
    opened = open_store(url, 60, 2**24, TALLY, JOURNAL)
    yield opened
    opened.close()


class Making:
    """Something slow to make, which counts how often it is made."""

    def __init__(self, store: Store, failures: int = 0) -> None:
        self.store, self.failures, self.times = store, failures, 0
        self.begun, self.finish = threading.Event(), threading.Event()
        self._lock = threading.Lock()

    def look(self) -> bytes | None:
        return unseal(self.store.get("caveat:a:x") or b"")

    def make(self) -> bytes:
        with self._lock:
            self.times += 1
            failing = self.times <= self.failures
        self.begun.set()
        self.finish.wait(30)
        if failing:
            raise RuntimeError("cannot")
        self.store.put({"caveat:a:x": b"made"})
        return b"made"


def test_a_hundred_who_ask_at_once_get_one_making(store: Store) -> None:
    flights, making = Flights(store, TALLY), Making(store)
    with ThreadPoolExecutor(100) as pool:
        asked = [pool.submit(flights.fly, "x", 30, making.look, making.make) for _ in range(100)]
        making.begun.wait(30)
        making.finish.set()
        assert {future.result() for future in asked} == {b"made"}
    assert making.times == 1


def test_a_leader_that_fails_fails_alone(store: Store) -> None:
    flights, making = Flights(store, TALLY), Making(store, failures=1)
    with ThreadPoolExecutor(10) as pool:
        asked = [pool.submit(flights.fly, "x", 30, making.look, making.make) for _ in range(10)]
        making.begun.wait(30)
        making.finish.set()
        outcomes = [future.exception() for future in asked]
    assert sum(isinstance(outcome, RuntimeError) for outcome in outcomes) == 1
    assert making.times == 2
    if store.shared:
        assert store.get(FLIGHT + "x") is None, "the claim is given back"


def test_who_waits_too_long_for_a_leader_makes_it_himself(store: Store) -> None:
    flights, stuck = Flights(store, TALLY), Making(store)
    with ThreadPoolExecutor(1) as pool:
        leader = pool.submit(flights.fly, "x", 30, stuck.look, stuck.make)
        stuck.begun.wait(30)
        assert flights.fly("x", 0.05, lambda: None, lambda: b"own") == b"own"
        stuck.finish.set()
        leader.result()


def test_of_those_who_wait_too_long_one_makes_it_for_all(store: Store) -> None:
    flights, stuck, second = Flights(store, TALLY), Making(store), Making(store)
    second.finish.set()
    with ThreadPoolExecutor(21) as pool:
        leader = pool.submit(flights.fly, "x", 30, stuck.look, stuck.make)
        stuck.begun.wait(30)
        waiting = [pool.submit(flights.fly, "x", 0.2, second.look, second.make) for _ in range(20)]
        assert {future.result() for future in waiting} == {b"made"}
        assert second.times == 1
        stuck.finish.set()
        assert leader.result() == b"made"


def test_a_claim_that_has_passed_to_another_is_not_released(redis: RedisServer) -> None:
    store = open_store(redis.url, 60, 0, TALLY, JOURNAL)
    assert store.claim("caveat:f:x", "mine", 30)
    with redis.client() as behind:
        behind.set("caveat:f:x", "another's")
        store.release("caveat:f:x", "mine")
        assert behind.get("caveat:f:x") == b"another's"
        store.release("caveat:f:x", "another's")
        assert behind.get("caveat:f:x") is None
    store.close()


def _fly_elsewhere(url: str, folder: str, slow: bool) -> None:
    """In a process of its own: fly, leaving a file for every making."""
    store = open_store(url, 60, 0, TALLY, JOURNAL)

    def make() -> bytes:
        Path(folder, f"made-{os.getpid()}-{time.monotonic_ns()}").touch()
        time.sleep(60 if slow else 0.5)
        store.put({"caveat:a:x": b"made"})
        return b"made"

    def look() -> bytes | None:
        kept = store.get("caveat:a:x")
        return b"made" if kept else None

    flights = Flights(store, TALLY)
    with ThreadPoolExecutor(50) as pool:
        asked = [pool.submit(flights.fly, "x", 3, look, make) for _ in range(50)]
        assert {future.result() for future in asked} == {b"made"}
    Path(folder, f"done-{os.getpid()}").touch()
    store.close()


def _elsewhere(url: str, folder: Path, *, slow: bool = False) -> multiprocessing.process.BaseProcess:
    process = multiprocessing.get_context("spawn").Process(
        target=_fly_elsewhere, args=(url, str(folder), slow)
    )
    process.start()
    return process


def test_two_processes_that_ask_at_once_make_it_once(redis: RedisServer, tmp_path: Path) -> None:
    processes = [_elsewhere(redis.url, tmp_path) for _ in range(2)]
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    assert len(list(tmp_path.glob("done-*"))) == 2
    assert len(list(tmp_path.glob("made-*"))) == 1


def test_the_claim_of_a_killed_leader_expires_and_another_leads(redis: RedisServer, tmp_path: Path) -> None:
    leader = _elsewhere(redis.url, tmp_path, slow=True)
    eventually(lambda: bool(list(tmp_path.glob("made-*"))), "the leader is making")
    assert leader.pid
    os.kill(leader.pid, signal.SIGKILL)
    leader.join(30)
    follower = _elsewhere(redis.url, tmp_path)
    follower.join(60)
    assert follower.exitcode == 0
    assert len(list(tmp_path.glob("made-*"))) == 2


def test_without_a_store_everyone_is_still_answered() -> None:
    def nobody() -> None:
        raise ConnectionRefusedError

    store = Store(Line(nobody, TALLY, JOURNAL), 60)
    flights, making = Flights(store, TALLY), Making(store)
    with ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(flights.fly, "x", 30, making.look, making.make) for _ in range(20)]
        making.begun.wait(30)
        making.finish.set()
        assert {future.result() for future in asked} == {b"made"}
    store.close()


def test_an_embedded_store_needs_no_claims() -> None:
    store = open_store(None, 60, 2**24, TALLY, JOURNAL)
    assert isinstance(store, EmbeddedStore)
    making = Making(store)
    making.finish.set()
    assert Flights(store, TALLY).fly("x", 30, making.look, making.make) == b"made"
    assert store.line.ask("keys", lambda redis: redis.keys(f"{FLIGHT}*"), None) == []
    store.close()
