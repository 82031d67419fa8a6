"""The people and bodies an article names: whom a short name, a title, "he", "she" or "it" can mean.

Names are settled first: what the whole article tells of a name is believed in every block. Precision goes
before recall: where two people can be meant nobody is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from caveat.reading import name_labels
from caveat.reading.blocks import Block
from caveat.reading.full_names import FullNames
from caveat.reading.name_labels import BODY, OUTLET, PERSON
from caveat.reading.record import BlockReading, Mention

_BODIES = frozenset({BODY, OUTLET})
_NEAR = 2  # sentences from a body to the "it" that means it


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention, its place in the article, and what it names by all the article says."""

    at: int
    mention: Mention
    label: str

    @property
    def person(self) -> bool:
        """Whether it is somebody."""
        return self.label == PERSON


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a pronoun can mean."""

    name: str
    at: int
    told: bool  # name or title tell that it is he, or she
    subject: bool  # of a sentence


@dataclass(frozen=True, slots=True)
class Known:
    """The names of an article, in order."""

    names: tuple[Placed, ...]
    people: tuple[Placed, ...]
    bodies: tuple[Placed, ...]
    full: FullNames
    sentences: tuple[int, ...]  # where they start
    pronouns: dict[str, str] = field(default_factory=dict)  # by full name, where something tells
    roles: dict[str, list[str]] = field(default_factory=dict)  # who is called "judge", in full

    @classmethod
    def of(cls, blocks: Sequence[Block], readings: Sequence[BlockReading]) -> Known:
        """From all blocks' mentions."""
        pairs = list(zip(blocks, readings, strict=True))
        mentions = [(b.start + m.start, m) for b, r in pairs for m in r.mentions]
        labels = name_labels.standard().settle([mention for _, mention in mentions])
        names = tuple(
            Placed(at, mention, label)
            for (at, mention), label in zip(mentions, labels, strict=True)
            if label is not None
        )
        people = tuple(one for one in names if one.person)
        bodies = tuple(one for one in names if not one.person and one.label in _BODIES)
        full = FullNames(one.mention.text for one in people)
        starts = tuple(b.start + s.start for b, r in pairs for s in r.sentences)
        known = cls(names, people, bodies, full, starts)
        # Full names first: which of two people "Mr Noone" is, is told by who else is "Mrs Noone".
        for one in sorted(people, key=lambda one: one.mention.text not in full):
            if name := known.person(one.mention.text, one.mention):
                if one.mention.pronoun:
                    known.pronouns.setdefault(name, one.mention.pronoun)
                for role in one.mention.roles:
                    if name not in (called := known.roles.setdefault(role, [])):
                        called.append(name)
        return known

    def mention(self, start: int, end: int, text: str) -> Placed | None:
        """The mention of a name between two places."""
        first = bisect_left(self.names, start, key=lambda one: one.at)
        last = bisect_left(self.names, end, key=lambda one: one.at)
        return next((one for one in self.names[first:last] if plain(one.mention.text) == text), None)

    def is_somebody(self, name: str) -> bool:
        """Whether all mentions of a name turn out to be a person's: where the mayor is Tom Guardian,
        "Guardian" is no paper."""
        if not name:
            return False
        words = plain(name)
        return {one.person for one in self.names if plain(one.mention.text) == words} == {True}

    def person(self, name: str, mention: Mention | None = None) -> str | None:
        """The full name of somebody, the name itself where no longer one is given, None where several people
        can be meant."""
        meant = self.meant_by(name, mention)
        return name if not meant else meant[0] if len(meant) == 1 else None

    def meant_by(self, name: str, mention: Mention | None = None) -> list[str]:
        """The full names that a name can be short for; title and pronoun of the mention may tell which."""
        meant = self.full.meant_by(name)
        if len(meant) > 1 and mention is not None:
            if mention.pronoun:
                told = [one for one in meant if self.pronouns.get(one) == mention.pronoun]
                meant = told or [one for one in meant if one not in self.pronouns]
            with_role = [one for one in meant if any(one in self.roles.get(r, ()) for r in mention.roles)]
            meant = with_role or meant
        return meant

    def called(self, role: str) -> str | None:
        """The one person of the article with a title or a trade: "the judge", "the fiddler"."""
        found = self.roles.get(role, ())
        return found[0] if len(found) == 1 else None

    def fits(self, name: str | None, pronoun: str) -> bool:
        """Whether "he" or "she" can mean somebody; where nothing tells, both can."""
        return name is None or self.pronouns.get(name) in {None, pronoun}

    def last(self, at: int, pronoun: str) -> Person | None:
        """Whom "he" or "she" at a place means of those named before it: in the nearest sentence with anybody
        who fits, those whom name or title tell, then its subject; nobody where several are left."""
        before = self.people[: bisect_left(self.people, at, key=lambda one: one.at)]
        for _, group in groupby(reversed(before), key=lambda one: self._sentence(one.at)):
            found: dict[str, tuple[bool, bool, int]] = {}
            for one in group:
                name = self.person(one.mention.text, one.mention)
                if name and self.fits(name, pronoun):
                    told, subject, _ = found.get(name, (False, False, 0))
                    told = told or self.pronouns.get(name) == pronoun
                    found[name] = (told, subject or one.mention.subject, one.at)
            if found:
                best = max((told, subject) for told, subject, _ in found.values())
                names = [name for name, (*so, _) in found.items() if (*so,) == best]
                return Person(names[0], found[names[0]][2], *best) if len(names) == 1 else None
        return None

    def is_later(self, a: int, b: int) -> bool:
        """Whether a place is in a later sentence than another."""
        return self._sentence(a) > self._sentence(b)

    def body(self, name: str) -> str | None:
        """The fullest name of a body that is, or begins with, this one: "Marlstone" -> "Marlstone Care"."""
        short = plain(name)
        names = {plain(one.mention.text) for one in self.bodies}
        found = [full for full in names if full == short or full.startswith(f"{short} ")]
        return max(found, key=lambda full: (len(full), full), default=None)

    def body_of(self, noun: str, at: int) -> str | None:
        """The body whose name holds the noun, the last one before the place: "the council"."""
        word = noun.capitalize()
        before = self.bodies[: bisect_left(self.bodies, at, key=lambda one: one.at)]
        names = (plain(one.mention.text) for one in reversed(before))
        return next((name for name in names if word in name.split()), None)

    def last_body(self, at: int) -> str | None:
        """The body that "it" means: the subject of this sentence or of one just before it."""
        here = self._sentence(at)
        before = self.bodies[: bisect_left(self.bodies, at, key=lambda one: one.at)]
        near = (one for one in reversed(before) if here - self._sentence(one.at) <= _NEAR)
        return next((self.body(one.mention.text) for one in near if one.mention.subject), None)

    def _sentence(self, at: int) -> int:
        return bisect_right(self.sentences, at)


def plain(name: str) -> str:
    """A name without its article."""
    for article in ("the ", "The "):
        name = name.removeprefix(article)
    return name
