"""What one block says, whatever article it stands in: the unit that is cached.

Plain values with offsets in code points from the block's start; no spaCy object survives a reading.
``BlockReading.encode`` and ``decode`` are each other's inverse.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from caveat.article import ClaimKind, SourceKind
from caveat.facts.figures import Figure
from caveat.facts.offices.question import OfficeQuestion

Place = tuple[int, int]  # start and end, in code points from the block's start


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """One sentence: what it states, and the words a fact checker would type to look it up."""

    start: int
    end: int
    kind: ClaimKind
    checkworthiness: float
    claim: bool
    query: str
    firsthand: bool = False  # a speaker's own experience, if the page turns out to be an interview


@dataclass(frozen=True, slots=True)
class AttributionReading:
    """One attribution, before the article has said whom a pronoun or a title means."""

    kind: SourceKind
    source: Place | None
    cue: Place
    content: tuple[Place, ...]
    relayed_by: Place | None
    name: str | None  # the name in the source's own words
    pronoun: str | None  # "he", "they" … where the source is one
    role: str | None  # "minister", where the source is a title that stands for a name given earlier
    head: str | None  # the source's common noun: "official" in "a senior official"
    noun: str | None  # "company", "official", where the source is a thing or a person spoken of before
    stands_for_a_body: bool  # that noun may mean a body whose name does not hold it
    quoted: bool
    voiced: bool  # said or thought, not merely wanted, done or foreseen


@dataclass(frozen=True, slots=True)
class NoticeReading:
    """One signal noticed."""

    signal: str
    start: int
    end: int
    confidence: float
    variant: str
    slots: dict[str, str]


@dataclass(frozen=True, slots=True)
class Mention:
    """What may be a name in the block: what speaks for each label, and what stands with it."""

    start: int
    text: str
    scores: dict[str, float]  # by label; the whole article decides
    coined: bool  # the language has none of its words
    roles: tuple[str, ...]  # "judge", "fiddler": titles and trades before it or in apposition
    pronoun: str | None  # "he" or "she", where name or title tell which
    subject: bool  # of its clause


@dataclass(frozen=True, slots=True)
class BlockReading:
    """All that was found in one block."""

    sentences: tuple[SentenceReading, ...] = ()
    attributions: tuple[AttributionReading, ...] = ()
    notices: tuple[NoticeReading, ...] = ()
    mentions: tuple[Mention, ...] = ()
    loose: tuple[Place, ...] = field(
        default=()
    )  # speech in quotation marks that nobody in the block is said to say
    offices: tuple[OfficeQuestion, ...] = ()  # who is put into which office, as of the article's day
    announces: bool = False  # ends in a colon: what follows is said by the last speaker
    figures: tuple[Figure, ...] = ()  # that stand together, to be held against each other

    def encode(self) -> bytes:
        """The reading as JSON."""
        return msgspec.json.encode(self)

    @classmethod
    def decode(cls, data: bytes) -> BlockReading:
        """The inverse of ``encode``. Raises ``ValueError`` on other bytes."""
        try:
            return _decoder.decode(data)
        except msgspec.DecodeError as error:
            raise ValueError(str(error)) from None


_decoder = msgspec.json.Decoder(BlockReading)
