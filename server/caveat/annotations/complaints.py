"""Reports and appeals: somebody asks the moderators to look.

In: a session that writes, the annotation, what is said of it, the time. Out: a line in the moderators' queue.
What can go wrong: ``Refused``. A report takes no account and keeps nothing of who made it; how many an
address may make is counted at the edge.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from caveat.accounts import log
from caveat.accounts.models import Account, Entry
from caveat.accounts.refused import Refused
from caveat.annotations import allowance, drafts, rules
from caveat.annotations.models import Annotation, Appeal, Report, Status
from caveat.annotations.rulings import Decision

LONGEST_WORDS = 1_000
APPEALABLE = (Status.HIDDEN, Status.NOT_HELPFUL)


class Appealed(NamedTuple):
    """What became of an appeal."""

    created: datetime
    closed: datetime | None
    outcome: str | None
    answer: str
    """What the moderator who answered it says."""


def report(session: Session, annotation: Annotation, kind: str, words: str, now: datetime) -> Report:
    """Say that an annotation should not be there."""
    if kind not in rules.REPORTS:
        raise Refused(422, f"It takes one of: {', '.join(rules.REPORTS)}.", "#/kind")
    words = drafts.plain(words, LONGEST_WORDS, "#/words") if words.strip() else ""
    said = Report(annotation=annotation, kind=kind, words=words, created=now)
    session.add(said)
    session.flush()
    return said


def appeal(session: Session, by: Account, annotation: Annotation, words: str, now: datetime) -> Appeal:
    """Ask that one's own annotation be looked at again, once, by somebody else."""
    if annotation.account_id != by.id:
        raise Refused(403, "Only its author may appeal. Anybody may report it.")
    words = drafts.plain(words, LONGEST_WORDS, "#/words")
    allowance.take_turn(session, by)
    known = session.scalar(select(Appeal).where(Appeal.annotation_id == annotation.id))
    if known is not None:
        if known.words == words:
            return known  # sent twice
        raise Refused(409, "You have appealed already. A moderator who had no part in it looks at it.")
    if annotation.status not in APPEALABLE:
        raise Refused(409, f"It is {annotation.status}; what is hidden or not helpful can be appealed.")
    said = Appeal(annotation=annotation, account_id=by.id, words=words, created=now)
    session.add(said)
    session.flush()
    log.record(session, now, by, "appeal", annotation)
    return said


def appeals_about(session: Session, annotations: Iterable[Annotation]) -> dict[int, Appealed]:
    """The appeals there were about some annotations, by the annotation's number."""
    names = {log.name_of(one): one.id for one in annotations}
    if not names:
        return {}
    answers = select(Entry.subject, Entry.reason).where(
        Entry.subject.in_(names), Entry.action.in_((Decision.UPHOLD, Decision.OVERTURN))
    )
    said = {names[subject]: reason for subject, reason in session.execute(answers.order_by(Entry.id))}
    appeals = session.scalars(select(Appeal).where(Appeal.annotation_id.in_(names.values())))
    return {
        each.annotation_id: Appealed(
            each.created, each.closed, each.outcome, said.get(each.annotation_id, "") if each.closed else ""
        )
        for each in appeals
    }
