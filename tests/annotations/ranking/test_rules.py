"""Which status the numbers of an annotation give, and when a status may change."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caveat.annotations.ranking import (
    DAY,
    THEIRS,
    Evidence,
    Held,
    Ranking,
    Raters,
    Ratings,
    Rule,
    Settings,
    Standing,
    Status,
    rank,
    reason,
)
from caveat.annotations.ranking.evidence import judge, wilson

from .simulated import NOW, Community

HELPFUL, NOT_HELPFUL, WAITS = Status.HELPFUL, Status.NOT_HELPFUL, Status.NEEDS_RATINGS
Side = tuple[float, int]


def known(intercept: float, factor: float, one: Side, other: Side) -> Evidence:
    """An annotation's numbers: each side is how many of how many found it helpful."""
    helpful, count = zip(one, other, strict=True)
    return Evidence(
        np.array([intercept]),
        np.array([factor]),
        np.array([sum(count)]),
        np.array(helpful, float)[:, None],
        np.array(count)[:, None],
    )


def status(
    evidence: Evidence, rule: Rule, before: Status = WAITS, settings: Settings | None = None
) -> Status:
    return Status(int(judge(evidence, rule, np.array([before], np.int8), settings or Settings())[0]))


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ((2, 2), (2, 2), HELPFUL),
        ((20, 20), (1, 1), WAITS),  # one is a person, not a side
        ((20, 20), (0, 0), WAITS),
        ((20, 20), (2, 3), WAITS),  # 3 / 5.5
        ((20, 20), (3, 4), HELPFUL),  # 4 / 6.5
        ((7, 9), (4, 6), WAITS),  # 5 / 8.5
        ((7, 9), (5, 7), HELPFUL),  # 6 / 9.5
        ((20, 20), (3.5, 5), HELPFUL),  # 4.5 / 7.5 is .60
        ((20, 20), (3, 5), WAITS),
        ((1, 3), (1, 3), WAITS),  # .33 each: the mean of the two is above .30
        ((1, 3), (0, 3), NOT_HELPFUL),
        ((1, 3), (0, 2), WAITS),  # three a side
        ((2, 5), (1, 5), WAITS),  # .4 and .2: a hair above .30 in floating point, as in the original
        ((2, 5), (0, 5), NOT_HELPFUL),
        ((3, 6), (0, 9), WAITS),  # one side is divided
    ],
)
def test_what_both_sides_say_decides_in_small_communities(one: Side, other: Side, wanted: Status) -> None:
    assert status(known(0.0, 0.0, one, other), Rule.SIDES) is wanted
    assert status(known(0.0, 0.0, other, one), Rule.SIDES) is wanted


@pytest.mark.parametrize(
    ("intercept", "factor", "net", "wanted"),
    [
        (0.40, 0.0, 2, HELPFUL),
        (0.39, 0.0, 2, WAITS),
        (0.40, 0.49, 2, HELPFUL),
        (0.40, -0.50, 2, WAITS),
        (0.90, 0.0, 1, WAITS),
    ],
)
def test_or_the_model_with_two_more_helpful_than_not_on_each_side(
    intercept: float, factor: float, net: int, wanted: Status
) -> None:
    # Ten on the other side, six of them helpful: by the sides alone it would wait.
    evidence = known(intercept, factor, (10, 10), ((10 + net) / 2, 10))
    assert status(evidence, Rule.SIDES) is wanted


@pytest.mark.parametrize(
    ("intercept", "factor", "count", "wanted"),
    [
        (0.40, 0.0, 5, HELPFUL),
        (0.40, 0.0, 4, WAITS),
        (0.3999, 0.0, 50, WAITS),
        (0.60, 0.5, 50, WAITS),
        (0.60, -0.4999, 50, HELPFUL),
        (-0.05, 0.0, 5, NOT_HELPFUL),
        (-0.05, 0.0, 4, WAITS),
        (-0.0499, 0.0, 50, WAITS),
        (-0.44, 0.5, 50, WAITS),
        (-0.45, -0.5, 50, NOT_HELPFUL),
    ],
)
def test_the_original_looks_at_intercept_and_factor(
    intercept: float, factor: float, count: int, wanted: Status
) -> None:
    evidence = known(intercept, factor, (count / 2, count), (0, 0))
    assert status(evidence, Rule.ORIGINAL) is wanted


