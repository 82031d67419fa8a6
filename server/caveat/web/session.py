"""Who looks at a page: the cookie that a browser holds after signing in.

In: a request, a database session and the time. Out: a ``Caller``, or None for somebody who is not signed
in. What can go wrong: nothing; a cookie that does not hold any more is no cookie. The cookie carries a
bearer token of its own (see ``accounts.tokens``), so that it is listed and revoked as any other. No
script can read it, no form of another site sends it, and it never works as a token of the API.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import quote

from flask import abort, g, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from caveat.accounts import tokens
from caveat.accounts.models import Account, Role
from caveat.accounts.tokens import Caller

COOKIE = "caveat_session"
SCOPE = "account annotate moderate"
LIFETIME = timedelta(days=30)
SIGN_IN = "/account/"


def visitor(session: Session, now: datetime) -> Caller | None:
    """Who is signed in; the page's head shows it."""
    secret = request.cookies.get(COOKIE)
    found = tokens.whose(session, secret, now) if secret else None
    g.visitor = found if found and found.may("account") else None
    return g.visitor  # type: ignore[no-any-return]


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
    return tokens.issue(session, account, "browser", SCOPE, now, LIFETIME)[0]


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


def safe_next(address: str | None, otherwise: str = "/account/") -> str:
    """A place on this server to go on to; anything that could lead elsewhere is not followed."""
    if address is None or len(address) > 4_000 or not address.startswith("/") or address[1:2] in ("/", "\\"):
        return otherwise
    # Browsers drop control characters and take a backslash for a slash: "/\t/elsewhere.example".
    return address if address.isascii() and address.isprintable() and "\\" not in address else otherwise
