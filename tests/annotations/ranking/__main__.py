"""The figures of the ranking's README: ``PYTHONPATH=tests python -m annotations.ranking``.

In per cent of the annotations of a kind, the mean over eight communities (and the worst of them): what is
shown though it helps one camp only, and what is shown of what helps all. Then the same of harder ones, and
rings, and what of their spam is shown. Settings were chosen on other seeds (from 100).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np

from caveat.annotations.ranking import DAY, THEIRS, Rule, Settings, Status, rank
from caveat.annotations.ranking.evidence import evidence, judge
from caveat.annotations.ranking.model import fit
from caveat.annotations.ranking.sides import NONE

from .simulated import FOR_A, FOR_ALL, FOR_B, FOR_C, FOR_NOBODY, NOW, SPAM, A, B, Community, Life

SEEDS = range(8)
RULES = {
    "auto": Settings(),
    "sides": Settings(rule=Rule.SIDES),
    "sides by sign alone": Settings(rule=Rule.SIDES, side_certainty=0.0),
    "original": Settings(rule=Rule.ORIGINAL),
    "original-sides": THEIRS,
    "the same, as auto has it": Settings(rule=Rule.ORIGINAL_SIDES),
}
EQUAL = ((8, 8, 0), (15, 15, 0), (15, 15, 8), (30, 30, 0), (60, 60, 20), (100, 100, 0), (300, 300, 0))
UNEQUAL = ((21, 9, 0), (70, 30, 0), (70, 30, 30), (210, 90, 0), (90, 10, 0), (270, 30, 0))


def community(*people: int, spam: int = 0, **more: object) -> Community:
    """Annotations for its size: about ten to fifteen ratings each."""
    third = int(more.get("c", 0))  # type: ignore[call-overload]
    scale = max(1, (sum(people) + third) // 60)
    notes = {FOR_ALL: 40, FOR_A: 40, FOR_B: 40, FOR_C: 40 if third else 0, FOR_NOBODY: 30}
    counts = {kind: scale * count for kind, count in notes.items()} | {SPAM: spam}
    return Community(*people, notes=counts, **more)  # type: ignore[arg-type]


HARDER = {
    "190 + 10": community(190, 10),
    "95 + 5": community(95, 5),
    "40 + 4": community(40, 4),
    "500 + 50 + 50 between": community(500, 50, 50),
    "three camps, 40 + 40 + 40": community(40, 40, c=40),
    "three camps, 100 + 100 + 30": community(100, 100, c=30),
    "three camps, 500 + 50 + 50": community(500, 50, c=50),
    "uneven activity, 60 + 60 + 20 between": community(60, 60, 20, uneven=1.0),
    "uneven activity, 270 + 30": community(270, 30, uneven=1.0),
    "30 like what is for b with .3; 70": community(30, 70, sympathy=0.3),
    "270 like what is for b with .3; 30": community(270, 30, sympathy=0.3),
    "30 like what is for b with .3; 270": community(30, 270, sympathy=0.3),
    "60 + 40, half of the 60 cheer at all 40 of theirs": community(60, 40, brigade=30, brigade_cheers=40),
    "10 + 90, the ten cheer at all 40 of theirs": community(10, 90, brigade=10, brigade_cheers=40),
    "70 + 30 and 20 who press whatever": community(70, 30, careless=20),
    "270 + 30 and 30 who press whatever": community(270, 30, careless=30),
    "270 + 30, ten ratings each": community(270, 30, each_rates=10),
    "270 + 30, sixty ratings each": community(270, 30, each_rates=60),
}


def shown(made: Community, *rules: Settings) -> list[list[dict[str, float]]]:
    """For each rule and each community the share of each kind that is shown."""
    lives = [made.live(seed) for seed in SEEDS]
    return [[_shown(life, settings) for life in lives] for settings in rules]


def _shown(life: Life, settings: Settings) -> dict[str, float]:
    return _shares(life, rank(life.ratings, life.raters, None, NOW, settings).status)


def _told(life: Life) -> dict[str, float]:
    """What could be shown if a rater's camp need not be found out."""
    camps, settings = life.camps[life.ratings.raters], Settings()
    side = np.select([camps == A, camps == B], [0, 1], NONE).astype(np.int8)
    rule = Rule.SIDES if len(life.ratings) < settings.ratings_for_original else Rule.ORIGINAL_SIDES
    known = evidence(life.ratings, fit(life.ratings), side)
    return _shares(life, judge(known, rule, np.zeros(len(life.ratings.notes), np.int8), settings))


