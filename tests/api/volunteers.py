"""A server with a store of either kind, and people who annotate through it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from annotations.community import NOW, URL, person, token_of
from caveat.accounts.models import Account, Role
from caveat.annotations import page_identity
from caveat.annotations.models import Annotation, Status
from caveat.database import Database

API = "/api/v1"
PREFIX = page_identity.digest(URL)[:5]
_numbers = count(1)


def submission(**changes: Any) -> dict[str, Any]:
    """What a client sends; no two are of the same words."""
    number = next(_numbers)
    given = {
        "client_id": f"client-{number}",
        "page": {"url": URL, "title": "Bridge reopens"},
        "target": {"exact": f"all {number} cars", "prefix": "", "suffix": " a day", "start": 99 * number},
        "signal": "bare-number",
        "body": "The council counted half as many in 2025.",
        "sources": [{"url": "https://statistics.example/2025", "title": "Traffic"}],
        "language": "en",
    }
    return given | changes


@dataclass
class Volunteer:
    """Somebody with a token."""

    client: FlaskClient
    account: Account
    headers: dict[str, str]

    def ask(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = self.headers | options.pop("headers", {})
        return self.client.open(API + path, method=method, headers=headers, **options)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.ask("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        return self.ask("POST", path, **({} if json is None else {"json": json}), **options)

    def writes(self, **changes: Any) -> dict[str, Any]:
        """An annotation of theirs."""
        answer = self.post("/annotations", submission(**changes))
        assert answer.status_code == 201, answer.text
        return answer.json

    def rates(self, id_: str, verdict: str, *reasons: str) -> TestResponse:
        given = {"verdict": verdict, "reasons": list(reasons)}
        return self.ask("PUT", f"/annotations/{id_}/rating", json=given)


@dataclass
class Place:
    """A server, and its store."""

    app: Flask
    database: Database
    now: list[datetime]

    @property
    def reader(self) -> FlaskClient:
        """Somebody without an account."""
        return self.app.test_client()

    def volunteer(self, role: Role = Role.VOLUNTEER, **options: Any) -> Volunteer:
        with self.database.begin() as session:
            account = person(session, role, **options)
        return Volunteer(self.app.test_client(), account, token_of(self.database, account))

    def stands(self, id_: str, status: Status) -> None:
        """As if it had been decided so, with its look-ups forgotten."""
        from uuid import UUID

        from sqlalchemy import select

        with self.database.begin() as session:
            one = session.scalars(select(Annotation).where(Annotation.uuid == UUID(id_))).one()
            one.status, one.revision = status, one.revision + 1
            prefix = one.page.prefix
        self.app.extensions["caveat"].lookups.forget([prefix])


def place(make: Callable[..., Flask], reader: Any, database_url: str, **settings: Any) -> Place:
    """A server on a store, at a time that a test may change."""
    now = [NOW]
    app = make(reader, database_url=database_url, clock=lambda: now[0], **settings)
    return Place(app, app.extensions["caveat"].database, now)
