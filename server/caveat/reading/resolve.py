"""Whom a source means, once the whole article is known.

"He said" and "the minister said" are given the name they stand for; "Tusk" the full name given
elsewhere in the article; a quotation that opens a block goes to who spoke last in the one before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from caveat.article import UNATTRIBUTED, Attribution, SourceKind, Span
from caveat.reading.blocks import Block
from caveat.reading.record import AttributionReading, BlockReading, Mention, Place

_ONE_PERSON = frozenset({"he", "she", "his", "her", "him"})
_BODIES = frozenset({SourceKind.INSTITUTION, SourceKind.DOCUMENT})


@dataclass(frozen=True, slots=True)
class People:
    """The names of an article, in order."""

    people: tuple[tuple[int, Mention], ...]  # with their places in the article
    by_surname: Mapping[str, tuple[tuple[int, str], ...]]  # places and full names

    @classmethod
    def of(cls, blocks: Sequence[Block], readings: Sequence[BlockReading]) -> People:
        """From all blocks' mentions."""
        placed = [
            (b.start + m.start, m)
            for b, r in zip(blocks, readings, strict=True)
            for m in r.mentions
            if m.person
        ]
        by_surname: dict[str, list[tuple[int, str]]] = {}
        for at, mention in placed:
            if " " in mention.text:
                by_surname.setdefault(mention.text.split()[-1], []).append((at, mention.text))
        return cls(tuple(placed), {surname: tuple(found) for surname, found in by_surname.items()})

    def full_name(self, name: str, at: int) -> str | None:
        """The longer name that ends in this one: "Tusk" -> "Donald Tusk", wherever it is given.

        Where two people share the surname it is the one named last before the place, or nobody.
        """
        found = self.by_surname.get(name.split()[-1], ())
        if len({full for _, full in found}) > 1:
            found = tuple(one for one in found if one[0] <= at)[-1:]
        return found[0][1] if found else None

    def last(self, at: int, role: str | None = None) -> str | None:
        """The last person named before a place, or the last one given that title, in the fullest form."""
        before = self.people[: bisect_left(self.people, at, key=lambda one: one[0])]
        for _, mention in reversed(before):
            if role is None or mention.role == role:
                return self.full_name(mention.text, at) or mention.text
        return None


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
        if meant := people.last(at, one.role):
            kind, name = SourceKind.NAMED, meant
    elif name and (full := people.full_name(name, at)):
        kind, name = SourceKind.NAMED, full
    return Attribution(
        kind,
        _span(text, block, one.source),
        _span(text, block, one.cue),
        tuple(s for place in one.content if (s := _span(text, block, place))),
        _span(text, block, one.relayed_by),
        name,
        one.voiced,
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
    if pronoun in _ONE_PERSON and (person := people.last(at)):
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


def behind(places: Sequence[Place], attributions_: Sequence[Attribution]) -> Iterator[Attribution]:
    """Who stands behind each sentence: the attribution made in it that covers most of its words, else the
    speech that most of it is part of, else nobody."""
    starts = [start for start, _ in places]
    shares: dict[int, dict[int, int]] = {}  # sentence -> attribution -> code points
    for number, attribution in enumerate(attributions_):
        if not attribution.voiced:
            continue
        for span in attribution.content:
            index = max(0, bisect_right(starts, span.start) - 1)
            while index < len(places) and starts[index] < span.end:
                shared = min(places[index][1], span.end) - max(starts[index], span.start)
                if shared > 0:
                    found = shares.setdefault(index, {})
                    found[number] = found.get(number, 0) + shared
                index += 1
    for index, (start, end) in enumerate(places):
        found = shares.get(index, {})
        inside = {n for n in found if (cue := attributions_[n].cue) and start <= cue.start < end}
        speech = {n for n, shared in found.items() if shared * 2 > end - start}
        best = max(sorted(inside or speech), key=found.__getitem__, default=None)
        yield UNATTRIBUTED if best is None else attributions_[best]
