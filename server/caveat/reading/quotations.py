"""Quotation marks: which words of a block stand between them.

Writes ``doc._.quotations``: ``Quotation``s in order, outermost only. A quotation that is still open
at the block's end runs to the end, as in speech that goes on in the next paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from caveat.reading.rules import Phrases

_PAIRS = {"“": "”", "«": "»", "„": "“”", "‘": "’", '"': '"', "'": "'"}
# An opening mark stands at a word's start. For the marks that double as apostrophes and inches, that
# and a closing mark at a word's end are asked for.
_OPEN = re.compile(r"[“«„]|(?<!\w)''(?=\s?\w)|(?<![\w\"'’])[\"‘'](?=[\w$£€(\[.…“‘])")
_DOUBLED = "''"  # two apostrophes, as some agencies write a quotation mark
_APOSTROPHE_YEAR = re.compile(r"['’]\d\ds?\b")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens ``doc[start:end]``, the marks included; ``closed`` unless it runs to the block's end."""

    start: int
    end: int
    closed: bool

    def words(self, doc: Doc) -> Span:
        """What stands between the marks."""
        return doc[self.start + 1 : self.end - 1 if self.closed else self.end]


class Quotations:
    """Finds quotation marks that belong together."""

    def __call__(self, doc: Doc) -> Doc:
        doc._.quotations = [
            Quotation(span.start, span.end, closed)
            for start, end, closed in quoted(doc.text)
            if (span := doc.char_span(start, end, alignment_mode="expand")) is not None
        ]
        return doc


def quoted(text: str) -> list[tuple[int, int, bool]]:
    """Start and end (code points, marks included) of each outermost quotation, and whether it is closed."""
    found: list[tuple[int, int, bool]] = []
    at = 0
    while opening := _OPEN.search(text, at):
        mark = opening.group()
        if mark in "'‘" and _APOSTROPHE_YEAR.match(text, opening.start()):
            at = opening.end()
            continue
        end = _close(text, opening.end(), _PAIRS.get(mark, mark))
        if end is not None:
            found.append((opening.start(), end, True))
            at = end
        elif mark in "'‘":  # far more likely an apostrophe than a quotation without an end
            at = opening.end()
        else:
            found.append((opening.start(), len(text), False))
            break
    return found


def _close(text: str, at: int, marks: str) -> int | None:
    if marks == _DOUBLED:
        end = text.find(_DOUBLED, at)
        return end + len(_DOUBLED) if end >= 0 else None
    apostrophe = marks in "'’"
    for index in range(at, len(text)):
        character = text[index]
        if character not in marks:
            continue
        follows = text[index + 1 : index + 2]
        if apostrophe and (follows.isalnum() or text[index - 1].isspace()):
            continue
        if marks == '"' and text[index - 1].isspace() and follows.isalnum():
            continue  # an opening mark, not a closing one
        return index + 1
    return None


def within(doc: Doc, start: int, end: int) -> Quotation | None:
    """The quotation that holds all of ``doc[start:end]``, if one does."""
    return next((q for q in doc._.quotations if q.start <= start and end <= q.end), None)


def unquoted(doc: Doc, phrases: Phrases, *, overlapping: bool = False) -> Iterator[Span]:
    """The phrases found outside quotation marks, in order: the words between the marks belong to the
    speaker. Of phrases that overlap only the longest, unless asked otherwise."""
    found = phrases(doc)
    for span in found if overlapping else filter_spans(found):
        if not within(doc, span.start, span.end):
            yield span


@Language.factory("caveat_quotations")
def create(nlp: Language, name: str) -> Quotations:  # noqa: ARG001 - spaCy's factories are called with a name
    Doc.set_extension("quotations", default=[], force=True)
    return Quotations()
