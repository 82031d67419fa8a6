"""Kinds of claims: how often each is read rightly, and what it is taken for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from figures import Counts, Figure, interval
from readings import Readings
from sets import own

from caveat.article import Analysis

KINDS = ("quantity", "cause", "rule", "forecast", "event", "statement", "experience", "opinion")


def taken_for(readings: Readings) -> list[tuple[str, str]]:
    """Each labelled sentence's kind, and what it is taken for."""
    units = []
    for article, analysis in own(readings):
        by_start = {s.start: str(s.kind) for s in analysis.sentences}
        for sentence in article.sentences:
            if sentence.kind in KINDS:
                got = by_start.get(sentence.start) or _overlapping(analysis, sentence.start, sentence.end)
                units.append((sentence.kind, got))
    return units


def kinds(readings: Readings) -> Iterator[Figure]:
    """The kind of each labelled sentence, and what it is taken for; what states nothing is no claim."""
    units = taken_for(readings)

    def macro(some: Sequence[tuple[str, str]]) -> float:
        wanted, got = Counter(w for w, _ in some), Counter(g for _, g in some)
        right = Counter(w for w, g in some if w == g)
        present = [k for k in KINDS if wanted[k]]
        return sum(2 * right[k] / (wanted[k] + got[k]) for k in present) / len(present)

    low, high = interval(units, macro)
    accuracy = sum(w == g for w, g in units) / len(units)
    taught = "" if readings.part else "; these teach the model, teach_kinds.py --check leaves them out"
    yield Figure(
        "claim kinds, own sentences: macro-F1", macro(units), low, high, 0.85, "",
        f"accuracy {accuracy:.2f}{taught}",
    )  # fmt: skip
    for kind in KINDS:
        right = sum(w == g == kind for w, g in units)
        found, wanted = sum(g == kind for _, g in units), sum(w == kind for w, _ in units)
        counts = Counts(right, found, wanted)
        taken = Counter(g for w, g in units if w == kind and g != kind).most_common(3)
        detail = ", ".join(f"{n} taken for {k}" for k, n in taken)
        yield Figure(f"  {kind} ({wanted})", counts.f1, counts.f1, counts.f1, None, "", detail)
    claims = [
        any(c.start < s.end and s.start < c.end for c in analysis.claims)
        for article, analysis in own(readings)
        for s in article.sentences
        if s.kind == "none"
    ]
    quiet = sum(not claim for claim in claims) / len(claims)
    yield Figure(
        f"  none ({len(claims)}): no claim", quiet, quiet, quiet, None, "", f"{sum(claims)} became claims"
    )


def confusion(units: Sequence[tuple[str, str]]) -> str:
    """The kinds as labelled (rows) against what they are taken for (columns), as a table in Markdown."""
    counted = Counter(units)
    lines = [f"| labelled | {' | '.join(KINDS)} |", "|---|" + "---:|" * len(KINDS)]
    lines += [f"| {w} | {' | '.join(str(counted[w, g] or '') for g in KINDS)} |" for w in KINDS]
    return "\n".join(lines)


def _overlapping(analysis: Analysis, start: int, end: int) -> str:
    best = max(analysis.sentences, key=lambda s: min(s.end, end) - max(s.start, start), default=None)
    return str(best.kind) if best is not None else "none"
