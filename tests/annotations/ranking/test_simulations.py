"""What the rules do to communities of which it is known who is who."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from caveat.annotations.ranking import DAY, Ranking, Rule, Settings, Status, rank

from .simulated import FOR_A, FOR_ALL, FOR_B, FOR_C, FOR_NOBODY, NOW, SPAM, A, B, Community, Life

SEEDS = range(3)


def notes(scale: int = 1, spam: int = 0) -> dict[str, int]:
    return {FOR_ALL: 40 * scale, FOR_A: 40 * scale, FOR_B: 40 * scale, FOR_NOBODY: 30 * scale, SPAM: spam}


def name(community: Community) -> str:
    """What is unusual about it."""
    pairs = ((each, getattr(community, each.name)) for each in fields(community) if each.name != "notes")
    return ", ".join(f"{each.name} {value}" for each, value in pairs if value != each.default)


def shown(ranking: Ranking, life: Life, *kinds: str) -> float:
    """The share of these annotations that is shown."""
    return float((ranking.status == Status.HELPFUL)[life.of_kind(*kinds)].mean())


@pytest.mark.parametrize(
    "community",
    [
        Community(8, 8),
        Community(15, 15),
        Community(15, 15, between=8),
        Community(30, 30),
        Community(60, 60, between=20, notes=notes(2)),
        Community(100, 100, notes=notes(3)),
        Community(300, 300, notes=notes(8)),
        Community(21, 9),
        Community(70, 30),
        Community(70, 30, between=30, notes=notes(2)),
        Community(210, 90, notes=notes(5)),
        Community(90, 10),
        Community(270, 30, notes=notes(5)),
        Community(30, 30, each_rates=60),
        # The factor hardly finds these, and with others not at all.
        Community(95, 5),
        Community(190, 10, notes=notes(3)),
        Community(500, 50, between=50, notes=notes(10)),
        # One division is all it knows; here are two more.
        Community(40, 40, c=40, notes=notes(2) | {FOR_C: 80}),
        Community(200, 30, c=30, notes=notes(4) | {FOR_C: 160}),
        Community(60, 60, between=20, uneven=1.0, notes=notes(2)),
        Community(270, 30, uneven=1.0, notes=notes(5)),
        Community(270, 30, sympathy=0.3, notes=notes(5)),
        Community(30, 270, sympathy=0.3, notes=notes(5)),
        Community(60, 40, brigade=30, brigade_cheers=40),
        Community(10, 90, brigade=10, brigade_cheers=40),
        Community(270, 30, careless=30, notes=notes(5)),
        Community(70, 30, careless=20),
    ],
    ids=name,
)
def test_what_only_one_camp_finds_helpful_is_hardly_ever_shown(community: Community) -> None:
    lives = [community.live(seed) for seed in SEEDS]
    for rule in (Rule.AUTO, Rule.SIDES):
        pairs = [(rank(life.ratings, life.raters, None, NOW, Settings(rule=rule)), life) for life in lives]
        assert np.mean([shown(*pair, FOR_A, FOR_B, FOR_C) for pair in pairs]) <= 0.03
        assert np.mean([shown(*pair, FOR_NOBODY) for pair in pairs]) <= 0.01


@pytest.mark.parametrize(
    ("community", "least"),
    [
        (Community(30, 30), 0.30),
        (Community(70, 30), 0.50),
        (Community(100, 100, notes=notes(3)), 0.35),
        (Community(30, 30, each_rates=60), 0.75),
        (Community(300, 300, notes=notes(8)), 0.30),
        (Community(270, 30, each_rates=60, notes=notes(5)), 0.25),
    ],
)
def test_what_helps_both_camps_is_shown_once_enough_have_rated_it(community: Community, least: float) -> None:
    for seed in SEEDS:
        life = community.live(seed)
        assert shown(rank(life.ratings, life.raters, None, NOW), life, FOR_ALL) >= least


def ring(**more: object) -> Community:
    """A fifth of all accounts work together; honest people seldom come across what they push."""
    given = {"ring": 22, "notes": notes(1, spam=12), "spam_seen": 0.2, "ring_pretends": 10} | more
    return Community(40, 38, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "community",
    [
        pytest.param(ring(), id="that nobody vouched for"),
        pytest.param(ring(ring_vouched=True), id="three days old"),
        pytest.param(ring(ring_vouched=True, ring_joined=NOW - 8 * DAY), id="qualified, eight days old"),
        pytest.param(
            ring(ring_vouched=True, ring_joined=NOW - 40 * DAY), id="qualified, patient, in one pose"
        ),
        pytest.param(
            ring(ring_vouched=True, ring_joined=NOW - 40 * DAY, ring_pretends=0), id="patient, never posed"
        ),
        pytest.param(
            ring(ring_vouched=True, ring_joined=NOW - 8 * DAY, ring_pretends=30, ring_poses=(A, B)),
            id="posing as both camps, eight days old",
        ),
    ],
)
def test_a_ring_of_a_fifth_gets_nothing_shown(community: Community) -> None:
    for seed in SEEDS:
        life = community.live(seed)
        assert shown(rank(life.ratings, life.raters, None, NOW), life, SPAM) == 0


def test_a_patient_ring_that_posed_as_both_camps_is_beyond_these_rules() -> None:
    """Not a wish: a record of where they end, so that whoever changes them sees what moved."""
    community = ring(
        ring_vouched=True, ring_joined=NOW - 40 * DAY, ring_pretends=30, ring_poses=(A, B), spam_seen=0.05
    )
    life = community.live(1)
    assert shown(rank(life.ratings, life.raters, None, NOW), life, SPAM) > 0.5


@pytest.mark.parametrize("seen", [1.0, 0.2, 0.05])
@pytest.mark.parametrize("pretends", [10, 30])
def test_the_same_ring_gets_nothing_shown_if_one_volunteer_brought_it_in(pretends: int, seen: float) -> None:
    community = ring(
        ring_vouched=True,
        ring_joined=NOW - 40 * DAY,
        ring_pretends=pretends,
        ring_poses=(A, B),
        spam_seen=seen,
        ring_lines=1,
    )
    for seed in SEEDS:
        life = community.live(seed)
        assert shown(rank(life.ratings, life.raters, None, NOW), life, SPAM) == 0


def test_people_who_brought_in_three_friends_of_their_camp_still_get_shown_what_helps_all() -> None:
    for seed in SEEDS:
        life = Community(100, 100, brought=3, notes=notes(3)).live(seed)
        assert shown(rank(life.ratings, life.raters, None, NOW), life, FOR_ALL) >= 0.35


def test_a_brigade_of_one_camp_cannot_show_what_the_other_refuses() -> None:
    # All of one camp come at once to what helps them; the other rates as ever.
    life = Community(60, 40).live(3)
    ratings = life.ratings
    cheered = life.of_kind(FOR_A)[ratings.note] & (life.camps[ratings.raters[ratings.rater]] == A)
    ratings.value[cheered] = 1.0
    assert shown(rank(ratings, life.raters, None, NOW), life, FOR_A) <= 0.03
