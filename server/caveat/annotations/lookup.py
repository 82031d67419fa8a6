"""Finding annotations: all of a page, of a claim wherever it stands, one by its name, an account's own.

In: a session, what is looked for, and who looks (None: a reader without an account). Out: annotations as
``Seen``, each with what the one who looks made of it; one query each, however many there are. What can go
wrong: nothing; what somebody may not see is not found.

Readers see what was found helpful, and what was settled since. Whoever has an account sees also what waits
for ratings, what was found not helpful, and their own whatever became of it. Moderators see everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from caveat.accounts.models import Account
from caveat.annotations import brake
from caveat.annotations.brake import Part
from caveat.annotations.changing import DECIDE
from caveat.annotations.models import Annotation, Page, Rating, Status
from caveat.annotations.rating import is_of_before
from caveat.annotations.runs import marks_of

PREFIX = 5  # digits of a digest that a client may tell
MOST_CLAIMS = 50_000  # 2 MB for a client that keeps the list
SHOWN = (Status.HELPFUL, Status.SETTLED)
WAITING = (Status.PENDING, Status.NEEDS_RATINGS)
_FOR_ACCOUNTS = (*SHOWN, *WAITING, Status.NOT_HELPFUL)


class Seen(NamedTuple):
    """An annotation, and what the one who looks made of its present wording."""

    annotation: Annotation
    rating: Rating | None


def of_pages(session: Session, prefix: str, viewer: Account | None) -> list[Seen]:
    """What is there to show of every page whose digest begins so, the oldest first; nothing while a moderator
    has stopped the showing."""
    if brake.state(session).stops(Part.SHOWING):
        return []
    statuses = SHOWN if viewer is None else (*SHOWN, *WAITING)
    may_see: ColumnElement[bool] = Annotation.status.in_(statuses)
    if viewer is not None:
        may_see = or_(may_see, Annotation.account_id == viewer.id)
    # The pages first, in a question of their own: most prefixes have none, and without statistics SQLite
    # would go through all that has a status (for an account even where the pages are a subquery).
    pages = session.scalars(select(Page.id).where(Page.prefix == prefix)).all()
    if not pages:
        return []
    there = Annotation.page_id.in_(pages)
    # What is of a whole page has no place in it; it is on its own page and in the open collection.
    placed = Annotation.exact != ""
    return _all(session, _seen(viewer).where(there, placed, may_see).order_by(Page.digest, Annotation.id))


def of_claims(session: Session, prefix: str) -> list[Seen]:
    """What is shown of every quotation whose digest begins so, on whatever page it stands."""
    if brake.state(session).stops(Part.SHOWING):
        return []
    after = f"{int(prefix, 16) + 1:05x}" if prefix != "fffff" else "g"
    quoted = (Annotation.quote_digest >= prefix, Annotation.quote_digest < after)
    found = _seen(None).where(*quoted, Annotation.status.in_(SHOWN)).order_by(Annotation.id)
    return _all(session, found)


def claims(session: Session) -> list[tuple[int, str]]:
    """By which runs of words each claim that is annotated can be known on another page, and the five digits
    under which ``of_claims`` has it. The newest, where there are very many."""
    if brake.state(session).stops(Part.SHOWING):
        return []
    newest = select(Annotation.exact, Annotation.quote_digest).where(Annotation.status.in_(SHOWN))
    rows = session.execute(newest.order_by(Annotation.created.desc()).limit(MOST_CLAIMS))
    return sorted({(run, digest[:PREFIX]) for exact, digest in rows for run in marks_of(exact)})


def one(session: Session, uuid: UUID, viewer: Account | None) -> Seen | None:
    """The annotation of this name, where ``viewer`` may see it."""
    found = next(iter(_all(session, _seen(viewer).where(Annotation.uuid == uuid))), None)
    return found if found is not None and may_see(found.annotation, viewer) else None


def own(session: Session, viewer: Account, most: int, skipped: int = 0) -> list[Seen]:
    """What an account wrote, the newest first."""
    mine = _seen(viewer).where(Annotation.account_id == viewer.id)
    newest = mine.order_by(Annotation.created.desc(), Annotation.id.desc())
    return _all(session, newest.limit(most).offset(skipped))


def count_own(session: Session, viewer: Account) -> int:
    """How many annotations an account wrote."""
    mine = Annotation.account_id == viewer.id
    return session.scalar(select(func.count()).select_from(Annotation).where(mine)) or 0


def these(session: Session, ids: Iterable[int], viewer: Account) -> list[Seen]:
    """Annotations by their numbers, in that order."""
    wanted = list(ids)
    found = {
        seen.annotation.id: seen for seen in _all(session, _seen(viewer).where(Annotation.id.in_(wanted)))
    }
    return [found[id_] for id_ in wanted if id_ in found]


def may_see(annotation: Annotation, viewer: Account | None) -> bool:
    """Whether somebody may see an annotation."""
    if viewer is None:
        return annotation.status in SHOWN
    is_special = viewer.id == annotation.account_id or viewer.role in DECIDE
    return is_special or annotation.status in _FOR_ACCOUNTS


def _seen(viewer: Account | None) -> Select[Annotation, Rating | None]:
    """Annotations with all that is shown of them. Sources come in the same query: most have one or two."""
    own = and_(Rating.annotation_id == Annotation.id, Rating.account_id == (viewer.id if viewer else -1))
    columns: Any = select(Annotation, Rating).join(Annotation.page).outerjoin(Rating, own)
    with_it = (
        contains_eager(Annotation.page),
        joinedload(Annotation.author, innerjoin=True),
        joinedload(Annotation.sources),
    )
    selected: Select[Annotation, Rating | None] = columns.options(*with_it)
    return selected


def _all(session: Session, found: Select[Annotation, Rating | None]) -> list[Seen]:
    rows = session.execute(found).unique()
    return [Seen(a, None if r is None or is_of_before(r, a) else r) for a, r in rows]
