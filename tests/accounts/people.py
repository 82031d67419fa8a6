"""People for the tests of accounts."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

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
