"""The store of claims that were checked: one SQLite file, read while an import writes.

In: records, in batches; each batch is kept whole or not at all. Out: records by id, in the order of their
ids, or those that changed. What can go wrong: ``StoreFault``, whose message says what stays and what to do.

- **An id never changes and is never given again**, so that an index may hold ids. A newer version of a record
  keeps the id of the older one.
- **Nothing is deleted.** What a person removed, or its checker took back, is a tombstone: readers do not see
  it, an import does not bring it back, and removing can be undone.
- **The generation** goes up with every batch that changed something; a record carries the generation of its
  last change. Whoever built something at generation 7 asks ``changed(7)`` for what happened since.
- A write-ahead log lets readers go on while an import writes. ``synchronous=NORMAL``: a killed process loses
  nothing that was committed; a power cut may lose the last batches, whole, and the same import brings them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path
from typing import Any

from caveat.facts.factchecks.faults import StoreFault, told
from caveat.facts.factchecks.record import FactCheck

FILE = Path("factchecks", "checks.db")  # in the data folder
_PAGE = 1_000  # records a reader fetches at once: between pages an import may tidy its log
_WAIT = 10.0  # seconds for another that writes; a batch takes a fraction of one
_SCHEMA = 1  # tables.sql says the same
_TABLES = resources.files("caveat.facts.factchecks").joinpath("tables.sql")
_FIELDS = tuple(field.name for field in fields(FactCheck))
_INSERT = """
INSERT INTO checks (key, generation, url, claim, publisher, publisher_site, published, rating, language,
    title, claimant, claim_date, appearances, modified, licence, retracted)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_REPLACE = """
UPDATE checks SET generation = ?, url = ?, claim = ?, publisher = ?, publisher_site = ?, published = ?,
    rating = ?, language = ?, title = ?, claimant = ?, claim_date = ?, appearances = ?, modified = ?,
    licence = ?, retracted = ?
WHERE id = ?
"""
_CHANGED = """
SELECT checks.id, shown.* FROM checks LEFT JOIN shown ON shown.id = checks.id
WHERE checks.generation > ? AND checks.id > ? ORDER BY checks.id LIMIT ?
"""


@dataclass(slots=True)
class Kept:
    """What became of records that were handed in."""

    new: int = 0
    replaced: int = 0
    same: int = 0
    older: int = 0  # than what is kept
    removed: int = 0  # here before, by a person
    retracted: int = 0  # by its checker, now

    def add(self, other: Kept) -> None:
        for field in fields(Kept):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


