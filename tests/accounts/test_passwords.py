"""Passwords: what one must be, how it is kept, and that comparing tells nothing but yes or no."""

from __future__ import annotations

import argon2
import pytest

from accounts.people import PASSWORD, kept
from caveat.accounts import passwords
from caveat.accounts.refused import Refused


@pytest.mark.parametrize(
    "password",
    [
        "a" * 11 + "b",
        "seven ferries",
        "пароль из слов",
        "x!" * 5 + "yz",
        "one two three " * 14,
        "🚢🚢🚢 three boats",
    ],
)
def test_a_password_may_be_any_words(password: str) -> None:
    passwords.check(password)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "at least 12"),
        ("a few words", "at least 12"),
        ("word " * 40 + "s", "at most 200"),
        ("password1234", "first that somebody would try"),
        ("Password 1234", "first that somebody would try"),
        ("aaaaaaaaaaaa", "first that somebody would try"),
        ("abc1abc1abc1", "first that somebody would try"),
        ("Mara of Lowmoor", "first that somebody would try"),
    ],
)
def test_a_password_that_would_not_hold_is_refused_with_the_reason(password: str, why: str) -> None:
    with pytest.raises(Refused, match=why) as refused:
        passwords.check(password, "mara of lowmoor")
    assert (refused.value.status, refused.value.pointer) == (422, "#/password")


def test_what_is_kept_is_argon2id_with_a_salt_of_its_own() -> None:
    again = passwords.keep(PASSWORD)
    assert again != kept()
    assert kept().startswith(f"$argon2id$v=19$m={passwords.MEMORY},t={passwords.PASSES},p={passwords.LANES}$")
    assert PASSWORD not in kept()


def test_a_password_holds_however_a_keyboard_writes_its_letters() -> None:
    composed = passwords.keep("caf\u00e9 by the harbour")
    assert passwords.holds("cafe\u0301 by the harbour", composed)
    assert not passwords.holds("cafe by the harbour", composed)


@pytest.mark.parametrize(
    "typed", ["", "seven ferries at noo", PASSWORD + " ", PASSWORD.upper(), "\x00", "\ud800"]
)
def test_another_password_does_not_hold(typed: str) -> None:
    assert not passwords.holds(typed, kept())


@pytest.mark.parametrize("broken", [None, "", "$argon2id$", "md5"])
def test_nothing_holds_where_no_password_is_kept(broken: str | None) -> None:
    assert not passwords.holds("no account has this one", broken)


def test_as_much_is_computed_where_there_is_no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    verify = argon2.PasswordHasher.verify

    def noted(self: argon2.PasswordHasher, hash_: str, password: str) -> bool:
        compared.append(argon2.extract_parameters(hash_))
        return verify(self, hash_, password)  # type: ignore[return-value]

    monkeypatch.setattr(argon2.PasswordHasher, "verify", noted)
    passwords.holds("something else", kept())
    passwords.holds("something else", None)
    assert compared[0] == compared[1]


def test_a_password_that_was_kept_with_less_is_outdated() -> None:
    weak = argon2.PasswordHasher(1, 1_024, 1).hash(PASSWORD)
    assert passwords.holds(PASSWORD, weak)
    assert passwords.outdated(weak)
    assert not passwords.outdated(kept())
