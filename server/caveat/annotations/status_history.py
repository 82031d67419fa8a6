"""What became of an annotation, as the log tells it: only changes of its status, and who made them.

In: lines of the log. Out: ``Change``. The log holds more (reports, appeals, a moderator's reasons, which may
quote people); none of that is for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from caveat.accounts.models import Entry
from caveat.annotations.models import Status

# What the log says of the new status differs by who wrote the line: the ranking, the desk, or the author,
# whose actions say it by themselves.
_SAID = ("after", "to")
_MEANT = {"submit": Status.PENDING, "withdraw": Status.WITHDRAWN, "settle": Status.SETTLED}

AUTHOR, DESK, RATINGS = "author", "desk", "ratings"


@dataclass(frozen=True)
class Change:
    """One change of status."""

    at: datetime
    status: Status
    by: str
    """``author``, ``desk`` (a moderator) or ``ratings``."""


def change(entry: Entry, author: int) -> Change | None:
    """The change that a line tells of; None where it tells of something else. ``author`` is the account."""
    said = next((entry.details[name] for name in _SAID if name in entry.details), None)
    status = _MEANT.get(entry.action) if said is None else said
    if status is None or status not in set(Status):
        return None
    by = AUTHOR if entry.account_id == author else DESK if entry.account_id else RATINGS
    return Change(entry.at, Status(status), by)
