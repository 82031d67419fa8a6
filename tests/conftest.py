"""What tests share: one loaded reader, applications on it, and real Redis servers."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caveat.app import create_app
from caveat.config import Settings
from caveat.journal import journal
from caveat.reading import Reader
from services import Cluster, RedisServer


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
    made: list[Flask] = []

    def make(reader: Reader, **settings: object) -> Flask:
        app = create_app(Settings(**{"rate_limit": None, **settings}), reader, journal("debug", lines))
        made.append(app)
        return app

    yield make
    for app in made:
        app.extensions["caveat"].store.close()


@pytest.fixture
def app(make_app: Callable[..., Flask], reader: Reader) -> Flask:
    """An application with default settings and its cache within the process."""
    return make_app(reader)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of ``app``."""
    return app.test_client()


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
