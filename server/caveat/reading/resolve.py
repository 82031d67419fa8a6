"""Whom a source means, once the whole article is known.

"He said" and "the minister said" are given the name they stand for; "Tusk" the full name given
elsewhere in the article; a quotation that opens a block goes to who spoke last in the one before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caveat.article import Attribution, SourceKind, Span
from caveat.reading.blocks import Block
from caveat.reading.record import AttributionReading, BlockReading, Mention, Place

_ONE_PERSON = frozenset({"he", "she", "his", "her", "him"})
_BODIES = frozenset({SourceKind.INSTITUTION, SourceKind.DOCUMENT})


@dataclass(frozen=True, slots=True)
class People:
    """The names of an article, in order."""

    mentions: tuple[tuple[int, Mention], ...]  # each with its place in the article

    @classmethod
    def of(cls, blocks: Sequence[Block], readings: Sequence[BlockReading]) -> People:
        """From all blocks' mentions."""
        return cls(
            tuple((b.start + m.start, m) for b, r in zip(blocks, readings, strict=True) for m in r.mentions)
        )

    def full_name(self, name: str) -> str | None:
        """The longer name that ends in this one, anywhere in the article: "Tusk" -> "Donald Tusk"."""
        last = name.split()[-1]
        longer = (
            m.text for _, m in self.mentions if m.person and " " in m.text and m.text.split()[-1] == last
        )
        return next(longer, None)

    def with_role(self, role: str, before: int) -> str | None:
        """The last person given that title before a place."""
        found = [m.text for at, m in self.mentions if at < before and m.person and m.role == role]
        return (self.full_name(found[-1]) or found[-1]) if found else None

    def last_person(self, before: int) -> str | None:
        """The last person named before a place, in the fullest form."""
        found = [m.text for at, m in self.mentions if at < before and m.person]
        return (self.full_name(found[-1]) or found[-1]) if found else None


def attributions(text: str, blocks: Sequence[Block], readings: Sequence[BlockReading]) -> list[Attribution]:
    """All attributions of the article, resolved, with places in the article, in order."""
    people = People.of(blocks, readings)
    found: list[Attribution] = []
    spoke_last = False  # the last block ended with somebody speaking
    for block, reading in zip(blocks, readings, strict=True):
        if spoke_last and found and not reading.attributions and reading.loose:
            found.append(_continued(text, block, reading, found[-1]))
        else:
            for one in reading.attributions:
                found.append(_resolved(text, block, one, people, found))
            spoke_last = reading.announces or any(one.quoted for one in reading.attributions)
    return found


def _resolved(
    text: str, block: Block, one: AttributionReading, people: People, before: Sequence[Attribution]
) -> Attribution:
    kind, name = one.kind, one.name
    at = block.start + one.cue[0]
    if one.pronoun:
        kind, name = _antecedent(one.pronoun, at, people, before)
    elif one.role and kind is not SourceKind.VAGUE:
        if meant := people.with_role(one.role, at):
            kind, name = SourceKind.NAMED, meant
    elif name and (full := people.full_name(name)):
        kind, name = SourceKind.NAMED, full
    return Attribution(
        kind,
        _span(text, block, one.source),
        _span(text, block, one.cue),
        tuple(s for place in one.content if (s := _span(text, block, place))),
        _span(text, block, one.relayed_by),
        name,
    )


def _antecedent(
    pronoun: str, at: int, people: People, before: Sequence[Attribution]
) -> tuple[SourceKind, str | None]:
    """Who a pronoun stands for: the last fitting source, else the last person named."""
    for last in reversed(before[-3:]):
        if pronoun in _ONE_PERSON and last.kind in {SourceKind.NAMED, SourceKind.UNNAMED}:
            return last.kind, last.name
        if pronoun not in _ONE_PERSON and last.kind in {*_BODIES, SourceKind.VAGUE, SourceKind.UNNAMED}:
            return last.kind, last.name
    if pronoun in _ONE_PERSON and (person := people.last_person(at)):
        return SourceKind.NAMED, person
    return SourceKind.UNNAMED, None


def _continued(text: str, block: Block, reading: BlockReading, last: Attribution) -> Attribution:
    content = tuple(s for place in reading.loose if (s := _span(text, block, place)))
    return Attribution(last.kind, None, None, content, last.relayed_by, last.name)


def _span(text: str, block: Block, place: Place | None) -> Span | None:
    if place is None:
        return None
    start, end = block.start + place[0], block.start + place[1]
    return Span(start, end, text[start:end])


def covering(attributions_: Sequence[Attribution], start: int, end: int) -> Iterator[tuple[int, Attribution]]:
    """The attributions whose content covers words of ``[start, end)``, with how many."""
    for one in attributions_:
        shared = sum(max(0, min(end, s.end) - max(start, s.start)) for s in one.content)
        if shared:
            yield shared, one
