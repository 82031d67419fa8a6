"""The open collection: which annotations anybody may have, page by page in the order they were written.

In: a session, and who looks (None is anybody). Out: how many there are, when that changed last, and the
annotations of a page. Anybody sees what readers are shown; an account sees its own as well, in whatever
state, but for those it took back.

A page far back is counted off in an index that holds nothing else (see ``models``): with 200,000 annotations
shown, counting them all takes a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, literal_column, select, union_all
from sqlalchemy.orm import Session, joinedload

from caveat.accounts.models import Account
from caveat.annotations.lookup import SHOWN
from caveat.annotations.models import IS_SHOWN, Annotation, Status

PAGE = 50
"""Annotations on a page: about 60 KB with all they say."""

_UNSEEN = (Status.PENDING, Status.NEEDS_RATINGS, Status.NOT_HELPFUL, Status.HIDDEN)


@dataclass(frozen=True)
class Extent:
    """How large the collection is."""

    total: int
    modified: datetime | None
    """When one of its annotations changed its status last. One that leaves shows in ``total``."""

    @property
    def last(self) -> int:
        """The number of the last page; there is always a first."""
        return max(0, (self.total - 1) // PAGE)


def extent(session: Session, viewer: Account | None) -> Extent:
    """What there is to see."""
    total, modified = session.execute(
        select(
            select(func.count())
            .select_from(Annotation)
            .where(Annotation.status.in_(SHOWN))
            .scalar_subquery(),
            select(func.max(Annotation.status_since)).where(IS_SHOWN).scalar_subquery(),
        )
    ).one()
    if viewer is not None:
        mine = _own(viewer).subquery()
        count, newest = session.execute(
            select(func.count(), func.max(mine.c.created)).select_from(mine)
        ).one()
        total += count
        modified = max((at for at in (modified, newest) if at is not None), default=None)
    return Extent(total, modified)


def page(session: Session, viewer: Account | None, number: int) -> list[Annotation]:
    """The annotations of a page, with all that is shown of them."""
    shown = select(Annotation.created, Annotation.id).where(IS_SHOWN)
    if viewer is None:
        found = shown.order_by(Annotation.created, Annotation.id).offset(number * PAGE).limit(PAGE)
    else:
        both = union_all(shown, _own(viewer)).order_by(literal_column("created"), literal_column("id"))
        found = both.offset(number * PAGE).limit(PAGE)  # type: ignore[assignment]
    ids = [id_ for _, id_ in session.execute(found)]
    whole = select(Annotation).where(Annotation.id.in_(ids)).options(*_WHOLE)
    by_id = {annotation.id: annotation for annotation in session.scalars(whole)}
    return [by_id[id_] for id_ in ids if id_ in by_id]


def shown(session: Session) -> Iterator[Annotation]:
    """All that readers see, one after the other, with all that is shown of them."""
    found = select(Annotation).where(IS_SHOWN).order_by(Annotation.created, Annotation.id).options(*_WHOLE)
    yield from session.scalars(found.execution_options(yield_per=500))


def one(session: Session, uuid: UUID) -> Annotation | None:
    """The annotation of this name, with all that is shown of it, whoever may see it (``lookup.may_see``)."""
    return session.scalar(select(Annotation).where(Annotation.uuid == uuid).options(*_WHOLE))


def _own(viewer: Account) -> Select[datetime, int]:
    """An account's own that readers do not see: none of these is shown, so that no annotation comes twice."""
    return select(Annotation.created, Annotation.id).where(
        Annotation.account_id == viewer.id, Annotation.status.in_(_UNSEEN)
    )


_WHOLE = (joinedload(Annotation.page), joinedload(Annotation.author))
