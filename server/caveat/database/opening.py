"""Opening a database, and the sessions it gives.

SQLite is opened so that what was acknowledged survives a crash of the process and of the machine: a
write-ahead log (readers never wait for a writer), ``synchronous=FULL`` (a commit is on the disk), and
``BEGIN IMMEDIATE`` for whoever will write, since a transaction that begins by reading and then writes may
be refused in the middle (sqlite.org/isolation.html). Each request uses one session at a time.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import Session, sessionmaker

from caveat.database.faults import Unreachable, busy, fault_of

_WRITES = "caveat_writes"
IN_MEMORY = "sqlite://"
BUSY_TIMEOUT = 10_000  # ms a writer waits for another; a request of ours writes for a few of them
STATEMENT_TIMEOUT = 30_000  # ms: what takes longer is a mistake of ours, and holds others up


class Database:
    """One store. Hand it to whoever reads or writes it; ``close`` it in the end."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        writing = engine.execution_options(**{_WRITES: True})
        # PostgreSQL else shows each statement of a reader another moment; on SQLite it is always one.
        snapshot = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
        self._reading = sessionmaker(engine.execution_options(**snapshot), expire_on_commit=False)
        self._writing = sessionmaker(writing, expire_on_commit=False)
        self._turn = threading.Lock() if engine.dialect.name == "sqlite" else None

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.engine.dialect.name

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A session that writes; committed at the end, rolled back on an error.

        Only what comes after this may be acknowledged. Raises ``DatabaseError``.
        """
        with _told(), self._in_turn(), self._writing.begin() as session:
            yield session

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """SQLite has one writer, and those who wait for it ask again after a while, whoever came first: of
        eight threads the unlucky waited 50 times as long as the others. So threads queue up before they ask;
        between processes it stays as it is."""
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=BUSY_TIMEOUT / 1_000):
            raise busy()
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads, all of it at one moment. Raises ``DatabaseError``."""
        with _told(), self._reading() as session:
            yield session

    def close(self) -> None:
        """Let go of every connection. The next session opens its own, as one in a forked worker must."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """The database at an address; nothing is connected yet.

    The folder of an SQLite file is made where it is missing. Raises ``Unreachable`` where it cannot be.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        if address.database:
            _make_folder(Path(address.database).parent)
        return Database(_sqlite(url, in_memory=not address.database))
    engine = create_engine(
        url,
        pool_size=8,
        max_overflow=8,
        pool_timeout=10,
        pool_pre_ping=True,  # a database that was started anew costs no reader an error
        isolation_level="READ COMMITTED",
        connect_args={
            "connect_timeout": 5,
            "options": f"-c statement_timeout={STATEMENT_TIMEOUT} -c lock_timeout={BUSY_TIMEOUT}",
        },
    )
    return Database(engine)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Unreachable(
            f"The folder {folder} cannot be made ({error.strerror}). Name another place: "
            "DATABASE_URL=sqlite:////path/to/caveat.db"
        ) from error


def _sqlite(url: str, in_memory: bool) -> Engine:
    # A database in memory is its one connection: sessions wait for each other.
    size: dict[str, Any] = {"pool_size": 1, "max_overflow": 0} if in_memory else {"pool_size": 16}
    engine = create_engine(
        url, poolclass=QueuePool, pool_timeout=10, connect_args={"check_same_thread": False}, **size
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        _write_ahead(connection)
        for pragma in (
            "synchronous = FULL",
            "foreign_keys = ON",
            "trusted_schema = OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Of several that turn a new file to its write-ahead log at the same moment, SQLite refuses some at once,
    as waiting for each other would last for ever; so they ask again."""
    latest = time.monotonic() + BUSY_TIMEOUT / 1_000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > latest:
                raise
            time.sleep(0.01)
        else:
            return


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, NoConnection) as error:
        fault = fault_of(error)
        if fault is None:
            raise
        raise fault from error
