"""All that a moderator needs to see of one annotation before deciding.

In: a session, who looks, which annotation, the time. Out: a ``Dossier``, or None where there is no such
annotation. What can go wrong: nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from caveat.accounts import log
from caveat.accounts.models import Account, Entry
from caveat.annotations import allowance, moderation
from caveat.annotations.models import Annotation, Appeal, Rater, Rating, Report, Status, Verdict, Wording
from caveat.annotations.rulings import Decision
from caveat.annotations.spam import Hint, hints
from caveat.annotations.urgency import newest_of

REPORTS_SHOWN = 50  # the newest: what five hundred say was said by fifty
SIDES = ("one side", "the other side", "not placed yet")


@dataclass(frozen=True)
class Dossier:
    """One annotation with all that was said of it and done to it."""

    annotation: Annotation
    choices: Sequence[Decision]
    """What this moderator can decide."""
    hints: Sequence[Hint]
    written: Mapping[Status, int]
    """How many annotations of this author stand where."""
    rater: Rater | None
    """What the ranking knows of the author."""
    may_write: bool
    """Whether the author may, by their role or their ratings."""
    reports: Sequence[Report]
    reported: int
    appeals: Sequence[Appeal]
    sides: Mapping[str, Mapping[Verdict, int]]
    """Ratings by the side that the ranking puts their raters on."""
    history: Sequence[Entry]
    names: Mapping[int, str]
    """The aliases of those who acted."""
    wordings: Sequence[Wording]


def dossier(session: Session, looking: Account, uuid: UUID, now: datetime) -> Dossier | None:
    """All of one annotation."""
    query = select(Annotation).where(Annotation.uuid == uuid)
    annotation = session.scalar(query.options(joinedload(Annotation.author), joinedload(Annotation.page)))
    if annotation is None:
        return None
    mine = Report.annotation_id == annotation.id
    newest = select(Report).where(mine).order_by(Report.closed.is_not(None), Report.created.desc())
    appeals = select(Appeal).where(Appeal.annotation_id == annotation.id).order_by(Appeal.created)
    wordings = select(Wording).where(Wording.annotation_id == annotation.id).order_by(Wording.revision)
    history = log.history(session, annotation)
    return Dossier(
        annotation=annotation,
        choices=moderation.choices(session, looking, annotation),
        hints=hints(annotation, newest_of(session, annotation.account_id, now)),
        written=written(session, annotation.account_id),
        rater=session.get(Rater, annotation.account_id),
        may_write=allowance.writing(session, annotation.author, now).may,
        reports=session.scalars(newest.limit(REPORTS_SHOWN)).all(),
        reported=session.scalar(select(func.count()).select_from(Report).where(mine)) or 0,
        appeals=session.scalars(appeals).all(),
        sides=_sides(session, annotation),
        history=history,
        names=aliases(session, history),
        wordings=session.scalars(wordings).all(),
    )


def aliases(session: Session, entries: Sequence[Entry]) -> dict[int, str]:
    """Who did what these lines say; those who left have no alias."""
    ids = {entry.account_id for entry in entries if entry.account_id is not None}
    query = select(Account.id, Account.alias).where(Account.id.in_(ids))
    return {id_: alias for id_, alias in session.execute(query) if alias} if ids else {}


def written(session: Session, author: int) -> dict[Status, int]:
    """How many annotations of an author stand where."""
    query = select(Annotation.status, func.count()).where(Annotation.account_id == author)
    counted = {Status(status): count for status, count in session.execute(query.group_by(Annotation.status))}
    return {status: counted[status] for status in Status if status in counted}


def _sides(session: Session, annotation: Annotation) -> dict[str, dict[Verdict, int]]:
    sides: dict[str, dict[Verdict, int]] = {}
    query = (
        select(Rating.verdict, Rater.side)
        .outerjoin(Rater, Rater.account_id == Rating.account_id)
        .where(Rating.annotation_id == annotation.id)
    )
    for verdict, side in session.execute(query):
        counted = sides.setdefault(SIDES[-1 if side is None else side], dict.fromkeys(Verdict, 0))
        counted[Verdict(verdict)] += 1
    return {side: sides[side] for side in SIDES if side in sides}
