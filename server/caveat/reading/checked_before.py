"""checked-before: claims of an article that fact checkers have looked at.

In: the article's claims, and the index of checks. Out: the claims with checks that may fit, for people to
say, and notices of those that fit by all that can be told. Without an index: the claims as they are, at no
cost. An index that cannot be read costs a reading nothing but these notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from caveat.article import Claim, ClaimKind, Evidence
from caveat.facts import Facts
from caveat.facts.factchecks import FactCheck, StoreFault
from caveat.facts.factchecks.matching import Hit, Thresholds, Verdict
from caveat.reading.whole import Noticed

SIGNAL = "checked-before"
_MOST_SUGGESTED = 2
_MOST_SHOWN = 3  # who checked the same claim
_CONFIDENCE = 0.8  # of 1,000 texts whose claim nobody had checked one had a note: see MATCHING.md
_NOT_ASKED = frozenset({ClaimKind.OPINION, ClaimKind.EXPERIENCE})  # nobody checks these


def looked_up(text: str, claims: Sequence[Claim], facts: Facts) -> tuple[tuple[Claim, ...], list[Noticed]]:
    """The claims with what is suggested, and the notices."""
    asked = [claim for claim in claims if claim.kind not in _NOT_ASKED]
    if facts.checks is None or not asked:
        return tuple(claims), []
    try:
        found = facts.checks.look_up([text[claim.start : claim.end] for claim in asked])
    except (StoreFault, OSError):
        return tuple(claims), []
    hits = {claim.id: each for claim, each in zip(asked, found, strict=True)}
    noticed = {n.evidence: n for claim in reversed(asked) if (n := _noticed(claim, hits[claim.id]))}
    # An article says its claims again and again: a check is shown where it says them first.
    first = sorted(noticed.values(), key=lambda n: n.start)
    return tuple(replace(claim, suggested=_suggested(hits.get(claim.id, []))) for claim in claims), first


def _noticed(claim: Claim, hits: Sequence[Hit]) -> Noticed | None:
    shown = [hit.check for hit in hits if _fits(hit)][:_MOST_SHOWN]
    if not shown:
        return None
    slots = {"publisher": shown[0].publisher, "claim": shown[0].claim}
    evidence = tuple(map(_evidence, shown))
    return Noticed(SIGNAL, claim.start, claim.end, _CONFIDENCE, slots=slots, evidence=evidence)


def _fits(hit: Hit) -> bool:
    """Published, and sure enough for an article: its sentences name many, and say other things of them."""
    return hit.verdict is Verdict.PUBLISHED and hit.beside >= Thresholds.standard().beside_in_article


def _suggested(hits: Sequence[Hit]) -> tuple[Evidence, ...]:
    suggested = [hit.check for hit in hits if hit.verdict is not Verdict.NOTHING and not _fits(hit)]
    return tuple(map(_evidence, suggested[:_MOST_SUGGESTED]))


def _evidence(check: FactCheck) -> Evidence:
    return Evidence(check.claim, check.url, check.published, check.publisher, check.rating)
