"""What tests share: one loaded reader, applications on it, and real Redis and PostgreSQL servers."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caveat.app import create_app, utc_now
from caveat.config import Settings
from caveat.database import IN_MEMORY, Database, open_database, schema
from caveat.journal import journal
from caveat.reading import Reader
from database.plans import Plans, watching
from services import Cluster, PostgresServer, RedisServer


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The standard reader. Loading it takes three seconds, so there is one."""
    return Reader.load(None)


@pytest.fixture
def lines() -> io.BytesIO:
    """What the journal of this test's applications holds."""
    return io.BytesIO()


@pytest.fixture
def make_app(lines: io.BytesIO) -> Iterator[Callable[..., Flask]]:
    """Applications for settings, closed afterwards. Without limits on how often, unless asked for."""
    yield from _making(lines)


@pytest.fixture(scope="module")
def make_shared_app() -> Iterator[Callable[..., Flask]]:
    """The same for all tests of a file. Making one takes a sixth of a second, and a file that asks a hundred
    questions that change nothing needs one."""
    yield from _making(io.BytesIO())


def _making(lines: io.BytesIO) -> Iterator[Callable[..., Flask]]:
    made: list[Flask] = []

    def make(reader: Reader, *, clock: Callable[[], datetime] = utc_now, **settings: object) -> Flask:
        app = create_app(
            Settings(**{"rate_limit": None, "database_url": IN_MEMORY, **settings}),
            reader,
            journal("debug", lines),
            clock,
        )
        made.append(app)
        return app

    yield make
    for app in made:
        app.extensions["caveat"].close()


@pytest.fixture
def app(make_app: Callable[..., Flask], reader: Reader) -> Flask:
    """An application with default settings and its cache within the process."""
    return make_app(reader)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of ``app``."""
    return app.test_client()


@pytest.fixture(scope="module")
def shared_app(make_shared_app: Callable[..., Flask], reader: Reader) -> Flask:
    """The same for all tests of a file."""
    return make_shared_app(reader)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A real Redis of this test's own, which it may stop, stall or fill."""
    server = RedisServer(tmp_path / "redis")
    yield server
    server.kill()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A real Redis Cluster of six nodes."""
    nodes = Cluster(tmp_path / "cluster")
    yield nodes
    nodes.kill()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL. Making one takes seconds, so there is one; a test asks it for an empty database. It
    does not wait for the disk: nobody pulls its plug, and whoever kills one has one of their own."""
    server = PostgresServer("-c", "fsync=off")
    yield server
    server.remove()


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the tables and nothing in them, to be copied: making them takes a tenth of a second."""
    file = tmp_path_factory.mktemp("tables") / "caveat.db"
    _upgraded(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_tables(postgres: PostgresServer) -> str:
    """The same in PostgreSQL."""
    return _upgraded(postgres.empty())


def _upgraded(url: str) -> str:
    opened = open_database(url)
    schema.upgrade(opened)
    opened.close()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once of either kind; with tables for who asks for ``database``."""
    has_tables = "database" in request.fixturenames
    if request.param == "sqlite":
        file = tmp_path / "caveat.db"
        if has_tables:
            shutil.copy(request.getfixturevalue("sqlite_tables"), file)
        yield f"sqlite:///{file}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.empty(like=request.getfixturevalue("postgres_tables")) if has_tables else server.empty()
    yield url
    server.drop(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty store with its tables, once of either kind."""
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def plans(request: pytest.FixtureRequest) -> Iterator[Plans | None]:
    """Watches what Caveat asks of ``database``, in every test that has one: the test fails where a statement
    reads a table from end to end."""
    if "database" not in request.fixturenames:
        yield None
        return
    with watching(request.getfixturevalue("database")) as watched:
        yield watched
