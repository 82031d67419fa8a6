"""How annotations stand: all ratings through the ranking, and what it says back into the store.

In: a database and the time. Out: ``Ranked``, and in the store, in one transaction: the status, numbers and
sentence of each annotation that was rated, what each rater's ratings say of them and whether they may write,
and a line in the log for each change of status. What can go wrong: ``DatabaseError``; nothing is kept then.

Reading and computing take seconds where there are millions of ratings, so that nobody waits for them: they
happen before the transaction that writes. Whatever a person decided meanwhile (hid it, withdrew it) stands,
since an annotation is changed only where its status is still the one that was ranked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from caveat.accounts import log
from caveat.annotations.known import Known, numbers, read
from caveat.annotations.models import Annotation, Page, Rater, Rating, Status, Switch
from caveat.annotations.ranking import (
    Ranking,
    Rated,
    Rule,
    Settings,
    Writing,
    Written,
    rank,
    reason,
    writing,
)
from caveat.annotations.ranking import Standing as Before
from caveat.annotations.ranking import Status as Rank
from caveat.annotations.ranking.writing import EARN
from caveat.database import Database

RANKED = (Status.PENDING, Status.NEEDS_RATINGS, Status.HELPFUL, Status.NOT_HELPFUL)
"""Statuses that the ranking gives and takes. The others a person gave."""
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
_STATUSES = {
    Rank.NEEDS_RATINGS: Status.NEEDS_RATINGS,
    Rank.HELPFUL: Status.HELPFUL,
    Rank.NOT_HELPFUL: Status.NOT_HELPFUL,
}
UNRATED = "Needs ratings: there is none of its wording."
_MEMORY = "ranking"  # the switch in which one ranking remembers what it needs of the one before
_UNKNOWN: dict[str, Any] = {"intercept": None, "factor": None, "standing": None, "reason": UNRATED}
# A number that moved less than this is not written again: each new rating moves every number a little, and
# thresholds have two digits.
_CLOSE = 0.001
_BATCH = 500  # ids in one statement: both databases take thousands
# A rating is seen by others a moment after its time, when it is committed.
LATE = timedelta(seconds=30)
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


def is_due(session: Session, now: datetime) -> bool:
    """Whether there is something that the last ranking did not know."""
    given = session.scalar(select(func.max(Rating.changed)))
    taken = session.scalar(select(func.max(Annotation.rating_taken_back)))
    newest = max((at for at in (given, taken) if at is not None), default=None)
    if newest is None:
        return False
    memory = session.get(Switch, _MEMORY)
    if memory is None:
        return True
    read = datetime.fromisoformat(memory.value["read"])
    return newest > read - LATE or now - read >= _AT_LEAST


def rank_now(database: Database, now: datetime, settings: Settings | None = None) -> Ranked:
    """Rank all annotations and write down how they stand."""
    with database.read() as session:
        known = read(session)
        memory = session.get(Switch, _MEMORY)
    before = Before.of(
        known.ids,
        [_OUTCOMES[Status(row.stood or row.status)] for row in known.rows],
        known.since,
        numbers([row.intercept for row in known.rows]),
        numbers([row.factor for row in known.rows]),
        memory.value["mu"] if memory else 0.0,
    )
    ranking = rank(known.ratings, known.raters, before, now.timestamp(), settings)
    with database.begin() as session:
        moved = _write_annotations(session, known, ranking, now)
        _write_raters(session, known, ranking)
        remembered = {"mu": ranking.mu, "read": now.isoformat(), "rule": ranking.rule.value}
        session.merge(Switch(name=_MEMORY, value=remembered, changed=now))
        _keep_freeze(session, ranking, now)
        if moved:
            lines = (
                (f"annotation:{one.id}", one.why, {"before": one.was, "after": one.becomes}) for one in moved
            )
            log.record_all(session, now, None, "status", lines)
        ids = tuple(one.id for one in moved)
        prefixes = _prefixes(session, ids)
    return Ranked(ranking, ids, prefixes)


class _Move(NamedTuple):
    """A change of status."""

    id: int
    was: Status
    becomes: Status
    why: str

    def line(self) -> tuple[str, str, dict[str, Any]]:
        """As the log has it."""
        return f"annotation:{self.id}", self.why, {"before": self.was, "after": self.becomes}


def _keep_freeze(session: Session, ranking: Ranking, now: datetime) -> None:
    """Let the desk say whether statuses are frozen, and since when."""
    is_on = bool(ranking.fresh > ranking.settings.fresh_share)
    before = session.get(Switch, "freeze")
    if is_on == bool(before and before.value["on"]):
        return
    share = f"{ranking.fresh:.0%} of the week's ratings are by accounts younger than 14 days"
    reason = f"{share}, more than {ranking.settings.fresh_share:.0%}." if is_on else ""
    session.merge(Switch(name="freeze", value={"on": is_on, "reason": reason}, changed=now))


def _write_annotations(session: Session, known: Known, ranking: Ranking, now: datetime) -> list[_Move]:
    """Write what changed; gives the changes of status."""
    places = np.searchsorted(known.ids, ranking.notes)
    moves: dict[int, tuple[_Move, dict[str, Any]]] = {}
    counted = []
    for at, place in enumerate(places):
        row = known.rows[place]
        if not _is_ranked(row):
            continue
        values = _values(ranking, at)
        status = _STATUSES[Rank(int(ranking.status[at]))]
        if status != row.status:
            moves[row.id] = (_Move(row.id, Status(row.status), status, values["reason"]), values)
            continue
        if ranking.rule is Rule.QUEUE and status != Status.NEEDS_RATINGS:
            values["reason"] = row.reason  # a moderator's
        if not _is_close(row, values):
            counted.append({"its_id": row.id, "its_status": row.status, **values})
    for row in _without_ratings(known, ranking, now):
        if row.status in (Status.HELPFUL, Status.NOT_HELPFUL):
            move = _Move(row.id, Status(row.status), Status.NEEDS_RATINGS, UNRATED)
            moves[row.id] = (move, _UNKNOWN)
        else:
            counted.append({"its_id": row.id, "its_status": row.status, **_UNKNOWN})
    if counted:
        _update(session, counted, {})
    return _move(session, moves, timedelta(seconds=ranking.settings.lock_after), now)


def _without_ratings(known: Known, ranking: Ranking, now: datetime) -> Iterator[Any]:
    """What was ranked before and has no rating any more: all were taken back, or its wording is another one.
    A status that ratings would not change either, being locked, frozen or a moderator's, stays."""
    rated = np.isin(known.ids, ranking.notes)
    stays = ranking.rule is Rule.QUEUE or ranking.fresh > ranking.settings.fresh_share
    for place in np.flatnonzero(~rated):
        row = known.rows[int(place)]
        if row.standing is None or not _is_ranked(row):
            continue
        is_decided = row.status in (Status.HELPFUL, Status.NOT_HELPFUL)
        is_locked = row.locked is not None and row.locked <= now
        if not (is_decided and (stays or is_locked)):
            yield row


