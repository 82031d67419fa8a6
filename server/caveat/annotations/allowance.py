"""Who may write and rate, and how much of it a day.

In: a session, an account, the time. Out: an ``Allowance``, for the account's own page; or nothing, where
``Refused`` says why not: the emergency brake (503), a suspended account or writing not yet earned (403), too
much for a day (429).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caveat.accounts.models import Account, Role, State
from caveat.accounts.refused import Refused
from caveat.annotations import brake
from caveat.annotations.brake import Part
from caveat.annotations.models import Annotation, Page, Rater, Rating
from caveat.annotations.ranking.writing import EARN, Writing

DAY = timedelta(days=1)
YOUNG = timedelta(days=14)  # as long as the ranking calls an account new
# A person who writes with care, sources and all, takes a quarter of an hour each. More than this a day is a
# programme, not a person; and what a stolen account can do in a night is this much.
ANNOTATIONS, ANNOTATIONS_YOUNG = 10, 3
# Half a minute each: an hour's work. A ring's rating is dear when it takes many accounts many days.
RATINGS, RATINGS_YOUNG = 100, 30
# Of all writers together. An article has about fourteen claims; more in a day is a brigade, and raters could
# not keep up.
ON_A_PAGE = 30

SUSPENDED = "This account is suspended. Its page says why, and how to have that looked at again."
_FREE = (Role.EDUCATOR, Role.MODERATOR, Role.ADMINISTRATOR)  # who was chosen need not earn it


@dataclass(frozen=True)
class Allowance:
    """Whether an account may, why or why not in a sentence, and how many times a day and more today."""

    may: bool
    reason: str
    most: int
    left: int


def writing(session: Session, account: Account, now: datetime) -> Allowance:
    """What an account may write."""
    most = ANNOTATIONS_YOUNG if now - account.created < YOUNG else ANNOTATIONS
    mine = (Annotation.account_id == account.id, Annotation.created > now - DAY)
    wrote = session.scalar(select(func.count()).select_from(Annotation).where(*mine)) or 0
    return Allowance(*_earned(session, account), most, max(0, most - wrote))


def rating(session: Session, account: Account, now: datetime) -> Allowance:
    """What an account may rate."""
    most = RATINGS_YOUNG if now - account.created < YOUNG else RATINGS
    mine = (Rating.account_id == account.id, Rating.changed > now - DAY)
    rated = session.scalar(select(func.count()).select_from(Rating).where(*mine)) or 0
    is_active = account.state == State.ACTIVE
    return Allowance(is_active, "You may rate." if is_active else SUSPENDED, most, max(0, most - rated))


def refuse_writing(session: Session, account: Account, now: datetime) -> None:
    """Refuse whoever may not write now."""
    refuse_braked(session, Part.SUBMISSIONS)
    _refuse(writing(session, account, now), "annotations", "Rate those of others meanwhile.")


def refuse_rating(session: Session, account: Account, now: datetime) -> None:
    """Refuse whoever may not rate now."""
    refuse_braked(session, Part.RATINGS)
    _refuse(rating(session, account, now), "ratings", "Come back tomorrow.")


def refuse_crowded(session: Session, page: Page, now: datetime) -> None:
    """Refuse where too much was written about one page today."""
    today = (Annotation.page_id == page.id, Annotation.created > now - DAY)
    if (session.scalar(select(func.count()).select_from(Annotation).where(*today)) or 0) >= ON_A_PAGE:
        raise Refused(
            429, f"{ON_A_PAGE} annotations were written about this page within a day. Rate them meanwhile."
        )


def refuse_braked(session: Session, part: Part) -> None:
    """Refuse everybody while a moderator has the brake on."""
    if (pulled := brake.state(session)).stops(part):
        why = pulled.reason or "a moderator will say why."
        raise Refused(503, f"{part.capitalize()} are stopped for now: {why}")


def take_turn(session: Session, account: Account) -> None:
    """Let one account do one thing at a time, so that what is counted before is true when it is done. SQLite
    has one writer anyway."""
    session.execute(select(Account.id).where(Account.id == account.id).with_for_update(key_share=True))


def _refuse(allowed: Allowance, what: str, way_out: str) -> None:
    if not allowed.may:
        raise Refused(403, allowed.reason)
    if not allowed.left:
        raise Refused(429, f"You gave {allowed.most} {what} within a day, which is the limit. {way_out}")


def _earned(session: Session, account: Account) -> tuple[bool, str]:
    if account.state != State.ACTIVE:
        return False, SUSPENDED
    if account.role in _FREE:
        return True, "You may write."
    rater = session.get(Rater, account.id)
    if rater is None:
        stand = Writing(False, 0, EARN)
    else:
        stand = Writing(rater.writes, rater.impact, EARN + rater.debt)
    return stand.may, stand.reason
