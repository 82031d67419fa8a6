"""All reviews of claims in one text, whatever they are wrapped in.

In: the text of a file. Out: ``FactCheck`` after ``FactCheck``, and an ``Entry`` for what is refused or passed
over, with its line and the reason. What can go wrong: nothing but what the file's own stream raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from caveat.facts.factchecks import claim_review, plain, tools_api
from caveat.facts.factchecks.claim_review import Around, Refused
from caveat.facts.factchecks.cutting import Broken, Cutter, Piece
from caveat.facts.factchecks.json_ld import Graph, Node, get, parsed, several, types
from caveat.facts.factchecks.markup import json_in
from caveat.facts.factchecks.record import FactCheck

PASSED_OVER = "media review"  # no fault: it is about pictures and films, and names no claim

_DEEPEST = 2  # markup kept as a text inside of markup
_MOST_LEVELS = 8  # of lists and objects around a review that is no JSON
_HEADER = 1_000  # characters of what is around, where feeds name their licence
_LICENCE = re.compile(r'"(?:schema:)?(?:sdLicense|license)"\s*:\s*"([^"\\]+)"')
# Of what these say about a licence it is their own markup that they mean.
_COLLECTIONS = {"DataFeed", "DataFeedItem", "DataCatalog", "Dataset", "ItemList"}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in a file that is no record, and why."""

    line: int
    kind: str
    reason: str

    @property
    def is_refused(self) -> bool:
        return self.kind != PASSED_OVER


def reviews(chunks: Iterator[str], depth: int = _DEEPEST) -> Iterator[FactCheck | Entry]:
    """What a text holds, in its order."""
    for piece in Cutter(json_in(chunks)):
        if isinstance(piece, Broken):
            yield Entry(piece.line, piece.kind, piece.reason)
        else:
            yield from _in_piece(piece, depth)


def _in_piece(piece: Piece, depth: int, levels: int = _MOST_LEVELS) -> Iterator[FactCheck | Entry]:
    try:
        document = parsed(piece.text)
    except ValueError as error:
        is_lost = True
        for found in _inside_of(piece, depth, levels):
            is_lost = False
            yield found
        if is_lost:
            yield Entry(piece.line, "not JSON", f"This is no JSON: {error}.")
        return
    named = _LICENCE.search(piece.around)
    around = Around(Graph(document), licence=claim_review.line(named[1]) if named else None)
    for each in _in_document(document, around, depth):
        if isinstance(each, FactCheck):
            yield each
        elif isinstance(each, Refused):
            yield Entry(piece.line, each.kind, str(each))
        else:
            yield replace(each, line=piece.line + each.line - 1)


def _inside_of(piece: Piece, depth: int, levels: int) -> Iterator[FactCheck | Entry]:
    """Of a list or a feed with one bad review the others are read."""
    if not levels:
        return
    for inner in Cutter(iter([piece.text[1:-1]])):
        if isinstance(inner, Piece):
            line = piece.line + inner.line - 1
            around = piece.around + piece.text[:_HEADER]
            yield from _in_piece(Piece(inner.text, line, around), depth, levels - 1)


def _in_document(document: object, around: Around, depth: int) -> Iterator[FactCheck | Refused | Entry]:
    left: list[tuple[object, Around]] = [(document, around)]
    while left:
        value, about = left.pop()
        if isinstance(value, list):
            left.extend((each, about) for each in reversed(value))
        elif isinstance(value, str):
            if depth and "ClaimReview" in value and value.lstrip()[:1] in ("{", "[", "<"):
                yield from reviews(iter([value]), depth - 1)
        elif isinstance(value, dict):
            kinds = types(value)
            if "MediaReview" in kinds:
                yield Entry(1, PASSED_OVER, "A review of a picture or film (MediaReview) is not read.")
            elif "ClaimReview" in kinds or (get(value, "claimReviewed") is not None and kinds <= {"Review"}):
                try:
                    yield claim_review.read(value, about)
                except Refused as refused:
                    yield _named(refused, value)
            elif tools_api.is_claim(value):
                yield from tools_api.of_claim(value, about)
            elif tools_api.is_page(value):
                yield from tools_api.of_page(value, about)
            else:
                inner = _inside(value, kinds, about)
                left.extend((each, inner) for each in reversed(list(value.values())))


def _named(refused: Refused, review: Node) -> Refused:
    """With the address of the review: of a feed in one line, the line says little."""
    url = plain.address(next(iter(several(get(review, "url"))), None))
    return Refused(refused.kind, f"{refused} It is {url}") if url else refused


def _inside(node: Node, kinds: set[str], about: Around) -> Around:
    """What holds for the reviews inside of a node."""
    if not kinds & _COLLECTIONS:
        return about
    return replace(
        about,
        licence=claim_review.licence_of(node) or about.licence,
        base=plain.address(next(iter(several(get(node, "url"))), None)) or about.base,
        retracted=about.retracted or get(node, "dateDeleted") is not None,
    )
