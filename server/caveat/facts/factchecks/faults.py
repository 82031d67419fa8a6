"""What can go wrong with the store of checks, told apart by what somebody can do about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StoreFault(Exception):
    """The store did not do what was asked; the message says what to do. What was kept before stays."""


_DAMAGED = "it is damaged. Move it away and import again"
# Codes of SQLite (sqlite.org/rescode.html).
_FAULTS = {
    sqlite3.SQLITE_FULL: "the disk is full. What was kept stays; make room and start again",
    sqlite3.SQLITE_BUSY: "another program is writing to it. What was kept stays; try again shortly",
    sqlite3.SQLITE_LOCKED: "another program is writing to it. What was kept stays; try again shortly",
    sqlite3.SQLITE_IOERR: "it cannot be read or written. Look at its disk, and start again",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened. Look at who may read and write it and its folder",
    sqlite3.SQLITE_READONLY: "it may not be written to. Look at who may write to it and its folder",
    sqlite3.SQLITE_PERM: "it may not be used. Look at who may read and write it and its folder",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: "it is no store of fact checks. Move it away and import again",
}


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What goes wrong inside, as ``StoreFault``; mistakes of ours pass as they are."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        what = _FAULTS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if what is None:
            raise
        raise StoreFault(f"{path}: {what}.") from error
    except OSError as error:
        raise StoreFault(f"{path}: it cannot be made or written ({error.strerror or error}).") from error
