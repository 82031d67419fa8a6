"""Countries: population and area, against a figure that is out by an order of magnitude.

The table is ``countries.csv``; the data folder may hold a newer one of that name. It is no authority on the
last digits: only a figure that is five times too large or too small is told, of today's population.
"""

from __future__ import annotations

import csv
import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from caveat.article import Evidence
from caveat.facts.figures.arithmetic import CONFIDENCE, SIGNAL, number
from caveat.facts.figures.asked import Size
from caveat.facts.figures.days import Day
from caveat.facts.finding import Finding

FILE = "countries.csv"
# Both trade recall for certainty: no definition of a population (with guests, islands, contested parts)
# differs by as much from another, and no country of the table has grown as much since 2000.
_OFF = 5.0
_SINCE = 2000
# How far off a slip is, as powers of ten. Beyond 60 times only million for billion, with the right digits:
# "Lebanon has a population of 47,000" is of a town of that name.
_SLIPS = ((0.69, 1.78), (2.85, 3.15))
_ENTITY = "https://www.wikidata.org/wiki/{}"
_COLUMNS = {"names", "wikidata", "population", "year", "area_km2"}


class TableError(ValueError):
    """The table cannot be read; the message names the file, the line and what is missing."""


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

    version: str
    by_name: Mapping[str, Country]

    @classmethod
    def load(cls, folder: Path | None = None) -> Countries:
        """The table that ships, or the newer one of a data folder. Raises ``TableError``."""
        newer = folder / FILE if folder else None
        if newer and newer.is_file():
            return cls.parse(newer.read_bytes(), str(newer))
        return cls.parse(resources.files("caveat.facts.figures").joinpath(FILE).read_bytes(), FILE)

    @classmethod
    def parse(cls, data: bytes, name: str) -> Countries:
        """The table of a file's bytes. Lines that begin with # are for people."""
        by_name: dict[str, Country] = {}
        lines = [line for line in data.decode("utf-8").splitlines() if not line.startswith("#")]
        table = csv.DictReader(lines)
        if missing := _COLUMNS.difference(table.fieldnames or ()):
            raise TableError(f"{name}: no column {', '.join(sorted(missing))}")
        for row in table:
            try:
                names = row["names"].split("|")
                country = Country(
                    names[0], row["wikidata"], int(row["population"]), int(row["year"]), int(row["area_km2"])
                )
            except (TypeError, ValueError, AttributeError) as error:
                raise TableError(f"{name}: row of {row['names']!r}: {error}") from None
            by_name.update(dict.fromkeys(names, country))
        return cls(hashlib.blake2b(data, digest_size=4).hexdigest(), by_name)

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
