"""Trouble with real databases: full, locked, killed. Each gets a clear answer, and then it works again."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, text
from werkzeug.test import TestResponse

import written
from api.volunteers import API
from caveat.accounts import log
from caveat.accounts.models import Role
from caveat.annotations.models import Annotation
from caveat.database import Database, Full, open_database, opening, schema
from caveat.reading import Reader
from services import PostgresServer, RedisServer, eventually

from .writers import sent

VOLUNTEERS = 200
SMALL = 16 * 2**20

Submit = Callable[[int], TestResponse]


@pytest.fixture
def write(make_app: Callable[..., Flask], reader: Reader) -> Callable[..., Submit]:
    """For an address: what submits the annotation of a number, and gives the answer."""

    def writing(url: str, **settings: object) -> Submit:
        app = make_app(reader, database_url=url, **settings)
        with app.extensions["caveat"].database.begin() as session:
            accounts = [written.account(session, f"v{n}", Role.EDUCATOR) for n in range(VOLUNTEERS)]
            tokens = [written.token(session, account) for account in accounts]

        def submit(n: int) -> TestResponse:
            headers = {"Authorization": f"Bearer {tokens[n % VOLUNTEERS]}"}
            return app.test_client().post(f"{API}/annotations", json=sent(n), headers=headers)

        return submit

    return writing


def is_clear(answer: TestResponse, status: int, words: str) -> bool:
    """Whether it is a problem document of this status that says so."""
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert words in answer.json["detail"]
    assert status != 503 or int(answer.headers["Retry-After"]) > 0
    return True


def is_whole(database: Database, acknowledged: set[int]) -> bool:
    """Whether nothing is damaged, and all is there, once, that was acknowledged."""
    with database.read() as session:
        if database.dialect == "sqlite":
            assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
        assert list(log.check(session)) == []
        found = sorted(session.scalars(select(Annotation.client_id)))
        assert found == sorted(sent(n)["client_id"] for n in acknowledged)
    return True


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, so small that it fills up."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={SMALL},mode=0777", "none", str(folder)]
    if subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("A small disk takes the right to mount one; run the tests as root to have it.")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def on_disk(request: pytest.FixtureRequest, disk: Path) -> Iterator[str]:
    """The address of a database on that disk; PostgreSQL keeps its write-ahead log elsewhere."""
    if request.param == "sqlite":
        yield f"sqlite:///{disk / 'caveat.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    (disk / "space").mkdir()
    if os.getuid() == 0:
        shutil.chown(disk / "space", "postgres")
        for folder in (disk, *disk.parents):  # pytest's folders are for their owner
            with suppress(OSError):
                folder.chmod(folder.stat().st_mode | 0o011)
    server.sql(f"CREATE TABLESPACE small LOCATION '{disk / 'space'}'")
    url = server.empty("small")
    yield url
    server.drop(url)
    server.sql("DROP TABLESPACE small")


def test_a_full_disk_is_said_loses_nothing_and_passes(
    write: Callable[..., Submit], on_disk: str, disk: Path
) -> None:
    submit, kept = write(on_disk), set()
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        used = shutil.disk_usage(disk).free - 96 * 1024
        file.write(bytes(max(0, used)))
    for n in range(1, 2_000):
        answer = submit(n)
        if answer.status_code != 201:
            break
        kept.add(n)
    assert is_clear(answer, 507, "full")
    database = open_database(on_disk)
    assert is_whole(database, kept)
    ballast.unlink()
    assert submit(n).status_code == 201
    assert is_whole(database, kept | {n})
    database.close()


def test_a_file_that_may_not_grow_is_full(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'caveat.db'}")
    schema.upgrade(database)

    @event.listens_for(database.engine, "begin")
    def bound(connection: Any) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # no more than there are

    fill = text("INSERT INTO switches VALUES (hex(randomblob(20)), hex(randomblob(90000)), '2026-01-01')")
    with pytest.raises(Full, match="Nothing was kept"), database.begin() as session:
        session.execute(fill)
    event.remove(database.engine, "begin", bound)
    assert is_whole(database, set())
    database.close()


def test_a_writer_who_waits_too_long_for_another_is_told_to_come_back(
    write: Callable[..., Submit],
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opening, "BUSY_TIMEOUT", 50)
    submit = write(database_url)
    other = open_database(database_url)
    with other.begin() as session:
        if other.dialect == "postgresql":
            session.execute(text("LOCK TABLE pages IN EXCLUSIVE MODE"))
        session.execute(text("SELECT 1"))
        assert is_clear(submit(1), 503, "busy")
    assert submit(1).status_code == 201
    assert is_whole(other, {1})
    other.close()


def test_a_database_that_was_killed_is_waited_for_and_used_again(
    write: Callable[..., Submit],
) -> None:
    server = PostgresServer()
    try:
        url = server.empty()
        submit, kept = write(url), set()
        with ThreadPoolExecutor(4) as threads:
            under_way = threads.map(lambda n: (n, submit(n)), range(1, 100))
            first = next(under_way)
            server.kill()
            answers = [first, *under_way]
            assert any(answer.status_code == 503 for _, answer in answers)
            assert is_clear(submit(1_000), 503, "cannot be reached")
            server.start()
            for n, answer in answers:
                assert answer.status_code == 201 or is_clear(answer, 503, "ry again shortly")
                again = submit(n)  # whoever was told to come back comes back
                assert again.status_code == 200 or (again.status_code, answer.status_code) == (201, 503)
                kept.add(n)
        database = open_database(url)
        eventually(lambda: is_whole(database, kept), "all of it")
        database.close()
    finally:
        server.remove()


def test_with_redis_gone_what_is_written_is_kept_and_found(
    write: Callable[..., Submit], database_url: str, redis: RedisServer
) -> None:
    submit = write(database_url, redis_url=redis.url, rate_limit="60 per minute")
    assert submit(1).status_code == 201
    redis.kill()
    assert [submit(n).status_code for n in (1, 2)] == [200, 201]
    database = open_database(database_url)
    assert is_whole(database, {1, 2})
    database.close()
