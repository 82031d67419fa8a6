"""Writing down how annotations and raters stand: only what changed, and never for long at a time.

In: how a transaction is had (``shortly``), what was known, and what the ranking and ``earning`` made of it.
Out: in the store, the changes. What can go wrong: ``DatabaseError``.

SQLite has one writer, so that who writes for seconds keeps everybody waiting. Hence many short transactions,
with a rest after each that is as long as the transaction was. Each is right by itself: a status comes with
its numbers, its sentence and its line in the log. Where a ranking ends half-way, the next one finds what is
left to write, since it compares with what is in the store.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from caveat.accounts import log
from caveat.annotations.columns import Table, is_close
from caveat.annotations.earning import Earned
from caveat.annotations.known import RATERS, STATUSES, Known
from caveat.annotations.models import Annotation, Page, Rater, Status
from caveat.annotations.ranking import DAY, NONE, Held, Ranking, Ratings, Rule, reason
from caveat.annotations.ranking import Status as Rank
from caveat.annotations.ranking.ratings import found
from caveat.annotations.ranking.writing import EARN
from caveat.database import Database

RANKED = (Status.PENDING, Status.NEEDS_RATINGS, Status.HELPFUL, Status.NOT_HELPFUL)
"""Statuses that the ranking gives and takes. The others a person gave."""
# A number that moved less than this is not written again: each new rating moves every number a little, and
# thresholds have two digits. Fifty ratings among two million move 120 to 460 of 200,000 by so much, and 7,000
# to 17,000 by .001. Statuses come from the numbers as they are, never from those that were written.
CLOSE = 0.005
Writing = Callable[[], AbstractContextManager[Session]]
UNRATED = "Needs ratings: there is none of its wording."
# Rows in one transaction, of less than a tenth of a second on SQLite: statuses come with lines in the log.
MOVES, NUMBERS = 100, 2_000
_GIVEN = {
    Rank.NEEDS_RATINGS: Status.NEEDS_RATINGS,
    Rank.HELPFUL: Status.HELPFUL,
    Rank.NOT_HELPFUL: Status.NOT_HELPFUL,
}
_CODES = np.array([STATUSES.index(_GIVEN[rank]) for rank in Rank], np.int8)
RANKS = np.array([status in RANKED for status in STATUSES], np.bool_)
_DECIDED = np.array([status in (Status.HELPFUL, Status.NOT_HELPFUL) for status in STATUSES], np.bool_)


def is_ranked(annotations: Table) -> NDArray[np.bool_]:
    """Where the status is the ranking's to give, not a person's who hid it or holds it."""
    is_held = (annotations["status"] == STATUSES.index(Status.PENDING)) & ~np.isnan(annotations["locked"])
    return np.asarray(RANKS[annotations["status"]] & ~is_held)


@dataclass(frozen=True)
class Changes:
    """What is to be written of annotations; rows of ``known.annotations``, as they are to be."""

    place: NDArray[np.int64]  # of each row in ``known.annotations``
    at: NDArray[np.int64]  # and in the ranking; -1 where no rating is left
    rows: Table
    was: NDArray[np.int8]  # the status so far
    moved: NDArray[np.bool_]  # another one now


def changes(known: Known, ranking: Ranking, now: datetime) -> Changes:
    """Where an annotation has another status, or numbers or a sentence that are to be written again."""
    place = np.searchsorted(known.annotations["id"], ranking.notes)
    at, rated = _rated(known.annotations[place], ranking)
    gone, unrated = _unrated(known.annotations, ranking, now)
    place, at = np.append(place[at], gone), np.append(at, np.full(len(gone), -1))
    rows, was = np.append(rated, unrated), known.annotations["status"][place]
    moved = rows["status"] != was
    rows["since"][moved] = now.timestamp()
    settles = now.timestamp() + ranking.settings.lock_after
    rows["locked"][moved] = np.where(_DECIDED[rows["status"][moved]], settles, np.nan)
    return Changes(place, at, rows, was, moved)


def _rated(old: Table, ranking: Ranking) -> tuple[NDArray[np.int64], Table]:
    """Which of those that were ranked are to be written, and how they are then."""
    said = ranking.known
    new = old.copy()
    new["intercept"], new["factor"], new["ratings"] = said.intercept, said.factor, said.ratings
    new["helpful"], new["count"] = said.helpful.T, said.count.T
    new["status"] = _CODES[ranking.status]
    moved = new["status"] != old["status"]
    new["revision"] += moved
    new["basis"] = _basis(ranking, new["revision"])
    same = (new["basis"] == old["basis"]) & (new["ratings"] == old["ratings"])
    same &= (new["helpful"] == old["helpful"]).all(1) & (new["count"] == old["count"]).all(1)
    for number in ("intercept", "factor"):
        same &= is_close(old[number], new[number], CLOSE)
    at = np.flatnonzero(is_ranked(old) & (moved | ~same))
    return at, new[at]


def _unrated(annotations: Table, ranking: Ranking, now: datetime) -> tuple[NDArray[np.int64], Table]:
    """Which of all were ranked before and have no rating any more, since all were taken back or the wording
    is another one; and how they are then. A status that ratings would not change either, being locked, frozen
    or a moderator's, stays."""
    is_decided = _DECIDED[annotations["status"]]
    all_stay = ranking.rule is Rule.QUEUE or ranking.fresh > ranking.settings.fresh_share
    stays = is_decided & (all_stay | (annotations["locked"] <= now.timestamp()))
    goes = (annotations["ratings"] >= 0) & is_ranked(annotations) & ~stays
    place = np.flatnonzero(goes & (found(annotations["id"], ranking.notes) < 0))
    new = annotations[place]
    new["revision"] += is_decided[place]
    new["status"][is_decided[place]] = STATUSES.index(Status.NEEDS_RATINGS)
    new["intercept"] = new["factor"] = np.nan
    new["ratings"] = new["basis"] = -1
    new["helpful"] = new["count"] = 0
    return place, new


