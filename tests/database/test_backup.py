"""Backups: what was in the store at one moment is in any store again, or nothing is changed."""

from __future__ import annotations

import contextlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text

from caveat.accounts import log
from caveat.accounts.models import Account
from caveat.database import Database, WrongSchema, backup, open_database, schema
from caveat.database.backup import NotABackup, NotEmpty
from services import PostgresServer

from .sample import NOON, annotation, content, fill


@pytest.fixture(params=["into sqlite", "into postgresql"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A second database without any table."""
    if request.param == "into sqlite":
        opened = open_database(f"sqlite:///{tmp_path / 'other.db'}")
        yield opened
        opened.close()
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    opened = open_database(url := server.empty())
    yield opened
    opened.close()
    server.drop(url)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


def saved(database: Database, file: Path, watch: Callable[[int], None] = lambda _: None) -> backup.Manifest:
    return backup.save(database, file, NOON, "1.2.3", watch)


def changed(file: Path, table: str, change: Callable[[bytes], bytes], with_digest: bool) -> None:
    """Change a backup's lines, and what its manifest says of them."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[f"{table}.jsonl"] = lines = change(members[f"{table}.jsonl"])
    if with_digest:
        manifest = json.loads(members["manifest.json"])
        manifest["tables"][table] |= {"sha256": sha256(lines).hexdigest(), "rows": lines.count(b"\n")}
        members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_a_backup_restores_into_either_database(database: Database, other: Database, file: Path) -> None:
    fill(database)
    saved(database, file)
    backup.restore(other, file)
    assert content(other) == content(database)
    assert schema.version(other) == schema.newest()


def test_a_restored_store_goes_on_where_the_other_was(
    database: Database, other: Database, file: Path
) -> None:
    fill(database)
    saved(database, file)
    backup.restore(other, file)
    with other.begin() as session:
        author = session.get_one(Account, 1)
        assert annotation(session, author, 2).id == 2
        log.record(session, NOON, author, "edit", author)
    with other.read() as session:
        assert list(log.check(session)) == []
        assert schema.differences(session.connection()) == []
    with pytest.raises(Exception, match="only grows"), other.begin() as session:
        session.execute(text("DELETE FROM log"))


def test_a_backup_is_of_one_moment_while_others_write(database: Database, file: Path) -> None:
    fill(database)
    before = content(database)
    written = []

    def write(_rows: int) -> None:
        with database.begin() as session:
            annotation(session, session.get_one(Account, 1), 2 + len(written))
        written.append(1)

    manifest = saved(database, file, watch=write)
    assert len(written) > 3
    assert {name: table.rows for name, table in manifest.tables.items()} == {
        name: len(rows) for name, rows in before.items()
    }


def test_a_backup_is_there_whole_or_not_at_all_and_for_its_owner_only(database: Database, file: Path) -> None:
    fill(database)

    def fail(_rows: int) -> None:
        assert not file.exists()
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        saved(database, file, watch=fail)
    assert [path.name for path in file.parent.iterdir() if "backup" in path.name] == []
    saved(database, file)
    assert file.stat().st_mode & 0o777 == 0o600


def test_nothing_is_taken_away_without_being_asked(database: Database, file: Path) -> None:
    fill(database)
    saved(database, file)
    with database.begin() as session:
        annotation(session, session.get_one(Account, 1), 2)
    before = content(database)
    with pytest.raises(NotEmpty):
        backup.restore(database, file)
    assert content(database) == before
    backup.restore(database, file, replace=True)
    assert len(content(database)["annotations"]) == 1


def test_a_store_with_empty_tables_is_empty(database: Database, file: Path) -> None:
    saved(database, file)
    backup.restore(database, file)
    assert not any(content(database).values())


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def without_manifest(data: bytes) -> bytes:
    return data.replace(b"manifest.json", b"manifesto.jso")


def flipped(data: bytes) -> bytes:
    """A bit of the first table's compressed lines."""
    at = data.index(b"accounts.jsonl") + 60
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize(
    "damage",
    [half, flipped, without_manifest, lambda _: b"", lambda _: b"PK", lambda data: data[40:]],
    ids=["half", "a bit", "no manifest", "empty", "two letters", "no beginning"],
)
def test_a_damaged_file_is_refused_and_nothing_changes(
    database: Database, file: Path, damage: Callable[[bytes], bytes]
) -> None:
    fill(database)
    saved(database, file)
    file.write_bytes(damage(file.read_bytes()))
    before = content(database)
    with pytest.raises(NotABackup):
        backup.restore(database, file, replace=True)
    assert content(database) == before


def test_a_flipped_bit_anywhere_is_noticed_or_makes_no_difference(tmp_path: Path, file: Path) -> None:
    store = open_database(f"sqlite:///{tmp_path / 'caveat.db'}")
    schema.upgrade(store)
    fill(store)
    made = saved(store, file)
    store.close()
    data = file.read_bytes()
    for at in range(0, len(data), 7):
        file.write_bytes(data[:at] + bytes([data[at] ^ (1 << at % 8)]) + data[at + 1 :])
        with contextlib.suppress(NotABackup, WrongSchema):
            assert backup.verify(file).tables == made.tables


@pytest.mark.parametrize("table", ["accounts", "log", "ratings"])
def test_lines_that_were_changed_are_refused(database: Database, file: Path, table: str) -> None:
    fill(database)
    saved(database, file)
    changed(file, table, lambda lines: lines.replace(b"1", b"2", 1), with_digest=False)
    with pytest.raises(NotABackup, match=f"its {table} are not what they were"):
        backup.restore(database, file, replace=True)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("log", lambda lines: lines + lines[: lines.index(b"\n") + 1]),
        ("ratings", lambda lines: lines.replace(b"[1,2,", b"[1,7,")),
        ("tokens", lambda lines: lines.replace(b"[1,", b'["one",')),
        ("switches", lambda lines: lines.replace(b"[", b"{")),
        ("pages", lambda lines: lines.replace(b"2026-", b"noon-")),
        ("pages", lambda lines: lines.replace(b"[1,", b"[1,1,")),
    ],
    ids=[
        "a line twice",
        "a rater who is not there",
        "a word for a number",
        "not JSON",
        "no moment",
        "longer",
    ],
)
def test_a_backup_that_does_not_fit_changes_nothing(
    database: Database, file: Path, table: str, change: Callable[[bytes], bytes]
) -> None:
    fill(database)
    saved(database, file)
    changed(file, table, change, with_digest=True)
    before = content(database)
    with pytest.raises(NotABackup, match="does not fit"):
        backup.restore(database, file, replace=True)
    assert content(database) == before


