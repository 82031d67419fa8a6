"""Reports and appeals: somebody asks the moderators to look.

In: a session that writes, the annotation, what is said of it, the time. Out: a line in the moderators' queue.
What can go wrong: ``Refused``. A report takes no account and keeps nothing of who made it; how many an
address may make is counted at the edge.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caveat.accounts import log
from caveat.accounts.models import Account
from caveat.accounts.refused import Refused
from caveat.annotations import allowance, drafts, rules
from caveat.annotations.models import Annotation, Appeal, Report, Status

LONGEST_WORDS = 1_000
_APPEALABLE = (Status.HIDDEN, Status.NOT_HELPFUL)


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
    if annotation.status not in _APPEALABLE:
        raise Refused(409, f"It is {annotation.status}; what is hidden or not helpful can be appealed.")
    said = Appeal(annotation=annotation, account_id=by.id, words=words, created=now)
    session.add(said)
    session.flush()
    log.record(session, now, by, "appeal", annotation)
    return said
