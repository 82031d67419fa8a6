"""All that a moderator needs to see of one person before deciding.

In: a session, who looks, the account. Out: a ``Person``: who let them in and whom they did, what they wrote
and rated and how that was taken, what was done about them. What can go wrong: nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from caveat.accounts import log, roles
from caveat.accounts.models import Account, Entry
from caveat.accounts.roles import Deed
from caveat.annotations.dossier import aliases, written
from caveat.annotations.models import Annotation, Rater, Rating, Report, Status, Verdict

NEWEST = 10  # annotations
LINES = 50  # of the log, the newest
LET_IN = 50  # people; who let in more shows by that alone


@dataclass(frozen=True)
class Person:
    """One account with what it did and what was done about it."""

    account: Account
    may: Sequence[Deed]
    """What the one who looks can decide."""
    last_deed: Entry | None
    """What was decided last."""
    vouched_by: Account | None
    let_in: Sequence[Account]
    written: Mapping[Status, int]
    newest: Sequence[Annotation]
    rated: Mapping[Verdict, int]
    rater: Rater | None
    """What the ranking knows of them."""
    reported: int
    """Reports of what they wrote."""
    waiting: int
    """Those of them that nobody has answered."""
    history: Sequence[Entry]
    """What was done about them, the newest first."""
    names: Mapping[int, str]
    """The aliases of those who did it."""


def person(session: Session, looking: Account, account: Account) -> Person:
    """All of one person."""
    subject = Entry.subject == log.name_of(account)
    history = session.scalars(select(Entry).where(subject).order_by(Entry.id.desc()).limit(LINES)).all()
    vouched = select(Account).where(Account.vouched_by_id == account.id).order_by(Account.id.desc())
    newest = select(Annotation).where(Annotation.account_id == account.id)
    reported, answered = _reports(session, account)
    return Person(
        account=account,
        may=roles.may(looking, account),
        last_deed=roles.last_deed(session, account),
        vouched_by=session.get(Account, account.vouched_by_id) if account.vouched_by_id else None,
        let_in=session.scalars(vouched.limit(LET_IN)).all(),
        written=written(session, account.id),
        newest=session.scalars(
            newest.options(joinedload(Annotation.page)).order_by(Annotation.created.desc()).limit(NEWEST)
        ).all(),
        rated=_rated(session, account),
        rater=session.get(Rater, account.id),
        reported=reported,
        waiting=reported - answered,
        history=history,
        names=aliases(session, history),
    )


def _rated(session: Session, account: Account) -> dict[Verdict, int]:
    query = select(Rating.verdict, func.count()).where(Rating.account_id == account.id)
    counted = {Verdict(verdict): count for verdict, count in session.execute(query.group_by(Rating.verdict))}
    return {verdict: counted[verdict] for verdict in Verdict if verdict in counted}


def _reports(session: Session, account: Account) -> tuple[int, int]:
    """How many there are, and how many of them were answered."""
    query = (
        select(func.count(), func.count(Report.closed))
        .join(Annotation, Annotation.id == Report.annotation_id)
        .where(Annotation.account_id == account.id)
    )
    reported, answered = session.execute(query).one()
    return reported, answered
