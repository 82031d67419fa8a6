"""The figures of the ranking's README: ``PYTHONPATH=tests python -m annotations.ranking``.

In per cent of the annotations of a kind, the mean over eight communities (and the worst of them): what is
shown though it helps one camp only, and what is shown of what helps all. Then rings, and what of their spam
is shown.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from caveat.annotations.ranking import DAY, THEIRS, Rule, Settings, Status, rank

from .simulated import FOR_A, FOR_ALL, FOR_B, FOR_NOBODY, NOW, SPAM, A, B, Community

SEEDS = range(8)
RULES = {
    "auto": Settings(),
    "sides": Settings(rule=Rule.SIDES),
    "sides by sign alone": Settings(rule=Rule.SIDES, side_distance=0.0),
    "original": Settings(rule=Rule.ORIGINAL),
    "original-sides": THEIRS,
    "the same, as auto has it": Settings(rule=Rule.ORIGINAL_SIDES),
}
EQUAL = ((8, 8, 0), (15, 15, 0), (15, 15, 8), (30, 30, 0), (60, 60, 20), (100, 100, 0), (300, 300, 0))
UNEQUAL = ((21, 9, 0), (70, 30, 0), (70, 30, 30), (210, 90, 0), (90, 10, 0), (270, 30, 0))


def community(*people: int, spam: int = 0, **more: object) -> Community:
    """Annotations for its size: about ten to fifteen ratings each."""
    scale = max(1, sum(people) // 60)
    notes = {FOR_ALL: 40, FOR_A: 40, FOR_B: 40, FOR_NOBODY: 30}
    counts = {kind: scale * count for kind, count in notes.items()} | {SPAM: spam}
    return Community(*people, notes=counts, **more)  # type: ignore[arg-type]


def shown(made: Community, settings: Settings, *kinds: str) -> list[float]:
    """The share of these annotations that is shown, in each of the communities."""
    lives = [made.live(seed) for seed in SEEDS]
    rankings = [rank(life.ratings, life.raters, None, NOW, settings) for life in lives]
    return [
        100 * float((ranking.status == Status.HELPFUL)[life.of_kind(*kinds)].mean())
        for ranking, life in zip(rankings, lives, strict=True)
    ]


def camps() -> Iterator[str]:
    """One table: a line a community, a column a rule."""
    yield "| camps a + b + between | " + " | ".join(RULES) + " |"
    yield "|---|" + "---|" * len(RULES)
    for people in EQUAL + UNEQUAL:
        cells = []
        for settings in RULES.values():
            one, all_ = (
                shown(community(*people), settings, *kinds) for kinds in ((FOR_A, FOR_B), (FOR_ALL,))
            )
            cells.append(f"{np.mean(one):.1f} ({max(one):.1f}) / {np.mean(all_):.0f}")
        yield f"| {' + '.join(map(str, people))} | " + " | ".join(cells) + " |"


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
            cells = [f"{np.mean(shown(made, settings, SPAM)):.0f}" for settings in rules.values()]
            yield f"| {name} | {seen:g} times as often | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    for line in (*camps(), "", *rings()):
        print(line, flush=True)
