"""How an annotation stands before a moderator: held, decided, reported, appealed, and what was done last.

In: a session, an annotation. Out: what the store and the log say; nothing is changed here. What can go wrong:
``must_moderate`` refuses whoever is no moderator.
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caveat.accounts import log
from caveat.accounts.models import Account, Entry, Role
from caveat.accounts.refused import Refused
from caveat.annotations.models import Annotation, Appeal, Rating, Report, Status, Switch
from caveat.annotations.rulings import DONE, Decision

MODERATORS = frozenset({Role.MODERATOR, Role.ADMINISTRATOR})

# Fewer ratings than this, and a person looks: the ranking's own limit, until it has said its rule.
FEW_RATINGS = 300
# Those that a moderator may have to answer for.
ANSWERED_FOR = (Decision.HIDE, Decision.HOLD, Decision.SETTLE, Decision.DECLINE)


def must_moderate(account: Account) -> None:
    """Refuse whoever has not the role."""
    if account.role not in MODERATORS:
        raise Refused(403, "The desk is for moderators. An administrator can make you one.")


def is_held(annotation: Annotation) -> bool:
    """Whether it waits for a moderator: pending, and locked, so that no rating moves it on."""
    return annotation.status == Status.PENDING and annotation.locked is not None


def is_decided(session: Session, annotation: Annotation) -> bool:
    """Whether a moderator put it where it is."""
    if annotation.status == Status.NOT_HELPFUL:
        declined = last_decision(session, annotation, Decision.DECLINE)
        return declined is not None and declined.at == annotation.status_since
    return annotation.status in (Status.HIDDEN, Status.SETTLED) or is_held(annotation)


def is_small(session: Session) -> bool:
    """Whether the community is too small for a machine to find anything helpful, as the last ranking said."""
    ranking = session.get(Switch, "ranking")
    rule = ranking.value.get("rule") if ranking else None
    if rule is not None:
        return bool(rule == "queue")
    few = select(Rating.annotation_id).limit(FEW_RATINGS).subquery()
    return (session.scalar(select(func.count()).select_from(few)) or 0) < FEW_RATINGS


def open_reports(session: Session, annotation: Annotation) -> list[Report]:
    """The reports that nobody has answered, the first first."""
    mine = (Report.annotation_id == annotation.id, Report.closed.is_(None))
    return list(session.scalars(select(Report).where(*mine).order_by(Report.created)))


def open_appeal(session: Session, annotation: Annotation) -> Appeal | None:
    """The appeal that waits, where there is one."""
    mine = (Appeal.annotation_id == annotation.id, Appeal.closed.is_(None))
    return session.scalar(select(Appeal).where(*mine).order_by(Appeal.created).limit(1))


def last_decision(session: Session, annotation: Annotation, *decisions: Decision) -> Entry | None:
    """The line of the newest decision of these kinds."""
    mine = (Entry.subject == log.name_of(annotation), Entry.action.in_(decisions))
    return session.scalar(select(Entry).where(*mine).order_by(Entry.id.desc()).limit(1))


def what_happened(session: Session, annotation: Annotation) -> str:
    """What was done last, by whom and why."""
    mine = Entry.subject == log.name_of(annotation)
    last = session.scalar(select(Entry).where(mine).order_by(Entry.id.desc()).limit(1))
    if last is None or last.action not in DONE:
        return "This annotation was changed while you looked at it, by its author or by its ratings."
    by = session.get(Account, last.account_id) if last.account_id else None
    who = by.alias if by and by.alias else "A moderator who has left"
    why = f" The reason: {last.reason}" if last.reason else ""
    return f"{who} {DONE[Decision(last.action)]} while you looked at it, at {last.at:%H:%M} UTC.{why}"


def is_against(session: Session, moderator: Account, annotation: Annotation) -> bool:
    """Whether an appeal would be against this moderator."""
    decided = last_decision(session, annotation, *ANSWERED_FOR)
    return decided is not None and decided.account_id == moderator.id
