"""One attribution in a block, and what the attributions of a block say of each other.

A quotation that goes on belongs to who was quoted before it; two cues for the same words are one; what is
wanted inside somebody else's words, and "citing" beside the one who is cited, are none of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from caveat.article import SourceKind
from caveat.reading.contents import touches
from caveat.reading.cues import CITING

SPEECH = 5  # tokens; shorter quotations are words somebody uses rather than what somebody says


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution in a block, as tokens."""

    kind: SourceKind
    source: Span | None  # the noun phrase, without the relative clauses that tell about it
    described: Span | None  # the source with them: "Ina Holt, who chairs the board"
    cue: Span  # "have raised"
    phrase: Span  # the cue with all its words: "have raised concerns about"
    content: tuple[Span, ...]
    relayed_by: Span | None
    name: str | None  # the name the source's words give, if they give one
    pronoun: bool
    quoted: bool  # the content holds a quotation
    negated: bool  # "did not say", "will say", "declined to say": nobody said it
    voiced: bool  # said or thought; not merely wanted, done or foreseen


def is_told(one: Said, said: Sequence[Said]) -> bool:
    """Somebody else says that they want it: "she said he wanted to resign"."""
    at = one.cue.start
    return any(span.start <= at < span.end for other in said for span in other.content)


def is_cited(one: Said, other: Said) -> bool:
    """ "citing" is the cue of nobody else where the source it cites has its words already."""
    citing = one.cue.root.lower_ in CITING and one is not other
    return (
        citing
        and other.source is not None
        and one.cue.sent.start <= other.source.start < one.cue.sent.end
        and (other.relayed_by is not None and other.source.root.head.i == one.cue.root.i)
    )


def without_repeats(said: list[Said]) -> list[Said]:
    """Two cues for the same source and content are one attribution: "went on to say"."""
    kept: list[Said] = []
    for one in said:
        if not any(one.content == other.content and _same(one.source, other.source) for other in kept):
            kept.append(one)
    return kept


def with_continued_quotations(doc: Doc, said: list[Said]) -> list[Said]:
    """Speech that goes on: a quotation without a speaker belongs to the last one who was quoted before it."""
    out = list(said)
    for quotation in doc._.quotations:
        words = quotation.words(doc)
        if len(words) < SPEECH or any(touches(quotation, one.content) for one in out):
            continue
        before = [i for i, one in enumerate(out) if one.quoted and one.cue.start < quotation.start]
        if before:
            last = out[before[-1]]
            out[before[-1]] = replace(last, content=(*last.content, doc[quotation.start : quotation.end]))
    return out


def _same(a: Span | None, b: Span | None) -> bool:
    return (a is None and b is None) or (a is not None and b is not None and a.start == b.start)
