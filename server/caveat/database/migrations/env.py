"""How a migration is run: on the connection that ``schema.upgrade`` hands over, in its transaction."""

from __future__ import annotations

from alembic import context

from caveat.database.schema import tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=tables(),
    render_as_batch=connection.dialect.name == "sqlite",  # SQLite changes a table by copying it
    compare_type=True,
    transaction_per_migration=False,
)
context.run_migrations()
