"""The people and bodies an article names: full names for short ones, the last one named, who is he or she."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caveat.reading.blocks import Block
from caveat.reading.record import BlockReading, Mention


@dataclass(frozen=True, slots=True)
class Known:
    """The names of an article, in order."""

    people: tuple[tuple[int, Mention], ...]  # with their places in the article
    bodies: tuple[tuple[int, str], ...]
    by_surname: Mapping[str, tuple[tuple[int, str], ...]]  # places and full names
    pronouns: Mapping[str, str]  # "he" or "she" by full name and by surname, where something tells

    @classmethod
    def of(cls, blocks: Sequence[Block], readings: Sequence[BlockReading]) -> Known:
        """From all blocks' mentions."""
        placed = [(b.start + m.start, m) for b, r in zip(blocks, readings, strict=True) for m in r.mentions]
        people = tuple((at, mention) for at, mention in placed if mention.person)
        by_surname: dict[str, list[tuple[int, str]]] = {}
        pronouns: dict[str, str] = {}
        for at, mention in people:
            if " " in mention.text:
                by_surname.setdefault(mention.text.split()[-1], []).append((at, mention.text))
            if mention.pronoun:
                pronouns.setdefault(mention.text, mention.pronoun)
                pronouns.setdefault(mention.text.split()[-1], mention.pronoun)
        bodies = tuple((at, _plain(mention.text)) for at, mention in placed if not mention.person)
        return cls(people, bodies, {s: tuple(found) for s, found in by_surname.items()}, pronouns)

    def full_name(self, name: str, at: int) -> str | None:
        """The longer name that ends in this one: "Tusk" -> "Donald Tusk", wherever it is given.

        Where two people share the surname it is the one named last before the place, or nobody.
        """
        found = self.by_surname.get(name.split()[-1], ())
        if len({full for _, full in found}) > 1:
            found = tuple(one for one in found if one[0] <= at)[-1:]
        return found[0][1] if found else None

    def is_person(self, name: str) -> bool:
        """Whether the article names a person so."""
        return any(mention.text == name for _, mention in self.people)

    def last(self, at: int, *, role: str | None = None, pronoun: str | None = None) -> str | None:
        """The last person named before a place, or the last with that title or pronoun; the full name."""
        before = self.people[: bisect_left(self.people, at, key=lambda one: one[0])]
        for _, mention in reversed(before):
            full = self.full_name(mention.text, at) or mention.text
            if (role is None or mention.role == role) and (pronoun is None or self.fits(full, pronoun)):
                return full
        return None

    def fits(self, name: str | None, pronoun: str) -> bool:
        """Whether "he" or "she" can mean somebody; where nothing tells, both can."""
        if name is None:
            return True
        told = self.pronouns.get(name) or self.pronouns.get(name.split()[-1])
        return told is None or told == pronoun

    def body(self, name: str) -> str | None:
        """The fullest name of a body that is, or begins with, this one: "Marlstone" -> "Marlstone Care"."""
        plain = _plain(name)
        found = [full for _, full in self.bodies if full == plain or full.startswith(f"{plain} ")]
        return max(found, key=lambda full: (len(full), full), default=None)

    def body_of(self, noun: str, at: int) -> str | None:
        """The body whose name holds the noun, the last one before the place: "the council"."""
        word = noun.capitalize()
        found = [(place, name) for place, name in self.bodies if word in name.split()]
        before = [name for place, name in found if place < at]
        return before[-1] if before else None


def _plain(name: str) -> str:
    """A body's name without its article."""
    for article in ("the ", "The "):
        name = name.removeprefix(article)
    return name
