"""Backups: all that a store holds at one moment, in one file that either kind of database takes back.

In: a database, and a path. Out: a ZIP archive that any tool opens: for each table ``TABLE.jsonl``, a JSON
list of values a line, and ``manifest.json`` with the version of the tables, their columns, how many rows each
has and the SHA-256 of its lines. Rows pass through one thousand at a time, whatever a store holds.

A backup is made while others read and write. It appears under its name when it is complete and on the disk,
readable by its owner only: it holds what the store holds. A restore verifies all digests before it changes
anything, brings the tables to the version of the backup, fills them, brings them to the newest, and keeps all
of that or nothing.

What can go wrong: ``DatabaseError``; ``NotABackup``; ``NotEmpty`` where a restore would take away what is
there; ``OSError`` where the file cannot be written or read.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast
from uuid import UUID

from sqlalchemy import Connection, Table, Uuid, insert, select, text
from sqlalchemy.exc import DataError, IntegrityError

from caveat.database import schema
from caveat.database.base import UtcTime
from caveat.database.faults import DatabaseError, WrongSchema
from caveat.database.opening import Database

FORMAT = "caveat-backup 1"
_ROWS = 1_000  # at a time
_MANIFEST = "manifest.json"

# What Python's reader of archives says of bytes that are none, or not what they were.
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError)

Watch = Callable[[int], None]
"""Is told how many more rows are done."""


class NotABackup(Exception):
    """The file is none of ours, or is not what it was when it was made."""


class NotEmpty(DatabaseError):
    """The store holds something that a restore would take away."""


@dataclass(frozen=True)
class Lines:
    """What the manifest says of a table."""

    columns: list[str]
    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    made: str
    program: str
    schema: str
    tables: dict[str, Lines]
    format: str = FORMAT

    @property
    def rows(self) -> int:
        """How many there are in all."""
        return sum(table.rows for table in self.tables.values())


def save(
    database: Database, target: Path, now: datetime, program: str, watch: Watch = lambda _: None
) -> Manifest:
    """Write a backup, over whatever is at ``target``. Raises ``WrongSchema`` where there are no tables."""
    with _appearing(target) as file:
        return write(database, file, now, program, watch)


def write(
    database: Database, file: IO[bytes], now: datetime, program: str, watch: Watch = lambda _: None
) -> Manifest:
    """``save``, into a stream; it is no backup unless this returns."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with database.read() as session:
            connection = session.connection()
            if database.dialect == "postgresql":
                connection.execute(text("SET LOCAL statement_timeout = 0"))
            version = schema.version_of(connection)
            if version is None:
                raise WrongSchema("There is nothing to back up: the store has no tables yet.")
            tables = {
                table.name: _write(connection, table, archive, watch)
                for table in schema.tables_of(version).sorted_tables
            }
        manifest = Manifest(now.isoformat(), program, version, tables)
        archive.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=2))
    return manifest


def read(source: Path) -> Manifest:
    """What a backup says of itself. Raises ``NotABackup``."""
    with _opened(source) as archive:
        return _manifest(archive)


def verify(source: Path, watch: Watch = lambda _: None) -> Manifest:
    """What a backup holds, when all of it is what it was. Raises ``NotABackup``."""
    with _opened(source) as archive:
        manifest = _manifest(archive)
        for name, table in manifest.tables.items():
            rows, digest = 0, sha256()
            with archive.open(f"{name}.jsonl") as lines:
                for line in lines:
                    digest.update(line)
                    rows += 1
                    watch(1)
            if (rows, digest.hexdigest()) != (table.rows, table.sha256):
                raise NotABackup(
                    f"{source} is damaged: its {name} are not what they were. Use another backup."
                )
    return manifest


