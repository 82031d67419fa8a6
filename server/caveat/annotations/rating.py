"""Rating: what one volunteer makes of another's annotation.

In: a session that writes, who rates, the annotation, a verdict with reasons, the time. Out: the rating; a
second one by the same person is a change of mind, and it can be taken back. What can go wrong: ``Refused``.

Nobody sees others' ratings before giving their own, since agreeing with what one sees is no judgement.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from caveat.accounts import log
from caveat.accounts.models import Account
from caveat.accounts.refused import Refused
from caveat.annotations import allowance, rules
from caveat.annotations.models import Annotation, Rating, Status, Verdict

RATEABLE = (Status.PENDING, Status.NEEDS_RATINGS, Status.HELPFUL, Status.NOT_HELPFUL)


def rate(
    session: Session,
    by: Account,
    annotation: Annotation,
    verdict: Verdict,
    reasons: Sequence[str],
    now: datetime,
) -> Rating:
    """Keep a rating. The same again changes nothing, so that a request may be sent twice."""
    reasons = list(dict.fromkeys(reasons))
    if unknown := [name for name in reasons if name not in rules.REASONS[verdict]]:
        detail = f"Reasons that go with {verdict} are: {', '.join(rules.REASONS[verdict])}."
        raise Refused(422, detail, f"#/reasons/{reasons.index(unknown[0])}")
    if annotation.account_id == by.id:
        raise Refused(403, "This is your own annotation; others rate it.")
    if annotation.status not in RATEABLE:
        raise Refused(409, f"It is {annotation.status}; there is nothing to rate any more.")
    allowance.take_turn(session, by)
    rating = session.get(Rating, (annotation.id, by.id), populate_existing=True)
    if rating is not None and not is_of_before(rating, annotation):
        if (rating.verdict, rating.reasons) == (verdict, reasons):
            return rating
        _refuse_locked(annotation, now)
    allowance.refuse_rating(session, by, now)
    if rating is None:
        rating = Rating(annotation_id=annotation.id, account_id=by.id, created=now)
        session.add(rating)
    rating.verdict, rating.reasons, rating.changed = verdict, reasons, now
    session.flush()
    if annotation.status == Status.PENDING and annotation.locked is None:  # else a moderator holds it
        _first(session, annotation, now)
    return rating


def take_back(session: Session, by: Account, annotation: Annotation, now: datetime) -> None:
    """Make it as if one had not rated; where one has not, nothing changes. What the rating did to how things
    stand is undone by the next ranking, which is told here, as no rating is left to tell it."""
    allowance.take_turn(session, by)
    rating = session.get(Rating, (annotation.id, by.id), populate_existing=True)
    if rating is None:
        return
    if annotation.status not in RATEABLE:
        raise Refused(409, f"It is {annotation.status}; no rating of it is changed any more.")
    if not is_of_before(rating, annotation):
        _refuse_locked(annotation, now)
    session.delete(rating)
    session.flush()
    it = update(Annotation).where(Annotation.id == annotation.id).values(rating_taken_back=now)
    session.execute(it.execution_options(synchronize_session=False))  # readers see nothing of it


def _refuse_locked(annotation: Annotation, now: datetime) -> None:
    if annotation.locked is not None and annotation.locked <= now:
        raise Refused(409, "It was decided long enough ago that no rating is changed any more.")


def is_of_before(rating: Rating, annotation: Annotation) -> bool:
    """Whether it judged an earlier wording, and so counts no more."""
    return annotation.edited is not None and rating.changed < annotation.edited


def _first(session: Session, annotation: Annotation, now: datetime) -> None:
    """The first rating makes a pending annotation one that needs more. Two first ratings at once are no
    conflict, so that the database decides whose was the first."""
    it = Annotation.id == annotation.id
    pending = (it, Annotation.status == Status.PENDING, Annotation.locked.is_(None))
    values = {
        "status": Status.NEEDS_RATINGS,
        "status_since": now,
        "reason": "Needs ratings: it has few so far.",
        "revision": Annotation.revision + 1,
    }
    changed = update(Annotation).where(*pending).values(values).returning(Annotation.id)
    # Without synchronising, as the session's copy is read anew below.
    if session.scalar(changed.execution_options(synchronize_session=False)) is not None:
        log.record(
            session, now, None, "status", annotation, before=Status.PENDING, after=Status.NEEDS_RATINGS
        )
    session.refresh(annotation)
