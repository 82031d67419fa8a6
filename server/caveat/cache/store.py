"""The store: keyed bytes with an expiry, in Redis or in this process.

In: keys of ``keys`` and bytes. Out: the bytes, or None: a store that fails has missed. One method a
question the rooms above have; each is one round trip.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from caveat.cache import dial
from caveat.cache.envelope import seal
from caveat.cache.line import Client, Line, State
from caveat.cache.tally import Tally
from caveat.journal import Journal

# Deletes a claim only if it is still ours: it may have expired and been taken by another process.
_RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"

# Counts in a window that begins with its first hit. EXPIRE ... NX would do, but needs Redis 7.
_COUNT = """
local count = redis.call('INCRBY', KEYS[1], ARGV[1])
if count == tonumber(ARGV[1]) then redis.call('EXPIRE', KEYS[1], ARGV[2]) end
return count
"""

_MOST_KEYS = 500  # in one command, so that no command holds Redis up for long


class Store:
    """Keyed bytes in a Redis or a Redis Cluster."""

    shared = True  # with other processes

    def __init__(self, line: Line, ttl: int, kind: str = "redis") -> None:
        self.line = line
        self.kind = kind  # for those who ask what it is: redis, cluster or embedded
        self._ttl = ttl

    @property
    def state(self) -> State:
        """Whether the store answers."""
        return self.line.state

    def get(self, key: str) -> bytes | None:
        """What is kept under ``key``."""
        kept: bytes | None = self.line.ask("get", lambda client: client.get(key), None)
        return kept

    def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        """What is kept under each key, in order."""

        def ask(client: Client) -> list[bytes | None]:
            mget = getattr(client, "mget_nonatomic", None) or client.mget
            found: list[bytes | None] = []
            for start in range(0, len(keys), _MOST_KEYS):
                found += mget(keys[start : start + _MOST_KEYS])
            return found

        return self.line.ask("get_many", ask, [None] * len(keys))

    def put(self, values: Mapping[str, bytes], seconds: int | None = None) -> None:
        """Keep values, for the store's time or for ``seconds``. A full store keeps what it can."""

        def ask(client: Client) -> None:
            pipeline = client.pipeline(transaction=False)
            for key, value in values.items():
                pipeline.set(key, seal(value), ex=seconds or self._ttl)
            pipeline.execute()

        if values:
            self.line.ask("put", ask, None)

    def claim(self, key: str, token: str, seconds: float) -> bool | None:
        """Take ``key`` if nobody has it; None where the store cannot say."""
        milliseconds = max(1, int(seconds * 1000))
        return self.line.ask(
            "claim", lambda client: bool(client.set(key, token, nx=True, px=milliseconds)), None
        )

    def release(self, key: str, token: str) -> None:
        """Give back a claim, if it is still ours."""
        self.line.ask("release", lambda client: client.eval(_RELEASE, 1, key, token), None)

    def count(self, key: str, times: int, seconds: int) -> int | None:
        """Count ``times`` more in a window of ``seconds``; None where the store cannot say."""
        return self.line.ask("count", lambda client: int(client.eval(_COUNT, 1, key, times, seconds)), None)

    def counted(self, key: str) -> tuple[int, int] | None:
        """The count in a window and the seconds it has left."""

        def ask(client: Client) -> tuple[int, int]:
            pipeline = client.pipeline(transaction=False)
            pipeline.get(key).ttl(key)
            count, left = pipeline.execute()
            return int(count or 0), max(0, int(left))

        return self.line.ask("counted", ask, None)

    def forget(self, keys: Iterable[str]) -> None:
        """Delete keys."""
        self.line.ask("forget", lambda client: client.delete(*keys), None)

    def close(self) -> None:
        """End connections and threads."""
        self.line.close()


