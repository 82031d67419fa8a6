"""Checks of our own making, and an encoder that needs no model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from caveat.facts.factchecks import FactCheck
from caveat.facts.factchecks.matching import Encoder
from caveat.facts.factchecks.matching.words import terms


def check(
    number: int,
    claim: str,
    title: str | None = None,
    *,
    site: str = "checker.example",
    day: str = "2024-05-06",
) -> FactCheck:
    return FactCheck(f"https://{site}/{number}", claim, "The Checker", site, day, "Not so", title=title)


CLAIMS = (
    "The moon landing was filmed in a studio in Ashmere.",
    "Crime in Brindleford fell by 12 percent.",
    "Premier Odile Marsh sold the harbour of Torvania to a bank.",
    "Drinking hot water cures the common cold.",
    "The new bridge over the river Lune cost 40 million pounds.",
    "Schools in Torvania no longer teach handwriting.",
)


class Words(Encoder):
    """Vectors of words: each has a direction of its own, so that shared words are nearness."""

    def __init__(self) -> None:
        self.encoded: list[str] = []

    @property
    def name(self) -> str:
        return "words"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.encoded += texts
        vectors = np.full((len(texts), 384), 1e-3, np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for term in terms(text):
                row += np.random.default_rng(list(term.encode())).normal(size=384)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class Silence:
    def begin(self, what: str, total: float | None) -> None:
        pass

    def advance(self, by: float = 1) -> None:
        pass
