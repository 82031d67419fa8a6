"""The minute: how long after a rating readers see what comes of it, in a large store.

In: a store as ``crowd`` fills it, and its name. Out: seconds from the commit of ratings to the look-up that
shows their annotation, with the server's own ranker, in a process that begins and in one that has ranked; how
long a ranking and the sparing of a person keep SQLite's one writer. Each beside the time that reading the
table of ratings once takes, as that is this machine's measure of the store.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from statistics import median
from typing import Any

import crowd
from figures import Figure
from sqlalchemy import select

from caveat.accounts.models import Account
from caveat.annotations import known, lookup, sparing
from caveat.annotations.models import Annotation, Rating, Status, Verdict
from caveat.annotations.ranker import Ranker
from caveat.annotations.standing import rank_now
from caveat.database import Database
from caveat.journal import journal

RATERS, TIMES, MOST = 50, 2, 600.0  # ratings at once; how often; seconds that are waited for


def measure(name: str, database: Database) -> Iterator[Figure]:
    """A ranking of everything, then what a reader waits for, then the sparing of a person."""
    seconds, rows = _timed(lambda: _read(database))
    yield Figure(f"reading the ratings once, {name}", seconds, "s", detail=f"{rows:,} rows")
    kept = Kept(database)
    took, ranked = _timed(lambda: rank_now(database, datetime.now(UTC)))
    detail = f"{len(ranked.moved):,} statuses moved, {kept}; {took / seconds:.1f} times the reading"
    yield Figure(f"  a ranking by a process that begins, {name}", took, "s", detail=detail)
    del ranked
    wanted = iter(_waiting(database))
    for what, times in (("in a process that begins", 1), ("in one that has ranked", TIMES)):
        if what.startswith("in a process"):
            ranker = Ranker(
                database, lambda: datetime.now(UTC), lambda _: None, journal("error", io.BytesIO())
            )
            ranker.attend()
        kept = Kept(database)
        waited = [_shown(database, next(wanted)) for _ in range(times)]
        detail = f"{median(waited) / seconds:.1f} times the reading; {kept}"
        yield Figure(f"  from rating to look-up, {name}, {what}", max(waited), "s", 60.0, detail)
    ranker.close()
    yield from _sparing(name, database)


class Kept:
    """How long transactions that write are open."""

    def __init__(self, database: Database) -> None:
        self.seconds: list[float] = []
        begin = type(database).begin

        @contextmanager
        def timed() -> Iterator[Any]:
            with begin(database) as session:
                session.connection()
                start = time.perf_counter()
                yield session
            self.seconds.append(time.perf_counter() - start)

        database.begin = timed  # type: ignore[method-assign]

    def __str__(self) -> str:
        return f"{len(self.seconds)} writes, the longest {max(self.seconds, default=0) * 1e3:.0f} ms"


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _read(database: Database) -> int:
    with database.read() as session:
        return len(known._all_ratings(session))


def _waiting(database: Database) -> list[int]:
    """Annotations that wait, and would please everybody."""
    with database.read() as session:
        ids = (
            select(Annotation.id)
            .where(Annotation.status == Status.NEEDS_RATINGS)
            .order_by(Annotation.created)
        )
        return [id_ for id_ in session.scalars(ids.limit(1_000)) if crowd.pleases_all(id_)]


def _shown(database: Database, id_: int) -> float:
    """Have an annotation rated by many of both camps, and wait until a look-up has it."""
    now = datetime.now(UTC)
    with database.begin() as session:
        there = set(session.scalars(select(Rating.account_id).where(Rating.annotation_id == id_)))
        for by in [by for by in range(1, 2 * RATERS) if by not in there][:RATERS]:
            rating = Rating(annotation_id=id_, account_id=by, verdict=Verdict.HELPFUL, reasons=[])
            rating.created = rating.changed = now
            session.add(rating)
        prefix = session.get_one(Annotation, id_).page.prefix
    start = time.perf_counter()
    while time.perf_counter() - start < MOST:
        with database.read() as session:
            if id_ in [seen.annotation.id for seen in lookup.of_pages(session, prefix, None)]:
                return time.perf_counter() - start
        time.sleep(0.1)
    return MOST


def _sparing(name: str, database: Database) -> Iterator[Figure]:
    with database.read() as session:
        me = session.get_one(Account, 1)
        looked, found = _timed(lambda: sparing.search(session, me, "person", "Nobody Atall"))
    kept = Kept(database)
    with database.begin() as session:
        sparing.add(session, session.get_one(Account, 1), found, "Asked for.", datetime.now(UTC))
    yield Figure(f"  sparing a person, {name}", looked, "s", detail=f"reading; then {kept}")
