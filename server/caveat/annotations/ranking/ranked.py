"""Ranking: from ratings and how things stood to how they stand now.

In: ``Ratings``; who the raters are (``Raters``; None: everybody counts), how it stood (``Standing``; None:
never ranked before), and the time. Out: ``Ranking``, for each annotation a status, the numbers behind it
and a sentence that says why, for each rater intercept and factor, and the ``Standing`` to hand in next
time. The same input always gives the same output. What can go wrong: nothing that ``Ratings`` let through.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from caveat.annotations.ranking.evidence import Evidence, Status, Statuses, evidence, judge, wilson
from caveat.annotations.ranking.model import Start, fit
from caveat.annotations.ranking.ratings import Floats, Ids, Mask, Places, Ratings, found
from caveat.annotations.ranking.settings import Rule, Settings
from caveat.annotations.ranking.sides import NONE, Sides, sides


@dataclass(frozen=True, slots=True)
class Raters:
    """Who rates: ids in any order, when each account was made, and whether somebody vouched for it."""

    ids: Ids
    joined: Floats  # Unix seconds
    vouched: Mask
    line: Ids | None = None  # equal where volunteers brought one another in; None: everybody came alone


@dataclass(frozen=True, slots=True)
class Standing:
    """What is remembered from one ranking to the next. Made by ``Standing.of`` or ``Ranking.standing``."""

    notes: Ids  # sorted
    status: Statuses
    since: Floats  # when the status was given, Unix seconds
    intercept: Floats
    factor: Floats
    mu: float

    @classmethod
    def of(
        cls,
        notes: ArrayLike,
        status: ArrayLike,
        since: ArrayLike,
        intercept: ArrayLike,
        factor: ArrayLike,
        mu: float,
    ) -> Standing:
        """A standing of columns in any order, as a store keeps them."""
        ids = np.asarray(notes)
        order = np.argsort(ids, kind="stable")
        when, i_n, f_n = (np.asarray(column, np.float64)[order] for column in (since, intercept, factor))
        return cls(ids[order], np.asarray(status, np.int8)[order], when, i_n, f_n, mu)


class Held(IntEnum):
    """Why a status was not the rule's to give."""

    NO = 0
    LOCKED = 1  # it was given long ago
    FROZEN = 2  # too many of the week's ratings are by new accounts


@dataclass(frozen=True, slots=True)
class Ranking:
    """How things stand: arrays of annotations in the order of ``notes``, of raters in that of ``raters``."""

    rule: Rule  # the one that was used; never ``auto``
    qualified: int  # raters whose ratings counted
    counted: int  # ratings that counted
    fresh: float  # the share of the week's ratings by new accounts
    notes: Ids
    known: Evidence  # nan for annotations without a rating that counts
    status: Statuses
    since: Floats
    held: NDArray[np.int8]
    queue: Ids  # annotations that need ratings, the most promising first: what a moderator looks at
    raters: Ids
    rater_intercept: Floats  # nan where a rater does not count yet
    rater_factor: Floats
    rater_side: Sides  # 0, 1, or NONE, also where a rater does not count yet
    mu: float
    rounds: int  # that the model took
    settings: Settings

    @property
    def standing(self) -> Standing:
        """What to hand in next time."""
        return Standing(self.notes, self.status, self.since, self.known.intercept, self.known.factor, self.mu)


def rank(
    ratings: Ratings,
    raters: Raters | None = None,
    before: Standing | None = None,
    now: float = 0.0,
    settings: Settings | None = None,
) -> Ranking:
    """How things stand at ``now`` (Unix seconds)."""
    settings = settings or Settings()
    vouched, qualified, fresh = _admit(ratings, raters, now, settings)
    counted = ratings if qualified.all() else ratings.only(qualified[ratings.rater])
    old_status, old_since, start = _recall(ratings, counted, before)
    model = fit(counted, start)
    rule = settings.rule
    if rule is Rule.AUTO:
        rule = _by_size(len(counted.raters), len(counted), settings)
    side = sides(counted, model, settings.side_certainty)
    known = _for_all(ratings, counted, evidence(counted, model, side, _lines(counted, raters)))
    status, held = _hold(known, rule, old_status, old_since, now, fresh, settings)
    bound = wilson(ratings, vouched, settings.wilson_z)
    waiting = np.flatnonzero(status == Status.NEEDS_RATINGS)
    place = found(ratings.raters, counted.raters)
    return Ranking(
        rule=rule,
        qualified=len(counted.raters),
        counted=len(counted),
        fresh=fresh,
        notes=ratings.notes,
        known=known,
        status=status,
        since=np.where(status == old_status, old_since, now),
        held=held,
        queue=ratings.notes[waiting[np.argsort(-bound[waiting], kind="stable")]],
        raters=ratings.raters,
        rater_intercept=_placed(model.rater_intercept, place, np.nan),
        rater_factor=_placed(model.rater_factor, place, np.nan),
        rater_side=_placed(side, place, NONE).astype(np.int8),
        mu=model.mu,
        rounds=model.rounds,
        settings=settings,
    )


