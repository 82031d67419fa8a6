"""The ranking: annotations that people who usually disagree find helpful.

In: ratings as arrays, who gave them, how things stood, and the time. Out: a status, the numbers behind it
and a sentence for each annotation; for each rater a side, what their rating is most needed for, and whether
they may write. Pure: no store, no clock, no chance; numpy is all it knows. README.md beside this file says
what the rules are, why, and how well they do.

    ratings = Ratings.of(note_ids, rater_ids, values, at)
    ranking = rank(ratings, Raters(ids, joined, vouched), before, now)
    ranking.status[k], reason(ranking, k)      # for ranking.notes[k]
    before = ranking.standing                  # remembered for the next time

What can go wrong: ``WrongRatings``.
"""

from caveat.annotations.ranking.evidence import Evidence, Status
from caveat.annotations.ranking.needed import needed, wanted
from caveat.annotations.ranking.ranked import Held, Ranking, Raters, Standing, rank
from caveat.annotations.ranking.ratings import Ratings, WrongRatings
from caveat.annotations.ranking.reasons import reason
from caveat.annotations.ranking.settings import DAY, THEIRS, Rule, Settings
from caveat.annotations.ranking.sides import NONE
from caveat.annotations.ranking.writing import Rated, Writing, Written, writing

__all__ = [
    "DAY",
    "NONE",
    "THEIRS",
    "Evidence",
    "Held",
    "Ranking",
    "Rated",
    "Raters",
    "Ratings",
    "Rule",
    "Settings",
    "Standing",
    "Status",
    "Writing",
    "Written",
    "WrongRatings",
    "needed",
    "rank",
    "reason",
    "wanted",
    "writing",
]
