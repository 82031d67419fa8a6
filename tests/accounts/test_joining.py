"""Coming in: invitations, joining, passwords, and what is said to those who guess."""

from __future__ import annotations

from datetime import timedelta

import argon2
import pytest

from accounts.people import NOW, PASSWORD, kept, somebody
from at_once import at_once
from caveat.accounts import invitations, joining, log, roles, tokens
from caveat.accounts.models import Account, Invitation, Role
from caveat.accounts.refused import Refused
from caveat.database import Database

MINUTE = timedelta(minutes=1)


def invitation(database: Database, role: Role = Role.VOLUNTEER) -> str:
    """A code of an administrator's."""
    with database.begin() as session:
        inviter = joining.named(session, "Ada") or somebody(session, "Ada", Role.ADMINISTRATOR)
        return invitations.invite(session, inviter, role, NOW)


def join(database: Database, code: str, alias: str, later: timedelta = MINUTE) -> Account:
    with database.begin() as session:
        return joining.join(session, code, alias, NOW + later, kept())


def test_an_invitation_lets_one_person_in(database: Database) -> None:
    code = invitation(database, Role.MODERATOR)
    joined = join(database, code, "Mara Teale")
    with database.read() as session:
        inviter = joining.named(session, "Ada")
        assert inviter
        assert (joined.alias, joined.role, joined.vouched_by_id) == ("Mara Teale", Role.MODERATOR, inviter.id)
        assert [line.action for line in log.history(session, joined)] == ["join"]
    with pytest.raises(Refused, match="does not hold"):
        join(database, code, "Oskar")


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code}\n"])
def test_a_code_may_be_typed_as_people_type(database: Database, typed) -> None:  # type: ignore[no-untyped-def]
    assert join(database, typed(invitation(database)), "Mara").alias == "Mara"


def test_a_code_holds_for_two_weeks(database: Database) -> None:
    code = invitation(database)
    with pytest.raises(Refused, match="does not hold"):
        join(database, code, "Mara", invitations.LIFETIME)
    assert join(database, code, "Mara", invitations.LIFETIME - MINUTE).alias == "Mara"


@pytest.mark.parametrize(
    "code", ["", "x", "00000-00000-00000-00000", "A" * 5_000, "\x00", "' OR 1=1 --", "\U0001f6a2"]
)
def test_a_wrong_code_says_nothing_about_the_alias(database: Database, code: str) -> None:
    join(database, invitation(database), "Mara")
    said = set()
    for alias in ("Mara", "Nobody Yet", "admin", "?"):
        with pytest.raises(Refused) as refused:
            join(database, code, alias)
        said.add((refused.value.status, refused.value.detail, refused.value.pointer))
    assert len(said) == 1


def test_an_alias_that_looks_like_another_is_taken_and_the_code_still_holds(database: Database) -> None:
    join(database, invitation(database), "Mara")
    code = invitation(database)
    for alias in ("mara", "MARA", "M.a.r.a", "Marа".replace("а", "a")):
        with pytest.raises(Refused, match="taken") as refused:
            join(database, code, alias)
        assert (refused.value.status, refused.value.pointer) == (409, "#/alias")
    assert join(database, code, "Oskar").alias == "Oskar"


@pytest.mark.parametrize("same", ["code", "alias"])
def test_of_many_who_come_at_once_with_one_code_or_one_alias_one_gets_in(
    database: Database, same: str
) -> None:
    codes = [invitation(database) for _ in range(1 if same == "code" else 6)] * 6

    def come(number: int) -> bool:
        alias = f"{'abcdef'[number] * 3}" if same == "code" else "Mara"
        try:
            return bool(join(database, codes[number], alias))
        except Refused:
            return False

    assert sorted(at_once(come, range(6))) == [False] * 5 + [True]


def test_an_invitation_does_not_outlive_its_inviters_right_to_give_it(database: Database) -> None:
    with database.begin() as session:
        boss = somebody(session, "Ada", Role.ADMINISTRATOR)
        moderator, gone = somebody(session, "Max", Role.MODERATOR), somebody(session, "Gil", Role.MODERATOR)
        codes = [
            invitations.invite(session, moderator, Role.MODERATOR, NOW),
            invitations.invite(session, gone, Role.VOLUNTEER, NOW),
        ]
        roles.change_role(session, boss, moderator, Role.VOLUNTEER, NOW)
        roles.suspend(session, boss, gone, "spam", NOW)
    for code in codes:
        with pytest.raises(Refused, match="does not hold"):
            join(database, code, "Mara")


@pytest.mark.parametrize(
    ("inviter", "may"),
    [
        (Role.VOLUNTEER, {Role.VOLUNTEER}),
        (Role.EDUCATOR, set()),
        (Role.MODERATOR, {Role.VOLUNTEER, Role.EDUCATOR, Role.MODERATOR}),
        (Role.ADMINISTRATOR, set(Role)),
    ],
)
def test_nobody_invites_to_more_than_they_are(database: Database, inviter: Role, may: set[Role]) -> None:
    with database.begin() as session:
        account = somebody(session, "Mara", inviter)
        for role in Role:
            if role in may:
                assert invitations.invite(session, account, role, NOW, good_standing=True)
            else:
                with pytest.raises(Refused) as refused:
                    invitations.invite(session, account, role, NOW, good_standing=True)
                assert refused.value.status == 403


