"""Ways in: the forms, what they say beside a field, and that guessing leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable

import argon2
import pytest
from flask import Flask
from flask.testing import FlaskClient

from caveat.accounts import invitations, joining, roles, tokens
from caveat.accounts.models import Account, Role
from caveat.database import Busy, DatabaseError, Full
from caveat.reading import Reader
from services import RedisServer
from web.people import PASSWORD, browser, form_token, now, send, sign_in, somebody

OTHER, SHORT = "eight ferries at noon", "short"


def code(app: Flask, role: Role = Role.VOLUNTEER) -> str:
    """An invitation."""
    with app.extensions["caveat"].database.begin() as session:
        return invitations.invite(session, None, role, now())


def test_somebody_joins_with_an_invitation_and_is_signed_in(app: Flask) -> None:
    client = app.test_client()
    joined = send(
        client, "/account/join", "/account/join", invitation=code(app), alias="Mara Teale", password=PASSWORD
    )
    assert (joined.status_code, joined.headers["Location"]) == (303, "/account/")
    assert "<bdi>Mara Teale</bdi>" in client.get("/account/").text
    # With a fragment of its own: else a browser would take along the one that an invitation came in.
    assert client.get("/account/join").headers["Location"] == "/account/#content"


def test_an_invitation_is_not_taken_from_an_address(app: Flask) -> None:
    client, given = app.test_client(), code(app)
    for query in (f"invitation={given}", given, f"code={given}"):
        assert given not in client.get(f"/account/join?{query}").text
    fields = {"alias": "Mara", "password": PASSWORD}
    answer = send(client, f"/account/join?invitation={given}", "/account/join", **fields)
    assert answer.status_code == 400
    answer = send(client, f"/account/join?invitation={given}", "/account/join", invitation="", **fields)
    assert (answer.status_code, "does not hold" in answer.text) == (403, True)


def test_a_new_server_says_how_its_first_administrator_is_made(app: Flask) -> None:
    client = app.test_client()
    somebody(app, "Oskar")
    assert "caveat user add" in client.get("/account/").text
    somebody(app, "Ada", Role.ADMINISTRATOR)
    assert "caveat user add" not in client.get("/account/").text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("invitation", "wrong", "does not hold"),
        ("alias", "ab", "3 to 30 characters"),
        ("alias", "admin", "speak for more than you"),
        ("alias", "OSKAR", "is taken"),
        ("password", "short", "at least 12 characters"),
        ("password", "password1234", "first that somebody would try"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(app: Flask, field: str, value: str, said: str) -> None:
    somebody(app, "Oskar")
    client = app.test_client()
    fields = {"invitation": code(app), "alias": "Mara", "password": PASSWORD, field: value}
    answer = send(client, "/account/join", "/account/join", **fields)
    assert answer.status_code in (403, 409, 422)
    beside = answer.text.partition(f'id="{field}-wrong">')[2].partition("</p>")[0]
    assert said in beside
    assert f'aria-describedby="{field}-wrong' in answer.text
    assert f'<a href="#{field}">' in answer.text
    assert PASSWORD not in answer.text
    assert "Set-Cookie" not in answer.headers


def test_without_a_valid_invitation_nobody_learns_which_aliases_there_are(app: Flask) -> None:
    somebody(app, "Oskar")
    client = app.test_client()
    pages = set()
    for alias in ("Oskar", "Nobody Yet"):
        fields = {"invitation": "wrong", "alias": alias, "password": PASSWORD}
        answer = send(client, "/account/join", "/account/join", **fields)
        pages.add((answer.status_code, answer.text.replace(f'value="{alias}"', "")))
    assert len(pages) == 1


def test_signing_in_says_the_same_of_every_alias(app: Flask) -> None:
    somebody(app, "Oskar")
    client = app.test_client()
    answers = set()
    for alias, password in [("Oskar", "wrong"), ("Nobody", "wrong"), ("admin", ""), ("<b>", "wrong")]:
        answer = sign_in(client, alias, password)
        shown = answer.text.replace(f'value="{alias}"', "").replace('value="&lt;b&gt;"', "")
        answers.add((answer.status_code, shown, str(sorted(answer.headers.keys()))))
    assert len(answers) == 1
    assert joining.WRONG in answers.pop()[1]


def test_signing_in_takes_as_long_for_every_alias(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    suspended = somebody(app, "Sasha")
    with app.extensions["caveat"].database.begin() as session:
        joining.add(session, "Provided", Role.VOLUNTEER, now(), subject="https://login.example 7")
        roles.suspend(session, None, session.get_one(Account, suspended.id), "spam", now())
    somebody(app, "Oskar")
    compared: list[str] = []
    verify = argon2.PasswordHasher.verify

    def noted(self: argon2.PasswordHasher, kept: str, password: str) -> bool:
        compared.append(str(argon2.extract_parameters(kept)))
        return verify(self, kept, password)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", noted)
    took = set()
    for alias in ("Oskar", "Nobody Yet", "Sasha", "Provided", "admin", "?", "x" * 5_000):
        compared.clear()
        assert sign_in(app.test_client(), alias, "not the password").status_code == 403
        took.add(tuple(compared))
    assert len(took) == 1
    assert len(took.pop()) == 1


def test_signing_in_gives_a_new_token_whatever_cookie_came_along(app: Flask) -> None:
    somebody(app)
    client = app.test_client()
    client.set_cookie("caveat_session", "cav_" + "x" * 43)
    sign_in(client)
    first = client.get_cookie("caveat_session")
    sign_in(client)
    second = client.get_cookie("caveat_session")
    assert first
    assert second
    assert len({first.value, second.value, "cav_" + "x" * 43}) == 3
    with app.extensions["caveat"].database.read() as session:
        assert tokens.whose(session, first.value, now()) is None  # the browser holds one at a time
        assert tokens.whose(session, second.value, now())


def test_signing_out_ends_the_token_and_takes_the_cookie(app: Flask) -> None:
    client = browser(app)
    held = client.get_cookie("caveat_session")
    answer = send(client, "/account/sign-out")
    assert answer.headers["Location"] == "/account/"
    assert client.get_cookie("caveat_session") is None
    assert held
    client.set_cookie("caveat_session", held.value)
    assert "Sign in" in client.get("/account/").text


@pytest.mark.parametrize(
    "asked", ["/account/delete", "/connect/authorize?redirect_uri=x&state=a%26b", "/desk/?page=2"]
)
def test_after_signing_in_one_goes_where_one_was_going(app: Flask, asked: str) -> None:
    somebody(app)
    assert sign_in(app.test_client(), next=asked).headers["Location"] == asked


def test_a_page_that_needs_an_account_leads_to_the_form_and_back(app: Flask) -> None:
    somebody(app)
    client = app.test_client()
    led = client.get("/account/delete?x=1")
    assert (led.status_code, led.headers["Location"]) == (303, "/account/?next=/account/delete%3Fx%3D1")
    page = client.get(led.headers["Location"]).text
    assert 'name="next" value="/account/delete?x=1"' in page


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/", "/\\elsewhere.example/", "\\\\elsewhere.example",
        "elsewhere",
        "/\t/elsewhere.example", "javascript:alert(1)", "", "/a\r\nSet-Cookie: x=1", "/é",
        "/" + "a" * 5_000, "/a\\..\\b",
        "http:elsewhere.example", " //elsewhere.example",
    ],
    ids=ascii,
)  # fmt: skip
def test_nobody_is_led_elsewhere(app: Flask, address: str) -> None:
    somebody(app)
    assert sign_in(app.test_client(), next=address).headers["Location"] == "/account/"


def test_a_code_for_a_password_lets_its_owner_choose_one(app: Flask) -> None:
    mara = somebody(app)
    with app.extensions["caveat"].database.begin() as session:
        account = session.get_one(Account, mara.id)
        given = invitations.for_password(session, account, now(), invitations.PASSWORD_LIFETIME)
    client = app.test_client()
    page = "/account/new-password"
    assert "at least 12" in send(client, page, page, invitation=given, password=SHORT).text
    assert "does not hold" in send(client, page, page, invitation="x", password=PASSWORD).text
    chosen = send(client, page, page, invitation=given, password=OTHER)
    assert chosen.status_code == 303
    assert sign_in(app.test_client(), "Mara").status_code == 403
    assert sign_in(app.test_client(), "Mara", OTHER).status_code == 303


@pytest.mark.parametrize("alias", ["Mara", "Nobody"])
def test_an_alias_can_be_tried_ten_times_from_one_address(app: Flask, alias: str) -> None:
    somebody(app)
    client = app.test_client()
    token = form_token(client.get("/account/").text)

    def attempt(alias: str, address: str = "192.0.2.1") -> int:
        fields = {"form_token": token, "alias": alias, "password": "wrong", "next": ""}
        answer = client.post("/account/sign-in", data=fields, environ_base={"REMOTE_ADDR": address})
        assert answer.status_code != 429 or 0 < int(answer.headers["Retry-After"]) <= 900
        return answer.status_code

    assert [attempt(alias) for _ in range(10)] == [403] * 10
    assert [attempt(alias.upper()), attempt(alias)] == [429, 429]
    assert attempt("Somebody Else") == 403
    assert attempt(alias, "198.51.100.7") == 403  # a stranger does not keep its owner out


def test_one_address_cannot_try_many_aliases_or_codes(app: Flask) -> None:
    client = app.test_client()
    token = form_token(client.get("/account/").text)
    fields = {"form_token": token, "alias": "x", "password": "x", "invitation": "wrong"}
    codes = [client.post("/account/join", data=fields).status_code for _ in range(51)]
    assert set(codes[:50]) == {422}
    assert codes[50] == 429
    assert client.post("/account/new-password", data=fields).status_code == 429


def test_attempts_are_counted_together_by_servers_that_share_a_redis(
    make_app: Callable[..., Flask], reader: Reader, redis: RedisServer
) -> None:
    app = make_app(reader, redis_url=redis.url)
    client = app.test_client()
    codes = [sign_in(client, "Nobody", "x").status_code for _ in range(11)]
    assert codes == [403] * 10 + [429]


@pytest.mark.parametrize("path", ["/account/", "/account/join", "/account/new-password"])
def test_a_page_for_signing_in_is_kept_by_nobody_and_runs_no_more_than_a_file_of_ours(
    client: FlaskClient, path: str
) -> None:
    page = client.get(path)
    assert page.headers["Cache-Control"] == "no-store"
    assert "form-action 'self';" in page.headers["Content-Security-Policy"]
    assert not any(tag in page.text for tag in ("<style", " style=", " onclick="))
    scripts = [] if path == "/account/" else ['<script src="/static/code.js" defer>']
    assert re.findall("<script[^>]*>", page.text) == scripts


def test_a_wrong_method_and_a_wrong_address_are_said_as_pages_and_problems(app: Flask) -> None:
    client = browser(app)
    assert client.get("/account/sign-in").status_code == 405
    page = send(client, "/account/tokens/99/revoke")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "no such token" in page.text


@pytest.mark.parametrize(("fault", "status"), [(Full("No room."), 507), (Busy("Others write."), 503)])
def test_a_store_that_fails_is_said_to_a_person_and_nobody_is_signed_in(
    app: Flask, monkeypatch: pytest.MonkeyPatch, fault: DatabaseError, status: int
) -> None:
    somebody(app)
    client = app.test_client()
    client.get("/account/")

    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr(tokens, "issue", fail)
    answer = sign_in(client)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert str(fault) in answer.text
    assert client.get_cookie("caveat_session") is None


def test_too_many_requests_are_said_as_a_page(make_app: Callable[..., Flask], reader: Reader) -> None:
    client = make_app(reader, rate_limit="1 per minute").test_client()
    sign_in(client)
    answer = sign_in(client)
    assert (answer.status_code, answer.mimetype) == (429, "text/html")
    assert answer.headers["Retry-After"] == "60"
