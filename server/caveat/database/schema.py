"""Which tables there are, and bringing a database to them.

In: a database. Out: its version, the newest version, or the tables brought up to it. What can go wrong:
``WrongSchema`` where the database is newer than this program; it is left as it is.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, text

from caveat.database.base import Base
from caveat.database.faults import WrongSchema
from caveat.database.opening import Database

_HERE = Path(__file__).parent
# Two servers that start at once on one PostgreSQL take turns (any number of ours).
_TURN = 0x0CA7EA8


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
        return MigrationContext.configure(session.connection()).get_current_revision()


def upgrade(database: Database) -> str | None:
    """Bring the tables to the newest version, all of it or nothing; gives the version there was.

    Raises ``DatabaseError``.
    """
    with database.begin() as session:
        connection = session.connection()
        if database.dialect == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
        before = MigrationContext.configure(connection).get_current_revision()
        known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
        if before is not None and before not in known:
            raise WrongSchema(
                f"The store is at version {before}, which this program does not know: it was made by a newer "
                "one. Install that, or restore a backup into an empty store."
            )
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return before


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE / "migrations"))
    return config
