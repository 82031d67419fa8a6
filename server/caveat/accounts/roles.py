"""Who may do what: roles, suspending, vouching.

In: who decides (None for the command line) and about whom. Out: the account changed, and a line in the log.
What can go wrong: ``Refused`` where the decision is not theirs (403), would leave nobody to administer or
comes after another one (409), or has no reason (422).

Nobody decides about themselves. ``looked_at`` lets one of two who decide at once win, and tells the other.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from caveat.accounts import log, tokens
from caveat.accounts.models import Account, Entry, Role, State
from caveat.accounts.refused import Refused

_DECIDING = (Role.MODERATOR, Role.ADMINISTRATOR)


class Deed(StrEnum):
    """What can be decided about somebody; the log calls it by the same word."""

    VOUCH = "vouch"
    SUSPEND = "suspend"
    RESTORE = "restore"
    CHANGE_ROLE = "change role"


_DONE = {
    Deed.VOUCH: "vouched for them",
    Deed.SUSPEND: "suspended them",
    Deed.RESTORE: "ended their suspension",
    Deed.CHANGE_ROLE: "changed their role",
}
_FROM = {
    Deed.VOUCH: (State.ACTIVE,),
    Deed.SUSPEND: (State.ACTIVE,),
    Deed.RESTORE: (State.SUSPENDED,),
    Deed.CHANGE_ROLE: (State.ACTIVE, State.SUSPENDED),
}


def may(by: Account, account: Account) -> list[Deed]:
    """What somebody can decide about an account as it stands."""
    return [deed for deed in Deed if _fault(by, account, deed) is None]


def change_role(
    session: Session, by: Account | None, account: Account, role: Role, now: datetime, reason: str = ""
) -> None:
    """Give an account another role."""
    _check(by, account, Deed.CHANGE_ROLE)
    if account.role == role:
        return
    if role != Role.ADMINISTRATOR:
        keep_an_administrator(session, account)
    was, account.role = account.role, role
    log.record(session, now, by, Deed.CHANGE_ROLE, account, reason.strip(), was=was, role=role)


def suspend(session: Session, by: Account | None, account: Account, reason: str, now: datetime) -> None:
    """Let an account do nothing until it is restored; it is signed out everywhere."""
    _check(by, account, Deed.SUSPEND)
    if not reason.strip():
        raise Refused(422, "Say why, for those who look at it later.", "#/reason")
    keep_an_administrator(session, account)
    account.state = State.SUSPENDED
    tokens.revoke_all(session, account, now)
    log.record(session, now, by, Deed.SUSPEND, account, reason.strip())


def restore(session: Session, by: Account | None, account: Account, reason: str, now: datetime) -> None:
    """End a suspension."""
    _check(by, account, Deed.RESTORE)
    account.state = State.ACTIVE
    log.record(session, now, by, Deed.RESTORE, account, reason.strip())


def vouch(session: Session, by: Account, account: Account, now: datetime, reason: str = "") -> None:
    """Answer for an account that somebody else let in."""
    _check(by, account, Deed.VOUCH)
    account.vouched_by_id = by.id
    log.record(session, now, by, Deed.VOUCH, account, reason.strip())


def last_deed(session: Session, account: Account) -> Entry | None:
    """The line of what was decided last about an account; its number is what ``looked_at`` compares."""
    mine = (Entry.subject == log.name_of(account), Entry.action.in_(Deed))
    return session.scalar(select(Entry).where(*mine).order_by(Entry.id.desc()).limit(1))


def looked_at(session: Session, by: Account, account: Account, last: int) -> None:
    """Refuse who looked at an account before the last deed: ``last`` is the number of the line that they saw
    (0 for none). Whoever decides at the same time waits until this session is committed."""
    # With the administrators, whom ``keep_an_administrator`` locks, and in its order: nobody waits for each
    # other. And with the one who decides, whose role may have changed.
    rows = or_(Account.id.in_((account.id, by.id)), Account.role == Role.ADMINISTRATOR)
    locked = select(Account).where(rows).order_by(Account.id).with_for_update()
    session.scalars(locked.execution_options(populate_existing=True)).all()
    line = last_deed(session, account)
    if line is not None and line.id != last:
        who = session.get(Account, line.account_id) if line.account_id else None
        deed = _DONE[Deed(line.action)]
        name = (who.alias or "Somebody who has left") if who else "Whoever runs the server"
        why = f" The reason: {line.reason}" if line.reason else ""
        raise Refused(
            409,
            f"{name} {deed} while you looked, at {line.at:%H:%M} UTC.{why} Look again before you decide.",
        )


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


def _check(by: Account | None, account: Account, deed: Deed) -> None:
    fault = _fault(by, account, deed)
    if fault is not None:
        raise fault


def _fault(by: Account | None, account: Account, deed: Deed) -> Refused | None:
    """Why somebody may not decide this about an account; None where they may."""
    if by is not None:
        if deed is Deed.CHANGE_ROLE and by.role != Role.ADMINISTRATOR:
            return Refused(403, "Only an administrator changes roles.")
        if by.role not in _DECIDING or by.state != State.ACTIVE:
            return Refused(403, "Moderators decide about people.")
        if by.id == account.id:
            return Refused(403, "Nobody decides about themselves: ask another moderator.")
        if deed in (Deed.SUSPEND, Deed.RESTORE) and by.role == Role.MODERATOR and account.role in _DECIDING:
            return Refused(
                403, "A moderator decides about volunteers and educators; an administrator about all."
            )
    if account.state not in _FROM[deed]:
        return Refused(409, f"This account is {account.state}.")
    return None
