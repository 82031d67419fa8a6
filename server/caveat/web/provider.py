"""Signing in through an OpenID provider: authorization code, PKCE and nonce, by Authlib.

In: the provider's issuer and our client there, from the settings. Out: the account that the provider
answers for; who comes for the first time goes on to the form for joining, with an invitation and an alias,
as everybody. What can go wrong: the provider does not answer, or what it says does not hold; a page says so
and nobody is signed in. Of what it says only its own name for the person is kept.
"""

from __future__ import annotations

import hmac
import time
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response as AnyResponse

from caveat.accounts import joining
from caveat.config import Settings
from caveat.database import Database
from caveat.web.page import error, pages
from caveat.web.session import safe_next, welcome

_PENDING, _ON_TO = "pending", "on_to"
_PENDING_FOR = 15 * 60  # seconds to find the invitation and think of an alias
_TIMEOUT = 10  # seconds
_LONGEST_SUBJECT = 255  # OpenID Connect Core, section 2
_NOT_HOLDING = (
    "What the provider answered does not hold, or came too late. You are not signed in. Try once more; if it "
    "goes on, tell whoever runs this server."
)


class _OwnCookie(SecureCookieSessionInterface):
    """Flask's signed cookie, only for the way to the provider and back."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        return request.is_secure


def blueprint(app: Flask, database: Database, settings: Settings) -> Blueprint:
    """The routes. ``settings`` names a provider."""
    client = _client(app, settings)
    routes = pages("provider", "/account/provider")

    @routes.get("/")
    def leave() -> AnyResponse:
        session[_ON_TO] = safe_next(request.args.get("next"))
        try:
            _check_issuer(client, settings)
            there: AnyResponse = client.authorize_redirect(url_for("provider.come_back", _external=True))
        except (AuthlibBaseError, RequestException, ValueError, KeyError, RuntimeError):
            return error(502, "The OpenID provider does not answer as it should. Try again in a while.")
        return there

    @routes.get("/back")
    def come_back() -> AnyResponse:
        try:
            _check_issuer(client, settings)
            said = client.authorize_access_token().get("userinfo") or {}
            subject = said["sub"]
        except RequestException:
            return error(502, "The OpenID provider does not answer. Try again in a while.")
        except (AuthlibBaseError, JoseError, ValueError, KeyError, RuntimeError, TypeError):
            return error(403, _NOT_HOLDING)
        if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
            return error(403, _NOT_HOLDING)
        whole = f"{settings.oidc_issuer} {subject}"
        with database.read() as store:
            account = joining.by_subject(store, whole)
        if account is None:
            session[_PENDING] = [whole, time.time() + _PENDING_FOR]
            return redirect("/account/join", 303)
        return welcome(database, account, session.pop(_ON_TO, "/account/"))

    return routes


def pending() -> str | None:
    """Whom the provider answers for in this browser and who is yet to join."""
    subject, until = session.get(_PENDING) or (None, 0.0)
    return subject if until > time.time() else None


def settled() -> str | None:
    """They joined; gives where they were going."""
    if _PENDING not in session:
        return None
    session.pop(_PENDING)
    return session.pop(_ON_TO, None)  # type: ignore[no-any-return]


def _client(app: Flask, settings: Settings) -> Any:
    assert settings.oidc_client_secret is not None  # noqa: S101 - Settings.check
    # From what all servers of an installation share, so that the way back may lead to another of them.
    app.secret_key = hmac.digest(settings.oidc_client_secret.encode(), b"caveat provider cookie", "sha256")
    app.session_interface = _OwnCookie()
    app.config.update(
        SESSION_COOKIE_NAME="caveat_provider",
        SESSION_COOKIE_PATH="/account/",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    oauth: Any = OAuth(app)  # type: ignore[no-untyped-call]
    return oauth.register(
        "provider",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=f"{(settings.oidc_issuer or '').rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid",
            "code_challenge_method": "S256",
            "default_timeout": _TIMEOUT,
        },
    )


def _check_issuer(client: Any, settings: Settings) -> None:
    """The document must be of the issuer that was asked for (OpenID Connect Discovery, 4.3)."""
    if client.load_server_metadata().get("issuer") != settings.oidc_issuer:
        raise ValueError("the provider calls itself otherwise")
