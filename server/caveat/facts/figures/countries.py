"""Countries: population and area, against a figure that is out by an order of magnitude.

The table is ``countries.csv``; the data folder may hold a newer one, which is left aside where it is damaged.
It is no authority on the last digits: only a figure five times too large or too small is told, of today's
population.
"""

from __future__ import annotations

import csv
import hashlib
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from caveat.article import Evidence
from caveat.facts.figures.arithmetic import CONFIDENCE, SIGNAL, number
from caveat.facts.figures.asked import Size
from caveat.facts.figures.days import Day
from caveat.facts.finding import Finding
from caveat.facts.status import TableStatus
from caveat.facts.tables import DamagedTable, Taken, newest

FILE = "countries.csv"
_ABOUT = re.compile(r"# (as_of|source|licence): (.+)")
# Both trade recall for certainty: no definition of a population (with guests, islands, contested parts)
# differs by as much from another, and no country of the table has grown as much since 2000.
_OFF = 5.0
_SINCE = 2000
# How far off a slip is, as powers of ten. Beyond 60 times only million for billion, with the right digits:
# "Lebanon has a population of 47,000" is of a town of that name.
_SLIPS = ((0.69, 1.78), (2.85, 3.15))
_ENTITY = "https://www.wikidata.org/wiki/{}"
_COLUMNS = ("names", "wikidata", "population", "year", "area_km2")


@dataclass(frozen=True, slots=True)
class Country:
    """One row."""

    name: str
    wikidata: str
    population: int
    year: int  # of the population
    area: int  # square kilometres


@dataclass(frozen=True, slots=True)
class Countries:
    """The table, by each name a country has in English."""

    status: TableStatus
    by_name: Mapping[str, Country]

    @classmethod
    def load(cls, folder: Path | None = None) -> Countries:
        """The newer table of a data folder, where there is one that can be read, else the one that ships."""
        shipped = resources.files(__package__).joinpath(FILE).read_bytes()
        return newest(folder, FILE, shipped, cls.parse)

    @classmethod
    def parse(cls, data: bytes, taken: Taken) -> Countries:
        """The table of a file's bytes. Lines that begin with # are for people, but "# as_of: 2025-12-31",
        "# source: …" and "# licence: …", which it must have. Raises ``DamagedTable``."""
        try:
            lines = data.decode("utf-8").splitlines()
            about = {m[1]: m[2] for line in lines if (m := _ABOUT.fullmatch(line))}
            by_name = dict(_rows(csv.DictReader(line for line in lines if not line.startswith("#"))))
            status = TableStatus(
                "countries", hashlib.blake2b(data, digest_size=4).hexdigest(), len({*by_name.values()}),
                date.fromisoformat(about["as_of"]), None, taken.source, about["source"], about["licence"],
                taken.trouble,
            )  # fmt: skip
        except KeyError as error:
            raise DamagedTable(f"there is no line # {error.args[0]}: …") from None
        except (ValueError, csv.Error) as error:
            raise DamagedTable(str(error)) from None
        return cls(status, by_name)

    @property
    def version(self) -> str:
        """Names what is in the table."""
        return self.status.version

    def size(self, asked: Size, day: Day) -> Finding | None:
        """What the record has, where the figure is out by an order of magnitude."""
        country = self.by_name.get(asked.country)
        if country is None or (asked.year or day.date.year) < _SINCE or day.date.year < _SINCE:
            return None
        recorded = country.population if asked.kind == "population" else country.area
        if not recorded or asked.amount.can_be(recorded / _OFF, recorded * _OFF):
            return None
        if not any(low <= abs(math.log10(asked.amount.value / recorded)) <= high for low, high in _SLIPS):
            return None
        as_of = str(country.year) if asked.kind == "population" else None
        unit = "" if asked.kind == "population" else " km²"
        title = f"{country.name}: {asked.kind} {number(recorded)}{unit}"
        record = Evidence(title, _ENTITY.format(country.wikidata), as_of, "Wikidata")
        slots = {"country": country.name, "actual": f"{number(recorded)}{unit}"}
        return Finding(SIGNAL, CONFIDENCE, asked.kind, slots, (record,))


def _rows(table: csv.DictReader[str]) -> Iterator[tuple[str, Country]]:
    if missing := [column for column in _COLUMNS if column not in (table.fieldnames or ())]:
        raise ValueError(f"there is no column {', '.join(missing)}")
    for row in table:
        names, wikidata, *numbers = (row[column] or "" for column in _COLUMNS)
        try:
            population, year, area = map(int, numbers)
        except ValueError as error:
            raise ValueError(f"row of {names!r}: {error}") from None
        country = Country(names.split("|")[0], wikidata, population, year, area)
        yield from ((name, country) for name in names.split("|"))
