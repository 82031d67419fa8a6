"""Coming in: joining by an invitation, signing in, choosing a password.

In: what a person typed. Out: their account. What can go wrong: ``Refused``. Nothing here tells whether an
alias exists but to those who hold a valid invitation ("taken"): signing in says one sentence for a wrong
alias, a wrong password and an account that has none, and takes the same work for each.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from caveat.accounts import aliases, invitations, log, passwords, tokens
from caveat.accounts.models import Account, Invitation, Role, State
from caveat.accounts.refused import Refused
from caveat.database import Database

WRONG = "Alias and password do not go together."
_LAST = chr(0x10FFFF)  # comes after whatever an alias may have
_SUSPENDED = "This account is suspended. A moderator can tell you why."


def join(
    session: Session,
    code: str,
    alias: str,
    now: datetime,
    password: str | None = None,
    subject: str | None = None,
) -> Account:
    """A new account. ``password`` is one that ``passwords.keep`` gave; ``subject`` whom an OpenID provider
    answers for. Raises ``Refused``: nothing about the alias where the code does not hold."""
    invitation = invitations.claim(session, code, now)
    if invitation.account_id is not None:
        raise Refused(403, invitations.NOT_HOLDING, "#/invitation")
    account = add(session, alias, invitation.role, now, password, subject, invitation)
    invitation.account_id = account.id
    log.record(session, now, account, "join", account, role=account.role, inviter=invitation.inviter_id)
    return account


def add(
    session: Session,
    alias: str,
    role: Role,
    now: datetime,
    password: str | None = None,
    subject: str | None = None,
    invitation: Invitation | None = None,
) -> Account:
    """A row of its own for an alias that nobody has. Raises ``Refused``."""
    shown = aliases.shown(alias)
    account = Account(
        alias=shown,
        alias_key=aliases.key(shown),
        password=password,
        subject=subject,
        role=role,
        state=State.ACTIVE,
        created=now,
        vouched_by_id=invitation.inviter_id if invitation else None,
    )
    taken = Refused(409, "This alias, or one that looks like it, is taken. Choose another.", "#/alias")
    if named(session, shown) is not None:
        raise taken
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError:  # somebody took it in the same moment
        raise taken from None
    return account


def named(session: Session, alias: str) -> Account | None:
    """The account that goes by an alias, or by one that looks like it."""
    key = aliases.key(alias)
    return session.scalar(select(Account).where(Account.alias_key == key)) if key else None


def beginning_with(session: Session, typed: str, most: int) -> list[Account]:
    """Accounts whose alias, or one that looks like it, begins so. Only for who may look for people."""
    if not aliases.key(typed):
        return []
    ranges = [
        and_(Account.alias_key >= beginning, Account.alias_key < beginning + _LAST)
        for beginning in aliases.beginnings(typed)
    ]
    return list(session.scalars(select(Account).where(or_(*ranges)).order_by(Account.alias_key).limit(most)))


def is_administered(session: Session) -> bool:
    """Whether there is an administrator, who may be yet to choose a password."""
    administrators = select(Account.id).where(Account.role == Role.ADMINISTRATOR)
    return session.scalar(administrators.limit(1)) is not None


def by_subject(session: Session, subject: str) -> Account | None:
    """The account that an OpenID provider answers for. Raises ``Refused`` where it is suspended."""
    found = session.scalar(select(Account).where(Account.subject == subject))
    if found is not None and found.state != State.ACTIVE:
        raise Refused(403, _SUSPENDED)
    return found


def check_password(database: Database, alias: str, password: str) -> Account:
    """The account that alias and password go with. Raises ``Refused``.

    It takes the database, as the slow comparison must not hold a connection meanwhile.
    """
    with database.read() as session:
        account = named(session, alias)
    kept = account.password if account else None
    if not passwords.holds(password, kept) or account is None or kept is None:
        raise Refused(403, WRONG, "#/form")
    if account.state != State.ACTIVE:
        raise Refused(403, _SUSPENDED, "#/form")
    if passwords.outdated(kept):
        anew = passwords.keep(password)
        with database.begin() as session:
            session.get_one(Account, account.id).password = anew
    return account


def choose_password(session: Session, code: str, password: str, now: datetime) -> Account:
    """Give the account that a code names a password, as ``passwords.keep`` gave it. Raises ``Refused``."""
    invitation = invitations.claim(session, code, now)
    account = session.get(Account, invitation.account_id) if invitation.account_id is not None else None
    if account is None or account.state != State.ACTIVE:
        raise Refused(403, invitations.NOT_HOLDING, "#/invitation")
    change_password(session, account, password, now)
    return account


def change_password(session: Session, account: Account, password: str, now: datetime) -> None:
    """Another password (as ``passwords.keep`` gave it); whoever is signed in elsewhere no longer is."""
    account.password = password
    tokens.revoke_all(session, account, now)
    log.record(session, now, account, "change password", account)
