"""Signing in through an OpenID provider: a small real one, which each test may bend."""

from __future__ import annotations

import secrets
import threading
import time
import urllib.request
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask, Response, jsonify, redirect, request
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from caveat.accounts import invitations, joining, roles
from caveat.accounts.models import Role
from caveat.reading import Reader
from web.people import now, send

CLIENT, SECRET = "caveat", "a client's secret"


class Provider:
    """Answers for one person, whoever asks; ``bend`` changes what it says."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.claims: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}
        self.signs_with = self.key
        self.asked: list[dict[str, str]] = []
        self._codes: dict[str, dict[str, str]] = {}
        self._server = make_server("127.0.0.1", 0, self._app(), threaded=True)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _app(self) -> Flask:
        app = Flask("provider")

        @app.get("/.well-known/openid-configuration")
        def metadata() -> Response:
            return jsonify(
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/keys",
                    "id_token_signing_alg_values_supported": ["RS256"],
                    **self.metadata,
                }
            )

        @app.get("/keys")
        def keys() -> Response:
            return jsonify({"keys": [self.key.as_dict(private=False)]})

        @app.get("/authorize")
        def authorize() -> Any:
            asked = request.args.to_dict()
            self.asked.append(asked)
            code = secrets.token_hex(8)
            self._codes[code] = asked
            return redirect(f"{asked['redirect_uri']}?code={code}&state={asked['state']}")

        @app.post("/token")
        def token() -> Any:
            asked = self._codes.pop(request.form["code"])
            made = (
                urlsafe_b64encode(sha256(request.form["code_verifier"].encode()).digest())
                .rstrip(b"=")
                .decode()
            )
            assert asked["code_challenge_method"] == "S256"
            assert request.authorization
            if made != asked["code_challenge"] or request.authorization.password != SECRET:
                return jsonify({"error": "invalid_grant"}), 400
            claims = {
                "iss": self.issuer,
                "sub": "person-7",
                "aud": CLIENT,
                "iat": int(time.time()),
                "exp": int(time.time()) + 60,
                "nonce": asked["nonce"],
                **self.claims,
            }
            claims = {name: value for name, value in claims.items() if value is not None}
            signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with)
            return jsonify({"access_token": "x", "token_type": "Bearer", "id_token": signed})

        return app


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider on this machine."""
    made = Provider()
    yield made
    made.close()


@pytest.fixture
def app(make_app: Callable[..., Flask], reader: Reader, provider: Provider) -> Flask:
    """A server that trusts it."""
    return make_app(reader, oidc_issuer=provider.issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET)


