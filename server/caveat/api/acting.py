"""Acting on the store: a transaction, and who asks.

In: a database and a clock. Out: ``Acting``, whose ``writing`` and ``reading`` give a session and the caller;
what they answer with is sent after the transaction, so that nothing is acknowledged that is not kept. What
can go wrong: what ``caller`` refuses, ``Refused`` of the services, ``DatabaseError``; each is a problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from flask import Response, request
from sqlalchemy.orm import Session

from caveat.accounts.models import Account
from caveat.annotations import lookup
from caveat.annotations.lookup import Seen
from caveat.api.caller import caller, caller_or_none
from caveat.api.problems import refuse
from caveat.database import Database

SCOPE = "annotate"
PRIVATE = {"Cache-Control": "private, no-store"}


class Act(NamedTuple):
    """One request's session, who acts, and when."""

    session: Session
    by: Account
    now: datetime

    def find(self, uuid: UUID) -> Seen:
        """The annotation of this name. Refuses (404) what is not there for this account."""
        return found(lookup.one(self.session, uuid, self.by))


@dataclass(frozen=True)
class Acting:
    """The store, and the time."""

    database: Database
    clock: Callable[[], datetime]

    @contextmanager
    def writing(self) -> Iterator[Act]:
        """Committed at the end. Refuses whoever has no token to annotate."""
        now = self.clock()
        with self.database.begin() as session:
            yield Act(session, caller(session, now, SCOPE).account, now)

    @contextmanager
    def reading(self) -> Iterator[Act]:
        """The same, only to look."""
        now = self.clock()
        with self.database.read() as session:
            yield Act(session, caller(session, now, SCOPE).account, now)


def viewer(session: Session, now: datetime) -> Account | None:
    """Who looks; None for a reader without an account, and for a token that was made for something else."""
    who = caller_or_none(session, now)
    return who.account if who is not None and who.may(SCOPE) else None


def found(seen: Seen | None) -> Seen:
    """What was found. Refuses (404) where nothing was."""
    if seen is None:
        refuse(404, "There is no such annotation, or it is not shown.")
    return seen


def revision_seen() -> int | None:
    """The revision that ``If-Match`` names; None where any will do (``*``, or no such line)."""
    tags = request.if_match
    if "If-Match" not in request.headers or tags.star_tag:
        return None
    numbers = [tag for tag in tags if tag.isascii() and tag.isdigit() and len(tag) < 10]
    return int(numbers[0]) if numbers else -1  # which no annotation has


def answer(document: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A document for one person only."""
    return Response(
        orjson.dumps(document), status, {**PRIVATE, **(headers or {})}, content_type="application/json"
    )
