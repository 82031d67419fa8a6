"""Every constant of the ranking, with what it trades and where it comes from.

"Theirs" means Community Notes' program. "Simulated" means measured on communities of our own making:
README.md says how, and with which figures. The rest are decisions, and say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DAY = 86_400.0


class Rule(StrEnum):
    """How statuses are given; README.md explains each."""

    AUTO = "auto"  # by size: queue, then sides, then original-sides
    QUEUE = "queue"  # none are given: a person decides
    SIDES = "sides"  # both sides' ratings, for hundreds and thousands of ratings
    ORIGINAL = "original"  # Community Notes' thresholds on intercept and factor
    ORIGINAL_SIDES = "original-sides"  # those, and what its program asks of both sides since


@dataclass(frozen=True, slots=True)
class Settings:
    """What the ranking goes by. The defaults are what the live service uses."""

    rule: Rule = Rule.AUTO

    # --- Which rule, by size -------------------------------------------------------------------
    # Fewer, and a person looks. The price of a larger number is that person's time; of a smaller one, a
    # machine that can hardly say anything: of 16 raters and 320 ratings it would show 1 % of what helps
    # all, of 30 and 600 11 % (simulated). A decision.
    raters_for_machine: int = 30
    ratings_for_machine: int = 300
    # From here on the original's thresholds, which were set on large communities.
    ratings_for_original: int = 5_000

    # --- Who counts ----------------------------------------------------------------------------
    # A ring has to work this long before it weighs anything; so has a newcomer who means well. Ten is
    # theirs, and also what a factor needs to say something; seven days are a decision.
    rater_ratings: int = 10
    rater_age: float = 7 * DAY

    # --- Freeze --------------------------------------------------------------------------------
    # When more of a week's ratings than this come from accounts younger than this, no status changes. A
    # tenth lets a community grow by a tenth a week; a ring of a fifth is stopped (simulated). The price:
    # a successful invitation drive stops the ranking until its accounts are two weeks old.
    fresh_share: float = 0.10
    fresh_age: float = 14 * DAY
    fresh_window: float = 7 * DAY

    # --- Statuses stay -------------------------------------------------------------------------
    # A status is settled so long after it was given. Theirs, though theirs counts from the writing: in a
    # small community an annotation may wait longer than that for its first status.
    lock_after: float = 14 * DAY
    # A status given is kept until its threshold is missed by more than this, so that it does not flicker
    # with each rating. Theirs is .01; ours is twice that, as one rating in a small community moves more.
    hysteresis: float = 0.02

    # --- Sides ---------------------------------------------------------------------------------
    # Shown when the less pleased side's (helpful + 1) / (n + 2.5) reaches this: both of two, three of
    # four, five of seven. 1 and 2.5 are a prior of one helpful rating in two and a half, a little less
    # than even. At .65 half as many annotations for all are shown, and half as many for one camp only
    # (simulated; README.md has the table).
    lower_side: float = 0.60
    prior_helpful: float = 1.0
    prior_count: float = 2.5
    side_ratings: int = 2  # one rating is a person, not a side
    # A rater is of a side when it is so sure that their ratings are closer to that side's. By the sign of
    # the factor alone (0), 10 % of annotations for one camp only are shown among 270 and 30 raters; at .9
    # none, and at .95 the same with up to a tenth fewer of those for all (simulated). The price is that what
    # a small camp has hardly rated waits: 7 % of those for all are shown there, where knowing everybody's
    # camp would show 8 %.
    side_certainty: float = 0.9
    # Or by the model: the intercept as theirs, and this many more helpful than not on each side.
    side_net: int = 2

    # --- Not helpful by sides (theirs) ---------------------------------------------------------
    poor_side: float = 0.40  # both sides' mean is at most this,
    poor_mean: float = 0.30  # the mean of the two at most this,
    poor_ratings: int = 3  # from so many raters a side: it takes more to bury than to wait

    # --- The original's thresholds (theirs) ----------------------------------------------------
    note_ratings: int = 5  # fewer give no status
    intercept_helpful: float = 0.40
    factor_helpful: float = 0.50  # a larger factor: agreement of one side, whatever the intercept
    # Not helpful at or below the first plus the second times |factor|: what divides people has to sink
    # lower, as half of that is the other side's displeasure.
    intercept_not_helpful: float = -0.05
    factor_not_helpful: float = -0.80
    # Of both sides, by original-sides: so many more helpful than not. Theirs is 4, for annotations with
    # dozens of ratings; with ten to twenty, 4 shows 0 to 20 % of those for all, 2 shows 10 to 45 % and
    # hardly more of those for one camp only (simulated).
    original_net: int = 2

    # --- The queue -----------------------------------------------------------------------------
    wilson_z: float = 1.96  # 95 %: the usual; it only orders


# What Community Notes' program does with ratings alone.
THEIRS = Settings(rule=Rule.ORIGINAL_SIDES, original_net=4, side_certainty=0.0)


@dataclass(frozen=True, slots=True)
class Weights:
    """What the model's numbers cost beside a squared error; see ``model``. Theirs."""

    # Five to one: what can be said by agreement between people of one mind is to be said by that, and
    # only the rest by the intercept, which is what gets an annotation shown.
    intercept: float = 0.15
    factor: float = 0.03
