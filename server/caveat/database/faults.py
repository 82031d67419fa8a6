"""What can go wrong with a database, told apart by what somebody can do about it.

In: an error of SQLAlchemy, from either driver. Out: one of ours, whose message says what to do and never
repeats a statement or its values. An error that is ours to mend (a broken constraint, wrong SQL) is none
of these and passes as it is.
"""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection


class DatabaseError(Exception):
    """The store did not do what was asked; nothing of it was kept, unless the message says that it may be."""


class Full(DatabaseError):
    """No room is left on the disk."""


class Busy(DatabaseError):
    """Others are writing; another try makes sense."""


class Unreachable(DatabaseError):
    """The database does not answer, or may not be written to."""


class WrongSchema(DatabaseError):
    """The tables are not those that this version knows."""


_FULL = "The disk of the store is full. Nothing was kept; it works again once there is room."
_BUSY = "The store is busy. Nothing was kept; try again shortly."
_GONE = "The store cannot be reached or written to. Nothing was kept; try again shortly."
# A commit whose answer never came may have been done: nobody can know.
_LOST = "The connection to the store was lost. Try again shortly: what was kept already is not kept twice."
_DAMAGED = "The store is damaged. Restore a backup: caveat db restore"

# Codes of SQLite (sqlite.org/rescode.html) and states of PostgreSQL (appendix A of its manual).
_SQLITE = {
    sqlite3.SQLITE_FULL: Full(_FULL),
    sqlite3.SQLITE_BUSY: Busy(_BUSY),
    sqlite3.SQLITE_LOCKED: Busy(_BUSY),
    sqlite3.SQLITE_IOERR: Unreachable(_GONE),
    sqlite3.SQLITE_CANTOPEN: Unreachable(_GONE),
    sqlite3.SQLITE_READONLY: Unreachable(_GONE),
    sqlite3.SQLITE_CORRUPT: Unreachable(_DAMAGED),
    sqlite3.SQLITE_NOTADB: Unreachable("The store's file is not a database. Is DATABASE_URL right?"),
}
_STATES = {
    "53100": Full(_FULL),  # disk_full
    "40001": Busy(_BUSY),  # serialization_failure
    "40P01": Busy(_BUSY),  # deadlock_detected
    "55P03": Busy(_BUSY),  # lock_not_available
    "57014": Busy(_BUSY),  # query_canceled: it took longer than it may
    "53200": Busy(_BUSY),  # out_of_memory
    "53300": Busy(_BUSY),  # too_many_connections
    "XX001": Unreachable(_DAMAGED),  # data_corrupted
    "XX002": Unreachable(_DAMAGED),  # index_corrupted
}
# No connection, a transaction that may not write, a shutdown, the disk or the server itself.
_CLASSES = {state: Unreachable(_GONE) for state in ("08", "25", "53", "57", "58", "XX")}


def fault_of(error: DBAPIError | NoConnection) -> DatabaseError | None:
    """The fault that an error is; None where it is a mistake of ours."""
    if isinstance(error, NoConnection):
        return Busy(_BUSY)
    if error.connection_invalidated:
        return Unreachable(_LOST)
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        return _anew(_SQLITE.get(code))
    state = getattr(cause, "sqlstate", None)
    if state is None:  # psycopg could not even connect
        return Unreachable(_GONE) if type(cause).__name__ == "OperationalError" else None
    return _anew(_STATES.get(state) or _CLASSES.get(state[:2]))


def busy() -> Busy:
    """Others have been writing for longer than anybody waits."""
    return Busy(_BUSY)


def _anew(fault: DatabaseError | None) -> DatabaseError | None:
    """A raised exception collects tracebacks: each is raised once."""
    return type(fault)(*fault.args) if fault else None