def _move(
    session: Session, moves: dict[int, tuple[_Move, dict[str, Any]]], lock_after: timedelta, now: datetime
) -> list[_Move]:
    """Give annotations other statuses, where no person was quicker."""
    moved, rows = [], []
    ids = sorted(moves)
    for start in range(0, len(ids), _BATCH):
        some = Annotation.id.in_(ids[start : start + _BATCH])
        locked = (
            select(Annotation.id, Annotation.status).where(some).order_by(Annotation.id).with_for_update()
        )
        for id_, status in session.execute(locked):
            move, values = moves[id_]
            if status != move.was:
                continue
            moved.append(move)
            rows.append(
                {
                    "its_id": id_,
                    "its_status": status,
                    "status": move.becomes,
                    "status_since": now,
                    "locked": now + lock_after if move.becomes != Status.NEEDS_RATINGS else None,
                    **values,
                }
            )
    if rows:
        _update(session, rows, {"revision": Annotation.__table__.c.revision + 1})
    return moved


def _update(session: Session, rows: list[dict[str, Any]], more: dict[str, Any]) -> None:
    """Write columns of annotations that still have the status that was ranked."""
    table: Any = Annotation.__table__
    still = (table.c.id == bindparam("its_id"), table.c.status == bindparam("its_status"))
    columns: dict[str, Any] = {name: bindparam(name) for name in rows[0] if not name.startswith("its_")}
    session.connection().execute(update(table).where(*still).values({**columns, **more}), rows)


def _is_ranked(row: Any) -> bool:
    """Whether its status is the ranking's to give, not a person's who hid it or holds it."""
    return row.status in RANKED and not (row.status == Status.PENDING and row.locked is not None)


def _values(ranking: Ranking, at: int) -> dict[str, Any]:
    known = ranking.known
    counted = [
        {"helpful": float(known.helpful[side, at]), "ratings": int(known.count[side, at])} for side in (0, 1)
    ]
    intercept, factor = float(known.intercept[at]), float(known.factor[at])
    return {
        "intercept": None if np.isnan(intercept) else intercept,
        "factor": None if np.isnan(factor) else factor,
        "standing": {"ratings": int(known.ratings[at]), "sides": counted},
        "reason": reason(ranking, at),
    }


