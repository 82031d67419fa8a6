"""Each fault of either database is told apart by what somebody can do about it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from caveat.database import Busy, DatabaseError, Full, Unreachable, open_database, schema
from caveat.database.faults import fault_of

SQLITE = {
    "FULL": Full, "BUSY": Busy, "BUSY_SNAPSHOT": Busy, "BUSY_RECOVERY": Busy, "LOCKED": Busy,
    "LOCKED_SHAREDCACHE": Busy, "IOERR": Unreachable, "IOERR_WRITE": Unreachable, "IOERR_FSYNC": Unreachable,
    "IOERR_SHMSIZE": Unreachable, "CANTOPEN": Unreachable, "READONLY": Unreachable,
    "READONLY_DBMOVED": Unreachable, "CORRUPT": Unreachable, "CORRUPT_INDEX": Unreachable,
    "NOTADB": Unreachable, "ERROR": None, "CONSTRAINT_UNIQUE": None, "CONSTRAINT_TRIGGER": None,
    "MISMATCH": None,
}  # fmt: skip
POSTGRESQL = {
    "53100": Full, "53200": Busy, "53300": Busy, "53400": Unreachable, "40001": Busy, "40P01": Busy,
    "55P03": Busy, "57014": Busy, "57P01": Unreachable, "57P03": Unreachable, "08006": Unreachable,
    "25006": Unreachable, "58030": Unreachable, "XX000": Unreachable, "XX001": Unreachable,
    "23505": None, "23503": None, "22001": None, "42P01": None, "P0001": None,
}  # fmt: skip


@pytest.mark.parametrize(("code", "kind"), SQLITE.items())
def test_a_code_of_sqlite(code: str, kind: type[DatabaseError] | None) -> None:
    cause = sqlite3.OperationalError("disk I/O error near 'what somebody wrote'")
    cause.sqlite_errorcode = getattr(sqlite3, f"SQLITE_{code}")
    _check(cause, kind)


@pytest.mark.parametrize(("state", "kind"), POSTGRESQL.items())
def test_a_state_of_postgresql(state: str, kind: type[DatabaseError] | None) -> None:
    _check(psycopg.errors.lookup(state)("what somebody wrote"), kind)


def _check(cause: Exception, kind: type[DatabaseError] | None) -> None:
    found = fault_of(DBAPIError("INSERT what somebody wrote", {}, cause))
    assert type(found) is (kind or type(None))
    assert "somebody wrote" not in str(found)


def test_a_pool_without_a_free_connection_is_busy() -> None:
    assert type(fault_of(NoConnection())) is Busy


def test_a_file_that_may_not_be_written_says_so(tmp_path: Path) -> None:
    whole = open_database(f"sqlite:///{tmp_path / 'caveat.db'}")
    schema.upgrade(whole)
    whole.close()
    fixed = open_database(f"sqlite:///file:{tmp_path / 'caveat.db'}?mode=ro&uri=true")
    with pytest.raises(Unreachable, match="written to"), fixed.begin() as session:
        session.execute(text("DELETE FROM switches"))
    fixed.close()


@pytest.mark.parametrize(
    "content", [b"Dear diary, today I wrote no database.\n" * 99, b"SQLite format 3\0" * 99]
)
def test_a_file_that_is_no_database_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "caveat.db").write_bytes(content)
    store = open_database(f"sqlite:///{tmp_path / 'caveat.db'}")
    with pytest.raises(Unreachable, match=r"not a database|damaged"):
        schema.upgrade(store)
    store.close()
    assert (tmp_path / "caveat.db").read_bytes() == content


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unreachable, match=r"cannot be made \(.*\)\. Name another place"):
        open_database(f"sqlite:///{tmp_path / 'file' / 'folder' / 'caveat.db'}")


def test_a_folder_in_place_of_a_file_says_so(tmp_path: Path) -> None:
    store = open_database(f"sqlite:///{tmp_path}")
    with pytest.raises(Unreachable):
        schema.upgrade(store)
    store.close()


def test_a_server_that_is_not_there_says_so() -> None:
    store = open_database("postgresql+psycopg://caveat@127.0.0.1:1/caveat")
    with pytest.raises(Unreachable), store.read() as session:
        session.execute(text("SELECT 1"))
    store.close()
