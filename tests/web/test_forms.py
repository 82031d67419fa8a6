"""Forms: nobody but a page of ours can send one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter

from caveat.accounts.models import Role
from caveat.reading import Reader
from web.people import browser, form_token

FROM_ELSEWHERE = "does not come from a page of this server"
# What programs call: it asks for a token in a header, which no form can send, or for a secret of its own.
FOR_PROGRAMS = ("/api/", "/annotations/", "/connect/token", "/connect/revoke")


def changing(app: Flask) -> list[tuple[str, str]]:
    """Every method and address that changes something, with numbers where the address takes some."""
    adapter = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        values = {name: _sample(rule._converters[name]) for name in rule.arguments}
        path = adapter.build(rule.endpoint, values, method=next(iter(rule.methods or {"GET"})))
        if not path.startswith(FOR_PROGRAMS):
            found += [
                (method, path) for method in sorted((rule.methods or set()) - {"GET", "HEAD", "OPTIONS"})
            ]
    return found


def _sample(converter: object) -> object:
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    kind = type(converter).__name__
    return {"IntegerConverter": 1, "UUIDConverter": "00000000-0000-4000-8000-000000000000"}.get(kind, "a")


def test_pages_change_something_by_post_only(app: Flask) -> None:
    found = changing(app)
    assert len(found) > 10
    assert {method for method, _ in found} == {"POST"}


@pytest.mark.parametrize(
    ("sent", "headers"),
    [
        ("nothing", {}),
        ("empty", {"Sec-Fetch-Site": "same-origin"}),
        ("a stranger's", {"Sec-Fetch-Site": "same-origin"}),
        ("the right one", {"Sec-Fetch-Site": "cross-site"}),
        ("the right one", {"Sec-Fetch-Site": "same-site"}),
        ("the right one", {"Origin": "https://elsewhere.example"}),
        ("the right one", {"Origin": "http://localhost.elsewhere.example"}),
    ],
)
def test_every_form_refuses_what_comes_from_elsewhere(app: Flask, sent: str, headers: dict[str, str]) -> None:
    mine, strangers = (browser(app, alias, Role.ADMINISTRATOR) for alias in ("Mara", "Oskar"))
    token = {
        "nothing": None,
        "empty": "",
        "a stranger's": form_token(strangers.get("/account/").text),
        "the right one": form_token(mine.get("/account/").text),
    }[sent]
    fields = {} if token is None else {"form_token": token}
    for _, path in changing(app):
        answer = mine.post(path, data=fields, headers=headers)
        assert (path, answer.status_code) == (path, 403)
        assert (path, FROM_ELSEWHERE in answer.text) == (path, True)


def test_every_form_refuses_without_a_cookie(app: Flask) -> None:
    client = app.test_client(use_cookies=False)
    token = form_token(client.get("/account/").text)
    for _, path in changing(app):
        answer = client.post(path, data={"form_token": token})
        assert (path, answer.status_code) == (path, 403)


def test_the_token_of_before_signing_in_is_none_afterwards(app: Flask) -> None:
    client = app.test_client()
    before = form_token(client.get("/account/").text)
    client = browser(app)
    answer = client.post("/account/sign-out", data={"form_token": before})
    assert answer.status_code == 403
    assert "Sign out" in client.get("/account/").text


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Origin": "http://localhost"}])
def test_a_browser_that_says_less_may_send_our_forms(app: Flask, headers: dict[str, str]) -> None:
    client = browser(app)
    token = form_token(client.get("/account/").text)
    assert client.post("/account/sign-out", data={"form_token": token}, headers=headers).status_code == 303


def test_a_form_without_one_of_its_fields_is_told_so(app: Flask) -> None:
    client = browser(app)
    token = form_token(client.get("/account/").text)
    answer = client.post("/account/invitations", data={"form_token": token})
    assert answer.status_code == 400
    assert "without &#39;role&#39;" in answer.text


@pytest.mark.parametrize("secure", [False, True])
def test_cookies_are_for_this_server_only_and_no_script_reads_them(
    make_app: Callable[..., Flask], reader: Reader, secure: bool
) -> None:
    app = make_app(reader)
    client = browser(app)
    scheme = "https" if secure else "http"
    fresh = app.test_client()
    page = fresh.get("/account/", base_url=f"{scheme}://localhost")
    planted = page.headers.getlist("Set-Cookie")
    given = fresh.post(
        "/account/sign-in",
        data={
            "form_token": form_token(page.text),
            "alias": "Mara",
            "password": "seven ferries at noon",
            "next": "",
        },
        base_url=f"{scheme}://localhost",
    ).headers.getlist("Set-Cookie")
    assert client
    assert [cookie.split("=")[0] for cookie in planted + given] == ["caveat_form", "caveat_session"]
    for cookie in planted + given:
        attributes = {part.strip() for part in cookie.split(";")[1:]}
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= attributes
        assert ("Secure" in attributes) == secure
        assert not any(attribute.startswith("Domain") for attribute in attributes)