class Store:
    """The store in a data folder. Opening makes nothing; the first ``keep`` does."""

    def __init__(self, data_folder: Path) -> None:
        self.path = data_folder / FILE

    def keep(self, records: Iterable[FactCheck]) -> Kept:
        """Keep a batch, whole or not at all. Raises ``StoreFault``."""
        kept = Kept()
        with self._writing() as connection:
            generation = _generation(connection) + 1
            for record in records:
                what = _keep(connection, record, generation)
                setattr(kept, what, getattr(kept, what) + 1)
            if kept.new or kept.replaced or kept.retracted:
                connection.execute("UPDATE state SET generation = ?", (generation,))
        return kept

    def remove(self, url: str, undo: bool = False) -> int:
        """Hide what was checked at an address, or show it again; gives how many. Raises ``StoreFault``."""
        if not self.path.exists():
            return 0
        with self._writing() as connection:
            generation = _generation(connection) + 1
            changed = connection.execute(
                "UPDATE checks SET removed = ?1, generation = ?2 WHERE url = ?3 AND removed <> ?1",
                (0 if undo else 1, generation, url),
            ).rowcount
            if changed:
                connection.execute("UPDATE state SET generation = ?", (generation,))
        return changed

    @property
    def generation(self) -> int:
        """Goes up whenever something changed; 0 where nothing was ever kept. Raises ``StoreFault``."""
        with self._reading() as connection:
            return 0 if connection is None else _generation(connection)

    def count(self) -> int:
        """How many records readers see. Raises ``StoreFault``."""
        rows = self.rows("SELECT count(*) FROM shown")
        return int(rows[0][0]) if rows else 0

    def after(self, id_: int = 0) -> Iterator[tuple[int, FactCheck]]:
        """Records with higher ids, in their order. Raises ``StoreFault``."""
        while rows := self.rows("SELECT * FROM shown WHERE id > ? ORDER BY id LIMIT ?", (id_, _PAGE)):
            yield from ((row[0], _record(row[1:])) for row in rows)
            id_ = rows[-1][0]

    def changed(self, since: int) -> Iterator[tuple[int, FactCheck | None]]:
        """What came, was replaced or went (None) after a generation, by id. Raises ``StoreFault``."""
        id_ = 0
        while rows := self.rows(_CHANGED, (since, id_, _PAGE)):
            yield from ((row[0], None if row[1] is None else _record(row[2:])) for row in rows)
            id_ = rows[-1][0]

    def get(self, ids: Iterable[int]) -> dict[int, FactCheck]:
        """Records by their ids, without those that readers do not see. Raises ``StoreFault``."""
        query = "SELECT * FROM shown WHERE id IN (SELECT value FROM json_each(?))"
        rows = self.rows(query, (json.dumps([int(id_) for id_ in ids]),))
        return {row[0]: _record(row[1:]) for row in rows}

    def rows(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """What a query on the table ``shown`` finds; nothing where nothing was ever kept."""
        with self._reading() as connection:
            return [] if connection is None else connection.execute(query, values).fetchall()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        if not self.path.exists():
            yield None
            return
        with told(self.path), self._opened("ro") as connection:
            yield connection if _has_tables(connection) else None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with told(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self._opened("rwc") as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute("BEGIN IMMEDIATE")
                try:
                    if not _has_tables(connection):
                        _make_tables(connection)
                    yield connection
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise

    @contextmanager
    def _opened(self, mode: str) -> Iterator[sqlite3.Connection]:
        # A connection a call: it takes a fifth of a millisecond, and no thread ever meets another's.
        address = f"{self.path.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(address, uri=True, timeout=_WAIT, isolation_level=None)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            yield connection
        finally:
            connection.close()


def _has_tables(connection: sqlite3.Connection) -> bool:
    """Whether the tables are there; they may be those of another version."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version not in (0, _SCHEMA):
        raise StoreFault(
            f"The store of fact checks is of version {version}; this Caveat knows {_SCHEMA}. "
            "Update Caveat, or move the file away and import again."
        )
    return version == _SCHEMA


def _generation(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT generation FROM state").fetchone()[0])


def _make_tables(connection: sqlite3.Connection) -> None:
    # One by one: executescript would commit, and show others a store that is half made.
    statement = ""
    for line in _TABLES.read_text(encoding="utf-8").splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def _keep(connection: sqlite3.Connection, record: FactCheck, generation: int) -> str:
    """Keep one record; gives the field of ``Kept`` that counts it."""
    values = _values(record)
    row = connection.execute("SELECT * FROM checks WHERE key = ?", (record.key,)).fetchone()
    if row is None:
        if record.retracted:
            return "same"  # of what was never here nothing need be said
        connection.execute(_INSERT, (record.key, generation, *values))
        return "new"
    id_, _, _, removed, *there = row
    if tuple(there) == values:
        return "removed" if removed else "same"
    before = _record(there)
    if record.latest < before.latest and not record.retracted:
        return "older"
    connection.execute(_REPLACE, (generation, *values, id_))
    if removed:
        return "removed"
    return "retracted" if record.retracted and not before.retracted else "replaced"


def _values(record: FactCheck) -> tuple[object, ...]:
    pages = "\n".join(record.appearances)  # an address holds no line break
    named = {name: getattr(record, name) for name in _FIELDS}
    return tuple((named | {"appearances": pages, "retracted": int(record.retracted)}).values())


def _record(values: Sequence[Any]) -> FactCheck:
    named = dict(zip(_FIELDS, values, strict=True))
    pages = tuple(named["appearances"].splitlines())
    return FactCheck(**(named | {"appearances": pages, "retracted": bool(named["retracted"])}))
