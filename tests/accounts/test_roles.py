"""Roles, suspending and vouching: who decides about whom, and that somebody is left to decide."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from accounts.people import NOW, somebody
from at_once import at_once
from caveat.accounts import closing, joining, log, roles, tokens
from caveat.accounts.models import Account, Role, State
from caveat.accounts.refused import Refused
from caveat.accounts.roles import Deed
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


def test_what_is_offered_is_what_may_be_done(database: Database) -> None:
    with database.begin() as session:
        somebody(session, "Boss", Role.ADMINISTRATOR)  # so that nobody is the last
        ada, mara = somebody(session, "Ada"), somebody(session, "Mara")
        for by, of, state, deed in product(Role, Role, (State.ACTIVE, State.SUSPENDED), Deed):
            ada.role, mara.role, mara.state = by, of, state
            is_offered = deed in roles.may(ada, mara)
            assert deed not in roles.may(ada, ada)
            try:
                match deed:
                    case Deed.VOUCH:
                        roles.vouch(session, ada, mara, NOW)
                    case Deed.SUSPEND:
                        roles.suspend(session, ada, mara, "why", NOW)
                    case Deed.RESTORE:
                        roles.restore(session, ada, mara, "why", NOW)
                    case Deed.CHANGE_ROLE:
                        roles.change_role(session, ada, mara, Role.VOLUNTEER, NOW)
                is_done = True
            except Refused:
                is_done = False
            assert (by, of, state, deed, is_offered) == (by, of, state, deed, is_done)


def test_a_deed_after_another_is_refused_and_says_whose_it_comes_after(database: Database) -> None:
    with database.begin() as session:
        ada, oskar = (somebody(session, alias, Role.MODERATOR) for alias in ("Ada", "Oskar"))
        mara = somebody(session)
        roles.looked_at(session, ada, mara, 0)
        roles.suspend(session, ada, mara, "a campaign", NOW)
        with pytest.raises(
            Refused, match=r"Ada suspended them while you looked, at 12:00 UTC\. .*a campaign"
        ):
            roles.looked_at(session, oskar, mara, 0)
        line = roles.last_deed(session, mara)
        assert line
        roles.looked_at(session, oskar, mara, line.id)
        roles.restore(session, None, mara, "", NOW)
        with pytest.raises(Refused, match="Whoever runs the server ended their suspension"):
            roles.looked_at(session, oskar, mara, line.id)


@pytest.mark.parametrize("deed", [Deed.CHANGE_ROLE, Deed.SUSPEND])
def test_of_two_who_take_the_other_out_at_once_one_does(database: Database, deed: Deed) -> None:
    with database.begin() as session:
        both = [somebody(session, alias, Role.ADMINISTRATOR).id for alias in ("Ada", "Oskar")]

    def decide(number: int) -> int | None:
        try:
            with database.begin() as session:
                me, other = session.get_one(Account, both[number]), session.get_one(Account, both[1 - number])
                roles.looked_at(session, me, other, 0)
                if deed is Deed.SUSPEND:
                    roles.suspend(session, me, other, "a campaign", NOW)
                else:
                    roles.change_role(session, me, other, Role.MODERATOR, NOW)
        except Refused as fault:
            return fault.status
        return None

    assert {*at_once(decide, (0, 1))} == {None, 403}


def test_reasons_are_kept_in_the_log(database: Database) -> None:
    with database.begin() as session:
        ada, mara = somebody(session, "Ada", Role.ADMINISTRATOR), somebody(session)
        roles.vouch(session, ada, mara, NOW, " I know her. ")
        roles.change_role(session, ada, mara, Role.EDUCATOR, NOW, "She teaches.")
        assert [line.reason for line in log.history(session, mara)] == ["I know her.", "She teaches."]
