"""Why an annotation has its status, in one plain sentence.

In: a ``Ranking`` and an annotation's place in it. Out: a sentence. Numbers are said as they were compared.
"""

from __future__ import annotations

import numpy as np

from caveat.annotations.ranking.evidence import Status
from caveat.annotations.ranking.ranked import Held, Ranking
from caveat.annotations.ranking.settings import DAY, Rule


def reason(ranking: Ranking, place: int) -> str:
    """The sentence for the annotation at ``place``."""
    status, settings = Status(int(ranking.status[place])), ranking.settings
    if ranking.held[place] == Held.LOCKED:
        return f"{_STAYS[status]}: settled {settings.lock_after / DAY:.0f} days after the status was given."
    if ranking.held[place] == Held.FROZEN:
        return (
            f"{_STAYS[status]} for now: {ranking.fresh:.0%} of this week's ratings come from accounts "
            f"younger than {settings.fresh_age / DAY:.0f} days, and above {settings.fresh_share:.0%} no "
            "status changes."
        )
    if ranking.rule is Rule.QUEUE:
        if status is Status.NEEDS_RATINGS:
            return (
                f"A moderator decides while the community is small: the ranking takes "
                f"{settings.raters_for_machine} raters with {settings.rater_ratings} ratings and "
                f"{settings.rater_age / DAY:.0f} days each, and {settings.ratings_for_machine} ratings of "
                f"theirs; so far {ranking.qualified} and {ranking.counted:,} count."
            )
        return f"{_STAYS[status]}: there are too few ratings for a machine to change it."
    if ranking.known.ratings[place] == 0:
        return "Needs ratings: none that counts was given yet."
    if status is Status.NEEDS_RATINGS:
        return _waiting_sides(ranking, place) if ranking.rule is Rule.SIDES else _waiting(ranking, place)
    if ranking.rule is Rule.SIDES or _poor_but_not_sunk(ranking, place):
        shown = "Shown" if status is Status.HELPFUL else "Not helpful"
        first, second = _sides(ranking, place)
        return f"{shown} because {first} on one side and {second} on the other found it helpful."
    return f"{_NAMES[status]}: {_numbers(ranking, place)}."


_NAMES = {Status.HELPFUL: "Helpful", Status.NOT_HELPFUL: "Not helpful", Status.NEEDS_RATINGS: "Needs ratings"}
_STAYS = {
    Status.HELPFUL: "Stays helpful",
    Status.NOT_HELPFUL: "Stays not helpful",
    Status.NEEDS_RATINGS: "Still needs ratings",
}


def _numbers(ranking: Ranking, place: int) -> str:
    """What the original's rule compared."""
    known, settings = ranking.known, ranking.settings
    intercept, factor = float(known.intercept[place]), abs(float(known.factor[place]))
    n = int(known.ratings[place])
    low = settings.intercept_not_helpful + settings.factor_not_helpful * factor
    said = f"after {n} ratings its intercept is {intercept:.3f}"
    if ranking.status[place] == Status.HELPFUL:
        enough = settings.intercept_helpful
        stay = "" if intercept >= enough else f", {enough - settings.hysteresis:g} to stay so"
        return f"{said} ({enough:g} is enough{stay}) and its factor {factor:.3f}"
    stay = "" if intercept <= low else f", {low + settings.hysteresis:.3f} to stay so"
    return f"{said}; with a factor of {factor:.3f}, {low:.3f} or less is too low{stay}"


def _waiting(ranking: Ranking, place: int) -> str:
    """What is missing by the original's rule."""
    known, settings = ranking.known, ranking.settings
    intercept, factor = float(known.intercept[place]), abs(float(known.factor[place]))
    n = int(known.ratings[place])
    if n < settings.note_ratings:
        return f"Needs ratings: it has {n} of the {settings.note_ratings} that a status takes."
    if intercept < settings.intercept_helpful:
        return (
            f"Needs ratings: its intercept of {intercept:.3f} is neither {settings.intercept_helpful:g} "
            "or more nor low enough to be not helpful."
        )
    if factor >= settings.factor_helpful:
        return (
            f"Needs ratings: its factor of {factor:.3f} says that one side likes it; "
            f"below {settings.factor_helpful:g} it would be helpful."
        )
    first, second = _sides(ranking, place)
    return (
        f"Needs ratings: {first} on one side and {second} on the other found it helpful; on each, "
        f"{settings.original_net} more have to find it helpful than not."
    )


def _waiting_sides(ranking: Ranking, place: int) -> str:
    """What is missing by both sides' ratings."""
    known, settings = ranking.known, ranking.settings
    first, second = _sides(ranking, place)
    counts = known.count[:, place]
    if counts.min() < settings.side_ratings:
        left = ""
        if counts.sum() < known.ratings[place]:
            left = ", not counting whoever is of neither, and those whom one volunteer brought in as one"
        return (
            f"Needs ratings: each side has to give {settings.side_ratings}, and they gave "
            f"{counts[0]} and {counts[1]}{left}."
        )
    return f"Needs ratings: {first} on one side and {second} on the other found it helpful so far."


def _poor_but_not_sunk(ranking: Ranking, place: int) -> bool:
    """Whether it is not helpful by both sides' means, and not by the intercept."""
    known, settings = ranking.known, ranking.settings
    low = settings.intercept_not_helpful + settings.factor_not_helpful * abs(known.factor[place])
    return bool(
        ranking.status[place] == Status.NOT_HELPFUL and known.intercept[place] > low + settings.hysteresis
    )


def _sides(ranking: Ranking, place: int) -> tuple[str, str]:
    """Each side's ratings, as "7 of 9", the larger side first."""
    pairs = zip(ranking.known.helpful[:, place], ranking.known.count[:, place], strict=True)
    first, second = sorted(((int(n), float(helpful)) for helpful, n in pairs), reverse=True)
    return f"{_count(first[1])} of {first[0]}", f"{_count(second[1])} of {second[0]}"


def _count(value: float) -> str:
    """A number of ratings, where "somewhat" counts half."""
    whole = int(np.floor(value))
    return f"{whole}" if value == whole else f"{whole}½" if whole else "½"
