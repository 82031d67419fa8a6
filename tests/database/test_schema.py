"""The tables: what the models say and what the migrations make are the same, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from at_once import at_once
from caveat.database import Database, WrongSchema, open_database, schema


def test_the_migrations_make_the_tables_that_the_models_describe(database: Database) -> None:
    with database.read() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, schema.tables()) == []


def test_an_upgraded_store_is_at_the_newest_version_and_another_upgrade_changes_nothing(
    database: Database,
) -> None:
    assert schema.version(database) == schema.newest()
    assert schema.upgrade(database) == schema.newest()


def test_servers_that_start_at_once_upgrade_one_after_the_other(database_url: str) -> None:
    stores = [open_database(database_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        before = list(threads.map(schema.upgrade, stores))
    assert sorted(before, key=str) == [schema.newest()] * 3 + [None]
    for store in stores:
        store.close()


def test_a_new_file_that_many_open_at_once_is_opened_for_all(tmp_path: Path) -> None:
    def opened(store: Database) -> object:
        with store.read() as session:
            return session.scalar(text("PRAGMA journal_mode"))

    for number in range(40):
        stores = [open_database(f"sqlite:///{tmp_path / str(number)}.db") for _ in range(6)]
        assert at_once(opened, stores) == ["wal"] * 6
        for store in stores:
            store.close()


def test_a_store_of_a_newer_program_is_left_alone(database: Database) -> None:
    with database.begin() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WrongSchema, match="version 9999"):
        schema.upgrade(database)
    assert schema.version(database) == "9999"


@pytest.mark.parametrize("statement", ["UPDATE log SET reason = 'other'", "DELETE FROM log"])
def test_the_database_itself_refuses_to_change_the_log(database: Database, statement: str) -> None:
    with database.begin() as session:
        session.execute(
            text(
                "INSERT INTO log (at, action, subject, reason, details, chain) "
                "VALUES ('2026-01-01 00:00:00', 'hide', 'annotation:1', 'spam', '{}', 'x')"
            )
        )
    with pytest.raises(Exception, match="only grows"), database.begin() as session:
        session.execute(text(statement))
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM log WHERE reason = 'spam'")) == 1
