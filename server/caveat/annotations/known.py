"""What the store knows of ratings, as the ranking reads it: arrays.

In: a session. Out: ``Known``: all annotations, all ratings of their present wordings, all who have an
account. It reads whole tables, in one query each; nobody waits for it. What can go wrong: nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Double, case, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import GenericFunction

from caveat.accounts.models import Account, Role, State
from caveat.annotations.models import Annotation, Rating, Verdict
from caveat.annotations.ranking import Raters, Ratings

_ROWS = 50_000  # read at once


@dataclass(frozen=True)
class Known:
    """What was in the store."""

    ids: NDArray[np.int64]  # of annotations, sorted
    rows: Sequence[Any]  # in that order: see ``read``
    since: NDArray[np.float64]
    ratings: Ratings
    raters: Raters


class epoch(GenericFunction[float]):  # noqa: N801 - written like the function of SQL that it is
    """A moment as Unix seconds, which is how the ranking counts time."""

    type = Double()
    inherit_cache = True


@compiles(epoch, "postgresql")
def _epoch_postgresql(element: epoch, compiler: Any, **options: Any) -> str:
    return f"CAST(EXTRACT(epoch FROM {compiler.process(element.clauses, **options)}) AS DOUBLE PRECISION)"


@compiles(epoch, "sqlite")
def _epoch_sqlite(element: epoch, compiler: Any, **options: Any) -> str:
    return f"((julianday({compiler.process(element.clauses, **options)}) - 2440587.5) * 86400.0)"


def read(session: Session) -> Known:
    """All of it, at one moment."""
    columns = (
        Annotation.id,
        Annotation.account_id,
        Annotation.status,
        epoch(Annotation.status_since).label("since"),
        epoch(Annotation.edited).label("edited"),
        Annotation.intercept,
        Annotation.factor,
        Annotation.standing,
        Annotation.reason,
        Annotation.locked,
    )
    rows = session.execute(select(*columns).order_by(Annotation.id)).all()
    ids = np.array([row.id for row in rows], np.int64)
    return Known(
        ids=ids,
        rows=rows,
        since=numbers([row.since for row in rows]),
        ratings=_ratings(session, ids, np.nan_to_num(numbers([row.edited for row in rows]))),
        raters=_raters(session),
    )


def _ratings(session: Session, ids: Any, edited: Any) -> Ratings:
    """All ratings of present wordings."""
    rated: Any = Rating.__table__
    value = case({verdict.value: verdict.number for verdict in Verdict}, value=rated.c.verdict, else_=0.0)
    columns = select(rated.c.annotation_id, rated.c.account_id, value, epoch(rated.c.changed))
    # By the connection: a session's way of reading takes twice as long for millions of rows.
    found = session.connection().execute(columns, execution_options={"yield_per": _ROWS})
    parts = [np.array(list(zip(*rows, strict=True)), np.float64) for rows in found.partitions()]
    note, rater, values, at = np.concatenate(parts, axis=1) if parts else np.zeros((4, 0))
    note = note.astype(np.int64)
    counts = at >= edited[np.searchsorted(ids, note)] if len(ids) else np.zeros(0, np.bool_)
    return Ratings.of(note[counts], rater[counts].astype(np.int64), values[counts], at[counts])


def _raters(session: Session) -> Raters:
    """Who has an account. Somebody vouched for all but those who came by themselves, from an OpenID
    provider; whoever is suspended counts no more."""
    columns = (
        Account.id,
        epoch(Account.created),
        Account.vouched_by_id,
        Account.subject,
        Account.state,
        Account.role,
    )
    accounts = session.execute(select(*columns)).all()
    vouched = [
        (voucher is not None or subject is None) and state != State.SUSPENDED
        for _, _, voucher, subject, state, _ in accounts
    ]
    volunteers = {id_ for id_, *_, role in accounts if role == Role.VOLUNTEER}
    return Raters(
        np.array([account[0] for account in accounts], np.int64),
        np.array([account[1] for account in accounts], np.float64),
        np.array(vouched, np.bool_),
        lines({id_: voucher for id_, _, voucher, *_ in accounts}, volunteers),
    )


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


def numbers(values: Sequence[float | None]) -> NDArray[np.float64]:
    """Numbers, with nan where there is none."""
    return np.array([np.nan if value is None else value for value in values], np.float64)