def test_a_volunteer_invites_a_few_once_writing_is_earned(database: Database) -> None:
    with database.begin() as session:
        account = somebody(session)
        with pytest.raises(Refused, match="earned"):
            invitations.invite(session, account, Role.VOLUNTEER, NOW)
        for _ in range(invitations.CAP):
            invitations.invite(session, account, Role.VOLUNTEER, NOW, good_standing=True)
        with pytest.raises(Refused, match="at most 3 people in 30 days"):
            invitations.invite(session, account, Role.VOLUNTEER, NOW, good_standing=True)
        later = NOW + invitations.CAP_PERIOD + MINUTE
        assert invitations.invite(session, account, Role.VOLUNTEER, later, good_standing=True)


def test_an_open_invitation_can_be_taken_back_by_its_inviter_only(database: Database) -> None:
    code = invitation(database)
    with database.begin() as session:
        stranger = somebody(session, "Oskar", Role.ADMINISTRATOR)
        ada = joining.named(session, "Ada")
        assert ada
        (given,) = invitations.given(session, ada)
        assert not invitations.take_back(session, stranger, given.id, NOW)
        assert invitations.take_back(session, ada, given.id, NOW)
        assert not invitations.take_back(session, ada, given.id, NOW)
    with pytest.raises(Refused, match="does not hold"):
        join(database, code, "Mara")


def test_codes_are_kept_as_digests_only(database: Database) -> None:
    code = invitation(database)
    with database.read() as session:
        row = session.query(Invitation).one()
        assert code.replace("-", "") not in str(vars(row))


@pytest.mark.parametrize("alias", ["Mara", "MARA", " m-a-r-a "])
def test_alias_and_password_let_somebody_in(database: Database, alias: str) -> None:
    with database.begin() as session:
        somebody(session)
    assert joining.check_password(database, alias, PASSWORD).alias == "Mara"


def test_a_wrong_alias_and_a_wrong_password_are_told_the_same(database: Database) -> None:
    with database.begin() as session:
        somebody(session)
        joining.add(session, "Provided", Role.VOLUNTEER, NOW, subject="https://login.example 7")
    said = set()
    for alias, password in [
        ("Mara", "wrong wrong wrong"), ("Mara", ""), ("Nobody Yet", PASSWORD), ("", ""),
        ("Provided", PASSWORD), ("Provided", ""), ("admin", PASSWORD),
        ("x" * 10_000, "y" * 10_000), ("\x00", "\x00"),
    ]:  # fmt: skip
        with pytest.raises(Refused) as refused:
            joining.check_password(database, alias, password)
        said.add((refused.value.status, refused.value.detail, refused.value.pointer))
    assert said == {(403, joining.WRONG, "#/form")}


def test_that_an_account_is_suspended_is_told_to_its_owner_only(database: Database) -> None:
    with database.begin() as session:
        roles.suspend(session, None, somebody(session), "spam", NOW)
    with pytest.raises(Refused, match="suspended"):
        joining.check_password(database, "Mara", PASSWORD)
    with pytest.raises(Refused, match="do not go together"):
        joining.check_password(database, "Mara", "wrong wrong wrong")


def test_signing_in_keeps_an_outdated_password_anew(database: Database) -> None:
    weak = argon2.PasswordHasher(1, 1_024, 1).hash(PASSWORD)
    with database.begin() as session:
        joining.add(session, "Mara", Role.VOLUNTEER, NOW, weak)
    joining.check_password(database, "Mara", PASSWORD)
    with database.read() as session:
        account = joining.named(session, "Mara")
        assert account
        assert account.password
        assert account.password != weak
    assert joining.check_password(database, "Mara", PASSWORD).alias == "Mara"


def test_a_code_for_a_password_is_good_once_and_signs_out_everywhere(database: Database) -> None:
    with database.begin() as session:
        mara = somebody(session)
        secret, _ = tokens.issue(session, mara, "browser", "account", NOW, timedelta(days=1))
        code = invitations.for_password(session, mara, NOW, invitations.PASSWORD_LIFETIME)
    with pytest.raises(Refused, match="does not hold"):
        join(database, code, "Oskar")  # it is no invitation
    with database.begin() as session:
        assert joining.choose_password(session, code, "another one", NOW + MINUTE).id == mara.id
        assert tokens.whose(session, secret, NOW + MINUTE) is None
    with pytest.raises(Refused, match="does not hold"), database.begin() as session:
        joining.choose_password(session, code, "a third one", NOW + MINUTE)
    invited = invitation(database)
    with pytest.raises(Refused, match="does not hold"), database.begin() as session:
        joining.choose_password(session, invited, "x", NOW)  # nor the other way round


def test_people_are_found_by_how_their_alias_begins(database: Database) -> None:
    with database.begin() as session:
        for alias in ("Mara", "Mara Teale", "Tamara", "Мария", "Bernd", "Zoë"):
            somebody(session, alias)

        def found(typed: str, most: int = 9) -> list[str | None]:
            return [account.alias for account in joining.beginning_with(session, typed, most)]

        assert found("mara") == ["Mara", "Mara Teale"]
        assert found("mara", 1) == ["Mara"]
        assert found("Ber") == ["Bernd"]
        assert found("zoe") == ["Zoë"]
        assert found("Мар") == ["Мария"]
        assert found("%") == found("") == found("-") == []
