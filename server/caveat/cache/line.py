"""The line to Redis: opened late, dropped at the first failure, taken up again by itself.

In: a question to put to a client (``lambda redis: redis.get(key)``). Out: its answer, or what the
caller would rather have than an error. Nothing here ever raises: a cache that cannot answer has
missed.

**Circuit breaker.** The first broken connection or timeout takes the line down, and from then on a
question costs nothing: it is answered with the fallback at once. A thread that lives only while the
line is down tries to open it anew, and puts the new client in place when Redis answers. So no
request pays for finding out whether Redis is back.

**Fork.** Connections and threads do not survive a fork; a line notices a new process by its id and
begins afresh there.
"""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable
from typing import Any, Literal, TypeVar

from redis.exceptions import ClusterDownError, ConnectionError, RedisError, TimeoutError

from caveat.cache.tally import Tally
from caveat.journal import Journal

T = TypeVar("T")
Client = Any  # redis-py's classes share their commands, but no useful type
State = Literal["unused", "up", "down"]

# Seconds between attempts to open the line again: soon at first, as a restart takes about a second.
_FIRST_TRY, _SLOWEST_TRY = 0.25, 5.0

# A Redis that answers "no" (full, read-only, wrong type) is still there; these mean that it is not.
_GONE = (ConnectionError, TimeoutError, ClusterDownError)


class Line:
    """A client that may be away."""

    def __init__(self, dial: Callable[[], Client], tally: Tally, journal: Journal) -> None:
        self._dial = dial  # opens a client and makes sure that it answers; raises where it does not
        self._tally = tally
        self._journal = journal
        self._begin()

    def _begin(self) -> None:
        self._pid = os.getpid()
        self._lock = threading.Lock()
        self._client: Client | None = None
        self._closed = threading.Event()
        self._state: State = "unused"

    @property
    def state(self) -> State:
        """``unused`` until the first question in this process."""
        return self._state if self._pid == os.getpid() else "unused"

    def ask(self, what: str, question: Callable[[Client], T], otherwise: T) -> T:
        """The answer to ``question``, or ``otherwise``; ``what`` names it in metrics and journal."""
        client = self._client if self._pid == os.getpid() else None
        if client is None and (client := self._open()) is None:
            return otherwise
        try:
            return question(client)
        # Redis-py lets errors of many kinds through while a cluster changes shape (ValueError and
        # AttributeError among them); none of them may reach a reader.
        except Exception as error:  # noqa: BLE001
            self._tally.failed(what)
            refused = isinstance(error, RedisError) and not isinstance(error, _GONE)
            self._journal.warning("cache failed", what=what, error=type(error).__name__, refused=refused)
            if not refused:
                self._drop(client)
            return otherwise

    def close(self) -> None:
        """End the connections and the thread, if any. The line opens again when it is asked again."""
        self._closed.set()
        with self._lock:
            client: Client = self._client
            self._client, self._state = None, "unused"
            self._closed = threading.Event()
        if client is not None:
            client.close()

    def _open(self) -> Client | None:
        """The first client of this process, or None while the line is down."""
        if self._pid != os.getpid():
            self._begin()
        with self._lock:
            if self._state == "unused":
                try:
                    self._client = self._dial()
                    self._state = "up"
                except Exception as error:  # noqa: BLE001 - as above
                    self._tally.failed("open")
                    self._journal.warning("cache unreachable", error=type(error).__name__)
                    self._go_down()
            return self._client

    def _drop(self, client: Client) -> None:
        close: Callable[[], None] = client.close
        with self._lock:
            if client is self._client:  # else another thread was first
                self._client = None
                self._go_down()
                threading.Thread(target=close, daemon=True).start()

    def _go_down(self) -> None:
        self._state = "down"
        threading.Thread(target=self._redial, args=(self._closed,), name="caveat-redial", daemon=True).start()

    def _redial(self, closed: threading.Event) -> None:
        pause = _FIRST_TRY
        while not closed.wait(pause * random.uniform(0.8, 1.2)):  # noqa: S311 - spreads workers, no secret
            try:
                client = self._dial()
            except Exception:  # noqa: BLE001 - as above; it was journalled when the line went down
                pause = min(pause * 2, _SLOWEST_TRY)
                continue
            with self._lock:
                if not closed.is_set():
                    self._client, self._state = client, "up"
                    self._journal.info("cache reachable again")
                    return
            client.close()
