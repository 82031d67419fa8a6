"""Facts: what can be looked up, held against what an article says.

In: plain questions that a reading found ("who holds this office?") and the day they are about. Out: a
``Finding`` where a record has something else, with the record beside it; nothing where it agrees, where it
does not know, or where there is any doubt: a wrong fact note costs more trust than twenty right ones earn.
Knows ``article``; knows no spaCy, no Flask, no Redis.

Tables ship with the package. The data folder may hold newer ones, which are taken instead; updating a table
needs no code. One that is damaged there costs a reading nothing: ``Facts.status`` says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from caveat.facts import offices
from caveat.facts.factchecks.matching import Encoder, Matcher
from caveat.facts.figures.countries import Countries
from caveat.facts.finding import Finding
from caveat.facts.listings import Listings
from caveat.facts.offices import OfficeTable
from caveat.facts.offices.check import OfficeCheck
from caveat.facts.status import TableStatus
from caveat.facts.tables import Taken, newest


@dataclass(frozen=True, slots=True)
class Facts:
    """All tables and indexes that a reading is held against."""

    offices: OfficeTable
    listings: Listings
    countries: Countries
    offices_taken: Taken = field(default_factory=Taken)
    checks: Matcher | None = None  # None: there is no data folder
    office_check: OfficeCheck = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "office_check", OfficeCheck(self.offices))

    @property
    def version(self) -> str:
        """Names what is in the tables, for cache keys."""
        tables = (self.offices.version, self.listings.version, self.countries.version)
        return f"facts {' '.join(tables)} {self.checks.version if self.checks else 'no checks'}"

    @classmethod
    def load(cls, folder: Path | None = None) -> Facts:
        """The tables that ship, or the newer ones of a data folder. Never fails for what is in the folder."""
        holders, taken = newest(
            folder, offices.OWN, offices.packaged(), lambda data, taken: (OfficeTable.decode(data), taken)
        )
        checks = Matcher(folder, Encoder.find()) if folder else None
        return cls(holders, Listings.load(folder), Countries.load(folder), taken, checks)

    @property
    def status(self) -> tuple[TableStatus, ...]:
        """What each table says about itself."""
        return (
            TableStatus(
                "offices",
                self.offices.version,
                self.offices.rows,
                self.offices.as_of,
                self.offices.oldest_as_of,
                self.offices_taken.source,
                self.offices.sources,
                self.offices.licence,
                self.offices_taken.trouble,
            ),
            self.listings.status,
            self.countries.status,
            *([self.checks.status] if self.checks else []),
        )


__all__ = ["Facts", "Finding", "TableStatus"]
