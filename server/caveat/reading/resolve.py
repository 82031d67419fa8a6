"""Whom a source means, once the whole article is known.

"He said" and "the minister said" are given the name they stand for; "Tusk" the full name given
elsewhere in the article, "Marlstone" the body's; a quotation that opens a block goes to who spoke last
in the one before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from caveat.article import UNATTRIBUTED, Attribution, SourceKind, Span
from caveat.reading.blocks import Block
from caveat.reading.people import Known, Placed
from caveat.reading.record import AttributionReading, BlockReading, Place

_PRONOUNS = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she"}
_SOMEBODY = frozenset({SourceKind.NAMED, SourceKind.UNNAMED})
_NAMED = frozenset({SourceKind.NAMED, SourceKind.INSTITUTION})
_CALLED = frozenset({*_SOMEBODY, SourceKind.INSTITUTION})  # who may be meant by "the judge"
_BODIES = frozenset({SourceKind.INSTITUTION, SourceKind.DOCUMENT})
_MANY = frozenset({SourceKind.VAGUE, SourceKind.UNNAMED, *_BODIES})
_NEAR = 3  # attributions back that a pronoun is likely to mean


def attributions(
    text: str, known: Known, blocks: Sequence[Block], readings: Sequence[BlockReading]
) -> list[Attribution]:
    """All attributions of the article, resolved by its names, with places in the article, in order."""
    resolver = _Resolver(text, known)
    speaking = False  # the last block ended with somebody speaking
    for block, reading in zip(blocks, readings, strict=True):
        spoken = [one for one in reading.attributions if one.voiced]
        if speaking and reading.loose and not spoken:
            resolver.go_on(block, reading)
        for one in reading.attributions:
            resolver.resolve(block, one)
        if spoken or not (speaking and reading.loose):
            speaking = reading.announces or any(one.quoted for one in spoken)
    return sorted(resolver.found, key=_start)


class _Resolver:
    """Goes through an article's attributions in order and keeps who has spoken."""

    def __init__(self, text: str, known: Known) -> None:
        self.text = text
        self.known = known
        self.found: list[Attribution] = []
        self._spoke: list[tuple[Attribution, AttributionReading]] = []

    def resolve(self, block: Block, one: AttributionReading) -> None:
        """Add one attribution."""
        kind, name = self._who(block, one)
        attribution = Attribution(
            kind,
            self._span(block, one.source),
            self._span(block, one.cue),
            tuple(s for place in one.content if (s := self._span(block, place))),
            self._span(block, one.relayed_by),
            name,
            one.voiced,
        )
        self.found.append(attribution)
        if one.source is not None:
            self._spoke.append((attribution, one))

    def go_on(self, block: Block, reading: BlockReading) -> None:
        """A block of speech whose speaker stands in the one before."""
        last = next((a for a in reversed(self.found) if a.voiced), None)
        content = tuple(s for place in reading.loose if (s := self._span(block, place)))
        if last is not None and content:
            self.found.append(Attribution(last.kind, None, None, content, last.relayed_by, last.name))

    def _who(self, block: Block, one: AttributionReading) -> tuple[SourceKind, str | None]:
        start, end = one.source or one.cue
        at = block.start + start
        if one.pronoun:
            return self._antecedent(one.pronoun, at)
        if one.noun and (before := self._spoken_of(one.noun)):
            return before
        role = one.role or one.noun
        if role and one.kind in _CALLED and (meant := self.known.called(role)):
            return SourceKind.NAMED, meant
        if one.name and one.kind in _NAMED:
            return self._named(one, one.name, self.known.mention(at, block.start + end, one.name))
        if one.noun and one.kind is SourceKind.INSTITUTION:
            return one.kind, self._body(one, at)
        return one.kind, one.name

    def _named(
        self, one: AttributionReading, name: str, settled: Placed | None
    ) -> tuple[SourceKind, str | None]:
        """Who is meant by a name, which may be short for a person's or a body's."""
        person = settled.person if settled else one.kind is SourceKind.NAMED
        if not person and (body := self.known.body(name)):
            return SourceKind.INSTITUTION, body
        if meant := self.known.meant_by(name, settled.mention if settled else None):
            return SourceKind.NAMED, self._who_spoke(meant)
        if body := self.known.body(name):
            return SourceKind.INSTITUTION, body
        if one.kind is SourceKind.NAMED and settled is None and " " not in name:
            return SourceKind.INSTITUTION, name  # people have two names somewhere: "Corvane denies it"
        return one.kind, name

    def _who_spoke(self, meant: Sequence[str]) -> str | None:
        """The one who can be meant, or has spoken before: who is called by surname alone was introduced."""
        spoke = {last.name for last, _ in self._spoke if last.voiced}
        found = meant if len(meant) == 1 else [one for one in meant if one in spoke]
        return found[0] if len(found) == 1 else None

    def _antecedent(self, pronoun: str, at: int) -> tuple[SourceKind, str | None]:
        """Who a pronoun stands for: the last fitting source, else the last fitting person or body named."""
        one = _PRONOUNS.get(pronoun)
        if one is None:
            return self._antecedent_of_many(pronoun, at)
        person = self.known.last(at, one)
        for last, _ in reversed(self._spoke[-_NEAR:]):
            if last.kind in _SOMEBODY and self.known.fits(last.name, one):
                if person and person.told and self.known.is_later(person.at, _start(last)):
                    sure = last.name is not None and self.known.pronouns.get(last.name) == one
                    if person.subject or not sure:
                        break  # somebody else has come on since
                return last.kind, last.name
        return (SourceKind.NAMED, person.name) if person else (SourceKind.UNNAMED, None)

    def _antecedent_of_many(self, pronoun: str, at: int) -> tuple[SourceKind, str | None]:
        it = pronoun in {"it", "its"}
        for last, _ in reversed(self._spoke[-_NEAR:]):
            if last.kind in (_BODIES if it else _MANY):
                return last.kind, last.name
        body = self.known.last_body(at) if it else None
        return (SourceKind.INSTITUTION, body) if body else (SourceKind.UNNAMED, None)

    def _spoken_of(self, noun: str) -> tuple[SourceKind, str | None] | None:
        """ "the official", after "a senior official said": still without a name."""
        for last, reading in reversed(self._spoke):
            if reading.head == noun and last.kind is SourceKind.UNNAMED:
                return last.kind, None
        return None

    def _body(self, one: AttributionReading, at: int) -> str | None:
        """The name of the body that "the council" or "the company" stands for."""
        assert one.noun  # noqa: S101 - the caller has looked
        if name := self.known.body_of(one.noun, at):
            return name
        if one.stands_for_a_body:
            return next(
                (a.name for a, _ in reversed(self._spoke) if a.kind is SourceKind.INSTITUTION and a.name),
                None,
            )
        return None

    def _span(self, block: Block, place: Place | None) -> Span | None:
        if place is None:
            return None
        start, end = block.start + place[0], block.start + place[1]
        return Span(start, end, self.text[start:end])


def _start(attribution: Attribution) -> int:
    return attribution.cue.start if attribution.cue else attribution.content[0].start


def behind(places: Sequence[Place], attributions_: Sequence[Attribution]) -> Iterator[Attribution]:
    """Who stands behind each sentence: the attribution made in it that covers most of its words, else the
    speech that most of it is part of, else nobody. What is merely wanted or foreseen backs nothing."""
    starts = [start for start, _ in places]
    shares: dict[int, dict[int, int]] = {}  # sentence -> attribution -> code points
    for number, attribution in enumerate(attributions_):
        for span in attribution.content if attribution.voiced else ():
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
        # Of an outlet and the source it cites, who told it first
        best = max(
            sorted(inside or speech),
            key=lambda n: (found[n], attributions_[n].relayed_by is not None),
            default=None,
        )
        yield UNATTRIBUTED if best is None else attributions_[best]
