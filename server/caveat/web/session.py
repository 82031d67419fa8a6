"""Who looks at a page: the cookie that a browser holds after signing in.

In: a request, a database session and the time. Out: a ``Caller``, or None for somebody who is not signed
in. What can go wrong: nothing; a cookie that does not hold any more is no cookie. The cookie carries a
bearer token of its own (see ``accounts.tokens``), so that it is listed and revoked as any other. No
script can read it, no form of another site sends it, and it never works as a token of the API.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from flask import abort, g, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from caveat.accounts import tokens
from caveat.accounts.models import Account, Role
from caveat.accounts.tokens import Caller
from caveat.database import Database

COOKIE = "caveat_session"
SCOPE = "account annotate moderate"
LIFETIME = timedelta(days=30)
SIGN_IN = "/account/"


@dataclass(frozen=True)
class Visitor:
    """What every page may show of who is signed in: ``visitor`` in templates."""

    alias: str
    role: Role
    has_password: bool


def now() -> datetime:
    """The time of this request, for services, which are handed theirs."""
    return datetime.now(UTC)


def visitor(session: Session, now: datetime) -> Caller | None:
    """Who is signed in; the page's head shows it."""
    secret = request.cookies.get(COOKIE)
    found = tokens.whose(session, secret, now) if secret else None
    if found is None or not found.may("account"):
        g.visitor = None
        return None
    # Plain words, as a page may have to be made when the session has been rolled back.
    g.visitor = Visitor(found.account.alias or "", found.account.role, found.account.password is not None)
    return found


def signed_in(session: Session, now: datetime, *roles: Role) -> Caller:
    """Who is signed in. Leads anybody else to the form, and back from there; refuses other roles (403)."""
    found = visitor(session, now)
    if found is None:
        here = request.full_path.rstrip("?") if request.method == "GET" else ""
        abort(redirect(SIGN_IN + (f"?next={quote(here, safe='/')}" if here else ""), 303))
    if roles and found.account.role not in roles:
        needed = " or ".join(f"{role}s" for role in roles)
        abort(403, f"This page is for {needed}.")
    return found


def sign_in(session: Session, account: Account, now: datetime) -> str:
    """A new token for this browser, whatever cookie it came with. Hand it to ``remember`` once committed."""
    sign_out(session, now)
    return tokens.issue(session, account, "browser", SCOPE, now, LIFETIME)[0]


def sign_out(session: Session, now: datetime) -> None:
    """End the token of this browser."""
    here = visitor(session, now)
    if here:
        tokens.revoke(session, here.account, here.token.id, now)
    g.visitor = None


def remember(answer: Response, secret: str) -> Response:
    """Give the browser its cookie."""
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=LIFETIME,
        path="/",
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
    return answer


def forget(answer: Response) -> Response:
    """Take the cookie away."""
    answer.delete_cookie(COOKIE, path="/", secure=request.is_secure, httponly=True, samesite="Lax")
    return answer


def welcome(database: Database, account: Account, on_to: str) -> Response:
    """Signed in, and on."""
    moment = now()
    with database.begin() as session:
        secret = sign_in(session, session.get_one(Account, account.id), moment)
    return remember(redirect(safe_next(on_to), 303), secret)


def safe_next(address: str | None, otherwise: str = "/account/") -> str:
    """A place on this server to go on to; anything that could lead elsewhere is not followed."""
    if address is None or len(address) > 4_000 or not address.startswith("/") or address[1:2] in ("/", "\\"):
        return otherwise
    # Browsers drop control characters and take a backslash for a slash: "/\t/elsewhere.example".
    return address if address.isascii() and address.isprintable() and "\\" not in address else otherwise
