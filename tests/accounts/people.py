"""People for the tests of accounts, and an extension that asks to act for them."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256

from sqlalchemy.orm import Session

from caveat.accounts import joining, passwords
from caveat.accounts.models import Account, Role

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
PASSWORD = "seven ferries at noon"  # noqa: S105


@cache
def kept() -> str:
    """PASSWORD as it is kept."""
    return passwords.keep(PASSWORD)


def somebody(session: Session, alias: str = "Mara", role: Role = Role.VOLUNTEER) -> Account:
    """An account that can sign in."""
    return joining.add(session, alias, role, NOW, kept())


CHROME = "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/"
FIREFOX = f"https://{'0123456789' * 4}.extensions.allizom.org/"
VERIFIER = secrets.token_urlsafe(48)


def challenge(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


ASKED = {
    "response_type": "code",
    "redirect_uri": CHROME,
    "code_challenge": challenge(VERIFIER),
    "code_challenge_method": "S256",
    "state": "a state & more",
}
