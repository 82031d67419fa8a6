"""Looking up an address or a name.

In: the table that ships, or the newer one of a data folder. Out: the entry whose rule fits best, or None.
What goes wrong: a damaged file in the data folder is not used, and ``status.trouble`` says why.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from caveat.facts.listings import perennial
from caveat.facts.listings.addresses import Address, address, rule
from caveat.facts.listings.table import LICENCE, SOURCE, Row, Table
from caveat.facts.status import TableStatus
from caveat.facts.tables import FOLDER, Taken, newest

FILE = "listings.csv"
OWN = Path(FOLDER, FILE)  # in a data folder
# Where Wikipedia's editors write about Wikipedia (namespace 4), for outlets without a row of their own.
_DISCUSSED = "https://en.wikipedia.org/w/index.php?title=Special:Search&fulltext=1&ns4=1&search="
_ADDED = (" news agency", " newspaper", " news service", " website")  # as in "the Yonhap news agency"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list says of one outlet."""

    rule: str  # what matched: a domain, or a domain with the beginning of a path
    site: str  # the registered part of it
    outlet: str
    category: str
    date: str
    url: str  # where it was discussed


def _first_day(of: str) -> date | None:
    """Of a year, a month or a day: what is said of August was perhaps said on its first."""
    return date.fromisoformat(of + "-01-01"[len(of) - 4 :]) if of else None


class Named(NamedTuple):
    """A row of ``outlets.csv``."""

    outlet: str
    entry: str
    cited: tuple[str, ...]


_Rules = Mapping[str, Mapping[tuple[str, ...], Row]]


@dataclass(frozen=True, slots=True)
class Listings:
    """One table, ready to be asked."""

    status: TableStatus
    _rules: _Rules = field(repr=False)
    _sites: frozenset[str] = field(repr=False)

    @classmethod
    def load(cls, folder: Path | None = None) -> Listings:
        """The newer table of a data folder, where there is a whole one, else the one that ships."""
        shipped = resources.files(__package__).joinpath(FILE).read_bytes()
        return newest(folder, FILE, shipped, lambda data, taken: cls.of_table(Table.read(data), taken))

    @classmethod
    def of_table(cls, table: Table, taken: Taken) -> Listings:
        """The listings of one table."""
        rules: dict[str, dict[tuple[str, ...], Row]] = {}
        for row in table.rows:
            if (at := rule(row.domain)) is not None and at.site is not None:
                rules.setdefault(at.host, {})[at.path] = row
        sites = frozenset(site for host in rules if (site := Address(host).site))
        status = TableStatus(
            "sources", f"{table.version}.{_digest_of_names()}", len(table.rows),
            _first_day(table.as_of), None, taken.source, SOURCE, LICENCE, taken.trouble,
        )  # fmt: skip
        return cls(status, rules, sites)

    @property
    def version(self) -> str:
        """Names all that an answer depends on."""
        return self.status.version

    def of(self, href: str) -> Entry | None:
        """What the list says of the outlet that an address leads to; the most specific rule counts."""
        at = address(href)
        return self._of(at) if at else None

    def site(self, href: str) -> str | None:
        """The site of an address, if there is a rule for it or for a part of it."""
        at = address(href)
        site = at.site if at else None
        return site if site in self._sites else None

    def cited(self, name: str) -> Entry | None:
        """What the list says of the outlet of this name; None where several have it."""
        host = next((host for one in _forms(name) if (host := _by_name().get(one))), None)
        return self._of(Address(host)) if host else None

    def _of(self, at: Address) -> Entry | None:
        site = at.site
        if site is None or site not in self._sites:
            return None
        for host in at.hosts(site):
            by_path = self._rules.get(host, {})
            for parts in range(len(at.path), -1, -1) if by_path else ():
                if (row := by_path.get(at.path[:parts])) is not None:
                    return _entry(Address(host, at.path[:parts]), site, row)
        return None


def _entry(at: Address, site: str, row: Row) -> Entry:
    named = _named().get(at.host)
    url = row.url
    if not url and named and named.entry:
        url = perennial.link(named.entry)
    if not url:
        url = _DISCUSSED + quote(f'"{at}"', safe="")
    return Entry(
        str(at), site, row.outlet or (named.outlet if named else str(at)), row.category, row.date, url
    )


def _forms(name: str) -> Iterator[str]:
    """What a name may stand as in the table: with its article, which "The Hill" needs, then without."""
    name = " ".join(name.split())
    for added in _ADDED:
        name = name.removesuffix(added)
    bare = name.removeprefix("the ").removeprefix("The ")
    if bare != name:
        yield f"The {bare}"
    yield bare


@cache
def _named() -> Mapping[str, Named]:
    """By host: what outlets are called, and by which names they are cited."""
    rows = csv.reader(line for line in _names().splitlines() if not line.startswith(("#", "domain,")))
    return {
        domain: Named(outlet, entry, tuple(cited.split("|")) if cited else ())
        for domain, outlet, entry, cited in rows
    }


@cache
def _by_name() -> Mapping[str, str]:
    return {name: host for host, named in _named().items() for name in named.cited}


def _names() -> str:
    return resources.files(__package__).joinpath("outlets.csv").read_text("utf-8")


def _digest_of_names() -> str:
    return hashlib.blake2b(_names().encode(), digest_size=4).hexdigest()