def restore(
    database: Database, source: Path, replace: bool = False, watch: Watch = lambda _: None
) -> Manifest:
    """Fill an empty store, or with ``replace`` any; the tables are the newest afterwards. ``watch`` hears of
    every row twice: when it is verified and when it is in.

    Raises ``NotEmpty``, ``NotABackup``, and ``WrongSchema`` where a newer program made the backup.
    """
    manifest = verify(source, watch)
    tables = schema.tables_of(manifest.schema)
    with zipfile.ZipFile(source) as archive, database.begin() as session:
        connection = session.connection()
        schema.take_turn(connection)
        if not replace and any(schema.counts(connection).values()):
            raise NotEmpty("The store is not empty, and a restore would take away what it holds.")
        _prepare(connection)
        schema.clear(connection)
        schema.migrate(connection, manifest.schema)
        try:
            for table in tables.sorted_tables:
                _fill(connection, table, archive, manifest.tables[table.name], watch)
            _settle(connection, tables.sorted_tables)
        except (IntegrityError, DataError, ValueError, TypeError, KeyError) as error:
            raise NotABackup(
                f"{source} does not fit into this database ({type(error).__name__}). Nothing was changed."
            ) from error
        schema.migrate(connection, "head")
    return manifest


def _write(connection: Connection, table: Table, archive: zipfile.ZipFile, watch: Watch) -> Lines:
    rows, digest = 0, sha256()
    all_of_it = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_ROWS)
    with (
        archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as lines,
        connection.execute(all_of_it) as found,
    ):
        for part in found.partitions():
            for row in part:
                # ASCII, with everything else escaped: JSON columns may hold what UTF-8 does not have.
                line = json.dumps(list(row), default=_plain, separators=(",", ":")).encode() + b"\n"
                digest.update(line)
                lines.write(line)
            rows += len(part)
            watch(len(part))
    return Lines([column.name for column in table.columns], rows, digest.hexdigest())


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(cast(UUID, value))


def _fill(connection: Connection, table: Table, archive: zipfile.ZipFile, its: Lines, watch: Watch) -> None:
    meant: dict[str, Callable[[str], Any]] = {
        column.name: datetime.fromisoformat if isinstance(column.type, UtcTime) else UUID
        for column in table.columns
        if isinstance(column.type, UtcTime | Uuid)
    }
    with archive.open(f"{table.name}.jsonl") as lines:
        while rows := [
            dict(zip(its.columns, json.loads(line), strict=True)) for line in islice(lines, _ROWS)
        ]:
            for row in rows:
                for name, read in meant.items():
                    if row[name] is not None:
                        row[name] = read(row[name])
            connection.execute(insert(table), rows)
            watch(len(rows))


def _prepare(connection: Connection) -> None:
    """An account may hang on one that comes later, and a large table takes its time."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    else:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))


def _settle(connection: Connection, tables: list[Table]) -> None:
    """Hold what hangs on what against what is there, and let PostgreSQL count on from the last number."""
    if connection.dialect.name == "sqlite":
        if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
            raise ValueError("something hangs on what is not there")
        return
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    for table in tables:
        column = table.autoincrement_column
        if column is not None:
            sequence = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)")
            last = connection.scalar(select(column).order_by(column.desc()).limit(1))
            if last is not None:
                names = {"table": table.name, "column": column.name, "last": last}
                connection.execute(sequence, names)


@contextlib.contextmanager
def _appearing(target: Path) -> Iterator[IO[bytes]]:
    """A file that is there under its name, all of it and on the disk, or not at all."""
    number, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")  # its owner's only
    partial = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextlib.contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except _DAMAGED as error:
        raise NotABackup(f"{source} is not a backup, or only a part of one ({error}).") from error
    except OSError as error:
        if error.errno in (None, errno.EINVAL):  # its contents lead out of the file, or are of another kind
            raise NotABackup(f"{source} is only a part of a backup.") from error
        raise


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        said = json.loads(archive.read(_MANIFEST))
        manifest = Manifest(**said | {"tables": {n: Lines(**t) for n, t in said["tables"].items()}})
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise NotABackup(f"{archive.filename} is not a backup: it has no manifest of ours.") from error
    if manifest.format != FORMAT:
        raise NotABackup(f"{archive.filename} is of another format than this program knows ({FORMAT}).")
    its = schema.tables_of(manifest.schema).tables
    wanted = {name: set(table.columns.keys()) for name, table in its.items()}
    held = {name: set(table.columns) for name, table in manifest.tables.items()}
    if held != wanted or not {f"{name}.jsonl" for name in held} <= set(archive.namelist()):
        raise NotABackup(f"{archive.filename} has other tables than version {manifest.schema} of the store.")
    return manifest
