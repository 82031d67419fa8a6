"""Communities that were never there: two camps, people between them, and those who came to push.

In: how many there are of whom, and a seed. Out: ratings of annotations of which it is known whom they
help. What a person says is drawn from how likely somebody of that camp finds such an annotation helpful;
the figures are guesses of ours, kinder to one-sided annotations than life (one in ten of the other camp
likes them) so that the rules have something to withstand.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator

from caveat.annotations.ranking import Raters, Ratings

DAY = 86_400.0
NOW = 400 * DAY
A, B, BETWEEN, RING = "a", "b", "between", "ring"
FOR_ALL, FOR_A, FOR_B, FOR_NOBODY, SPAM = "all", "a only", "b only", "nobody", "spam"

# How likely somebody of a camp finds an annotation helpful.
LIKES = {
    FOR_ALL: {A: 0.85, B: 0.85, BETWEEN: 0.85, RING: 0.85},
    FOR_A: {A: 0.90, B: 0.10, BETWEEN: 0.50, RING: 0.50},
    FOR_B: {A: 0.10, B: 0.90, BETWEEN: 0.50, RING: 0.50},
    FOR_NOBODY: {A: 0.15, B: 0.15, BETWEEN: 0.15, RING: 0.15},
    SPAM: {A: 0.03, B: 0.03, BETWEEN: 0.03, RING: 1.00},
}
SOMEWHAT = 0.15  # how many say "somewhat" whatever they would have said


@dataclass(frozen=True)
class Community:
    """Who is there, what was written, and how many annotations a person rates."""

    a: int
    b: int
    between: int = 0
    ring: int = 0
    notes: dict[str, int] = field(
        default_factory=lambda: {FOR_ALL: 40, FOR_A: 40, FOR_B: 40, FOR_NOBODY: 30, SPAM: 0}
    )
    each_rates: int = 20
    spam_seen: float = 1.0  # how readily honest people come across spam, against everything else
    ring_pretends: int = 0  # how many ratings of other annotations each of the ring gives first
    ring_poses: tuple[str, ...] = (BETWEEN,)  # as whom, one after the other
    ring_joined: float = NOW - 3 * DAY
    ring_vouched: bool = False

    def live(self, seed: int) -> Life:
        """What happened."""
        rng = np.random.default_rng(seed)
        kinds = np.array([kind for kind, count in self.notes.items() for _ in range(count)])
        camps = np.array([A] * self.a + [B] * self.b + [BETWEEN] * self.between + [RING] * self.ring)
        rows = [row for rater, camp in enumerate(camps) for row in self._rates(rater, str(camp), kinds, rng)]
        note, rater, value, at = (np.array(column) for column in zip(*rows, strict=True))
        ring = camps == RING
        people = Raters(
            ids=np.arange(len(camps)),
            joined=np.where(ring, self.ring_joined, 0.0),
            vouched=~ring | self.ring_vouched,
        )
        return Life(kinds, camps, Ratings.of(note, rater, value, at), people)

    def _rates(
        self, rater: int, camp: str, kinds: np.ndarray, rng: Generator
    ) -> list[tuple[int, int, float, float]]:
        honest, spam = np.flatnonzero(kinds != SPAM), np.flatnonzero(kinds == SPAM)
        if camp != RING:
            often = np.where(kinds == SPAM, self.spam_seen, 1.0)
            chosen = rng.choice(
                len(kinds), min(self.each_rates, len(honest)), replace=False, p=often / often.sum()
            )
            return [
                (int(n), rater, _says(camp, kinds[n], rng), NOW - rng.uniform(1, 300) * DAY) for n in chosen
            ]
        pretended = rng.choice(honest, min(self.ring_pretends, len(honest)), replace=False)
        pose, first = self.ring_poses[rater % len(self.ring_poses)], self.ring_joined
        return [
            *((int(n), rater, _says(pose, kinds[n], rng), first + DAY) for n in pretended),
            *((int(n), rater, 1.0, NOW - DAY) for n in spam),
        ]


@dataclass(frozen=True)
class Life:
    """The ratings, and what nobody in the community knows."""

    kinds: np.ndarray
    camps: np.ndarray
    ratings: Ratings
    raters: Raters

    def of_kind(self, *kinds: str) -> np.ndarray:
        """Which of the rated annotations help only these."""
        return np.isin(self.kinds[self.ratings.notes], kinds)


def _says(camp: str, kind: str, rng: Generator) -> float:
    if rng.random() < SOMEWHAT and kind != SPAM:
        return 0.5
    return float(rng.random() < LIKES[kind][camp])
