"""Opaque bearer tokens (RFC 6750): made, looked up, revoked.

In: a session, the time, and for ``whose`` what a client presents. Out: the secret, once, when it is made;
later only whom it speaks for. A token reads ``cav_`` and 43 letters (256 random bits): the beginning lets
scanners of leaked secrets know it.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from caveat.accounts.models import Account, State, Token

SCOPES = {
    "annotate": "write annotations and rate those of others",
    "moderate": "decide at the moderation desk, where your role allows it",
    "account": "see and change the account itself, as its own pages do",
}
_SHAPE = re.compile(r"cav_[A-Za-z0-9_-]{43}")
SHOWN = 10  # letters of a token that its owner is shown again


@dataclass(frozen=True)
class Caller:
    """Whom a request speaks for, and what for."""

    account: Account
    token: Token

    def may(self, scope: str) -> bool:
        """Whether the token was made for this."""
        return scope in self.token.scope.split()


def digest(secret: str) -> str:
    """What is kept of a secret that is long and random."""
    return sha256(secret.encode()).hexdigest()


def issue(
    session: Session, account: Account, name: str, scope: str, now: datetime, lifetime: timedelta
) -> tuple[str, Token]:
    """A new token and its secret, which nobody can show again."""
    secret = "cav_" + secrets.token_urlsafe(32)
    token = Token(
        account=account,
        digest=digest(secret),
        prefix=secret[:SHOWN],
        name=name,
        scope=scope,
        created=now,
        expires=now + lifetime,
    )
    session.add(token)
    session.flush()
    return secret, token


def whose(session: Session, secret: str, now: datetime) -> Caller | None:
    """Whom a secret speaks for; None where it is unknown, expired, revoked, or its account is not active."""
    if not _SHAPE.fullmatch(secret):
        return None
    found = session.scalar(select(Token).where(Token.digest == digest(secret)))
    if found is None or found.revoked or found.expires <= now or found.account.state != State.ACTIVE:
        return None
    return Caller(found.account, found)


def revoke(session: Session, account: Account, token: int, now: datetime) -> bool:
    """End a token of this account; False where it has none of that number that still holds."""
    mine = (Token.id == token, Token.account_id == account.id, Token.revoked.is_(None))
    return session.scalar(update(Token).where(*mine).values(revoked=now).returning(Token.id)) is not None


def revoke_all(session: Session, account: Account, now: datetime) -> None:
    """End every token of this account."""
    mine = (Token.account_id == account.id, Token.revoked.is_(None))
    session.execute(update(Token).where(*mine).values(revoked=now))
