"""Settling notes: what was noticed in an article, made few enough to be read.

In: everything noticed. Out: what is shown, in reading order. One remark on the same words; nothing that
contradicts what is surer; at most three notes on a sentence, the most useful first and credit among them; the
same words marked twice in an article and counted from then on; three notes of wording on a page that argues
for a view.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from caveat.article import Family, Level
from caveat.catalogue import Catalogue
from caveat.reading import rules
from caveat.reading.whole import Noticed, Stated, sentence_at

MOST_NOTES = 3  # on one sentence; more is noise
MOST_WORDING = 3  # on a page that argues for a view
MOST_REPEATED = 2  # notes of one signal on the same words
_RANK = {Level.QUESTION: 0, Level.CREDIT: 1, Level.QUIET: 2}


@dataclass(frozen=True, slots=True)
class Settled:
    """A notice that is shown, and how often its words come again without a note."""

    noticed: Noticed
    again: int = 0


def settle(
    text: str, noticed: Iterable[Noticed], stated: Sequence[Stated], catalogue: Catalogue, *, opinion: bool
) -> list[Settled]:
    """What is shown of what was noticed."""
    ranked = sorted(noticed, key=lambda n: _usefulness(n, stated, catalogue))
    kept = _few_on_a_sentence(ranked, stated, catalogue)
    if opinion:
        wording = [n for n in kept if catalogue.signals[n.signal].family is Family.WORDING]
        left_out = wording[MOST_WORDING:]
        kept = [n for n in kept if n not in left_out]
    return _counted(text, sorted(kept, key=lambda n: (n.start, n.end, n.signal)), catalogue)


def _usefulness(n: Noticed, stated: Sequence[Stated], catalogue: Catalogue) -> tuple[float, ...]:
    """Questions before credit before what is quiet; what has a record beside it, then the surest, on the
    sentence worth checking most."""
    sentence = sentence_at(stated, n.start)
    worth = sentence.checkworthiness if sentence else 0.0
    rank = _RANK[catalogue.signals[n.signal].level]
    return (rank, not n.evidence, -n.confidence, -worth, n.start, n.end)


def _few_on_a_sentence(
    ranked: Sequence[Noticed], stated: Sequence[Stated], catalogue: Catalogue
) -> list[Noticed]:
    chosen: dict[int, list[Noticed]] = {}  # by the start of their sentence
    for n in ranked:
        sentence = sentence_at(stated, n.start)
        beside = chosen.setdefault(sentence.start if sentence else n.start, [])
        if not any(_cannot_both_stand(c, n, catalogue) for c in beside):
            beside.append(n)
    shown = {id(n) for beside in chosen.values() for n in _with_credit(beside, catalogue)}
    return [n for n in ranked if id(n) in shown]


def _with_credit(beside: Sequence[Noticed], catalogue: Catalogue) -> Sequence[Noticed]:
    """The first three, the last of them credit where there is any: what is done well is not crowded out."""
    first = [*beside[:MOST_NOTES]]
    credit = [n for n in beside[MOST_NOTES:] if catalogue.signals[n.signal].level is Level.CREDIT]
    if credit and not any(catalogue.signals[n.signal].level is Level.CREDIT for n in first):
        first[-1] = credit[0]
    return first


def _cannot_both_stand(a: Noticed, b: Noticed, catalogue: Catalogue) -> bool:
    """On the same words: one signal twice, two remarks on their tone, or one that contradicts the other."""
    if a.start >= b.end or b.start >= a.end:
        return False
    families = {catalogue.signals[n.signal].family for n in (a, b)}
    return a.signal == b.signal or families == {Family.WORDING} or {a.signal, b.signal} in _contradictions()


def _counted(text: str, shown: Sequence[Noticed], catalogue: Catalogue) -> list[Settled]:
    """The first two notes of a signal on the same words; the second says how often they come again."""
    seen: Counter[tuple[str, str, str]] = Counter()
    settled: list[Settled] = []
    second: dict[tuple[str, str, str], int] = {}
    for n in shown:
        key = (n.signal, n.variant, " ".join(text[n.start : n.end].split()).casefold())
        seen[key] += 1
        if seen[key] <= MOST_REPEATED or catalogue.signals[n.signal].level is Level.CREDIT:
            second[key] = len(settled)
            settled.append(Settled(n))
        else:
            place = second[key]
            settled[place] = replace(settled[place], again=settled[place].again + 1)
    return settled


# A pure function of a file that ships with the package, so remembering its answer shares no state.
@cache
def _contradictions() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(pair) for pair in rules.read("settling")["contradictions"])
