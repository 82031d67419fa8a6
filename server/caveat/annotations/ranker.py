"""The ranker: ranks within a minute of new ratings, in one process of all that serve.

In: a database, a clock, and whom to tell which pages' look-ups are out of date. Out: a thread in each process
that serves, of which one at a time has the lease to rank; it is a row of the database, so that it also holds
between machines, and runs out by itself where its holder was killed. What can go wrong: whatever does is
journalled, and tried again at the next turn. While ratings are stopped, nothing is ranked.

Who ranked last knows what it read, and has the next turn: others stand back until they find the same turn
still not taken when they look again. So one process of all remembers two million ratings, and not each.
"""

from __future__ import annotations

import os
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from caveat.annotations import brake, standing
from caveat.annotations.brake import Part
from caveat.annotations.known import Known
from caveat.annotations.models import Switch
from caveat.annotations.standing import Ranked
from caveat.database import Database, DatabaseError
from caveat.journal import Journal

PAUSE = 15.0  # seconds between looks; a ranking of two million ratings takes half of what is left of a minute
# Three times as long as reading and ranking two million ratings for the first time; who writes for longer
# renews it. As long all wait where its holder was killed.
LEASE = timedelta(minutes=2)
RENEWED = LEASE / 4  # so often
_TURN = "ranking-turn"


class Ranker:
    """Ranks whenever it is due, from the first ``attend`` in a process until ``close``."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        out_of_date: Callable[[Iterable[str]], None],
        journal: Journal,
        pause: float = PAUSE,
    ) -> None:
        self._database = database
        self._clock = clock
        self._out_of_date = out_of_date
        self._journal = journal
        self._pause = pause
        self._lock = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        self._pid = os.getpid()
        self._name = uuid.uuid4().hex
        self._closed = threading.Event()
        self._known: Known | None = None
        self._stood_back: dict[str, str] | None = None
        self._thread: threading.Thread | None = None

    def attend(self) -> None:
        """Have the thread run in this process. For every request, as no thread survives a fork."""
        if self._thread is not None and self._pid == os.getpid():
            return
        with self._lock:
            if self._pid != os.getpid():
                self._begin()
            if self._thread is None and not self._closed.is_set():
                self._thread = threading.Thread(target=self._run, name="caveat-ranker", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """End the thread, after what it is doing, and let others have the next turn."""
        if self._pid == os.getpid():
            self._closed.set()
            if self._thread is not None:
                self._thread.join()
            if self._known is not None:
                with suppress(DatabaseError):  # the others will stand back once
                    end_lease(self._database, self._name, self._clock())

    def turn(self) -> Ranked | None:
        """Rank if it is due and nobody else does. Raises ``DatabaseError``."""
        now = self._clock()
        with self._database.read() as session:
            if not standing.is_due(session, now) or brake.state(session).stops(Part.RATINGS):
                return None
            if self._stands_back(session):
                return None
        if not take_lease(self._database, self._name, now):
            return None
        known, self._known = self._known, None  # where this fails, all of it is read the next time
        try:
            ranked = standing.rank_now(
                self._database, now, before=known, tell=self._out_of_date, alive=self._renewed_from(now)
            )
        finally:
            rest_lease(self._database, self._name, now)
        self._known = ranked.known
        return ranked

    def _renewed_from(self, since: datetime) -> Callable[[], None]:
        """What a ranking calls now and then, so that nobody takes it for dead."""
        last = since

        def renew() -> None:
            nonlocal last
            now = self._clock()
            if now - last >= RENEWED:
                last = now
                take_lease(self._database, self._name, now)

        return renew

    def _stands_back(self, session: Session) -> bool:
        """Whether the turn is first another's, who ranked last; then what was known here is old."""
        lease = session.get(Switch, _TURN)
        found = dict(lease.value) if lease is not None else {}
        if found.get("name") in (None, self._name) or found == self._stood_back:
            self._stood_back = None
            return False
        self._known, self._stood_back = None, found
        return True

    def _run(self) -> None:
        took = 0.0
        # It rests as long as it computed, so that it never has more than half of a processor; not as long as
        # it waited for one, or it would come late just where the machine is busy.
        while not self._closed.wait(max(self._pause, took)):
            began = time.thread_time()
            try:
                self._journalled(self.turn())
            except Exception as error:  # noqa: BLE001 - the thread has to live; the next turn tries again
                self._journal.error("ranking failed", error=type(error).__name__)
                continue
            took = time.thread_time() - began

    def _journalled(self, ranked: Ranked | None) -> None:
        if ranked is not None:
            ranking = ranked.ranking
            self._journal.info("ranked", ratings=ranking.counted, rule=ranking.rule, moved=len(ranked.moved))


def take_lease(database: Database, name: str, now: datetime) -> bool:
    """Have the turn to rank, if nobody else has."""
    value = {"name": name, "until": (now + LEASE).isoformat()}
    try:
        with database.begin() as session:
            lease = session.scalar(select(Switch).where(Switch.name == _TURN).with_for_update())
            if lease is None:
                session.add(Switch(name=_TURN, value=value, changed=now))
                return True
            if lease.value["name"] != name and datetime.fromisoformat(lease.value["until"]) > now:
                return False
            lease.value, lease.changed = value, now
    except IntegrityError:  # two made the row at once
        return False
    return True


def rest_lease(database: Database, name: str, now: datetime) -> None:
    """Give the turn back, if it is still one's own, and have the next one first."""
    _give_back(database, name, {"name": name, "until": now.isoformat()}, now)


def end_lease(database: Database, name: str, now: datetime) -> None:
    """Give the turn back, if it is still one's own; whoever comes has the next."""
    _give_back(database, name, {"name": None, "until": now.isoformat()}, now)


def _give_back(database: Database, name: str, value: dict[str, str | None], now: datetime) -> None:
    with database.begin() as session:
        lease = session.scalar(select(Switch).where(Switch.name == _TURN).with_for_update())
        if lease is not None and lease.value["name"] == name:
            lease.value, lease.changed = value, now