def _is_close(row: Any, values: dict[str, Any]) -> bool:
    if row.standing != values["standing"] or row.reason != values["reason"]:
        return False
    pairs = ((row.intercept, values["intercept"]), (row.factor, values["factor"]))
    return all(
        old == new or (old is not None and new is not None and abs(old - new) < _CLOSE) for old, new in pairs
    )


def _write_raters(session: Session, known: Known, ranking: Ranking) -> None:
    """Write what changed of what is known of those who rated or wrote."""
    stands = _writings(known, ranking)
    given = np.bincount(known.ratings.rater, minlength=len(ranking.raters))
    place = {int(id_): at for at, id_ in enumerate(ranking.raters)}
    columns = (
        Rater.account_id,
        Rater.ratings,
        Rater.intercept,
        Rater.factor,
        Rater.impact,
        Rater.writes,
        Rater.debt,
    )
    there = {row.account_id: row for row in session.execute(select(*columns))}
    # Whoever took back all that they rated stands where they began.
    stands |= {id_: writing([], []) for id_, row in there.items() if row.ratings and id_ not in stands}
    new, changed = [], []
    for id_, stand in stands.items():
        at = place.get(id_)
        values = {
            "ratings": 0 if at is None else int(given[at]),
            "intercept": 0.0 if at is None else float(np.nan_to_num(ranking.rater_intercept[at])),
            "factor": 0.0 if at is None else float(np.nan_to_num(ranking.rater_factor[at])),
            "impact": stand.impact,
            "writes": stand.may,
            "debt": stand.wanted - EARN,
        }
        row = there.get(id_)
        if row is None:
            new.append({"account_id": id_, **values})
        elif any(abs(getattr(row, name) - value) >= _CLOSE for name, value in values.items()):
            changed.append({"its_id": id_, **values})
    table: Any = Rater.__table__
    if new:
        session.connection().execute(insert(table), new)
    if changed:
        written: dict[str, Any] = {name: bindparam(name) for name in changed[0] if name != "its_id"}
        one = update(table).where(table.c.account_id == bindparam("its_id")).values(written)
        session.connection().execute(one, changed)


def _writings(known: Known, ranking: Ranking) -> dict[int, Writing]:
    """Who may write, of all who rated or wrote."""
    outcome = np.array([_OUTCOMES[Status(row.status)] for row in known.rows], np.int8)
    since = known.since.copy()
    is_ranked = np.array([_is_ranked(row) for row in known.rows], np.bool_)
    places = np.searchsorted(known.ids, ranking.notes)
    mine = is_ranked[places]
    outcome[places[mine]], since[places[mine]] = ranking.status[mine], ranking.since[mine]

    ratings = known.ratings
    place = places[ratings.note]
    counts = (outcome[place] != Rank.NEEDS_RATINGS) & (ratings.at < since[place]) & (ratings.value != 0.5)
    rated: dict[int, list[Rated]] = defaultdict(list)
    for at in np.flatnonzero(counts):
        rater, where = int(ratings.raters[ratings.rater[at]]), int(place[at])
        rated[rater].append(
            Rated(
                float(ratings.value[at]),
                float(ratings.at[at]),
                Rank(int(outcome[where])),
                float(since[where]),
            )
        )
    fate = _with_withdrawn(outcome, known, ranking)
    written: dict[int, list[Written]] = defaultdict(list)
    for own, row in enumerate(known.rows):
        written[row.account_id].append(Written(Rank(int(fate[own])), float(since[own])))
    everybody = sorted({*map(int, ranking.raters), *written})
    return {id_: writing(rated[id_], written[id_]) for id_ in everybody}


def _with_withdrawn(outcome: NDArray[np.int8], known: Known, ranking: Ranking) -> NDArray[np.int8]:
    """What became of annotations, for who wrote them: what was taken back counts as the ratings that it had
    say, as if it still stood, or as it stood where a person had decided. Else whoever sees a bad end coming
    could save their record from it. For its raters it counts nothing, since it never got its status."""
    fate = outcome.copy()
    judged = dict(zip(map(int, ranking.notes), map(int, ranking.status), strict=True))
    for place, row in enumerate(known.rows):
        if row.status == Status.WITHDRAWN and row.stood is not None:
            stood = _OUTCOMES[Status(row.stood)]
            fate[place] = judged.get(row.id, stood) if row.stood in RANKED else stood
    return fate


def _prefixes(session: Session, ids: Sequence[int]) -> frozenset[str]:
    found: set[str] = set()
    for start in range(0, len(ids), _BATCH):
        some = Annotation.id.in_(ids[start : start + _BATCH])
        found.update(
            session.scalars(select(Page.prefix).join(Annotation, Annotation.page_id == Page.id).where(some))
        )
    return frozenset(found)
