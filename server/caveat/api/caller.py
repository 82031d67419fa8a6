"""Who asks: the bearer token of a request, and the account behind it.

In: a request with ``Authorization: Bearer ...`` (RFC 6750). Out: a ``Caller``. What can go wrong: no token
or one that does not hold (401), one made for something else (403), one in the address (400: addresses are
logged and shared). A page's cookie is no token here, so that no other site can act through a browser.
"""

from __future__ import annotations

from datetime import datetime

from flask import request
from sqlalchemy.orm import Session

from caveat.accounts import tokens
from caveat.accounts.tokens import Caller
from caveat.api.problems import refuse


def caller(session: Session, now: datetime, scope: str) -> Caller:
    """Who asks. Refuses whoever has no token for ``scope``."""
    found = caller_or_none(session, now)
    if found is None:
        refuse(
            401,
            "This needs an account. Connect the extension, or make a token on your account page and send it "
            "as Authorization: Bearer ...",
            headers={"WWW-Authenticate": "Bearer"},
        )
    if not found.may(scope):
        refuse(
            403,
            f"This token was not made to {tokens.SCOPES[scope]}.",
            headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'},
        )
    return found


def caller_or_none(session: Session, now: datetime) -> Caller | None:
    """Who asks; None for a reader without an account. A token that does not hold is refused."""
    if "access_token" in request.args:
        refuse(400, "A token in an address is seen by others. Send it as Authorization: Bearer ...")
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if not kind:
        return None
    found = tokens.whose(session, secret.strip(), now) if kind.lower() == "bearer" else None
    if found is None:
        refuse(
            401,
            "This token does not hold: it is unknown, has expired or was revoked. Connect again.",
            headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
        )
    return found
