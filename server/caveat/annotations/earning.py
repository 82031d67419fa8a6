"""Who may write, of all who rated or wrote: ``ranking.writing`` for all of them at once.

In: ratings with what became of each annotation and since when, and who wrote which. Out: ``Earned``, a row
an account. What can go wrong: nothing. ``writing`` is the rule; it is asked where an account may have lost
writing, which few do. For all others the rule comes down to sums: impact is added up in the order in which
statuses were given, and whoever ever had enough may write.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caveat.annotations.ranking import Rated, Ratings, Written, writing
from caveat.annotations.ranking import Status as Rank
from caveat.annotations.ranking.writing import EARN, LAST, TOO_MANY

Ids = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Became:
    """What became of each annotation."""

    account: Ids
    outcome: NDArray[np.int8]  # for those who foresaw it
    fate: NDArray[np.int8]  # for who wrote it
    since: Floats


@dataclass(frozen=True)
class Earned:
    """By account, in the order of ``ids``."""

    ids: Ids
    may: NDArray[np.bool_]
    impact: Ids
    wanted: Ids


def earned(ratings: Ratings, became: Became, place: Ids) -> Earned:
    """Where everybody stands. ``place`` has for each of ``ratings.notes`` where it is in ``became``."""
    ids = np.union1d(ratings.raters, became.account)
    where = place[ratings.note]
    outcome, since = became.outcome[where], became.since[where]
    counts = np.flatnonzero((outcome != Rank.NEEDS_RATINGS) & (ratings.at < since) & (ratings.value != 0.5))
    rater = np.searchsorted(ids, ratings.raters)[ratings.rater[counts]]
    when = since[counts]
    foresaw = (ratings.value[counts] == 1.0) == (outcome[counts] == Rank.HELPFUL)
    impact = np.where(foresaw, 1, -1)

    order = np.lexsort((impact, when, rater))  # as ``writing`` takes them: at one moment the losses first
    rater, when, impact = rater[order], when[order], impact[order]
    sums = np.bincount(rater, impact, len(ids)).astype(np.int64)
    so_far = np.cumsum(impact)
    begins = np.searchsorted(rater, np.arange(len(ids)))
    before = np.concatenate(([0], so_far))[begins]
    may = np.zeros(len(ids), np.bool_)
    may[rater[so_far - before[rater] >= EARN]] = True
    wanted = np.full(len(ids), EARN, np.int64)

    ends = np.append(begins[1:], len(rater))
    by_author = np.argsort(became.account, kind="stable")
    first, last = (np.searchsorted(became.account, ids, side, by_author) for side in ("left", "right"))
    for at in np.flatnonzero(may & _wrote_badly(ids, became)):
        own = by_author[first[at] : last[at]]
        stand = writing(
            [_rated(float(when[k]), int(impact[k])) for k in range(begins[at], ends[at])],
            [Written(Rank(int(became.fate[k])), float(became.since[k])) for k in own],
        )
        may[at], wanted[at] = stand.may, stand.wanted
    return Earned(ids, may, sums, wanted)


def _rated(since: float, impact: int) -> Rated:
    """A rating of this impact."""
    return Rated(1.0, -np.inf, Rank.HELPFUL if impact > 0 else Rank.NOT_HELPFUL, since)


def _wrote_badly(ids: Ids, became: Became) -> NDArray[np.bool_]:
    """Who ever had so many of the last annotations not helpful that writing is lost by it."""
    given = np.flatnonzero(became.fate != Rank.NEEDS_RATINGS)
    author = np.searchsorted(ids, became.account[given])
    order = np.lexsort((became.fate[given], became.since[given], author))
    author, bad = author[order], became.fate[given][order] == Rank.NOT_HELPFUL
    last = np.zeros(len(bad), np.int64)
    for back in range(min(LAST, len(bad))):
        same = author[back:] == author[: len(author) - back]
        last[back:] += same & bad[: len(bad) - back]
    badly = np.zeros(len(ids), np.bool_)
    badly[author[last >= TOO_MANY]] = True
    return badly