def _admit(
    ratings: Ratings, raters: Raters | None, now: float, settings: Settings
) -> tuple[Mask, Mask, float]:
    """Of the raters in ``ratings``, who is vouched for and who counts; the week's share of new accounts.

    Accounts that nobody vouched for never count, so their ratings cannot freeze the ranking either: else
    anybody could stop it.
    """
    if raters is None:
        everybody = np.ones(len(ratings.raters), np.bool_)
        return everybody, everybody, 0.0
    order = np.argsort(raters.ids, kind="stable")
    place = found(ratings.raters, raters.ids[order])
    joined = _placed(raters.joined[order], place, np.inf)
    vouched = _placed(raters.vouched[order].astype(np.float64), place, 0.0) > 0
    given = np.bincount(ratings.rater, minlength=len(ratings.raters))
    qualified = vouched & (given >= settings.rater_ratings) & (joined <= now - settings.rater_age)
    week = vouched[ratings.rater] & (ratings.at > now - settings.fresh_window)
    new = week & (joined > now - settings.fresh_age)[ratings.rater]
    return vouched, qualified, float(new.sum() / max(int(week.sum()), 1))


def _lines(counted: Ratings, raters: Raters | None) -> Places | None:
    """Numbers of the lines by which the raters that count came in; None where nobody shares one."""
    if raters is None or raters.line is None:
        return None
    order = np.argsort(raters.ids, kind="stable")
    mine = raters.line[order][found(counted.raters, raters.ids[order])]
    lines, line = np.unique(mine, return_inverse=True)
    return line.astype(np.int64) if len(lines) < len(line) else None


def _recall(
    ratings: Ratings, counted: Ratings, before: Standing | None
) -> tuple[Statuses, Floats, Start | None]:
    """The statuses so far and since when, and where the model begins."""
    if before is None:
        return np.zeros(len(ratings.notes), np.int8), np.zeros(len(ratings.notes)), None
    place = found(ratings.notes, before.notes)
    begin = found(counted.notes, before.notes)
    start = Start(before.mu, _placed(before.intercept, begin, np.nan), _placed(before.factor, begin, np.nan))
    status = _placed(before.status.astype(np.float64), place, Status.NEEDS_RATINGS)
    return status.astype(np.int8), _placed(before.since, place, 0.0), start


def _by_size(raters: int, ratings: int, settings: Settings) -> Rule:
    if raters < settings.raters_for_machine or ratings < settings.ratings_for_machine:
        return Rule.QUEUE
    return Rule.SIDES if ratings < settings.ratings_for_original else Rule.ORIGINAL_SIDES


def _hold(
    known: Evidence,
    rule: Rule,
    old: Statuses,
    since: Floats,
    now: float,
    fresh: float,
    settings: Settings,
) -> tuple[Statuses, NDArray[np.int8]]:
    """The rule's statuses where it may give them, the old ones elsewhere."""
    given = judge(known, rule, old, settings)
    locked = (old != Status.NEEDS_RATINGS) & (now - since >= settings.lock_after)
    frozen = np.full(len(old), fresh > settings.fresh_share)
    held = np.where(locked, Held.LOCKED, np.where(frozen, Held.FROZEN, Held.NO)).astype(np.int8)
    return np.where(held == Held.NO, given, old).astype(np.int8), held


def _for_all(ratings: Ratings, counted: Ratings, known: Evidence) -> Evidence:
    """The evidence from the ratings that count, for all annotations."""
    if counted is ratings:
        return known
    place = found(ratings.notes, counted.notes)
    return Evidence(
        intercept=_placed(known.intercept, place, np.nan),
        factor=_placed(known.factor, place, np.nan),
        ratings=_placed(known.ratings, place, 0).astype(np.int64),
        helpful=np.array([_placed(row, place, 0) for row in known.helpful]),
        count=np.array([_placed(row, place, 0) for row in known.count], np.int64),
    )


def _placed(values: NDArray[Any], place: Places, missing: float) -> Floats:
    """``values[place]``, and ``missing`` where the place is -1."""
    if not len(values):
        return np.full(len(place), missing)
    return np.asarray(np.where(place >= 0, values[place], missing), np.float64)
