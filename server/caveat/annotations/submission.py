"""Submitting annotations, and what their authors may do with them afterwards.

In: a session that writes, who acts, a ``Draft``, the time. Out: the annotation; it is there when the session
is committed. What can go wrong: ``Refused``, and its kind ``Similar`` where others said it already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from caveat.accounts.models import Account
from caveat.accounts.refused import Refused
from caveat.annotations.models import Annotation


@dataclass(frozen=True)
class Cited:
    """A page that an annotation rests on."""

    url: str
    title: str = ""


@dataclass(frozen=True)
class Draft:
    """What somebody wants to say of words on a page."""

    client_id: str
    """The writer's own name for it: the same twice is one annotation."""
    url: str
    exact: str
    signal: str
    body: str
    title: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    sources: tuple[Cited, ...] = ()
    language: str | None = None
    canonical: str | None = None
    via: tuple[str, ...] = ()
    anyway: bool = False
    """Submitted though there is a similar one."""


@dataclass(frozen=True)
class Submitted:
    """An annotation, and whether it was not there before."""

    annotation: Annotation
    is_new: bool


class Similar(Refused):
    """Others said it already; theirs can be rated instead."""

    def __init__(self, similar: tuple[Annotation, ...]) -> None:
        super().__init__(
            409,
            "These words have an annotation of this signal already. Rate that one; or submit yours anyway, "
            "if it says something else.",
            "#/target/exact",
        )
        self.similar = similar


def submit(session: Session, author: Account, draft: Draft, now: datetime) -> Submitted:
    """Keep a draft. The same ``client_id`` again gives what is there."""
    raise NotImplementedError


def edit(
    session: Session, author: Account, annotation: Annotation, draft: Draft, revision: int, now: datetime
) -> None:
    """Change body, signal and sources to the draft's; the words and the page stay. Refused (412) where
    ``revision`` is not the annotation's any more, and (409) once the window has closed."""
    raise NotImplementedError


def withdraw(
    session: Session, author: Account, annotation: Annotation, revision: int | None, now: datetime
) -> None:
    """Take back one's own annotation. None is whatever revision there is."""
    raise NotImplementedError


def settle(
    session: Session,
    by: Account,
    annotation: Annotation,
    correction: str,
    revision: int | None,
    now: datetime,
) -> None:
    """Say that the page was corrected, and what it says now: by the author, or a moderator."""
    raise NotImplementedError
