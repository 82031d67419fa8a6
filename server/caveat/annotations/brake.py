"""The emergency brake: what is stopped for everybody, until somebody lets go.

In: a session, and for a pull who pulls, what is to be stopped and why. Out: the brake as it stands. What can
go wrong: ``Refused``. A stopped part answers 503 with the reason, whoever asks; nothing is lost by it.

    if state(session).stops(Part.SUBMISSIONS): ...
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from caveat.annotations.models import Switch

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
