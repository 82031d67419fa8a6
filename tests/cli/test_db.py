"""``caveat db``: upgrade, back up, restore, check; each says what it did, and to what."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from caveat.cli import command
from caveat.cli.outcome import Exit
from caveat.database import Database, open_database, schema
from database.sample import content, fill


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    for name in [n for n in os.environ if n.startswith(("CAVEAT_", "REDIS_", "DATABASE_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", database_url)


def run(*arguments: str | Path, say: str = "") -> Result:
    return CliRunner().invoke(command, ["db", *map(str, arguments)], input=say)


def test_upgrade_makes_the_tables_and_then_has_nothing_to_do(database_url: str) -> None:
    first, second = run("upgrade"), run("upgrade")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert f"is at version {schema.newest()}; it was at none" in first.output
    assert "the newest" in second.output
    opened = open_database(database_url)
    assert schema.version(opened) == schema.newest()
    opened.close()


def test_an_upgrade_asks_for_a_backup_first(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "newest", lambda: "0002")
    shown = run("upgrade", say="n\n")
    assert shown.exit_code == 1
    assert f"from version {schema.version(database)} to 0002" in shown.output
    assert "backup" in shown.output


def test_a_backup_restores_what_was_there(database: Database, tmp_path: Path) -> None:
    fill(database)
    before = content(database)
    file = tmp_path / "b.zip"
    made = run("backup", file)
    assert made.exit_code == 0
    assert f"{sum(map(len, before.values()))} rows" in made.output
    restored = run("restore", file, "--replace", "--yes")
    assert restored.exit_code == 0, restored.output
    assert content(database) == before


def test_a_backup_goes_through_a_pipe(database: Database, tmp_path: Path) -> None:
    fill(database)
    before = content(database)
    made = run("backup", "-")
    assert "rows of" in made.stderr
    file = tmp_path / "b.zip"
    file.write_bytes(made.stdout_bytes)
    assert run("restore", file, "--replace", "--yes").exit_code == 0
    assert content(database) == before


def test_a_backup_does_not_write_over_another(database: Database, tmp_path: Path) -> None:
    fill(database)
    file = tmp_path / "b.zip"
    file.write_text("Monday's")
    refused = run("backup", file)
    assert refused.exit_code == Exit.USAGE
    assert "--force" in refused.output
    assert file.read_text() == "Monday's"
    assert run("backup", file, "--force").exit_code == 0


@pytest.mark.usefixtures("database")
def test_a_backup_into_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    shown = run("backup", tmp_path / "none" / "b.zip")
    assert shown.exit_code == Exit.USAGE
    assert "cannot be written: No such file or directory" in shown.output


def test_a_restore_over_something_needs_replace_and_a_yes(database: Database, tmp_path: Path) -> None:
    fill(database)
    file = tmp_path / "b.zip"
    run("backup", file)
    before = content(database)
    refused = run("restore", file)
    assert refused.exit_code == Exit.INCOMPLETE
    asked = run("restore", file, "--replace", say="n\n")
    assert asked.exit_code == 1
    for shown in (refused.output, asked.output):
        assert "2 accounts, 1 pages, 1 switches, 1 annotations" in shown
    assert content(database) == before


@pytest.mark.usefixtures("database")
def test_a_file_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    file.write_text("none")
    shown = run("restore", file)
    assert shown.exit_code == Exit.USAGE
    assert "is not a backup" in shown.output


def test_check_finds_a_whole_store_whole(database: Database) -> None:
    fill(database)
    shown = run("check")
    assert shown.exit_code == 0, shown.output
    assert "2 accounts" in shown.output
    found = json.loads(run("check", "--format", "json").stdout)
    assert found["whole"] is True
    assert {"tables", "log", "rows"} <= {finding["what"] for finding in found["findings"]}


def without_trigger(database: Database) -> str:
    return "DROP TRIGGER log_only_grows ON log" if database.dialect == "postgresql" else (
        "DROP TRIGGER log_no_update"
    )  # fmt: skip


def test_check_names_what_is_wrong(database: Database) -> None:
    fill(database)
    with database.begin() as session:
        connection = session.connection()
        connection.exec_driver_sql(without_trigger(database))
        connection.exec_driver_sql("DROP INDEX ix_pages_prefix")
    shown = run("check")
    assert shown.exit_code == 1
    assert "missing trigger log_" in shown.output
    assert "ix_pages_prefix" in shown.output


def test_check_names_the_line_of_the_log_that_was_changed(database: Database) -> None:
    fill(database)
    with database.begin() as session:
        connection = session.connection()
        off, on = {
            "postgresql": ("ALTER TABLE log DISABLE TRIGGER ALL", "ALTER TABLE log ENABLE TRIGGER ALL"),
            "sqlite": ("DROP TRIGGER log_no_update", "CREATE TRIGGER log_no_update BEFORE UPDATE ON log "
             "BEGIN SELECT RAISE(ABORT, 'the log only grows'); END"),
        }[database.dialect]  # fmt: skip
        connection.exec_driver_sql(off)
        connection.exec_driver_sql("UPDATE log SET reason = 'none' WHERE id = 1")
        connection.exec_driver_sql(on)
    shown = run("check")
    assert shown.exit_code == 1
    assert "line 1 is not what it was" in shown.output


def test_check_finds_a_damaged_file_and_dangling_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "damaged.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    store = open_database(f"sqlite:///{file}")
    schema.upgrade(store)
    fill(store)
    store.close()
    with sqlite3.connect(file) as connection:
        connection.execute("DELETE FROM pages")
    shown = run("check")
    assert shown.exit_code == 1
    assert "annotations, row 1: hangs on pages that are not there" in shown.output
    connection.close()
    data = file.read_bytes()
    file.write_bytes(data[:8192] + b"\0" * 8192 + data[16384:])
    assert run("check").exit_code in (1, Exit.INCOMPLETE)


def test_a_store_that_is_not_there_is_not_made_by_looking_at_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    for arguments in (["check"], ["backup", tmp_path / "b.zip"]):
        shown = run(*arguments)
        assert shown.exit_code == Exit.INCOMPLETE
        assert "There is no store at" in shown.output
    assert list(tmp_path.glob("none*")) == []


def test_a_password_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:hush@127.0.0.1:1/none")
    for arguments in (["check"], ["upgrade"]):
        shown = run(*arguments)
        assert shown.exit_code == Exit.INCOMPLETE
        assert "hush" not in shown.output
        assert "cannot be reached" in shown.output
