"""Whose words: which tokens of a block are the article's own, and which somebody else's.

Wording is the article's only where nobody is quoted and nobody the sentence names is told to have said it.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from caveat.article import SourceKind
from caveat.reading.rules import Phrases

_ANSWERABLE = frozenset({SourceKind.NAMED, SourceKind.INSTITUTION, SourceKind.DOCUMENT, SourceKind.UNNAMED})


def answers_for(kind: SourceKind) -> bool:
    """Whether a source of this kind is somebody in particular, whose wording it then is."""
    return kind in _ANSWERABLE


def others_words(doc: Doc) -> set[int]:
    """The tokens between quotation marks and those that somebody in particular is told to have said."""
    quoted = {i for q in doc._.quotations for i in range(q.start, q.end)}
    told = {
        i
        for said in doc._.attributions
        if answers_for(said.kind) and not said.negated
        for part in said.content
        for i in range(part.start, part.end)
    }
    return quoted | told


def in_own_words(doc: Doc, phrases: Phrases) -> Iterator[Span]:
    """The phrases that begin in the article's own words, in order; of those that overlap the longest.

    "The study proves that …": to say "proves" was the article's choice, whatever follows.
    """
    found = filter_spans(phrases(doc))
    if found:
        others = others_words(doc)
        yield from (span for span in found if span.start not in others)