@pytest.mark.parametrize(
    ("intercept", "one", "other", "wanted"),
    [
        (0.5, (8, 8), (4, 4), HELPFUL),
        (0.5, (8, 8), (3, 3), WAITS),
        (0.5, (8, 8), (6, 8), HELPFUL),
        (0.5, (8, 8), (5.5, 8), WAITS),
        (0.0, (1, 4), (0, 4), NOT_HELPFUL),
        (0.0, (1, 4), (0, 2), WAITS),
        (-0.2, (4, 4), (4, 4), NOT_HELPFUL),
    ],
)
def test_what_the_originals_program_asks_of_both_sides(
    intercept: float, one: Side, other: Side, wanted: Status
) -> None:
    assert status(known(intercept, 0.0, one, other), Rule.ORIGINAL_SIDES, settings=THEIRS) is wanted


@pytest.mark.parametrize("before", list(Status))
def test_below_a_size_the_machine_leaves_everything_as_it_is(before: Status) -> None:
    assert status(known(0.9, 0.0, (9, 9), (9, 9)), Rule.QUEUE, before) is before


@pytest.mark.parametrize(
    ("rule", "evidence", "before", "wanted"),
    [
        (Rule.ORIGINAL, known(0.385, 0, (5, 5), (5, 5)), WAITS, WAITS),
        (Rule.ORIGINAL, known(0.385, 0, (5, 5), (5, 5)), HELPFUL, HELPFUL),
        (Rule.ORIGINAL, known(0.375, 0, (5, 5), (5, 5)), HELPFUL, WAITS),
        (Rule.ORIGINAL, known(0.60, 0.515, (5, 5), (5, 5)), HELPFUL, HELPFUL),
        (Rule.ORIGINAL, known(0.60, 0.525, (5, 5), (5, 5)), HELPFUL, WAITS),
        (Rule.ORIGINAL, known(-0.035, 0, (0, 5), (0, 5)), NOT_HELPFUL, NOT_HELPFUL),
        (Rule.ORIGINAL, known(-0.035, 0, (0, 5), (0, 5)), HELPFUL, WAITS),
        (Rule.SIDES, known(0, 0, (9, 9), (4, 6)), HELPFUL, HELPFUL),  # .588
        (Rule.SIDES, known(0, 0, (9, 9), (4, 6)), WAITS, WAITS),
        (Rule.SIDES, known(0, 0, (9, 9), (2, 3)), HELPFUL, WAITS),  # .545
        (Rule.SIDES, known(0, 0, (5, 12), (1, 5)), NOT_HELPFUL, NOT_HELPFUL),  # .417 and .2
        (Rule.SIDES, known(0, 0, (5, 12), (1, 5)), WAITS, WAITS),
    ],
)
def test_a_status_is_kept_until_its_threshold_is_missed_by_two_hundredths(
    rule: Rule, evidence: Evidence, before: Status, wanted: Status
) -> None:
    assert status(evidence, rule, before) is wanted


sides = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda n: (n[0], n[0] + n[1]))


@given(sides, sides, st.sampled_from([Rule.SIDES, Rule.ORIGINAL_SIDES]))
def test_a_helpful_rating_takes_no_status_away_from_a_helpful_annotation(
    one: Side, other: Side, rule: Rule
) -> None:
    """With intercept and factor as they are; a rating moves those too, and through its rater either way."""
    before = status(known(0.45, 0.1, one, other), rule)
    after = status(known(0.45, 0.1, (one[0] + 1, one[1] + 1), other), rule)
    assert before is not HELPFUL or after is HELPFUL
    assert after is not NOT_HELPFUL or before is not HELPFUL


def test_the_queue_is_in_the_order_of_what_is_surely_helpful() -> None:
    rated = {1: (9, 10), 2: (1, 1), 3: (2, 2), 4: (5, 10), 5: (0, 3)}
    rows = [(n, k, float(k < good)) for n, (good, all_) in rated.items() for k in range(all_)]
    ranking = rank(Ratings.of(*zip(*rows, strict=True)), now=NOW)
    assert ranking.rule is Rule.QUEUE
    assert ranking.queue.tolist() == [1, 3, 4, 2, 5]
    assert reason(ranking, 0) == (
        "A moderator decides while the community is small: the ranking takes 30 raters with 10 ratings and 7 "
        "days each, and 300 ratings of theirs; so far 10 and 26 count."
    )


