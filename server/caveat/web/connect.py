"""``/connect``: an extension or a program asks to act for somebody, and gets a token.

In: an authorization request (RFC 6749, 4.1.1, with PKCE), the person's answer on the consent page, and
then a code. Out: a redirect to where the extension waits; JSON for the token (5.1) and its end (RFC 7009).
What can go wrong: a request whose redirect address is nobody's is answered by a page and leads nowhere;
everything else in the words of RFC 6749.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import orjson
from flask import Blueprint, Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from caveat.accounts import connecting
from caveat.accounts.connecting import OAuthError, Request
from caveat.accounts.tokens import SCOPES
from caveat.database import Database
from caveat.web.forms import checked_form
from caveat.web.page import page, pages
from caveat.web.session import now, signed_in

_ASKED = (
    "response_type",
    "client_id",
    "redirect_uri",
    "code_challenge",
    "code_challenge_method",
    "scope",
    "state",
)


def blueprint(database: Database, chrome_ids: tuple[str, ...]) -> Blueprint:
    """The pages."""
    routes = pages("connect", "/connect")

    @routes.get("/authorize")
    def ask() -> AnyResponse:
        asked = {name: request.args[name] for name in _ASKED if name in request.args}
        wanted = _wanted(asked, chrome_ids)
        if not isinstance(wanted, Request):
            return wanted
        with database.read() as session:
            me = signed_in(session, now())
        # The form's answer is a redirect to there.
        parts = urlsplit(wanted.redirect_uri)
        g.form_leads_to = f"{parts.scheme}://{parts.netloc}"
        may = [SCOPES[word] for word in wanted.scope.split()]
        shown: dict[str, Any] = {"asked": asked, "client": wanted.client, "may": may, "me": me.account}
        days = connecting.TOKEN_LIFETIME.days
        return page("connect.html", title=f"Connect {wanted.client}", days=days, **shown)

    @routes.post("/authorize")
    def answer() -> AnyResponse:
        decision = checked_form("decision")["decision"]
        asked = {name: request.form[name] for name in _ASKED if name in request.form}
        wanted = _wanted(asked, chrome_ids)
        if not isinstance(wanted, Request):
            return wanted
        with database.begin() as session:
            me = signed_in(session, now())
            if decision != "allow":
                return redirect(wanted.back(error="access_denied"), 303)
            code = connecting.allow(session, me.account, wanted, now())
        return redirect(wanted.back(code=code), 303)

    return routes


def endpoints(database: Database) -> Blueprint:
    """What programs ask: no cookie, no form token, no page."""
    routes = Blueprint("connect_endpoints", __name__, url_prefix="/connect")

    @routes.post("/token")
    def token() -> Response:
        if _repeated():
            return _failed(OAuthError("invalid_request", "a parameter came more than once"))
        with database.begin() as session:
            given = connecting.exchange(session, request.form, now())
        if isinstance(given, OAuthError):
            return _failed(given)
        secret, made = given
        return _json(
            200,
            access_token=secret,
            token_type="Bearer",  # noqa: S106 - RFC 6750's name for its kind
            expires_in=int(connecting.TOKEN_LIFETIME.total_seconds()),
            scope=made.scope,
        )

    @routes.post("/revoke")
    def revoke() -> Response:
        secret = request.form.get("token", "")
        if not secret or _repeated():
            return _failed(OAuthError("invalid_request", "send token, once, as a form"))
        with database.begin() as session:
            connecting.disconnect(session, secret, now())
        return _json(200)

    return routes


def _wanted(asked: dict[str, str], chrome_ids: tuple[str, ...]) -> Request | AnyResponse:
    redirect_uri = asked.get("redirect_uri", "")
    client = connecting.client_of(redirect_uri, chrome_ids)
    try:
        return connecting.check(asked, redirect_uri, client)
    except OAuthError as error:
        said = {"error": error.error, "error_description": error.description}
        state = asked.get("state")
        fitting = state if state is not None and len(state) <= connecting.LONGEST_STATE else None
        return redirect(connecting.back(redirect_uri, fitting, **said), 303)


def _repeated() -> bool:
    return any(len(values) > 1 for values in request.form.listvalues())


def _failed(error: OAuthError) -> Response:
    return _json(400, error=error.error, error_description=error.description)


def _json(status: int, **document: Any) -> Response:
    answer = Response(orjson.dumps(document), status, content_type="application/json")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Pragma"] = "no-cache"  # RFC 6749, 5.1
    return answer
