"""Roles, suspending and vouching: who decides about whom, and that somebody is left to decide."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.people import NOW, somebody
from at_once import at_once
from caveat.accounts import closing, joining, log, roles, tokens
from caveat.accounts.models import Account, Role, State
from caveat.accounts.refused import Refused
from caveat.database import Database


@pytest.mark.parametrize("by", list(Role))
def test_only_an_administrator_changes_roles(database: Database, by: Role) -> None:
    with database.begin() as session:
        decider, mara = somebody(session, "Ada", by), somebody(session)
        if by == Role.ADMINISTRATOR:
            roles.change_role(session, decider, mara, Role.MODERATOR, NOW)
            assert mara.role == Role.MODERATOR
            (line,) = log.history(session, mara)
            assert (line.account_id, line.details) == (decider.id, {"was": "volunteer", "role": "moderator"})
        else:
            with pytest.raises(Refused, match="Only an administrator"):
                roles.change_role(session, decider, mara, Role.MODERATOR, NOW)


MAY_SUSPEND = {(Role.MODERATOR, Role.VOLUNTEER), (Role.MODERATOR, Role.EDUCATOR)} | {
    (Role.ADMINISTRATOR, role) for role in Role
}


@pytest.mark.parametrize("by", list(Role))
@pytest.mark.parametrize("of", list(Role))
def test_a_moderator_suspends_volunteers_and_an_administrator_anybody(
    database: Database, by: Role, of: Role
) -> None:
    with database.begin() as session:
        decider, mara = somebody(session, "Ada", by), somebody(session, "Mara", of)
        secret, _ = tokens.issue(session, mara, "browser", "account", NOW, timedelta(days=1))
        if (by, of) in MAY_SUSPEND:
            roles.suspend(session, decider, mara, "a campaign", NOW)
            assert (mara.state, tokens.whose(session, secret, NOW)) == (State.SUSPENDED, None)
            roles.restore(session, decider, mara, "a mistake", NOW)
            assert (mara.state, tokens.whose(session, secret, NOW)) == (State.ACTIVE, None)
            assert [line.reason for line in log.history(session, mara)] == ["a campaign", "a mistake"]
        else:
            with pytest.raises(Refused):
                roles.suspend(session, decider, mara, "a campaign", NOW)


def test_suspending_takes_a_reason(database: Database) -> None:
    with database.begin() as session, pytest.raises(Refused, match="Say why"):
        roles.suspend(session, None, somebody(session), " ", NOW)


@pytest.mark.parametrize("way", ["role", "suspend", "close"])
def test_the_last_administrator_stays(database: Database, way: str) -> None:
    with database.begin() as session:
        ada = somebody(session, "Ada", Role.ADMINISTRATOR)
        joining.add(session, "Never Came", Role.ADMINISTRATOR, NOW)  # and cannot sign in yet
    remove = {
        "role": lambda session, who: roles.change_role(session, None, who, Role.VOLUNTEER, NOW),
        "suspend": lambda session, who: roles.suspend(session, None, who, "gone", NOW),
        "close": lambda session, who: closing.close(session, who, NOW),
    }[way]
    with pytest.raises(Refused, match="last administrator") as refused, database.begin() as session:
        remove(session, session.get_one(type(ada), ada.id))
    assert refused.value.status == 409
    with database.begin() as session:
        somebody(session, "Oskar", Role.ADMINISTRATOR)
        remove(session, session.get_one(type(ada), ada.id))


def test_two_administrators_who_leave_at_once_do_not_both_leave(database: Database) -> None:
    with database.begin() as session:
        both = [somebody(session, alias, Role.ADMINISTRATOR) for alias in ("Ada", "Oskar")]

    def go(one: Account) -> int | None:
        try:
            with database.begin() as session:
                closing.close(session, session.get_one(Account, one.id), NOW)
        except Refused as fault:
            return fault.status
        return None

    assert set(at_once(go, both)) == {None, 409}


@pytest.mark.parametrize("by", list(Role))
def test_moderators_vouch_for_others(database: Database, by: Role) -> None:
    with database.begin() as session:
        voucher, mara = somebody(session, "Ada", by), somebody(session)
        if by in (Role.MODERATOR, Role.ADMINISTRATOR):
            roles.vouch(session, voucher, mara, NOW)
            assert mara.vouched_by_id == voucher.id
        else:
            with pytest.raises(Refused):
                roles.vouch(session, voucher, mara, NOW)
        with pytest.raises(Refused):
            roles.vouch(session, voucher, voucher, NOW)