def test_the_wilson_bound_is_the_textbooks() -> None:
    ratings = Ratings.of([1] * 10, range(10), [1.0] * 8 + [0.0] * 2)
    assert wilson(ratings, np.ones(10, np.bool_), 1.96)[0] == pytest.approx(0.4902, abs=1e-4)


# --- Over time --------------------------------------------------------------------------------------


def ranked(community: Community, before: Standing | None = None, now: float = NOW) -> Ranking:
    life = community.live(5)
    return rank(life.ratings, life.raters, before, now)


def told(ranking: Ranking, to: Status, since: float) -> Standing:
    """How it stood, had every annotation been given one status."""
    return dataclasses.replace(
        ranking.standing,
        status=np.full(len(ranking.notes), to, np.int8),
        since=np.full(len(ranking.notes), since),
    )


BALANCED = Community(30, 30)


@pytest.mark.parametrize(("days", "stays"), [(13.9, False), (14.0, True), (200.0, True)])
def test_a_status_is_settled_after_fourteen_days(days: float, stays: bool) -> None:
    first = ranked(BALANCED)
    again = ranked(BALANCED, told(first, HELPFUL, NOW - days * DAY))
    assert (again.status == HELPFUL).all() == stays
    assert (again.held == Held.LOCKED).all() == stays
    if stays:
        assert reason(again, 0) == "Stays helpful: settled 14 days after the status was given."


def test_an_annotation_that_needs_ratings_is_never_settled() -> None:
    first = ranked(BALANCED)
    again = ranked(BALANCED, told(first, WAITS, NOW - 300 * DAY))
    assert (again.status == first.status).all()


def test_a_status_dates_from_the_ranking_that_gave_it() -> None:
    first = ranked(BALANCED)
    later = ranked(BALANCED, first.standing, NOW + 3 * DAY)
    assert (first.status != WAITS).any()
    assert (later.since[first.status != WAITS] == NOW).all()


def test_a_ranking_again_without_news_changes_nothing() -> None:
    first = ranked(BALANCED)
    again = ranked(BALANCED, first.standing)
    assert (again.status == first.status).all()
    assert again.rounds <= 2


def with_newcomers(share: float, joined: float, vouched: bool = True) -> tuple[Ratings, Raters]:
    """A community in which a share of this week's 100 ratings is by accounts that joined then."""
    life = BALANCED.live(5)
    old, kept = life.ratings, life.raters
    new = round(100 * share)
    rows = np.arange(100)
    ratings = Ratings.of(
        np.concatenate([old.notes[old.note], 10_000 + rows]),
        np.concatenate([old.raters[old.rater], np.where(rows < new, 500, 0)]),
        np.concatenate([old.value, np.ones(100)]),
        np.concatenate([np.full(len(old), NOW - 30 * DAY), np.full(100, NOW - DAY)]),
    )
    raters = Raters(
        np.append(kept.ids, 500), np.append(kept.joined, joined), np.append(kept.vouched, vouched)
    )
    return ratings, raters


@pytest.mark.parametrize(
    ("share", "age", "vouched", "frozen"),
    [
        (0.10, 3, True, False),
        (0.11, 3, True, True),
        (0.50, 13.9, True, True),
        (0.50, 14, True, False),
        (0.90, 1, False, False),  # nobody vouched for them: they never count, and stop nothing
    ],
)
def test_a_flood_of_new_accounts_freezes_every_status(
    share: float, age: float, vouched: bool, frozen: bool
) -> None:
    ratings, raters = with_newcomers(share, NOW - age * DAY, vouched)
    ranking = rank(ratings, raters, None, NOW)
    assert (ranking.held == Held.FROZEN).all() == frozen
    assert (ranking.status == WAITS).all() == frozen
    if frozen:
        assert f"{share:.0%} of this week's ratings come from accounts younger" in reason(ranking, 0)


@pytest.mark.parametrize(
    ("ratings_given", "age", "vouched", "counts"),
    [(10, 7, True, True), (9, 7, True, False), (10, 6.9, True, False), (10, 7, False, False)],
)
def test_a_rater_counts_after_ten_ratings_and_seven_days_if_somebody_vouched(
    ratings_given: int, age: float, vouched: bool, counts: bool
) -> None:
    n = ratings_given
    ratings = Ratings.of(range(n), [7] * n, [1.0] * n, [NOW - 30 * DAY] * n)
    raters = Raters(np.array([7]), np.array([NOW - age * DAY]), np.array([vouched]))
    ranking = rank(ratings, raters, None, NOW)
    assert (ranking.qualified, ranking.counted) == ((1, n) if counts else (0, 0))
    assert np.isnan(ranking.rater_factor).all() != counts


