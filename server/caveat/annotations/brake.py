"""The emergency brake: what is stopped for everybody, until somebody lets go.

In: a session, and for a pull who pulls, what is to be stopped and why. Out: the brake as it stands. What can
go wrong: ``Refused``. A stopped part answers 503 with the reason, whoever asks; nothing is lost by it.

    if state(session).stops(Part.SUBMISSIONS): ...
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from caveat.accounts import log
from caveat.accounts.models import Account, Role
from caveat.accounts.refused import Refused
from caveat.annotations import situation
from caveat.annotations.models import Switch
from caveat.annotations.rulings import sentence

NAME = "brake"


class Part(StrEnum):
    """What can be stopped by itself."""

    SUBMISSIONS = "submissions"
    RATINGS = "ratings"
    SHOWING = "showing"
    """Readers get no annotation at all."""


@dataclass(frozen=True)
class Brake:
    """The parts that are stopped, and why."""

    stopped: frozenset[Part] = frozenset()
    reason: str = ""
    since: datetime | None = None
    by: int | None = None
    """The account that changed it last."""

    def stops(self, part: Part) -> bool:
        """Whether this part is stopped."""
        return part in self.stopped


def state(session: Session) -> Brake:
    """The brake as it stands: one row by its name."""
    switch = session.get(Switch, NAME)
    if switch is None:
        return Brake()
    value = switch.value
    stopped = frozenset(Part(part) for part in value["stopped"])
    return Brake(stopped, value["reason"], switch.changed, value["by"])


def pull(session: Session, by: Account, stopped: Collection[Part], reason: str, now: datetime) -> Brake:
    """Stop these parts and let go of all others. Showing is for administrators: it concerns every reader."""
    situation.must_moderate(by)
    before, after = state(session), frozenset(stopped)
    if Part.SHOWING in before.stopped ^ after and by.role != Role.ADMINISTRATOR:
        raise Refused(403, "Only administrators stop the showing of annotations, or let go of it.")
    reason = sentence(reason)
    if after and not reason:
        raise Refused(422, "Say why. Volunteers are told it.", "#/words")
    value = {"stopped": sorted(after), "reason": reason, "by": by.id}
    session.merge(Switch(name=NAME, value=value, changed=now))
    log.record(
        session,
        now,
        by,
        "brake",
        f"switch:{NAME}",
        reason,
        stopped=sorted(after),
        before=sorted(before.stopped),
    )
    return Brake(after, reason, now, by.id)
