"""What waits at the desk, the most urgent first, and why it stands where it stands.

In: a session and the time. Out: a ``Queue``. Each annotation's urgency is a sum of parts, and each part has
a sentence, so that a moderator sees why this one comes before that one. What can go wrong: nothing; where
more waits than a person can look through, the queue has the most urgent of it and says how many there are.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session, joinedload

from caveat.annotations import situation
from caveat.annotations.models import Annotation, Appeal, Rating, Report, Status, Verdict
from caveat.annotations.rulings import KINDS
from caveat.annotations.spam import Hint, hints
from caveat.annotations.spared import folded

# Points. What a report says weighs most (see moderation.toml: 15 to 80); the rest orders what is alike.
SHOWN = 40  # readers see it now: above the step between two kinds, below that from useless to private
APPEAL = 30  # as much as a report of something untrue: somebody says that we are wrong
HELD = 10  # no reader sees it; it only must not be forgotten
# Where a person finds things helpful, what most raters like comes up first: at most as urgent as an appeal.
RATED, RATED_BY = 30, 3  # at least so many raters
CERTAIN = 1.96  # standard deviations, for the lower bound at 95 %
# Reports need no account, so that one person can send many: twice as many are one step, not twice as urgent.
DOUBLED = 10
OTHER_KIND = 5
# Whatever waits comes up in the end, within ten days even before something that is shown.
A_DAY, LONGEST_WAIT = 5, 10

MOST = 1_000  # annotations that are put in order; nobody looks through more
# Of those that nobody has rated, the newest that are searched for hints: each takes a look at what else its
# author wrote, and the page should not take a second.
LOOKED_AT = 60
OF_AN_AUTHOR = 40  # their newest annotations, which the hints look at


class Why(StrEnum):
    """Why something is at the desk."""

    REPORTED = "reported"
    APPEALED = "appealed"
    HELD = "held"
    HINTED = "hinted"
    """It looks like spam, and nobody held it yet."""
    RATED = "rated"
    """It was rated, and the community is too small for a machine to find it helpful."""


@dataclass(frozen=True)
class Part:
    """Some points of urgency."""

    points: int
    sentence: str


@dataclass(frozen=True)
class Waiting:
    """One annotation at the desk."""

    annotation: Annotation
    why: frozenset[Why]
    since: datetime
    parts: tuple[Part, ...]
    hints: tuple[Hint, ...]

    @property
    def urgency(self) -> int:
        """All points together."""
        return sum(part.points for part in self.parts)


@dataclass(frozen=True)
class Queue:
    """What waits, the most urgent first."""

    waiting: tuple[Waiting, ...]
    counts: Mapping[Why, int]
    left_out: int
    """Reported ones that are not in order here, being less urgent than those that are."""


@dataclass(frozen=True)
class _Reports:
    parts: tuple[Part, ...]
    since: datetime

    @property
    def points(self) -> int:
        return sum(part.points for part in self.parts)


def queue(session: Session, now: datetime) -> Queue:
    """All that waits."""
    reports = _reports(session)
    most_urgent = sorted(reports, key=lambda id_: -reports[id_].points)[:MOST]
    appeals = _appeals(session)
    is_pending = Annotation.status == Status.PENDING
    held = session.scalars(_annotations().where(is_pending, Annotation.locked.is_not(None)).limit(MOST))
    newest = _annotations().where(is_pending).order_by(Annotation.created.desc()).limit(LOOKED_AT)
    is_pending = Annotation.status == Status.PENDING
    held = session.scalars(_annotations().where(is_pending, Annotation.locked.is_not(None)).limit(MOST))
    newest = _annotations().where(is_pending).order_by(Annotation.created.desc()).limit(LOOKED_AT)
    pending = session.scalars(newest).all()
    hinted = dict(_hinted(session, pending, now))
    rated = _rated(session) if situation.is_small(session) else {}
    ids = {*most_urgent, *appeals, *rated}
    others = session.scalars(_annotations().where(Annotation.id.in_(ids))).all() if ids else ()
    found = {annotation.id: annotation for annotation in (*pending, *held, *others)}

    waiting = []
    for annotation in found.values():
        told = reports.get(annotation.id)
        found_of_it = hinted.get(annotation.id, ())
        one = _one(annotation, told, appeals.get(annotation.id), found_of_it, rated.get(annotation.id), now)
        if one is not None:
            waiting.append(one)
    waiting.sort(key=lambda one: (-one.urgency, one.since, one.annotation.id))
    counts = {why: sum(why in one.why for one in waiting) for why in Why}
    return Queue(tuple(waiting), counts, len(reports) - len(most_urgent))


def _annotations() -> Select[Annotation]:
    return select(Annotation).options(joinedload(Annotation.author), joinedload(Annotation.page))


def _one(
    annotation: Annotation,
    reports: _Reports | None,
    appealed: datetime | None,
    found: tuple[Hint, ...],
    rated: Part | None,
    now: datetime,
) -> Waiting | None:
    why: set[Why] = set()
    since: list[datetime] = []
    parts: list[Part] = []
    if reports is not None:
        why.add(Why.REPORTED)
        since.append(reports.since)
        parts.extend(reports.parts)
    if appealed is not None:
        why.add(Why.APPEALED)
        since.append(appealed)
        parts.append(Part(APPEAL, "Its author asks for another look."))
    if situation.is_held(annotation):
        why.add(Why.HELD)
        since.append(annotation.status_since)
        parts.append(Part(HELD, "It is held: no reader sees it before a moderator has looked."))
    if found:
        why.add(Why.HINTED)
        since.append(annotation.created)
        parts.extend(Part(hint.urgency, hint.sentence) for hint in found)
    if rated is not None:
        why.add(Why.RATED)
        since.append(annotation.status_since)
        parts.append(rated)
    if not why:
        return None
    if annotation.status in (Status.HELPFUL, Status.SETTLED):
        parts.append(Part(SHOWN, "Readers see it now."))
    days = (now - min(since)).days
    if days > 0:
        parts.append(
            Part(
                A_DAY * min(days, LONGEST_WAIT),
                f"It has waited for {days} days." if days > 1 else "It has waited a day.",
            )
        )
    return Waiting(annotation, frozenset(why), min(since), tuple(parts), found)


def _reports(session: Session) -> dict[int, _Reports]:
    query = (
        select(Report.annotation_id, Report.kind, func.count(), func.min(Report.created))
        .where(Report.closed.is_(None))
        .group_by(Report.annotation_id, Report.kind)
    )
    kinds: dict[int, list[tuple[str, int, datetime]]] = defaultdict(list)
    for id_, kind, times, first in session.execute(query):
        kinds[id_].append((kind, times, first))
    return {
        id_: _Reports(tuple(_told(found)), min(first for *_, first in found)) for id_, found in kinds.items()
    }


def _told(found: Iterable[tuple[str, int, datetime]]) -> Iterator[Part]:
    """The gravest kind counts in full, the others a little: somebody who means harm ticks all of them."""
    gravest_first = sorted(found, key=lambda kind: (-_urgency(kind[0]), kind[0]))
    for at, (kind, times, _) in enumerate(gravest_first):
        points = _urgency(kind) if at == 0 else OTHER_KIND
        reports = "One report" if times == 1 else f"{times} reports"
        says = KINDS.get(kind, KINDS["other"])["says"]
        yield Part(points + round(DOUBLED * math.log2(times)), f"{reports}: {says[0].lower()}{says[1:]}.")


def _urgency(kind: str) -> int:
    return int(KINDS.get(kind, KINDS["other"])["urgency"])


def _appeals(session: Session) -> dict[int, datetime]:
    query = select(Appeal.annotation_id, func.min(Appeal.created)).where(Appeal.closed.is_(None))
    found = session.execute(query.group_by(Appeal.annotation_id).limit(MOST))
    return {row[0]: row[1] for row in found}


def _rated(session: Session) -> dict[int, Part]:
    """What raters made of what waits; there are few ratings where this is asked."""
    query = (
        select(
            Rating.annotation_id,
            func.count(),
            func.sum(case((Rating.verdict == Verdict.HELPFUL, 1), else_=0)),
        )
        .join(Annotation, Annotation.id == Rating.annotation_id)
        .where(Annotation.status.in_((Status.PENDING, Status.NEEDS_RATINGS)), Annotation.locked.is_(None))
        .group_by(Rating.annotation_id)
        .having(func.count() >= RATED_BY)
    )
    return {
        id_: Part(
            round(RATED * _surely(int(helpful), count)),
            f"{helpful} of {count} raters found it helpful; they are too few for a machine, so you decide.",
        )
        for id_, count, helpful in session.execute(query)
    }


def _surely(helpful: int, count: int) -> float:
    """The share of helpful ratings that is exceeded in all likelihood (Wilson's lower bound)."""
    share, z2 = helpful / count, CERTAIN**2
    middle = share + z2 / (2 * count)
    spread = CERTAIN * math.sqrt(share * (1 - share) / count + z2 / (4 * count**2))
    return (middle - spread) / (1 + z2 / count)


def _hinted(
    session: Session, pending: Iterable[Annotation], now: datetime
) -> Iterator[tuple[int, tuple[Hint, ...]]]:
    same: dict[str, list[Annotation]] = defaultdict(list)
    for annotation in pending:
        same[folded(annotation.body)].append(annotation)
    theirs: dict[int, list[Annotation]] = {}
    for annotation in pending:
        author = annotation.account_id
        if author not in theirs:
            theirs[author] = newest_of(session, author, now)
        others = {other.id: other for other in (*theirs[author], *same[folded(annotation.body)])}
        yield annotation.id, tuple(hints(annotation, others.values()))


def newest_of(session: Session, author: int, now: datetime) -> list[Annotation]:
    """What an author wrote lately, as far as the hints look."""
    month = now - timedelta(days=30)
    query = select(Annotation).where(Annotation.account_id == author, Annotation.created > month)
    return list(session.scalars(query.order_by(Annotation.created.desc()).limit(OF_AN_AUTHOR)))
