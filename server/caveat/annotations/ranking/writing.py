"""Whether a volunteer may write annotations: earned by rating well, lost by writing badly.

The idea is Community Notes' rating impact. A rating that foresaw the status an annotation got counts +1, one
that spoke against it -1. Only ratings given *before* the status count: afterwards agreeing is copying.
"Somewhat" foresees nothing and counts nothing. At five the volunteer may write. When three of the last
five annotations of theirs that got a status are not helpful, they may no longer, until they have earned
five more than they had then.

What its author took back counts for them as its ratings had it then (``standing`` says how): else whoever
sees a bad end coming could save their record from it. For its raters it counts nothing.

In: what a volunteer rated and wrote, in any order, with the status each has now and since when. Out:
``Writing``. It is replayed from the beginning each time, so a status that is taken back takes its impact
with it. What can go wrong: nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from caveat.annotations.ranking.evidence import Status

EARN = 5  # theirs: five notes foreseen is past luck (one in 32 by guessing), and a week's spare time
LAST = 5  # theirs: the last annotations with a status that are looked at
TOO_MANY = 3  # theirs: so many of them not helpful, and writing is lost


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating, and what became of the annotation."""

    value: float
    at: float
    status: Status
    since: float  # when the annotation got its status

    @property
    def impact(self) -> int:
        """+1 where the rating foresaw the status, -1 where it spoke against it, else 0."""
        if self.status is Status.NEEDS_RATINGS or self.at >= self.since or self.value == 0.5:
            return 0
        return 1 if (self.value == 1.0) == (self.status is Status.HELPFUL) else -1


@dataclass(frozen=True, slots=True)
class Written:
    """An annotation of the volunteer's own."""

    status: Status
    since: float


@dataclass(frozen=True, slots=True)
class Writing:
    """Whether a volunteer may write, the impact of their ratings, and the impact at which they may."""

    may: bool
    impact: int
    wanted: int

    @property
    def reason(self) -> str:
        """The state in one sentence, for the volunteer."""
        if self.may:
            return "You may write: your ratings foresaw what others came to find."
        missing = self.wanted - self.impact
        again = " again" if self.wanted > EARN else ""
        return (
            f"You may write{again} when {missing} more of your ratings agree with the status an annotation "
            "gets later than those that disagree."
        )


def writing(rated: Iterable[Rated], written: Iterable[Written]) -> Writing:
    """Where a volunteer stands after all of this."""
    # At one moment a rating's impact comes before an own annotation's fate, in the volunteer's favour.
    events = sorted(
        [(one.since, 0, one.impact) for one in rated if one.impact]
        + [(one.since, 1, int(one.status)) for one in written if one.status is not Status.NEEDS_RATINGS]
    )
    may, impact, wanted = False, 0, EARN
    last: list[int] = []
    for _, is_own, what in events:
        if not is_own:
            impact += what
            may = may or impact >= wanted
            continue
        last = [*last, what][-LAST:]
        if what == Status.NOT_HELPFUL and last.count(Status.NOT_HELPFUL) >= TOO_MANY and may:
            may, wanted = False, impact + EARN
    return Writing(may, impact, wanted)
