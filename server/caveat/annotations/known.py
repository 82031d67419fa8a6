"""What the store knows of ratings, as the ranking reads it: arrays.

In: a session, and what was known when this process ranked last, where it did. Out: ``Known``: all
annotations, all ratings of their present wordings, all who have an account, at one moment. What can go wrong:
nothing.

Two million rows take seconds to read, and fifty of them are new. So only these are read, where it is certain
that the others are as they were:

- ratings whose time is after the last reading, less what a commit may be late; that there are as many
  in the store as are known then says that none was taken back;
- annotations whose revision is another, as whoever changes one counts it up, but for the ranking: hence
  nobody else must have ranked meanwhile;
- accounts and what raters are known for, always: they are few.

In all other cases, and once an hour whatever happened, all of it is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray
from sqlalchemy import BigInteger, Select, Text, case, cast, func, select
from sqlalchemy.orm import Session

from caveat.accounts.models import Account, Role, State
from caveat.annotations.columns import IN_PARTS, Table, epoch, table
from caveat.annotations.models import Annotation, Rater, Rating, Status, Switch, Verdict
from caveat.annotations.ranking import Raters, Ratings

MEMORY = "ranking"  # the switch in which one ranking remembers what it needs of the one before
# A rating is seen by others a moment after its time, when it is committed.
LATE = timedelta(seconds=30)
# As long what is remembered is believed. A clock that is wrong by more than ``LATE`` costs an hour, no more.
BELIEVED = timedelta(hours=1)
STATUSES = tuple(Status)  # a status is kept as its place here
_BATCH = 500  # ids in one statement: both databases take thousands

ANNOTATIONS = np.dtype(
    [
        ("id", "i8"), ("account", "i8"), ("revision", "i8"), ("status", "i1"),
        ("stood", "i1"),  # the status when its author took it back; -1 where nobody did
        ("locked", "f8"),  # from when on the status stays; pending, a moderator holds it
        ("since", "f8"), ("edited", "f8"), ("intercept", "f8"), ("factor", "f8"),
        ("basis", "i8"),  # -1 for none
        ("ratings", "i8"),  # that counted; -1 where none was ranked yet
        ("helpful", "f8", 2), ("count", "i8", 2),  # on each side
    ]
)  # fmt: skip
# A pair of annotation and account is one number: their order is the ranking's, and one search finds a rating.
RATINGS = np.dtype([("key", "i8"), ("value", "f4"), ("at", "f8")])
_SHIFT = 32
RATERS = np.dtype(
    [
        ("id", "i8"), ("ratings", "i8"), ("intercept", "f8"), ("factor", "f8"), ("side", "i8"),
        ("impact", "i8"), ("writes", "?"), ("debt", "i8"),
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What was in the store."""

    annotations: Table  # by id
    rated: Table  # all ratings, by key
    raters: Raters
    standing: Table  # what the ranking said of raters, by id
    memory: dict[str, Any]  # what the last ranking remembered; empty where there was none
    read: datetime
    whole: datetime  # when all of it was read

    def ratings(self) -> Ratings:
        """Those of present wordings. Made when it is asked for, as nobody needs it between rankings."""
        return _present(self.annotations, self.rated)


def read(session: Session, now: datetime, before: Known | None = None) -> Known:
    """All of it, at one moment."""
    switch = session.get(Switch, MEMORY)
    memory = dict(switch.value) if switch else {}
    found = None
    if before is not None and before.memory == memory and now - before.whole < BELIEVED:
        found = _again(session, before)
    whole = before.whole if before is not None and found is not None else now
    annotations, rated = found or (_all_annotations(session), _all_ratings(session))
    return Known(
        annotations=annotations,
        rated=rated,
        raters=_all_accounts(session),
        standing=_all_raters(session),
        memory=memory,
        read=now,
        whole=whole,
    )


def _again(session: Session, before: Known) -> tuple[Table, Table] | None:
    """What was known, with what changed since; None where something is gone."""
    rated = _with(before.rated, _ratings_since(session, before.read - LATE), "key")
    if len(rated) != _all_ratings_counted(session):
        return None
    known, now = before.annotations, _all_revisions(session)
    if not np.array_equal(now["id"][: len(known)], known["id"]):
        return None
    changed = np.ones(len(now), np.bool_)
    changed[: len(known)] = now["revision"][: len(known)] != known["revision"]
    return _with(known, _these_annotations(session, now["id"][changed]), "id"), rated


def _with(known: Table, changed: Table, key: str) -> Table:
    """A table sorted by ``key`` with rows put in the place of their namesakes, or where they belong."""
    place = np.searchsorted(known[key], changed[key])
    is_there = np.zeros(len(changed), np.bool_)
    inside = place < len(known)
    is_there[inside] = known[key][place[inside]] == changed[key][inside]
    known = np.insert(known, place[~is_there], changed[~is_there])
    known[np.searchsorted(known[key], changed[key])] = changed
    return known


_ANNOTATION = select(
    Annotation.id,
    Annotation.account_id,
    Annotation.revision,
    Annotation.status,
    Annotation.stood,
    epoch(Annotation.locked),
    epoch(Annotation.status_since),
    epoch(Annotation.edited),
    Annotation.intercept,
    Annotation.factor,
    Annotation.basis,
    cast(Annotation.standing, Text),
).order_by(Annotation.id)


def _all_annotations(session: Session) -> Table:
    found = session.connection().execute(_ANNOTATION, execution_options=IN_PARTS)
    return table(found, ANNOTATIONS, _annotation)


