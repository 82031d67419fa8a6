"""Invitations: codes by which people come in, one person each.

In: who invites and to which role. Out: a code, shown once, for handing on. What can go wrong: ``Refused``
(403) where somebody may not invite, or a code does not hold: unknown, used, older than two weeks, or its
inviter may no longer do what was done. Which of these it is, is not said.

A code that names an account lets its owner choose a password: for those whom the command line made, or who
forgot theirs.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from caveat.accounts import log
from caveat.accounts.models import Account, Invitation, Role, State
from caveat.accounts.refused import Refused
from caveat.accounts.tokens import digest

LIFETIME = timedelta(days=14)
PASSWORD_LIFETIME = timedelta(days=2)

# How many a volunteer hands out in a while: enough for friends, too few for a crowd of one's own. Rings of
# accounts are what bridging alone cannot hold against.
CAP, CAP_PERIOD = 3, timedelta(days=30)

# Crockford's base 32: no letter that is taken for another. 20 letters are 100 random bits.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")

# Which roles each may invite to: at most their own. Educators teach, and invite nobody.
_MAY_INVITE_TO = {
    Role.VOLUNTEER: (Role.VOLUNTEER,),
    Role.EDUCATOR: (),
    Role.MODERATOR: (Role.VOLUNTEER, Role.EDUCATOR, Role.MODERATOR),
    Role.ADMINISTRATOR: tuple(Role),
}
NOT_HOLDING = "This invitation does not hold: it is mistyped, used or older than two weeks. Ask for another."


def roles_for(inviter: Account) -> tuple[Role, ...]:
    """The roles that somebody may invite to."""
    return _MAY_INVITE_TO[inviter.role]


def invite(
    session: Session, inviter: Account | None, role: Role, now: datetime, good_standing: bool = False
) -> str:
    """A new code. ``inviter`` is None for the command line. A volunteer needs ``good_standing``: to have
    earned writing. Raises ``Refused``."""
    if inviter is not None:
        if role not in roles_for(inviter):
            raise Refused(403, f"You may not invite anybody as {role}.", "#/role")
        if inviter.role == Role.VOLUNTEER:
            _within_cap(session, inviter, now, good_standing)
    code = _new_code()
    session.add(
        Invitation(
            digest=digest(code),
            role=role,
            inviter_id=inviter.id if inviter else None,
            created=now,
            expires=now + LIFETIME,
        )
    )
    log.record(session, now, inviter, "invite", inviter or "command line", role=role)
    return _grouped(code)


def for_password(session: Session, account: Account, now: datetime, lifetime: timedelta) -> str:
    """A code by which the owner of an account chooses a password."""
    code = _new_code()
    session.add(
        Invitation(
            digest=digest(code), role=account.role, created=now, expires=now + lifetime, account_id=account.id
        )
    )
    log.record(session, now, None, "allow new password", account)
    return _grouped(code)


def claim(session: Session, typed: str, now: datetime) -> Invitation:
    """The invitation of a code, used from now on. Raises ``Refused``."""
    found = _open(session, typed, now)
    if found is not None:
        unused = (Invitation.id == found.id, Invitation.used.is_(None))
        mine = session.scalar(update(Invitation).where(*unused).values(used=now).returning(Invitation.id))
        if mine is not None:
            return found
    raise Refused(403, NOT_HOLDING, "#/invitation")


def given(session: Session, inviter: Account) -> list[Invitation]:
    """What somebody handed out, the newest first."""
    mine = Invitation.inviter_id == inviter.id
    return list(session.scalars(select(Invitation).where(mine).order_by(Invitation.created.desc())))


def take_back(session: Session, inviter: Account, invitation: int, now: datetime) -> bool:
    """Let an invitation hold no more; False where there is none of that number that is theirs and unused."""
    theirs = (Invitation.id == invitation, Invitation.inviter_id == inviter.id, Invitation.used.is_(None))
    gone = session.scalar(delete(Invitation).where(*theirs).returning(Invitation.id)) is not None
    if gone:
        log.record(session, now, inviter, "take back invitation", inviter)
    return gone


def _open(session: Session, typed: str, now: datetime) -> Invitation | None:
    code = "".join(typed[:80].upper().replace("-", " ").split()).translate(_READ_AS)
    found = session.scalar(select(Invitation).where(Invitation.digest == digest(code)))
    if found is None or found.used or found.expires <= now:
        return None
    if found.inviter_id is not None:
        inviter = session.get_one(Account, found.inviter_id)
        if inviter.state != State.ACTIVE or found.role not in roles_for(inviter):
            return None
    return found


def _within_cap(session: Session, inviter: Account, now: datetime, good_standing: bool) -> None:
    if not good_standing:
        raise Refused(403, "Inviting is earned as writing is: by ratings that turn out to be helpful.")
    lately = (Invitation.inviter_id == inviter.id, Invitation.created > now - CAP_PERIOD)
    count = session.scalar(select(func.count()).select_from(Invitation).where(*lately)) or 0
    if count >= CAP:
        raise Refused(
            403, f"A volunteer invites at most {CAP} people in {CAP_PERIOD.days} days. Ask a moderator."
        )


def _new_code() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(20))


def _grouped(code: str) -> str:
    return "-".join(code[at : at + 5] for at in range(0, 20, 5))