def test_a_rater_nobody_knows_does_not_count() -> None:
    ratings = Ratings.of(range(10), [7] * 10, [1.0] * 10)
    nobody = Raters(np.array([], int), np.array([]), np.array([], bool))
    assert rank(ratings, nobody, None, NOW).qualified == 0


def test_a_small_communitys_queue_hears_those_who_do_not_count_yet() -> None:
    ratings = Ratings.of([1, 1, 2], [7, 8, 7], [1.0, 1.0, 0.0])
    raters = Raters(np.array([7, 8]), np.array([NOW, NOW]), np.array([True, True]))
    assert rank(ratings, raters, None, NOW).queue.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("people", "each", "rule"),
    [
        ((14, 14), 20, Rule.QUEUE),
        ((15, 15), 20, Rule.SIDES),
        ((100, 100), 24, Rule.SIDES),
        ((100, 100), 25, Rule.ORIGINAL_SIDES),
    ],
)
def test_the_rule_follows_the_size(people: tuple[int, int], each: int, rule: Rule) -> None:
    assert ranked(Community(*people, each_rates=each)).rule is rule


def test_a_standing_may_come_in_any_order() -> None:
    first = ranked(BALANCED)
    s, order = first.standing, np.random.default_rng(1).permutation(len(first.notes))
    again = Standing.of(*(c[order] for c in (s.notes, s.status, s.since, s.intercept, s.factor)), mu=s.mu)
    for name in ("notes", "status", "since", "intercept", "factor"):
        assert np.array_equal(getattr(again, name), getattr(s, name))


@pytest.mark.parametrize("rule", [Rule.SIDES, Rule.ORIGINAL, Rule.ORIGINAL_SIDES])
def test_every_annotation_has_one_sentence_that_says_why(rule: Rule) -> None:
    ranking = rank(BALANCED.live(2).ratings, settings=Settings(rule=rule))
    sentences = [reason(ranking, place) for place in range(len(ranking.notes))]
    starts = {HELPFUL: ("Shown", "Helpful"), NOT_HELPFUL: ("Not helpful",), WAITS: ("Needs ratings",)}
    for sentence, given_status in zip(sentences, ranking.status, strict=True):
        assert sentence.startswith(starts[Status(int(given_status))])
        assert sentence.endswith(".")
        assert "nan" not in sentence


def test_a_shown_annotation_says_how_each_side_rated_it() -> None:
    ranking = rank(BALANCED.live(2).ratings, settings=Settings(rule=Rule.SIDES))
    place = int(np.flatnonzero(ranking.status == HELPFUL)[0])
    (one, n), (other, m) = sorted(
        (
            (float(h), int(c))
            for h, c in zip(ranking.known.helpful[:, place], ranking.known.count[:, place], strict=True)
        ),
        key=lambda pair: (-pair[1], -pair[0]),
    )
    said = [f"{int(h)}{'½' if h % 1 else ''} of {c}" for h, c in ((one, n), (other, m))]
    assert (
        reason(ranking, place)
        == f"Shown because {said[0]} on one side and {said[1]} on the other found it helpful."
    )


@pytest.mark.parametrize(
    ("to", "intercept", "said"),
    [
        (
            HELPFUL,
            0.45,
            "Helpful: after 10 ratings its intercept is 0.450 (0.4 is enough) and its factor 0.100.",
        ),
        (HELPFUL, 0.39, "its intercept is 0.390 (0.4 is enough, 0.38 to stay so) and its factor 0.100."),
        (NOT_HELPFUL, -0.2, "its intercept is -0.200; with a factor of 0.100, -0.130 or less is too low."),
        (NOT_HELPFUL, -0.12, "-0.130 or less is too low, -0.110 to stay so."),
        (WAITS, 0.2, "its intercept of 0.200 is neither 0.4 or more nor low enough to be not helpful."),
    ],
)
def test_the_originals_reasons_name_what_was_compared(to: Status, intercept: float, said: str) -> None:
    ranking = dataclasses.replace(
        rank(Ratings.of([1], [1], [1.0])),
        rule=Rule.ORIGINAL,
        known=known(intercept, 0.1, (5, 5), (5, 5)),
        status=np.array([to], np.int8),
    )
    assert said in reason(ranking, 0)
