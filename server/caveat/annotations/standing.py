"""How annotations stand: all ratings through the ranking, and what it says back into the store.

In: a database and the time, and what was known the last time. Out: ``Ranked``, and in the store: the status,
numbers and sentence of each annotation that was rated, what each rater's ratings say of them and whether they
may write, and a line in the log for each change of status. What can go wrong: ``DatabaseError``; then a part
may be written, and the next ranking writes the rest.

Reading and computing take seconds where there are millions of ratings, so that nobody waits for them: they
happen before the transactions that write, and these are short. Whatever a person decided meanwhile (hid it,
withdrew it) stands, since an annotation is changed only where its status is still the one that was ranked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caveat.annotations import recording
from caveat.annotations.columns import Table
from caveat.annotations.earning import Became, Earned, earned
from caveat.annotations.known import LATE, MEMORY, STATUSES, Known, read
from caveat.annotations.models import Annotation, Rating, Status, Switch
from caveat.annotations.ranking import Ranking, Ratings, Settings, rank
from caveat.annotations.ranking import Standing as Before
from caveat.annotations.ranking import Status as Rank
from caveat.annotations.recording import RANKS, Changes, changes, is_ranked
from caveat.database import Database

# What became of an annotation, for those who foresaw it or wrote it.
_OUTCOMES = {
    Status.PENDING: Rank.NEEDS_RATINGS,
    Status.NEEDS_RATINGS: Rank.NEEDS_RATINGS,
    Status.HELPFUL: Rank.HELPFUL,
    Status.NOT_HELPFUL: Rank.NOT_HELPFUL,
    Status.HIDDEN: Rank.NOT_HELPFUL,
    Status.WITHDRAWN: Rank.NEEDS_RATINGS,
    Status.SETTLED: Rank.HELPFUL,
}
_OUTCOME = np.array([_OUTCOMES[status] for status in STATUSES], np.int8)
# Accounts come of age and statuses settle without a new rating.
_AT_LEAST = timedelta(hours=1)


@dataclass(frozen=True)
class Ranked:
    """What a ranking did."""

    ranking: Ranking
    moved: tuple[int, ...]
    """Annotations whose status changed."""
    prefixes: frozenset[str]
    """Of their pages: what is kept of look-ups there is out of date."""
    known: Known
    """What is in the store now, to be handed in the next time."""


def is_due(session: Session, now: datetime) -> bool:
    """Whether there is something that the last ranking did not know."""
    given = session.scalar(select(func.max(Rating.changed)))
    taken = session.scalar(select(func.max(Annotation.rating_taken_back)))
    newest = max((at for at in (given, taken) if at is not None), default=None)
    if newest is None:
        return False
    memory = session.get(Switch, MEMORY)
    if memory is None:
        return True
    read = datetime.fromisoformat(memory.value["read"])
    return newest > read - LATE or now - read >= _AT_LEAST


def rank_now(
    database: Database,
    now: datetime,
    settings: Settings | None = None,
    *,
    before: Known | None = None,
    tell: Callable[[frozenset[str]], object] = lambda _: None,
    alive: Callable[[], object] = lambda: None,
) -> Ranked:
    """Rank all annotations and write down how they stand. ``tell`` gets the prefixes of pages as soon as what
    readers see there is another; ``alive`` is called now and then. ``before`` saves reading what is known,
    and is used up."""
    with database.read() as session:
        known = read(session, now, before)
    rows = known.annotations
    outcome = _OUTCOME[np.where(rows["stood"] < 0, rows["status"], rows["stood"])]
    mu = known.memory.get("mu", 0.0)
    stood = Before.of(rows["id"], outcome, rows["since"], rows["intercept"], rows["factor"], mu)
    ratings = known.ratings()
    ranking = rank(ratings, known.raters, stood, now.timestamp(), settings)
    changed, stand = changes(known, ranking, now), _earned(known, ratings, ranking)

    prefixes: set[str] = set()

    def told(some: frozenset[str]) -> None:
        prefixes.update(some)
        tell(some)

    writing = partial(recording.shortly, database, alive)
    moved = recording.record_statuses(writing, ranking, changed, now, told)
    recording.record_raters(writing, known, ratings, ranking, stand)
    recording.record_numbers(writing, ranking, changed)
    memory = {"mu": ranking.mu, "read": now.isoformat(), "rule": ranking.rule.value}
    with database.begin() as session:
        session.merge(Switch(name=MEMORY, value=memory, changed=now))
        _keep_freeze(session, ranking, now)
    return Ranked(ranking, tuple(moved), frozenset(prefixes), _after(known, changed, moved, memory))


def _earned(known: Known, ratings: Ratings, ranking: Ranking) -> Earned:
    """Who may write, as things stand now."""
    rows = known.annotations
    outcome, since = _OUTCOME[rows["status"]], rows["since"].copy()
    places = np.searchsorted(rows["id"], ranking.notes)
    mine = is_ranked(rows)[places]
    outcome[places[mine]], since[places[mine]] = ranking.status[mine], ranking.since[mine]
    fate = _fate(rows, outcome, places, ranking)
    return earned(ratings, Became(rows["account"], outcome, fate, since), places)


def _fate(
    rows: Table, outcome: NDArray[np.int8], places: NDArray[np.int64], ranking: Ranking
) -> NDArray[np.int8]:
    """What became of annotations, for who wrote them: what was taken back counts as the ratings that it had
    say, as if it still stood, or as it stood where a person had decided. Else whoever sees a bad end coming
    could save their record from it. For its raters it counts nothing, since it never got its status."""
    withdrawn = rows["stood"] >= 0
    fate = np.where(withdrawn, _OUTCOME[rows["stood"]], outcome)
    judged = np.flatnonzero(withdrawn[places] & RANKS[rows["stood"][places]])
    fate[places[judged]] = ranking.status[judged]
    return fate


def _after(known: Known, changed: Changes, moved: list[int], memory: dict[str, Any]) -> Known:
    """What is known, with what was written. Where a person was quicker the revision is another in the store
    than the one from before the ranking, so that the next reading notices."""
    is_written = ~changed.moved | np.isin(changed.rows["id"], moved)
    known.annotations[changed.place[is_written]] = changed.rows[is_written]
    return replace(known, memory=memory)


def _keep_freeze(session: Session, ranking: Ranking, now: datetime) -> None:
    """Let the desk say whether statuses are frozen, and since when."""
    is_on = bool(ranking.fresh > ranking.settings.fresh_share)
    before = session.get(Switch, "freeze")
    if is_on == bool(before and before.value["on"]):
        return
    share = f"{ranking.fresh:.0%} of the week's ratings are by accounts younger than 14 days"
    reason = f"{share}, more than {ranking.settings.fresh_share:.0%}." if is_on else ""
    session.merge(Switch(name="freeze", value={"on": is_on, "reason": reason}, changed=now))