def go(client: FlaskClient, on_to: str = "/account/") -> TestResponse:
    """To the provider and back, as a browser goes."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    leaving = client.get(f"/account/provider/?next={on_to}")
    assert leaving.status_code == 302, leaving.text
    try:
        urllib.request.build_opener(Stay).open(leaving.headers["Location"])
    except urllib.request.HTTPError as answer:
        back = answer.headers["Location"]
        answer.close()
    return client.get(back.removeprefix("http://localhost"))


def join(app: Flask, client: FlaskClient, alias: str = "Mara") -> TestResponse:
    """Come for the first time, with an invitation."""
    with app.extensions["caveat"].database.begin() as session:
        code = invitations.invite(session, None, Role.VOLUNTEER, now())
    assert go(client).headers["Location"] == "/account/join"
    return send(client, "/account/join", "/account/join", invitation=code, alias=alias)


def test_the_first_time_takes_an_invitation_and_an_alias_and_then_neither(
    app: Flask, provider: Provider
) -> None:
    client = app.test_client()
    assert "Sign in with your organisation" in client.get("/account/").text
    joined = join(app, client)
    assert (joined.status_code, joined.headers["Location"]) == (303, "/account/")
    assert "<bdi>Mara</bdi>" in client.get("/account/").text
    with app.extensions["caveat"].database.read() as session:
        account = joining.named(session, "Mara")
        assert account
        assert (account.subject, account.password) == (f"{provider.issuer} person-7", None)
    other = app.test_client()
    came = go(other, "/account/delete")
    assert (came.status_code, came.headers["Location"]) == (303, "/account/delete")
    assert "Your alias, to confirm" in other.get("/account/delete").text


def test_the_provider_is_asked_for_nothing_but_who_it_is(app: Flask, provider: Provider) -> None:
    go(app.test_client())
    (asked,) = provider.asked
    assert (asked["scope"], asked["code_challenge_method"]) == ("openid", "S256")
    assert asked["redirect_uri"] == "http://localhost/account/provider/back"
    assert min(len(asked["nonce"]), len(asked["state"])) >= 16


def test_without_an_invitation_nobody_joins(app: Flask) -> None:
    client = app.test_client()
    go(client)
    page = client.get("/account/join").text
    assert 'name="password"' not in page
    refused = send(client, "/account/join", "/account/join", invitation="wrong", alias="Mara")
    assert (refused.status_code, "does not hold" in refused.text) == (403, True)


FAULTS: list[tuple[str, dict[str, Any]]] = [
    ("another issuer", {"iss": "https://elsewhere.example"}),
    ("another audience", {"aud": "somebody else"}),
    ("another nonce", {"nonce": "x" * 20}),
    ("no nonce", {"nonce": None}),
    ("expired", {"exp": 1_000_000}),
    ("no expiry", {"exp": None}),
    ("no subject", {"sub": None}),
    ("an empty subject", {"sub": ""}),
    ("a number for a subject", {"sub": 7}),
    ("a long subject", {"sub": "x" * 256}),
]


@pytest.mark.parametrize("claims", [claims for _, claims in FAULTS], ids=[name for name, _ in FAULTS])
def test_what_does_not_hold_signs_nobody_in(app: Flask, provider: Provider, claims: dict[str, Any]) -> None:
    provider.claims = claims
    client = app.test_client()
    answer = go(client)
    assert (answer.status_code, answer.mimetype) == (403, "text/html")
    assert "does not hold" in answer.text
    assert 'name="password"' in client.get("/account/join").text


def test_a_signature_by_another_key_signs_nobody_in(app: Flask, provider: Provider) -> None:
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert go(app.test_client()).status_code == 403


def test_a_provider_that_calls_itself_otherwise_is_not_followed(app: Flask, provider: Provider) -> None:
    provider.metadata = {"issuer": "https://elsewhere.example"}
    answer = app.test_client().get("/account/provider/")
    assert (answer.status_code, answer.headers.get("Location")) == (502, None)


def test_a_provider_that_is_away_is_said_to_be(app: Flask, provider: Provider) -> None:
    provider.close()
    answer = app.test_client().get("/account/provider/")
    assert (answer.status_code, "does not answer" in answer.text) == (502, True)


@pytest.mark.parametrize("query", ["", "code=x", "code=x&state=y", "state=y", "error=access_denied&state=y"])
def test_an_answer_that_nobody_asked_for_signs_nobody_in(app: Flask, query: str) -> None:
    answer = app.test_client().get(f"/account/provider/back?{query}")
    assert answer.status_code == 403
    assert "<script" not in answer.text


def test_an_answer_for_another_browser_signs_nobody_in(app: Flask) -> None:
    mine, strangers = app.test_client(), app.test_client()
    leaving = mine.get("/account/provider/")
    state = parse_qs(urlsplit(leaving.headers["Location"]).query)["state"][0]
    assert strangers.get(f"/account/provider/back?code=x&state={state}").status_code == 403


def test_a_suspended_account_stays_out(app: Flask) -> None:
    join(app, app.test_client())
    with app.extensions["caveat"].database.begin() as session:
        account = joining.named(session, "Mara")
        assert account
        roles.suspend(session, None, account, "spam", now())
    answer = go(app.test_client())
    assert (answer.status_code, "suspended" in answer.text) == (403, True)


def test_an_account_of_a_provider_is_deleted_by_its_alias(app: Flask) -> None:
    client = app.test_client()
    join(app, client)
    assert send(client, "/account/delete", confirmation="Oskar", annotations="keep").status_code == 403
    answer = send(client, "/account/delete", confirmation="Mara", annotations="keep")
    assert answer.headers["Location"] == "/account/deleted"
    assert go(app.test_client()).headers["Location"] == "/account/join"


def test_who_joins_on_the_way_to_somewhere_gets_there(app: Flask) -> None:
    with app.extensions["caveat"].database.begin() as session:
        code = invitations.invite(session, None, Role.VOLUNTEER, now())
    client = app.test_client()
    go(client, "/account/export")
    joined = send(client, "/account/join", "/account/join", invitation=code, alias="Mara")
    assert joined.headers["Location"] == "/account/export"


def test_the_way_back_leads_nowhere_else(app: Flask) -> None:
    join(app, app.test_client())
    assert go(app.test_client(), "//elsewhere.example").headers["Location"] == "/account/"


def test_the_cookie_of_the_way_is_strict(app: Flask) -> None:
    leaving = app.test_client().get("/account/provider/", base_url="https://localhost")
    (cookie,) = leaving.headers.getlist("Set-Cookie")
    assert cookie.startswith("caveat_provider=")
    assert {"Secure", "HttpOnly", "Path=/account/", "SameSite=Lax"} <= set(cookie.split("; "))


def test_without_a_provider_there_is_no_such_way(make_app: Callable[..., Flask], reader: Reader) -> None:
    client = make_app(reader).test_client()
    assert client.get("/account/provider/").status_code == 404
    assert "organisation" not in client.get("/account/").text