def test_a_backup_of_a_newer_program_is_refused(database: Database, file: Path) -> None:
    saved(database, file)
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["manifest.json"] = members["manifest.json"].replace(f'"{schema.newest()}"'.encode(), b'"9999"')
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    with pytest.raises(WrongSchema, match="version 9999"):
        backup.restore(database, file)


def test_a_backup_of_an_older_program_is_brought_to_the_newest_tables(
    database: Database, other: Database, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database)
    before = content(database)
    saved(database, file)
    shutil.copytree(Path(schema.__file__).parent / "migrations", tmp_path / "newer" / "migrations")
    (tmp_path / "newer" / "migrations" / "versions" / "9000_later.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision, down_revision, branch_labels, depends_on = '9000', '{schema.newest()}', None, None\n"
        "def upgrade():\n"
        "    op.add_column('switches', sa.Column('note', sa.Text(), nullable=False, server_default='x'))\n"
    )
    monkeypatch.setattr(schema, "_HERE", tmp_path / "newer")
    backup.restore(other, file)
    assert schema.version(other) == "9000"
    after = content(other)
    assert [row[-1] for row in after.pop("switches")] == ["x"]
    assert after == {name: rows for name, rows in before.items() if name != "switches"}
    # And a store that was not upgraded yet is backed up as it is.
    assert saved(database, file).schema == "0001"


def test_a_reader_sees_one_moment(database: Database) -> None:
    fill(database)
    count = text("SELECT count(*) FROM pages")
    with database.read() as session:
        before = session.scalar(count)
        with database.begin() as writing:
            annotation(writing, writing.get_one(Account, 1), 2)
        assert session.scalar(count) == before


def test_moments_keep_their_zone_and_fractions(database: Database, other: Database, file: Path) -> None:
    fill(database)
    saved(database, file)
    backup.restore(other, file)
    with other.read() as session:
        assert session.get_one(Account, 1).created - NOON == timedelta(0)
