"""The table of office holders: who held which office when, and up to which day that is known.

In: the bytes of a built table (``source.py`` makes them from ``holders.csv``). Out: an ``OfficeTable`` that
is asked for an office's ``terms`` and whether it ``covers`` a day. What can go wrong: ``DamagedTable``, where
the bytes are no table of this kind or were changed after they were built.

A date is as exact as its source: a day, a month or a year. ``When`` keeps both ends of what it may mean, so
that nobody reads a year as its first of January. A day is covered where the table says who held the office,
or that nobody did; before the first row, inside a hole and after ``as_of`` of a row without an end it is not,
and a check has to keep silent.
"""

from __future__ import annotations

import hashlib
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

import msgspec

from caveat.facts.tables import DamagedTable

FORMAT = "caveat office holders 1"
_WRITTEN = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")


class Kind(StrEnum):
    """What sort of office it is."""

    HEAD_OF_GOVERNMENT = "head-of-government"
    HEAD_OF_STATE = "head-of-state"
    MINISTER = "minister"
    INTERNATIONAL = "international"
    MILITARY = "military"
    OTHER = "other"


class How(StrEnum):
    """How an office is held."""

    FULL = ""
    ACTING = "acting"  # for somebody else, or until somebody is chosen; beside the holder or after
    SHARED = "shared"  # by several at a time: a presidency of three, a council of seven
    VACANT = "vacant"  # by nobody, and that is known
    UNKNOWN = "unknown"  # by somebody whom this table does not know: a hole


@dataclass(frozen=True, slots=True)
class When:
    """A date as exactly as it is known: some day from ``earliest`` to ``latest``."""

    earliest: date
    latest: date

    @classmethod
    def parse(cls, written: str) -> When:
        """Read ``2007``, ``2007-12`` or ``2007-12-03``. Raises ``ValueError``."""
        if not _WRITTEN.fullmatch(written):
            raise ValueError(f"{written!r} is no date")
        year, month, day = (*map(int, written.split("-")), 0, 0)[:3]
        if day:
            return cls(date(year, month, day), date(year, month, day))
        if month:
            return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        return cls(date(year, 1, 1), date(year, 12, 31))

    def __str__(self) -> str:
        """As it was written."""
        exact = self.earliest.isoformat()
        if self.earliest == self.latest:
            return exact
        return exact[:7] if self.earliest.month == self.latest.month else exact[:4]

    @property
    def spelled(self) -> str:
        """As a reader reads it: ``2007``, ``December 2007``, ``3 December 2007``."""
        month = f"{self.earliest:%B %Y}"
        if self.earliest == self.latest:
            return f"{self.earliest.day} {month}"
        return month if self.earliest.month == self.latest.month else f"{self.earliest:%Y}"


@dataclass(frozen=True, slots=True)
class Term:
    """One person in one office, once. Of a vacancy and of a hole the person is empty."""

    person: str
    aliases: tuple[str, ...]
    start: When
    end: When | None  # None: still held on ``as_of``
    how: How
    as_of: date | None  # the last day that somebody vouches for; only where there is no end
    verified: str
    source: str

    @property
    def last_day(self) -> date:
        """The last day on which this may still have been so, as far as the table knows."""
        return self.end.latest if self.end else self.as_of or self.start.earliest

    def may_hold_on(self, day: date) -> bool:
        """Whether ``day`` may lie within this term."""
        return self.start.earliest <= day <= self.last_day

    @property
    def names(self) -> tuple[str, ...]:
        """All that this person is called."""
        return (self.person, *self.aliases) if self.person else ()


class Office(NamedTuple):
    """An office of a place: ("Prime Minister", "Australia"), ("Secretary General", "NATO")."""

    title: str
    place: str


class _Row(msgspec.Struct, array_like=True, frozen=True):
    person: str
    aliases: tuple[str, ...]
    start: str
    end: str
    how: How
    as_of: date | None
    verified: str
    source: str


class _Held(msgspec.Struct, frozen=True):
    office: str
    place: str
    kind: Kind
    rows: tuple[_Row, ...]