class EmbeddedStore(Store):
    """Keyed bytes in this process, for as long as it runs.

    The stand-in has no ``maxmemory`` and lets go of an expired key only when somebody asks for it. So a
    timer sweeps, and a ledger of sizes in the order of writing bounds the whole: what was written longest
    ago goes first. Most values live equally long, so that is also what would expire first; what lives shorter
    is counted until then, which makes the bound a little tighter.
    """

    shared = False

    def __init__(self, line: Line, ttl: int, most_bytes: int, sweep_seconds: float = 60.0) -> None:
        super().__init__(line, ttl, "embedded")
        self._most_bytes = most_bytes
        self._sweep_seconds = sweep_seconds
        self._ledger: OrderedDict[str, _Entry] = OrderedDict()
        self._ledger_lock = threading.Lock()
        self._sweeper: threading.Timer | None = None
        self.bytes = 0

    def put(self, values: Mapping[str, bytes], seconds: int | None = None) -> None:
        """Keep values, and let go of the oldest where there is no room for all."""
        # A value that would push everything else out is not worth keeping.
        fitting = {key: value for key, value in values.items() if len(value) <= self._most_bytes // 4}
        if fitting:
            super().put(fitting, seconds)
            self._let_go(self._enter(fitting))
            self._keep_sweeping()

    def sweep(self) -> None:
        """Let go of what has expired."""
        now = time.monotonic()
        with self._ledger_lock:
            while self._ledger and next(iter(self._ledger.values())).until <= now:
                self.bytes -= self._ledger.popitem(last=False)[1].size
            self._sweeper = None
        self.line.ask("sweep", lambda client: client.dbsize(), None)  # looks at every expiry that is due
        if self._ledger:
            self._keep_sweeping()

    def close(self) -> None:
        """Stop the timer and let go of everything."""
        with self._ledger_lock:
            if self._sweeper:
                self._sweeper.cancel()
            self._sweeper = None
            self._ledger.clear()
            self.bytes = 0
        super().close()

    def _enter(self, values: Mapping[str, bytes]) -> list[str]:
        """Write values into the ledger; gives the keys that have to leave."""
        leaving = []
        until = time.monotonic() + self._ttl
        with self._ledger_lock:
            for key, value in values.items():
                if before := self._ledger.pop(key, None):
                    self.bytes -= before.size
                self._ledger[key] = _Entry(len(key) + len(value) + _OVERHEAD, until)
                self.bytes += self._ledger[key].size
            while self.bytes > self._most_bytes:
                key, entry = self._ledger.popitem(last=False)
                self.bytes -= entry.size
                leaving.append(key)
        return leaving

    def _let_go(self, keys: list[str]) -> None:
        if keys:
            self.forget(keys)

    def _keep_sweeping(self) -> None:
        """Start the timer that sweeps, in the process that writes: threads do not survive a fork."""
        with self._ledger_lock:
            if self._sweeper is None or not self._sweeper.is_alive():
                # Weakly, so that a timer does not keep a store alive that nobody uses any more.
                self._sweeper = threading.Timer(self._sweep_seconds, _sweep, [weakref.ref(self)])
                self._sweeper.daemon = True
                self._sweeper.start()


class _Entry(NamedTuple):
    """What the ledger knows of a key."""

    size: int
    until: float


_OVERHEAD = 400  # bytes Python takes for a key, an item, an expiry and a ledger entry


def _sweep(store: weakref.ref[EmbeddedStore]) -> None:
    if (found := store()) is not None:
        found.sweep()


def open_store(redis_url: str | None, ttl: int, most_bytes: int, tally: Tally, journal: Journal) -> Store:
    """The store for a setting of ``REDIS_URL``. Nothing is connected before the first question."""
    if redis_url is None:
        return EmbeddedStore(Line(dial.embedded, tally, journal), ttl, most_bytes)
    kind = "cluster" if "+cluster" in redis_url.partition("://")[0] else "redis"
    return Store(Line(dial.dialler(redis_url), tally, journal), ttl, kind)
