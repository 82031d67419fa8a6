"""Who may do what: roles, suspending, vouching.

In: who decides (None for the command line) and about whom. Out: the account changed, and a line in the log.
What can go wrong: ``Refused`` where the decision is not theirs (403), or would leave nobody to administer
(409).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from caveat.accounts import log, tokens
from caveat.accounts.models import Account, Role, State
from caveat.accounts.refused import Refused

_DECIDING = (Role.MODERATOR, Role.ADMINISTRATOR)


def change_role(session: Session, by: Account | None, account: Account, role: Role, now: datetime) -> None:
    """Give an account another role."""
    if by is not None and by.role != Role.ADMINISTRATOR:
        raise Refused(403, "Only an administrator changes roles.")
    if account.state == State.CLOSED:
        raise Refused(409, "This account is closed.")
    if account.role == role:
        return
    if role != Role.ADMINISTRATOR:
        keep_an_administrator(session, account)
    was, account.role = account.role, role
    log.record(session, now, by, "change role", account, was=was, role=role)


def suspend(session: Session, by: Account | None, account: Account, reason: str, now: datetime) -> None:
    """Let an account do nothing until it is restored; it is signed out everywhere."""
    _decides(by, account)
    if not reason.strip():
        raise Refused(422, "Say why, for those who look at it later.", "#/reason")
    if account.state != State.ACTIVE:
        raise Refused(409, f"This account is {account.state}.")
    keep_an_administrator(session, account)
    account.state = State.SUSPENDED
    tokens.revoke_all(session, account, now)
    log.record(session, now, by, "suspend", account, reason.strip())


def restore(session: Session, by: Account | None, account: Account, reason: str, now: datetime) -> None:
    """End a suspension."""
    _decides(by, account)
    if account.state != State.SUSPENDED:
        raise Refused(409, f"This account is {account.state}.")
    account.state = State.ACTIVE
    log.record(session, now, by, "restore", account, reason.strip())


def vouch(session: Session, by: Account, account: Account, now: datetime) -> None:
    """Answer for an account that somebody else let in."""
    if by.role not in _DECIDING or by.id == account.id:
        raise Refused(403, "A moderator vouches for others.")
    if account.state != State.ACTIVE:
        raise Refused(409, f"This account is {account.state}.")
    account.vouched_by_id = by.id
    log.record(session, now, by, "vouch", account)


def keep_an_administrator(session: Session, leaving: Account) -> None:
    """Refuse what would leave nobody to administer. Whoever asks at the same time waits."""
    if leaving.role != Role.ADMINISTRATOR:
        return
    can_sign_in = or_(Account.password.is_not(None), Account.subject.is_not(None))
    administer = (Account.role == Role.ADMINISTRATOR, Account.state == State.ACTIVE, can_sign_in)
    there = session.scalars(
        select(Account.id).where(*administer).order_by(Account.id).with_for_update()
    ).all()
    if there == [leaving.id] or not there:
        raise Refused(
            409, "This is the last administrator. Make another account administrator first: caveat user role"
        )


def _decides(by: Account | None, account: Account) -> None:
    if by is None or by.role == Role.ADMINISTRATOR:
        return
    if by.role != Role.MODERATOR or account.role in _DECIDING:
        raise Refused(403, "A moderator decides about volunteers and educators; an administrator about all.")