class _File(msgspec.Struct, frozen=True):
    format: str
    version: str  # a digest of all that follows
    sources: str
    licence: str
    offices: tuple[_Held, ...]


_decoder = msgspec.json.Decoder(_File)


@dataclass(frozen=True)
class OfficeTable:
    """All offices, each with its terms in the order of their start."""

    held: Mapping[Office, tuple[Term, ...]]
    kinds: Mapping[Office, Kind]
    sources: str
    licence: str
    version: str = ""

    @classmethod
    def decode(cls, data: bytes) -> OfficeTable:
        """The table in a built file. Raises ``DamagedTable``."""
        try:
            file = _decoder.decode(data)
            if file.format != FORMAT:
                raise DamagedTable(f"it says {file.format!r} where {FORMAT!r} is expected")
            if _digest(file) != file.version:
                raise DamagedTable("its content is not what its version was made from")
            return cls(
                {Office(held.office, held.place): tuple(map(_term, held.rows)) for held in file.offices},
                {Office(held.office, held.place): held.kind for held in file.offices},
                file.sources,
                file.licence,
                file.version,
            )
        except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
            raise error if isinstance(error, DamagedTable) else DamagedTable(str(error)) from None

    def encode(self) -> bytes:
        """The built file: one office a line, so that two of them can be compared."""
        file = _File(
            FORMAT,
            "",
            self.sources,
            self.licence,
            tuple(
                _Held(*office, self.kinds[office], tuple(map(_row, terms)))
                for office, terms in self.held.items()
            ),
        )
        head = msgspec.json.encode(
            msgspec.structs.replace(file, version=_digest(file), offices=()),
        )
        lines = b",\n".join(map(msgspec.json.encode, file.offices))
        return head.removesuffix(b"]}") + b"\n" + lines + b"\n]}\n"

    def offices(self) -> tuple[Office, ...]:
        """All offices that the table knows."""
        return tuple(self.held)

    def terms(self, title: str, place: str) -> tuple[Term, ...]:
        """Everybody who held an office, by start; vacancies and holes are left out. Empty: not known here."""
        return tuple(term for term in self.held.get(Office(title, place), ()) if term.person)

    def known_until(self, title: str, place: str) -> date | None:
        """The last day of which the table can say who held an office; None where it knows nothing of it."""
        terms = self.held.get(Office(title, place), ())
        vouched = (term.as_of for term in terms if term.as_of)
        return max(vouched, default=None) or max((term.last_day for term in terms), default=None)

    def covers(self, title: str, place: str, day: date) -> bool:
        """Whether the table knows who, if anybody, held an office on ``day``."""
        until = self.known_until(title, place)
        rows = [term for term in self.held.get(Office(title, place), ()) if term.may_hold_on(day)]
        return (
            bool(rows)
            and until is not None
            and day <= until
            and not any(term.how is How.UNKNOWN for term in rows)
        )

    @cached_property
    def as_of(self) -> date | None:
        """The newest day that any row is vouched for."""
        return max(self._vouched, default=None)

    @cached_property
    def oldest_as_of(self) -> date | None:
        """The day until which every row is vouched for."""
        return min(self._vouched, default=None)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(map(len, self.held.values()))

    @cached_property
    def _vouched(self) -> tuple[date, ...]:
        return tuple(term.as_of for terms in self.held.values() for term in terms if term.as_of)


def _digest(file: _File) -> str:
    return hashlib.sha256(
        msgspec.json.encode((FORMAT, file.sources, file.licence, file.offices))
    ).hexdigest()[:16]


def _term(row: _Row) -> Term:
    if not row.end and row.as_of is None:
        raise DamagedTable(f"a row of {row.person!r} has neither an end nor an as_of")
    return Term(
        row.person,
        row.aliases,
        When.parse(row.start),
        When.parse(row.end) if row.end else None,
        row.how,
        row.as_of,
        row.verified,
        row.source,
    )


def _row(term: Term) -> _Row:
    return _Row(
        term.person,
        term.aliases,
        str(term.start),
        str(term.end) if term.end else "",
        term.how,
        term.as_of,
        term.verified,
        term.source,
    )
