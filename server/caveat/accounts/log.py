"""The log of all that was done: lines are added, never changed.

In: who did what to what, and why. Out: lines whose digests form a chain. ``check`` says where a chain is
broken. The database itself refuses to change or delete a line (see the migrations).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol

import orjson
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from caveat.accounts.models import Account, Entry


class Kept(Protocol):
    """Whatever has a table and a number: an account, an annotation, a page."""

    @property
    def id(self) -> int: ...


BEGINNING = "0" * 64
# PostgreSQL lets several write at once; the chain has one end, so that they take turns (any number of ours).
_TURN = 0x0CA7EA7


def record(
    session: Session,
    now: datetime,
    by: Account | None,
    action: str,
    subject: Kept | str,
    reason: str = "",
    **details: Any,
) -> Entry:
    """Add a line. It is there when, and only when, the session is committed."""
    [entry] = record_all(session, now, by, action, [(subject, reason, details)])
    return entry


def record_all(
    session: Session,
    now: datetime,
    by: Account | None,
    action: str,
    what: Iterable[tuple[Kept | str, str, dict[str, Any]]],
) -> list[Entry]:
    """Add a line for each subject, with its reason and details; all in one turn."""
    session.flush()  # before the turn: whoever holds it must not wait for a row of somebody waiting for it
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
    last = session.scalar(select(Entry.chain).order_by(Entry.id.desc()).limit(1)) or BEGINNING
    entries = []
    for subject, reason, details in what:
        entry = Entry(
            at=now,
            account_id=by.id if by else None,
            action=action,
            subject=subject if isinstance(subject, str) else name_of(subject),
            reason=reason,
            details=details,
        )
        last = entry.chain = _link(last, entry)
        entries.append(entry)
    session.add_all(entries)
    session.flush()
    return entries


def name_of(subject: Kept) -> str:
    """What the log calls something: ``annotation:12``."""
    return f"{type(subject).__name__.lower()}:{subject.id}"


def history(session: Session, subject: Kept) -> list[Entry]:
    """All that was done to something, the first first."""
    return list(session.scalars(select(Entry).where(Entry.subject == name_of(subject)).order_by(Entry.id)))


def check(session: Session) -> Iterator[int]:
    """The numbers of the lines that are not what they were when they were written."""
    last = BEGINNING
    for entry in session.scalars(select(Entry).order_by(Entry.id).execution_options(yield_per=1_000)):
        if entry.chain != _link(last, entry):
            yield entry.id
        last = entry.chain


def _link(last: str, entry: Entry) -> str:
    who_and_what = [entry.account_id, entry.action, entry.subject, entry.reason, entry.details]
    content = orjson.dumps([last, entry.at.isoformat(), *who_and_what], option=orjson.OPT_SORT_KEYS)
    return sha256(content).hexdigest()
