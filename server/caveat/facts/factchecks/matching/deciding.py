"""Whether a check that was found is shown on its own, offered to people, or left out.

In: a text and the claims that were found for it, with their ranks and scores. Out: a ``Verdict`` for each.
A high cosine alone decides nothing: at .7 it meets a third of the true matches and, of texts whose claim
nobody checked, one in thirteen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from caveat.facts.factchecks.matching.agreement import agreement
from caveat.facts.factchecks.matching.words import folded, plain, rules


class Verdict(StrEnum):
    """What is done with a check that was found."""

    PUBLISHED = "published"
    SUGGESTED = "suggested"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A check that was found for a text."""

    claim: str
    cosine: float | None  # 0: not among the nearest; None: there is no encoder
    words: float  # BM25; 0: not among the best
    ranks: tuple[int, int]  # by meaning and by words, from 1
    share: float  # of the claim's words that the text has
    beside: float  # the same of those beside names and figures: what is said of them

    @property
    def nearness(self) -> float:
        """Meaning and words together; without an encoder the words stand for both."""
        return self.share + (self.share if self.cosine is None else self.cosine)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Of ``matching.toml``, where each says what it trades."""

    rank: int
    nearness: float
    beside: float
    beside_in_article: float
    lead_meaning: float
    lead_words: float
    suggested: float

    @classmethod
    @cache
    def standard(cls) -> Thresholds:
        """Those that ship."""
        return cls(**rules()["thresholds"])


def decide(text: str, candidates: Sequence[Candidate], thresholds: Thresholds) -> list[Verdict]:
    """A verdict for each candidate, best first; at most one claim is published, by all who checked it.

    The text is plain.
    """
    if not candidates:
        return []
    first = candidates[0]
    same = wording(first.claim)
    published = (
        _stands_alone(first, candidates, same, thresholds) and agreement(text, plain(first.claim)).whole
    )
    verdicts = []
    for candidate in candidates:
        if published and wording(candidate.claim) == same:
            verdicts.append(Verdict.PUBLISHED)
        elif candidate.nearness >= thresholds.suggested:
            verdicts.append(Verdict.SUGGESTED)
        else:
            verdicts.append(Verdict.NOTHING)
    return verdicts


def _stands_alone(
    first: Candidate, candidates: Sequence[Candidate], same: str, thresholds: Thresholds
) -> bool:
    if first.cosine is None or max(first.ranks) > thresholds.rank or first.nearness < thresholds.nearness:
        return False
    if first.beside < thresholds.beside:
        return False
    # The same claim, checked by another, is no rival.
    rivals = [c for c in candidates[1:] if wording(c.claim) != same]
    next_meaning = max((c.cosine or 0.0 for c in rivals), default=0.0)
    next_words = max((c.words for c in rivals), default=0.0)
    return (
        first.cosine - next_meaning >= thresholds.lead_meaning
        and first.words - next_words >= thresholds.lead_words * first.words
    )


def wording(claim: str) -> str:
    """A claim's words alone: two with the same are the same claim, whatever their quotation marks."""
    return " ".join(re.findall(r"\w+", folded(claim)))
