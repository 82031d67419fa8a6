"""Who may write, worked out for everybody at once: the same as one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from caveat.annotations.earning import Became, earned
from caveat.annotations.ranking import Rated, Ratings, Status, Written, writing

PEOPLE, THINGS = 3, 24
# Mostly what earns and loses writing, at times that are often the same.
STATUS = st.sampled_from([Status.NOT_HELPFUL, Status.HELPFUL, Status.NEEDS_RATINGS])
# By whom, what it is to its raters and since when, and to its author.
THING = st.tuples(st.integers(1, PEOPLE), STATUS, st.integers(1, 6), STATUS)
RATING = st.tuples(
    st.integers(0, THINGS - 1),
    st.integers(1, PEOPLE),
    st.sampled_from([0.0, 0.0, 1.0, 0.5]),
    st.integers(0, 6),
)


@given(
    things=st.lists(THING, min_size=THINGS, max_size=THINGS),
    rated=st.lists(RATING, max_size=60, unique_by=lambda rating: rating[:2]),
)
@settings(max_examples=300, deadline=None)
def test_for_everybody_at_once_as_one_by_one(
    things: list[tuple[int, Status, int, Status]], rated: list[tuple[int, int, float, int]]
) -> None:
    columns = [list(column) for column in zip(*rated, strict=True)] or [[], [], [], []]
    ratings = Ratings.of(np.array(columns[0], int), np.array(columns[1], int), columns[2], columns[3])
    account, outcome, since, fate = (np.array(column) for column in zip(*things, strict=True))
    became = Became(account, outcome.astype(np.int8), fate.astype(np.int8), since.astype(float))
    stand = earned(ratings, became, ratings.notes)
    assert list(stand.ids) == sorted({*account.tolist(), *ratings.raters.tolist()})
    for at, id_ in enumerate(stand.ids):
        one = writing(
            [
                Rated(value, when, things[note][1], things[note][2])
                for note, by, value, when in rated
                if by == id_
            ],
            [Written(fate, float(moment)) for author, _, moment, fate in things if author == id_],
        )
        assert (stand.may[at], stand.impact[at], stand.wanted[at]) == (one.may, one.impact, one.wanted)
