"""Which tables there are, and bringing a database to them.

In: a database. Out: its version, the newest version, or the tables brought up to it. What can go wrong:
``WrongSchema`` where the database is newer than this program; it is left as it is.

What a version's tables were is asked of the migrations, which make them once more in memory: a store that was
not upgraded yet can be read and counted like any other.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CHAR, JSON, Connection, DateTime, MetaData, Uuid, event, func, select, text

from caveat.database.base import Base, UtcTime
from caveat.database.faults import WrongSchema
from caveat.database.opening import IN_MEMORY, Database, open_database

_HERE = Path(__file__).parent
# Two servers that start at once on one PostgreSQL take turns (any number of ours).
_TURN = 0x0CA7EA8
# What keeps the log from being changed (made by migration 0001).
_TRIGGERS = {
    "sqlite": (
        {"log_no_update", "log_no_delete"},
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'log'",
    ),
    "postgresql": (
        {"log_only_grows"},
        "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass('log') AND tgenabled IN ('O', 'A')",
    ),
}


def tables() -> MetaData:
    """All tables. The rooms that declare them are looked up by name, since this room knows none of them."""
    for room in ("accounts", "annotations"):
        import_module(f"caveat.{room}.models")
    return Base.metadata


def newest() -> str:
    """The version that this program works with."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def version(database: Database) -> str | None:
    """The version that a database has; None where it has no tables of ours."""
    with database.read() as session:
        return version_of(session.connection())


def version_of(connection: Connection) -> str | None:
    """``version``, in a transaction that is under way."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(database: Database) -> str | None:
    """Bring the tables to the newest version, all of it or nothing; gives the version there was.

    Raises ``DatabaseError``.
    """
    with database.begin() as session:
        connection = session.connection()
        take_turn(connection)
        before = version_of(connection)
        if before is not None:
            refuse_unknown(before)
        migrate(connection, "head")
    return before


def take_turn(connection: Connection) -> None:
    """Keep others from changing the tables until the transaction ends. On SQLite, beginning does that."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})


def refuse_unknown(its: str) -> None:
    """Raises ``WrongSchema`` where no migration of ours leads to a version."""
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if its not in known:
        raise WrongSchema(
            f"The store is at version {its}, which this program does not know: it was made by a newer "
            "one. Install that, or restore a backup into an empty store."
        )


def migrate(connection: Connection, to: str) -> None:
    """Run the migrations up to a version, or to ``head``, in the transaction that is under way."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def clear(connection: Connection) -> None:
    """Drop all tables of ours, with what is in them; those of others are left alone. The log's triggers go
    with their table: dropping it is for whoever owns the database, and shows."""
    its = version_of(connection)
    if its is not None:
        tables_of(its).drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))


@cache
def tables_of(its: str) -> MetaData:
    """The tables of a version, with the types that give and take the same values on either database.

    Raises ``WrongSchema``.
    """
    refuse_unknown(its)
    found = MetaData()
    memory = open_database(IN_MEMORY)
    with memory.begin() as session:
        connection = session.connection()
        migrate(connection, its)
        event.listen(found, "column_reflect", _as_declared)
        found.reflect(connection, only=lambda name, _: name != "alembic_version")
    memory.close()
    return found


def _as_declared(_inspector: Any, _table: Any, column: Any) -> None:
    """SQLite says how a value is kept; the migrations said what it is."""
    if isinstance(column["type"], DateTime):
        column["type"] = UtcTime()
    elif isinstance(column["type"], CHAR):
        column["type"] = Uuid()
    elif isinstance(column["type"], JSON):
        column["type"] = JSON(none_as_null=column["nullable"])


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has; empty where there are no tables of ours. Raises ``WrongSchema``."""
    its = version_of(connection)
    if its is None:
        return {}
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in tables_of(its).sorted_tables
    }


def differences(connection: Connection) -> list[str]:
    """Where the tables are not those that this program works with, in words."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found = [
        str(difference)
        for difference in compare_metadata(context, tables())
        if difference[0] != "remove_table"  # one of somebody else
    ]
    wanted, question = _TRIGGERS[connection.dialect.name]
    missing = wanted - set(connection.execute(text(question)).scalars())
    return found + [f"missing trigger {name}: the log could be changed" for name in sorted(missing)]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE / "migrations"))
    return config