def _basis(ranking: Ranking, revision: NDArray[np.int64]) -> NDArray[np.int64]:
    """What a sentence rests on besides the numbers of its annotation, as a number: the rule, what holds the
    status, and the revision, since whoever changes an annotation may have put another sentence there."""
    settings = ranking.settings
    few = f" {ranking.qualified} {ranking.counted}" if ranking.rule is Rule.QUEUE else ""
    said = {
        Held.NO: f"{ranking.rule}{few}",
        Held.LOCKED: f"locked {settings.lock_after / DAY:.0f}",
        Held.FROZEN: f"frozen {ranking.fresh:.0%}",
    }
    by = np.array([crc32(said[held].encode()) for held in Held], np.int64)
    return (by[ranking.held] + revision * 0x9E3779B1) % 2**31


def record_statuses(
    writing: Writing,
    ranking: Ranking,
    changed: Changes,
    now: datetime,
    tell: Callable[[frozenset[str]], object],
) -> list[int]:
    """Give annotations other statuses, where no person was quicker; gives those that have them. ``tell`` gets
    the prefixes of their pages as soon as readers can see it."""
    given: list[int] = []
    for part in _parts(np.flatnonzero(changed.moved), MOVES):
        moves = {int(changed.rows["id"][k]): _Move.of(ranking, changed, k) for k in part}
        with writing() as session:
            moved = _move(session, moves, timedelta(seconds=ranking.settings.lock_after), now)
            prefixes = _prefixes(session, moved)
        given += moved
        tell(prefixes)
    return given


class _Move(NamedTuple):
    """A change of status."""

    was: Status
    becomes: Status
    values: dict[str, Any]

    @classmethod
    def of(cls, ranking: Ranking, changed: Changes, at: int) -> _Move:
        becomes = STATUSES[changed.rows["status"][at]]
        return cls(STATUSES[changed.was[at]], becomes, _values(ranking, changed, at))


def _move(session: Session, moves: dict[int, _Move], lock_after: timedelta, now: datetime) -> list[int]:
    some = Annotation.id.in_(moves)
    query = select(Annotation.id, Annotation.status).where(some).order_by(Annotation.id).with_for_update()
    found = [(id_, moves[id_]) for id_, status in session.execute(query) if status == moves[id_].was]
    if not found:
        return []
    rows = [
        {
            "its_id": id_,
            "its_status": move.was,
            "status": move.becomes,
            "status_since": now,
            "locked": now + lock_after if move.becomes != Status.NEEDS_RATINGS else None,
            **move.values,
        }
        for id_, move in found
    ]
    _update(session, rows, {"revision": Annotation.__table__.c.revision + 1})
    lines = (
        (f"annotation:{id_}", move.values["reason"], {"before": move.was, "after": move.becomes})
        for id_, move in found
    )
    log.record_all(session, now, None, "status", lines)
    return [id_ for id_, _ in found]


def _prefixes(session: Session, ids: Sequence[int]) -> frozenset[str]:
    of_these = select(Page.prefix).join(Annotation, Annotation.page_id == Page.id)
    return frozenset(session.scalars(of_these.where(Annotation.id.in_(ids))))


