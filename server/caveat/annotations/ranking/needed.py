"""What a rater is most needed for: where one more rating from their side would change most.

In: a ``Ranking``, a rater, how old each annotation is, and which are done with (rated or written by this
rater). Out: the other annotations that need ratings, the most wanted first; the same input gives the same
order. A rater without a side yet (new, or not counting) is asked for the side of which an annotation has
fewer ratings.

How much a rating is wanted is a product of four things between nothing and one, each easy to say:

- *step*: how far one rating moves the side's (helpful + 1) / (n + 2.5): much where the side said little;
- *open*: how near that is to the threshold: what is decided anyway needs nobody;
- *other*: what the other side thinks: where they say no, this side's yes shows nothing;
- *fresh*: it halves every week, as a page is read when it is new.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from caveat.annotations.ranking.evidence import Evidence, Status
from caveat.annotations.ranking.ranked import Ranking
from caveat.annotations.ranking.ratings import Floats, Ids
from caveat.annotations.ranking.settings import DAY, Settings
from caveat.annotations.ranking.sides import NONE

HALF_LIFE = 7 * DAY  # a decision: most of an article's readers come in its first days
REACH = 0.2  # a side's mean this far from the threshold is half as open: about one rating's step of three


def needed(ranking: Ranking, rater: Any, age: Floats, done: Ids) -> Ids:
    """Annotations for ``rater``, without ``done``; ``age`` is in seconds, in the order of the ranking's."""
    own = np.flatnonzero(ranking.raters == rater)
    side = int(ranking.rater_side[own[0]]) if len(own) else NONE
    weight = wanted(ranking.known, side, age, ranking.settings)
    possible = np.flatnonzero((ranking.status == Status.NEEDS_RATINGS) & ~np.isin(ranking.notes, done))
    return ranking.notes[possible[np.argsort(-weight[possible], kind="stable")]]


def wanted(known: Evidence, of: int, age: Floats, settings: Settings) -> Floats:
    """How much a rating is wanted of each annotation, from a rater of this side."""
    everyone = np.arange(len(age))
    side = known.count.argmin(0) if of == NONE else np.full(len(age), of)
    posterior = known.posterior(settings)
    step = 1.0 / (known.count[side, everyone] + settings.prior_count + 1)
    openness = 1.0 / (1.0 + np.abs(posterior[side, everyone] - settings.lower_side) / REACH)
    fresh = 0.5 ** (np.maximum(age, 0.0) / HALF_LIFE)
    return np.asarray(step * openness * posterior[1 - side, everyone] * fresh)
