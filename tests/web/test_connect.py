"""Connecting: the page that asks, the answer, the token, its end."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from accounts.people import ASKED, CHROME, FIREFOX, VERIFIER
from caveat.accounts import tokens
from caveat.reading import Reader
from web.people import browser, form_token, now, somebody

ORIGIN = "moz-extension://01234567-89ab-cdef-0123-456789abcdef"


def address(**asked: str) -> str:
    return f"/connect/authorize?{urlencode({**ASKED, **asked})}"


def decide(client: FlaskClient, decision: str, **asked: str) -> TestResponse:
    token = form_token(client.get(address(**asked)).text)
    return client.post(
        "/connect/authorize", data={**ASKED, **asked, "form_token": token, "decision": decision}
    )


def answered(answer: TestResponse) -> dict[str, str]:
    """What the extension is told."""
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def exchange(client: FlaskClient, code: str, **sent: str) -> TestResponse:
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": CHROME,
        "code_verifier": VERIFIER,
        **sent,
    }
    return client.post("/connect/token", data=fields, headers={"Origin": ORIGIN})


def test_a_volunteer_connects_and_disconnects(app: Flask) -> None:
    client = browser(app)
    page = client.get(address())
    for said in ("Caveat in Chrome", "write annotations and rate", CHROME, "cannot change your account"):
        assert said in page.text
    allowed = decide(client, "allow")
    assert allowed.status_code == 303
    assert allowed.headers["Location"].startswith(CHROME + "?")
    assert answered(allowed)["state"] == ASKED["state"]
    extension = app.test_client()
    given = exchange(extension, answered(allowed)["code"])
    assert given.status_code == 200
    assert given.json
    assert set(given.json) == {"access_token", "token_type", "expires_in", "scope"}
    assert (given.json["token_type"], given.json["scope"]) == ("Bearer", "annotate")
    assert (given.headers["Cache-Control"], given.headers["Pragma"]) == ("no-store", "no-cache")
    assert given.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Caveat in Chrome" in client.get("/account/").text
    ended = extension.post("/connect/revoke", data={"token": given.json["access_token"]})
    assert (ended.status_code, ended.headers["Cache-Control"]) == (200, "no-store")
    with app.extensions["caveat"].database.read() as session:
        assert tokens.whose(session, given.json["access_token"], now()) is None
    assert extension.post("/connect/revoke", data={"token": "unknown"}).status_code == 200
    assert extension.post("/connect/revoke").status_code == 400


def test_the_form_may_lead_to_the_extension_and_nowhere_else(app: Flask) -> None:
    page = browser(app).get(address())
    policy = page.headers["Content-Security-Policy"]
    assert f"form-action 'self' {CHROME.rstrip('/')};" in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["Cache-Control"] == "no-store"


def test_whoever_says_no_is_believed(app: Flask) -> None:
    client = browser(app)
    assert answered(decide(client, "deny")) == {"error": "access_denied", "state": ASKED["state"]}
    assert answered(decide(client, "perhaps"))["error"] == "access_denied"


def test_whoever_is_not_signed_in_signs_in_first_and_comes_back(app: Flask) -> None:
    somebody(app)
    client = app.test_client()
    led = client.get(address())
    assert led.status_code == 303
    to = parse_qs(urlsplit(led.headers["Location"]).query)["next"][0]
    assert to == address()


@pytest.mark.parametrize(
    "redirect_uri", ["", "https://elsewhere.example/", "javascript:alert(1)", CHROME + "?"]
)
def test_a_stranger_learns_nothing_and_is_led_to_nowhere(app: Flask, redirect_uri: str) -> None:
    client = browser(app)
    page = client.get(address(redirect_uri=redirect_uri))
    assert (page.status_code, page.mimetype, page.headers.get("Location")) == (400, "text/html", None)
    token = form_token(client.get(address()).text)
    fields = {**ASKED, "redirect_uri": redirect_uri, "form_token": token, "decision": "allow"}
    posted = client.post("/connect/authorize", data=fields)
    assert (posted.status_code, posted.headers.get("Location")) == (400, None)


@pytest.mark.parametrize(
    "asked", [{"code_challenge_method": "plain"}, {"code_challenge": ""}, {"scope": "account"}]
)
def test_a_request_that_is_wrong_is_answered_to_the_extension(app: Flask, asked: dict[str, str]) -> None:
    led = browser(app).get(address(**asked))
    assert led.headers["Location"].startswith(CHROME + "?error=invalid_")
    assert answered(led)["state"] == ASKED["state"]


def test_a_code_is_good_once_for_its_own_address_and_verifier(app: Flask) -> None:
    client = browser(app)
    for sent in ({"code_verifier": "x" * 43}, {"redirect_uri": FIREFOX}):
        wrong = exchange(client, answered(decide(client, "allow"))["code"], **sent)
        assert wrong.status_code == 400
        assert wrong.json
        assert wrong.json["error"] == "invalid_grant"
        assert wrong.headers["Cache-Control"] == "no-store"
    code = answered(decide(client, "allow"))["code"]
    first = exchange(client, code)
    assert first.json
    assert exchange(client, code).status_code == 400
    with app.extensions["caveat"].database.read() as session:
        assert tokens.whose(session, first.json["access_token"], now()) is None


def test_a_parameter_that_comes_twice_is_refused(client: FlaskClient) -> None:
    answer = client.post("/connect/token", data={"code": ["a", "b"]})
    assert answer.json
    assert (answer.status_code, answer.json["error"]) == (400, "invalid_request")
    assert client.post("/connect/token", json={"code": "a"}).status_code == 400


@pytest.mark.parametrize(
    ("path", "origin", "allowed"),
    [
        ("/connect/token", ORIGIN, True),
        ("/connect/revoke", ORIGIN, True),
        ("/connect/token", "https://elsewhere.example", False),
        ("/connect/authorize", ORIGIN, False),
        ("/account/", ORIGIN, False),
        ("/account/export", ORIGIN, False),
    ],
)
def test_only_extensions_read_the_token_and_nobody_a_page(
    client: FlaskClient, path: str, origin: str, allowed: bool
) -> None:
    answer = client.options(path, headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
    assert ("Access-Control-Allow-Origin" in answer.headers) == allowed
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_where_the_extension_is_named_no_other_of_chromes_connects(
    make_app: Callable[..., Flask], reader: Reader
) -> None:
    client = browser(make_app(reader, chrome_extension_ids=("ponmlkjihgfedcba" * 2,)))
    assert client.get(address()).status_code == 400
    assert client.get(address(redirect_uri=FIREFOX)).status_code == 200