def _shares(life: Life, status: np.ndarray) -> dict[str, float]:
    helpful = status == Status.HELPFUL
    kinds = {"one": (FOR_A, FOR_B, FOR_C), "all": (FOR_ALL,), "nobody": (FOR_NOBODY,), "spam": (SPAM,)}
    asked = {name: life.of_kind(*some) for name, some in kinds.items()}
    return {name: 100 * float(helpful[its].mean()) if its.any() else 0.0 for name, its in asked.items()}


def cell(lives: list[dict[str, float]]) -> str:
    """For one camp only (in the worst community) / for all."""
    one, all_ = ([life[name] for life in lives] for name in ("one", "all"))
    return f"{np.mean(one):.1f} ({max(one):.1f}) / {np.mean(all_):.0f}"


def camps() -> Iterator[str]:
    """One table: a line a community, a column a rule."""
    yield "| camps a + b + between | " + " | ".join(RULES) + " | auto, were all camps known |"
    yield "|---|" + "---|" * (len(RULES) + 1)
    for people in EQUAL + UNEQUAL:
        made = community(*people)
        cells = [*map(cell, shown(made, *RULES.values())), cell([_told(made.live(seed)) for seed in SEEDS])]
        yield f"| {' + '.join(map(str, people))} | " + " | ".join(cells) + " |"


def harder() -> Iterator[str]:
    """One table: a line a community, a column a rule."""
    rules = {name: RULES[name] for name in ("auto", "sides", "sides by sign alone")}
    yield "| community | " + " | ".join(rules) + " |"
    yield "|---|" + "---|" * len(rules)
    for name, made in HARDER.items():
        yield f"| {name} | " + " | ".join(map(cell, shown(made, *rules.values()))) + " |"


def rings() -> Iterator[str]:
    """One table: a line a ring of 22 beside 40 and 38, a column a rule."""
    rules = {name: RULES[name] for name in ("auto", "sides", "original")}
    yield "| ring | honest people see its spam | " + " | ".join(rules) + " |"
    yield "|---|---|" + "---|" * len(rules)
    known = {"ring_vouched": True, "ring_pretends": 10}
    patient = known | {"ring_joined": NOW - 40 * DAY}
    both = patient | {"ring_poses": (A, B)}
    kinds = {
        "nobody vouched": {"ring_pretends": 10},
        "vouched for, three days old": known,
        "qualified, eight days old": known | {"ring_joined": NOW - 8 * DAY},
        "patient, ten ratings in the middle": patient,
        "patient, ten as both camps": both,
        "patient, thirty as both camps": both | {"ring_pretends": 30},
    }
    notes = {FOR_ALL: 40, FOR_A: 40, FOR_B: 40, FOR_NOBODY: 30, SPAM: 30}
    for name, ring in kinds.items():
        for seen in (1.0, 0.2, 0.05):
            made = Community(40, 38, ring=22, spam_seen=seen, notes=notes, **ring)  # type: ignore[arg-type]
            per_rule = shown(made, *rules.values())
            cells = [f"{np.mean([life['spam'] for life in lives]):.0f}" for lives in per_rule]
            yield f"| {name} | {seen:g} times as often | " + " | ".join(cells) + " |"


def lines() -> Iterator[str]:
    """One table: a line a patient ring, a column by how many it was brought in; spam that auto shows."""
    firsts = (1, 2, 3, 5, 0)
    yield "| ratings before | spam is met | " + " | ".join(map(str, firsts)) + " |"
    yield "|---|---|" + "---|" * len(firsts)
    notes = {FOR_ALL: 40, FOR_A: 40, FOR_B: 40, FOR_NOBODY: 30, SPAM: 30}
    patient = {"ring_vouched": True, "ring_joined": NOW - 40 * DAY, "ring_poses": (A, B)}
    for before, seen in ((10, 0.2), (10, 0.05), (30, 0.2), (30, 0.05)):
        cells = []
        for first in firsts:
            more = patient | {"ring_pretends": before, "spam_seen": seen, "ring_lines": first}
            [lives] = shown(Community(40, 38, ring=22, notes=notes, **more), Settings())  # type: ignore[arg-type]
            cells.append(f"{np.mean([life['spam'] for life in lives]):.0f}")
        yield f"| {before} | {seen:g} times as often | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    for line in chain(camps(), [""], harder(), [""], rings(), [""], lines()):
        print(line, flush=True)