def _these_annotations(session: Session, ids: NDArray[np.int64]) -> Table:
    parts = [np.zeros(0, ANNOTATIONS)]
    for start in range(0, len(ids), _BATCH):
        some = Annotation.id.in_(ids[start : start + _BATCH].tolist())
        parts.append(table(session.connection().execute(_ANNOTATION.where(some)), ANNOTATIONS, _annotation))
    return np.concatenate(parts)


def _all_revisions(session: Session) -> Table:
    query = select(Annotation.id, Annotation.revision).order_by(Annotation.id)
    found = session.connection().execute(query, execution_options=IN_PARTS)
    return table(found, np.dtype([("id", "i8"), ("revision", "i8")]))


_PLACES = {status: place for place, status in enumerate(STATUSES)}


def _annotation(row: Sequence[Any]) -> tuple[Any, ...]:
    id_, account, revision, status, stood, locked, since, edited, intercept, factor, basis, standing = row
    status, stood = _PLACES[status], -1 if stood is None else _PLACES[stood]
    helpful, count, ratings = (0.0, 0.0), (0, 0), -1
    if standing is not None:
        counted = orjson.loads(standing)
        ratings, (one, other) = counted["ratings"], counted["sides"]
        helpful, count = (one["helpful"], other["helpful"]), (one["ratings"], other["ratings"])
    return (
        id_, account, revision, status, stood, locked, since, edited or 0.0, intercept, factor,
        -1 if basis is None else basis, ratings, helpful, count,
    )  # fmt: skip


_RATED: Any = Rating.__table__
_RATING: Select[*tuple[Any, ...]] = select(
    cast(_RATED.c.annotation_id, BigInteger) * 2**_SHIFT + _RATED.c.account_id,
    case({verdict.value: verdict.number for verdict in Verdict}, value=_RATED.c.verdict, else_=0.0),
    epoch(_RATED.c.changed),
)


def _all_ratings(session: Session) -> Table:
    found = table(session.connection().execute(_RATING, execution_options=IN_PARTS), RATINGS)
    return found[np.argsort(found["key"], kind="stable")]


def _all_ratings_counted(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Rating)) or 0


def _ratings_since(session: Session, moment: datetime) -> Table:
    query = _RATING.where(_RATED.c.changed >= moment)
    found = table(session.connection().execute(query, execution_options=IN_PARTS), RATINGS)
    return found[np.argsort(found["key"], kind="stable")]


def _present(annotations: Table, rated: Table) -> Ratings:
    """The ratings that judge what is there now, not what stood there before an edit."""
    note, rater = rated["key"] >> _SHIFT, rated["key"] & (2**_SHIFT - 1)
    counts = rated["at"] >= annotations["edited"][np.searchsorted(annotations["id"], note)]
    notes, note = _coded(note[counts])
    raters, rater = _coded(rater[counts])
    return Ratings(notes, raters, note, rater, rated["value"][counts].astype(np.float64), rated["at"][counts])


def _coded(ids: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The ids that there are, and the place among them of each. They are small numbers: no sorting."""
    there = np.zeros(int(ids.max(initial=-1)) + 1, np.bool_)
    there[ids] = True
    return np.flatnonzero(there), (np.cumsum(there) - 1)[ids]


def _all_accounts(session: Session) -> Raters:
    """Who has an account."""
    columns = (
        Account.id, epoch(Account.created), Account.vouched_by_id, Account.subject, Account.state,
        Account.role,
    )  # fmt: skip
    accounts = session.connection().execute(select(*columns), execution_options=IN_PARTS).all()
    volunteers = {id_ for id_, *_, role in accounts if role == Role.VOLUNTEER}
    return Raters(
        np.array([account[0] for account in accounts], np.int64),
        np.array([account[1] for account in accounts], np.float64),
        np.array([_counts(*account[2:5]) for account in accounts], np.bool_),
        lines({id_: voucher for id_, _, voucher, *_ in accounts}, volunteers),
    )


def _counts(voucher: int | None, subject: str | None, state: str) -> bool:
    """Whether somebody vouched for an account: not for those who came by themselves, from an OpenID provider.
    Whoever is suspended counts no more; whoever left is told from them by a voucher alone."""
    came_alone = voucher is None and (subject is not None or state == State.CLOSED)
    return not came_alone and state != State.SUSPENDED


def lines(vouchers: Mapping[int, int | None], volunteers: Set[int]) -> NDArray[np.int64]:
    """By whom each account came in at last: the first whom no volunteer brought in, but a moderator or the
    command line. So an account that volunteers brought in has no more to say than those who did; once a
    moderator vouches for it, it has."""
    first: dict[int, int] = {}
    for id_ in vouchers:
        chain = [id_]
        while (by := vouchers[chain[-1]]) is not None and by in volunteers and by not in chain:
            chain.append(by)
            if by in first:
                break
        first.update(dict.fromkeys(chain, first.get(chain[-1], chain[-1])))
    return np.array([first[id_] for id_ in vouchers], np.int64)


def _all_raters(session: Session) -> Table:
    columns = (
        Rater.account_id, Rater.ratings, Rater.intercept, Rater.factor, Rater.side, Rater.impact,
        Rater.writes, Rater.debt,
    )  # fmt: skip
    query = select(*columns).order_by(Rater.account_id)
    return table(session.connection().execute(query, execution_options=IN_PARTS), RATERS)
