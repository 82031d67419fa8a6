"""Closing an account: the row stays, emptied, for what hangs on it.

In: the account. Out: no alias, no password, no provider, no token that holds, no invitation that is open.
What can go wrong: ``Refused`` (409) for the last administrator. What it wrote is not its business: see
``annotations.leaving``.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from caveat.accounts import log, tokens
from caveat.accounts.models import Account, Invitation, State, Token
from caveat.accounts.roles import keep_an_administrator


def close(session: Session, account: Account, now: datetime) -> None:
    """Empty the account."""
    keep_an_administrator(session, account)
    tokens.revoke_all(session, account, now)
    session.execute(update(Token).where(Token.account_id == account.id).values(name="", prefix=""))
    unused = (Invitation.inviter_id == account.id, Invitation.used.is_(None))
    session.execute(delete(Invitation).where(*unused))
    account.alias = account.alias_key = account.password = account.subject = None
    # The role stays: whom a moderator let in counts for more than whom a volunteer did.
    account.state = State.CLOSED
    log.record(session, now, account, "close", account)
