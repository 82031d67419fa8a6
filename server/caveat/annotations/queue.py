"""The queue: what needs one volunteer's rating most.

In: a session, who asks, the time. Out: annotations that they neither wrote nor rated, the most wanted first.
How much a rating is wanted is the ranking's to say (``ranking.needed``); what it counted last stands beside
each annotation. What can go wrong: nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from caveat.accounts.models import Account
from caveat.annotations import lookup
from caveat.annotations.lookup import Seen
from caveat.annotations.models import Annotation, Rater, Rating
from caveat.annotations.ranking import NONE, Evidence, Settings, wanted

MOST = 20  # at once: a sitting; the next sitting asks again
# Of each kind of waiting, the newest so many are weighed up. What is older has lost half of its weight every
# week, and weighing all of a long queue for everybody who opens it would cost more than it finds.
_LOOKED_AT = 500


def waiting(session: Session, rater: Account, now: datetime, most: int = MOST) -> list[Seen]:
    """What this account is asked to rate."""
    rows = [row for status in lookup.WAITING for row in session.execute(_newest(status, rater))]
    if not rows:
        return []
    known = session.get(Rater, rater.id)
    side = known.side if known is not None else NONE
    age = np.array([(now - created).total_seconds() for _, created, _ in rows])
    weight = wanted(_evidence([standing for _, _, standing in rows]), side, age, Settings())
    order = np.argsort(-weight, kind="stable")[:most]
    return lookup.these(session, [rows[place][0] for place in order], rater)


def _newest(status: str, rater: Account) -> Select[Any]:
    rated = select(Rating.annotation_id).where(
        Rating.annotation_id == Annotation.id, Rating.account_id == rater.id
    )
    return (
        select(Annotation.id, Annotation.created, Annotation.standing)
        .where(Annotation.status == status, Annotation.account_id != rater.id, ~rated.exists())
        .order_by(Annotation.created.desc())
        .limit(_LOOKED_AT)
    )


def _evidence(standings: list[dict[str, Any] | None]) -> Evidence:
    """What the last ranking counted, for those that it knew."""
    nothing: dict[str, Any] = {"ratings": 0, "sides": [{"helpful": 0.0, "ratings": 0}] * 2}
    counted = [standing or nothing for standing in standings]
    unknown = np.full(len(counted), np.nan)
    return Evidence(
        intercept=unknown,
        factor=unknown,
        ratings=np.array([one["ratings"] for one in counted], np.int64),
        helpful=np.array([[one["sides"][side]["helpful"] for one in counted] for side in (0, 1)], np.float64),
        count=np.array([[one["sides"][side]["ratings"] for one in counted] for side in (0, 1)], np.int64),
    )
