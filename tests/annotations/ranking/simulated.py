"""Communities that were never there: two or three camps, people between them, and those who came to push.

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
A, B, C, BETWEEN, CARELESS, RING = "a", "b", "c", "between", "careless", "ring"
FOR_ALL, FOR_A, FOR_B, FOR_C, FOR_NOBODY, SPAM = "all", "a only", "b only", "c only", "nobody", "spam"

# How likely somebody of a camp finds an annotation helpful.
LIKES = {
    FOR_ALL: {A: 0.85, B: 0.85, C: 0.85, BETWEEN: 0.85, CARELESS: 0.5},
    FOR_A: {A: 0.90, B: 0.10, C: 0.10, BETWEEN: 0.50, CARELESS: 0.5},
    FOR_B: {A: 0.10, B: 0.90, C: 0.10, BETWEEN: 0.50, CARELESS: 0.5},
    FOR_C: {A: 0.10, B: 0.10, C: 0.90, BETWEEN: 0.50, CARELESS: 0.5},
    FOR_NOBODY: {A: 0.15, B: 0.15, C: 0.15, BETWEEN: 0.15, CARELESS: 0.5},
    SPAM: {A: 0.03, B: 0.03, C: 0.03, BETWEEN: 0.03, CARELESS: 0.5},
}
SOMEWHAT = 0.15  # how many say "somewhat" whatever they would have said


@dataclass(frozen=True)
class Community:
    """Who is there, what was written, and how many annotations a person rates."""

    a: int
    b: int
    between: int = 0
    ring: int = 0
    c: int = 0
    careless: int = 0  # who press whatever
    notes: dict[str, int] = field(
        default_factory=lambda: {FOR_ALL: 40, FOR_A: 40, FOR_B: 40, FOR_NOBODY: 30, SPAM: 0}
    )
    each_rates: int = 20
    uneven: float = 0.0  # the spread of that, as the sigma of its logarithm
    sympathy: float = 0.10  # how likely camp a finds helpful what is for b only; the other way .10 always
    brigade: int = 0  # people of camp a who also cheer at ...
    brigade_cheers: int = 0  # ... so many annotations of their camp
    spam_seen: float = 1.0  # how readily honest people come across spam, against everything else
    ring_pretends: int = 0  # how many ratings of other annotations each of the ring gives first
    ring_poses: tuple[str, ...] = (BETWEEN,)  # as whom, one after the other
    ring_joined: float = NOW - 3 * DAY
    ring_vouched: bool = False
    ring_lines: int = 0  # how many of the ring were let in; the others were brought in by these (0: all)
    brought: int = 0  # how many more each of the honest brought in

    def live(self, seed: int) -> Life:
        """What happened."""
        rng = np.random.default_rng(seed)
        kinds = np.array([kind for kind, count in self.notes.items() for _ in range(count)])
        people = (self.a, self.b, self.between, self.ring, self.c, self.careless)
        camps = np.repeat([A, B, BETWEEN, RING, C, CARELESS], people)
        rows = [row for rater, camp in enumerate(camps) for row in self._rates(rater, str(camp), kinds, rng)]
        note, rater, value, at = (np.array(column) for column in zip(*rows, strict=True))
        ring = camps == RING
        raters = Raters(
            ids=np.arange(len(camps)),
            joined=np.where(ring, self.ring_joined, 0.0),
            vouched=~ring | self.ring_vouched,
            line=self._lines(ring),
        )
        return Life(kinds, camps, Ratings.of(note, rater, value, at), raters)

    def _lines(self, ring: np.ndarray) -> np.ndarray:
        """Neighbours in line, who are mostly of one camp, brought one another in."""
        line = np.arange(len(ring)) // (1 + self.brought)
        if self.ring_lines:
            line[ring] = len(ring) + np.arange(ring.sum()) // 2 % self.ring_lines
        return line

    def _rates(
        self, rater: int, camp: str, kinds: np.ndarray, rng: Generator
    ) -> list[tuple[int, int, float, float]]:
        honest, spam = np.flatnonzero(kinds != SPAM), np.flatnonzero(kinds == SPAM)
        if camp != RING:
            often = np.where(kinds == SPAM, self.spam_seen, 1.0)
            many = self.each_rates
            if self.uneven:
                many = max(1, round(many * rng.lognormal(0.0, self.uneven)))
            chosen = rng.choice(len(kinds), min(many, len(honest)), replace=False, p=often / often.sum())
            rows = [
                (int(n), rater, self._says(camp, kinds[n], rng), NOW - rng.uniform(1, 300) * DAY)
                for n in chosen
            ]
            if rater < self.brigade:  # camp a comes first
                own = np.setdiff1d(np.flatnonzero(kinds == FOR_A), chosen)
                cheered = rng.choice(own, min(self.brigade_cheers, len(own)), replace=False)
                rows += [(int(n), rater, 1.0, NOW - DAY) for n in cheered]
            return rows
        pretended = rng.choice(honest, min(self.ring_pretends, len(honest)), replace=False)
        pose, first = self.ring_poses[rater % len(self.ring_poses)], self.ring_joined
        return [
            *((int(n), rater, self._says(pose, kinds[n], rng), first + DAY) for n in pretended),
            *((int(n), rater, 1.0, NOW - DAY) for n in spam),
        ]

    def _says(self, camp: str, kind: str, rng: Generator) -> float:
        if rng.random() < SOMEWHAT and kind != SPAM:
            return 0.5
        likes = self.sympathy if (camp, kind) == (A, FOR_B) else LIKES[kind][camp]
        return float(rng.random() < likes)


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
