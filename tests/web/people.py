"""People for the tests of pages: accounts in a store, and browsers that are signed in."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from caveat.accounts import joining, passwords
from caveat.accounts.models import Account, Role

PASSWORD = "seven ferries at noon"  # noqa: S105
ADDRESS = "http://localhost"


@cache
def kept() -> str:
    """PASSWORD as it is kept; made once, as making one is slow."""
    return passwords.keep(PASSWORD)


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def somebody(app: Flask, alias: str = "Mara", role: Role = Role.VOLUNTEER) -> Account:
    """An account."""
    with app.extensions["caveat"].database.begin() as session:
        return joining.add(session, alias, role, now(), kept())


def form_token(page: str) -> str:
    """The token of the forms of a page."""
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', page)
    assert found, "the page has no form"
    return found[1]


def send(client: FlaskClient, path: str, page: str = "/account/", **fields: object) -> TestResponse:
    """Send a form as a browser does, from a page of ours."""
    token = form_token(client.get(page).text)
    return client.post(path, data={"form_token": token, **fields}, headers={"Sec-Fetch-Site": "same-origin"})


def sign_in(
    client: FlaskClient, alias: str = "Mara", password: str = PASSWORD, **fields: object
) -> TestResponse:
    """Fill in the form for signing in."""
    return send(client, "/account/sign-in", alias=alias, password=password, **{"next": "/account/", **fields})


def browser(app: Flask, alias: str = "Mara", role: Role = Role.VOLUNTEER) -> FlaskClient:
    """A browser in which a new somebody is signed in."""
    somebody(app, alias, role)
    client = app.test_client()
    assert sign_in(client, alias).status_code == 303
    return client
