"""Single flight: many ask for one unseen article, one reads it.

In: a key, how to look for its value, how to make it. Out: the value. What can go wrong: what
``make`` raises, and only to the one who called it; those who waited for it then try themselves.

Within a process, the first to ask leads and the others wait for an event. Between processes, the
leader claims the key in the store (``SET NX`` with an expiry above the worst reading) and the
others look again, at jittered moments, until the value is there, the claim is free (its holder gave
up, or was killed), or they have waited long enough and make it themselves. A claim is a courtesy,
never a lock that correctness rests on: two readings of one article give the same bytes.
"""

from __future__ import annotations

import random
import secrets
import threading
import time
from collections.abc import Callable

from caveat.cache.keys import FLIGHT
from caveat.cache.store import Store
from caveat.cache.tally import Tally

# Seconds between two looks: short beside the 250 ms of a reading, long beside the 0.1 ms of a look.
_FIRST_LOOK, _SLOWEST_LOOK = 0.01, 0.1


class _Flight:
    """One value under way."""

    __slots__ = ("landed", "value")

    def __init__(self) -> None:
        self.landed = threading.Event()
        self.value: bytes | None = None


class Flights:
    """All values under way in this process."""

    def __init__(self, store: Store, tally: Tally) -> None:
        self._store = store
        self._tally = tally
        self._lock = threading.Lock()
        self._under_way: dict[str, _Flight] = {}

    def fly(
        self, key: str, seconds: float, look: Callable[[], bytes | None], make: Callable[[], bytes]
    ) -> bytes:
        """The value of ``key``: another's where one is being made, else made here.

        ``seconds`` is more than making it can take. ``make`` keeps the value where ``look`` finds it.
        """
        followed = False
        while True:
            with self._lock:
                flight = self._under_way.get(key)
                if leading := flight is None:
                    flight = self._under_way[key] = _Flight()
            if leading:
                return self._lead(flight, key, seconds, look, make)
            if not followed:
                followed = True
                self._tally.followed()
            # Twice, because the leader may itself wait for another process before it makes the value.
            if not flight.landed.wait(2 * seconds):
                self._give_up(key, flight)
            elif flight.value is not None:
                return flight.value
            # The leader failed or is stuck: one of those who waited leads next, and the rest follow it.

    def _give_up(self, key: str, flight: _Flight) -> None:
        with self._lock:
            if self._under_way.get(key) is flight:  # else another who waited was first
                del self._under_way[key]

    def _lead(
        self,
        flight: _Flight,
        key: str,
        seconds: float,
        look: Callable[[], bytes | None],
        make: Callable[[], bytes],
    ) -> bytes:
        try:
            flight.value = (self._claimed if self._store.shared else _alone)(key, seconds, look, make)
            return flight.value
        finally:
            self._give_up(key, flight)
            flight.landed.set()

    def _claimed(
        self, key: str, seconds: float, look: Callable[[], bytes | None], make: Callable[[], bytes]
    ) -> bytes:
        claim, token = FLIGHT + key, secrets.token_hex(8)
        deadline, pause, followed = time.monotonic() + seconds, _FIRST_LOOK, False
        while True:
            ours = self._store.claim(claim, token, seconds)
            if ours is None:  # no store, no claims
                return make()
            # Also when it is ours: another process may have landed since we last looked.
            if (value := look()) is not None:
                if ours:
                    self._store.release(claim, token)
                return value
            if ours:
                try:
                    return make()
                finally:
                    self._store.release(claim, token)
            if not followed:
                followed = True
                self._tally.followed()
            if time.monotonic() > deadline:
                return make()
            time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - spreads processes, no secret
            pause = min(pause * 1.5, _SLOWEST_LOOK)


def _alone(_key: str, _seconds: float, look: Callable[[], bytes | None], make: Callable[[], bytes]) -> bytes:
    # A flight may have landed between our caller's look and our taking the lead.
    return look() or make()
