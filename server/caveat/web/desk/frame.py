"""What every page of the desk has: a moderator who looks, the frame around it, and forms that are read alike.

In: a database, a clock. Out: ``Desk``, whose ``reading`` and ``writing`` give a session and the moderator;
``show`` makes the page. What can go wrong: whoever is no moderator is led to the form or refused (403), a
form that no page of ours sends is a bad request (400).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from flask import Response, abort, request
from markupsafe import Markup
from sqlalchemy.orm import Session

from caveat.accounts.models import Account, Role
from caveat.annotations import brake
from caveat.annotations.models import Switch
from caveat.annotations.rulings import KINDS, LONGEST, REASONS, Decision, Ruling
from caveat.database import Database
from caveat.web.outward import REL, at_words, href
from caveat.web.page import page
from caveat.web.session import signed_in

# What a decision's button says, and the key that presses it.
LABELS = {
    Decision.APPROVE: ("Let it on to the raters", "a"),
    Decision.KEEP: ("Keep it, close the reports", "k"),
    Decision.HIDE: ("Hide it", "h"),
    Decision.HOLD: ("Hold it", "o"),
    Decision.RESTORE: ("Take the decision back", "r"),
    Decision.SETTLE: ("Mark it settled", "s"),
    Decision.SHOW: ("Helpful: show it", "e"),
    Decision.DECLINE: ("Not helpful", "d"),
    Decision.UPHOLD: ("Uphold the decision", "u"),
    Decision.OVERTURN: ("Overturn the decision", "v"),
}


class Sitting(NamedTuple):
    """One request's session, the moderator, and when."""

    session: Session
    me: Account
    now: datetime


@dataclass(frozen=True)
class Desk:
    """What the rooms of the desk work on."""

    database: Database
    out_of_date: Callable[[Iterable[str]], object]
    clock: Callable[[], datetime]

    @contextmanager
    def reading(self) -> Iterator[Sitting]:
        """To look at something."""
        with self.database.read() as session:
            yield self._sitting(session)

    @contextmanager
    def writing(self) -> Iterator[Sitting]:
        """To decide something; it is so when the block ends."""
        with self.database.begin() as session:
            yield self._sitting(session)

    def _sitting(self, session: Session) -> Sitting:
        now = self.clock()
        return Sitting(session, signed_in(session, now, Role.MODERATOR, Role.ADMINISTRATOR).account, now)


def show(session: Session, template: str, status: int = 200, **shown: Any) -> Response:
    """A page of the desk; each says whether something is stopped."""
    freeze = session.get(Switch, "freeze")
    common = {
        "brake": brake.state(session),
        "freeze": freeze if freeze and freeze.value.get("on") else None,
        "href": href,
        "at_words": at_words,
        "rel": REL,
        "kinds": KINDS,
        "reasons": REASONS,
        "labels": LABELS,
        "longest": LONGEST,
        "moment": _moment,
    }
    return page(template, status, **common, **shown)


def ruling_of(decision: str) -> Ruling:
    """What the form under way decides."""
    try:
        known = Decision(decision)
    except ValueError:
        abort(400, "There is no such decision. Go back, load the page anew, and choose one of its buttons.")
    return Ruling(known, request.form.get("reason", ""), request.form.get("words", ""))


def number(digits: str, otherwise: int | None = None) -> int:
    """A number that a form or an address came with."""
    if digits.isascii() and digits.isdigit() and len(digits) < 10:
        return int(digits)
    if otherwise is None:
        abort(
            400, "The form came with a number that is none. Go back, load the page anew, and send it again."
        )
    return otherwise


def _moment(moment: datetime) -> Markup:
    """A moment as a person reads it: 4 May 2026, 12:00 UTC."""
    read = f"{moment.day} {moment:%B %Y, %H:%M} UTC"
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(timespec="seconds"), read)