def record_numbers(writing: Writing, ranking: Ranking, changed: Changes) -> None:
    """Write the numbers and sentences of annotations that keep their status."""
    # Where raters are few, a moderator found it helpful or not, and said why.
    own_words = (ranking.rule is Rule.QUEUE) & _DECIDED[changed.rows["status"]]
    for mine, without in ((~own_words, ()), (own_words, ("reason",))):
        for part in _parts(np.flatnonzero(mine & ~changed.moved), NUMBERS):
            rows = [
                {
                    "its_id": int(changed.rows["id"][k]),
                    "its_status": STATUSES[changed.was[k]],
                    **{
                        name: value
                        for name, value in _values(ranking, changed, k).items()
                        if name not in without
                    },
                }
                for k in part
            ]
            with writing() as session:
                _update(session, rows, {})


def _update(session: Session, rows: list[dict[str, Any]], more: dict[str, Any]) -> None:
    """Write columns of annotations that still have the status that was ranked."""
    columns: Any = Annotation.__table__
    still = (columns.c.id == bindparam("its_id"), columns.c.status == bindparam("its_status"))
    written: dict[str, Any] = {name: bindparam(name) for name in rows[0] if not name.startswith("its_")}
    session.connection().execute(update(columns).where(*still).values({**written, **more}), rows)


def _values(ranking: Ranking, changed: Changes, at: int) -> dict[str, Any]:
    if changed.at[at] < 0:
        return dict.fromkeys(("intercept", "factor", "standing", "basis")) | {"reason": UNRATED}
    row = changed.rows[at]
    sides = [{"helpful": float(row["helpful"][side]), "ratings": int(row["count"][side])} for side in (0, 1)]
    return {
        "intercept": _number(row["intercept"]),
        "factor": _number(row["factor"]),
        "standing": {"ratings": int(row["ratings"]), "sides": sides},
        "reason": reason(ranking, int(changed.at[at])),
        "basis": int(row["basis"]),
    }


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def record_raters(writing: Writing, known: Known, ratings: Ratings, ranking: Ranking, stand: Earned) -> None:
    """Write what changed of what is known of those who rated or wrote."""
    # Whoever took back all that they rated stands where they began.
    begun = np.setdiff1d(known.standing["id"][known.standing["ratings"] > 0], stand.ids)
    rows = np.zeros(len(stand.ids) + len(begun), RATERS)
    rows["id"] = np.append(stand.ids, begun)
    stood = rows[: len(stand.ids)]
    stood["impact"], stood["writes"], stood["debt"] = stand.impact, stand.may, stand.wanted - EARN
    at = np.searchsorted(stand.ids, ranking.raters)
    rows["ratings"][at] = np.bincount(ratings.rater, minlength=len(ranking.raters))
    rows["intercept"][at] = np.nan_to_num(ranking.rater_intercept)
    rows["factor"][at] = np.nan_to_num(ranking.rater_factor)
    rows["side"] = NONE
    rows["side"][at] = ranking.rater_side

    place = found(rows["id"], known.standing["id"])
    is_new = place < 0
    old = known.standing[place[~is_new]]
    new = rows[~is_new]
    same = np.ones(len(new), np.bool_)
    for name in ("ratings", "side", "impact", "writes", "debt"):
        same &= old[name] == new[name]
    for name in ("intercept", "factor"):
        same &= is_close(old[name], new[name], CLOSE)
    columns: Any = Rater.__table__
    names = [name for name in RATERS.names or () if name != "id"]
    written: dict[str, Any] = {name: bindparam(name) for name in names}
    change = update(columns).where(columns.c.account_id == bindparam("its_id")).values(written)
    for statement, key, some in (
        (insert(columns), "account_id", rows[is_new]),
        (change, "its_id", new[~same]),
    ):
        for part in _parts(np.arange(len(some)), NUMBERS):
            values = [dict(zip((key, *names), row, strict=True)) for row in some[part].tolist()]
            with writing() as session:
                session.connection().execute(statement, values)


def _parts(places: NDArray[np.int64], size: int) -> Iterator[NDArray[np.int64]]:
    return (places[start : start + size] for start in range(0, len(places), size))


@contextmanager
def shortly(database: Database, alive: Callable[[], object]) -> Iterator[Session]:
    """A transaction, and as long a rest for those who wait: a lock that is free for no time nobody gets.
    ``alive`` hears after it that the work goes on."""
    began = time.monotonic()
    with database.begin() as session:
        yield session
    alive()
    time.sleep(time.monotonic() - began)
