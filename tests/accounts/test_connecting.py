"""Connecting: authorization code with PKCE, and every way to get it wrong."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest

from accounts.people import ASKED, CHROME, FIREFOX, NOW, VERIFIER, challenge, somebody
from at_once import at_once
from caveat.accounts import connecting, roles, tokens
from caveat.accounts.connecting import OAuthError, Request
from caveat.accounts.models import Account, Code, Token
from caveat.accounts.refused import Refused
from caveat.database import Database

SECOND = timedelta(seconds=1)


def a_code(database: Database, **asked: str) -> tuple[Account, str]:
    """A code that somebody allowed."""
    request = connecting.check({**ASKED, **asked}, CHROME, "Caveat in Chrome")
    with database.begin() as session:
        account = session.query(Account).first() or somebody(session)
        return account, connecting.allow(session, account, request, NOW)


def exchange(
    database: Database, code: str, later: timedelta = SECOND, **sent: str | None
) -> tuple[str, Token] | OAuthError:
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": CHROME,
        "code_verifier": VERIFIER,
        **sent,
    }
    with database.begin() as session:
        given = {name: value for name, value in fields.items() if value is not None}
        return connecting.exchange(session, given, NOW + later)


def test_a_code_and_its_verifier_give_a_token(database: Database) -> None:
    account, code = a_code(database, scope="annotate")
    given = exchange(database, code)
    assert not isinstance(given, OAuthError)
    secret, token = given
    assert (token.scope, token.name) == ("annotate", "Caveat in Chrome")
    assert token.expires == NOW + SECOND + timedelta(days=365)
    with database.read() as session:
        caller = tokens.whose(session, secret, NOW + SECOND)
        assert caller
        assert caller.account.id == account.id
        assert not caller.may("account")


WRONG: list[tuple[str, dict[str, str | None], timedelta, str]] = [
    ("another verifier", {"code_verifier": secrets.token_urlsafe(48)}, SECOND, "invalid_grant"),
    ("the challenge itself", {"code_verifier": challenge(VERIFIER)}, SECOND, "invalid_grant"),
    ("a short verifier", {"code_verifier": "x" * 42}, SECOND, "invalid_grant"),
    ("a long verifier", {"code_verifier": "x" * 129}, SECOND, "invalid_grant"),
    ("no verifier", {"code_verifier": None}, SECOND, "invalid_request"),
    ("an empty verifier", {"code_verifier": ""}, SECOND, "invalid_request"),
    ("another redirect", {"redirect_uri": FIREFOX}, SECOND, "invalid_grant"),
    ("a redirect with more", {"redirect_uri": CHROME + "x"}, SECOND, "invalid_grant"),
    ("no redirect", {"redirect_uri": None}, SECOND, "invalid_request"),
    ("no code", {"code": None}, SECOND, "invalid_request"),
    ("an unknown code", {"code": "x" * 43}, SECOND, "invalid_grant"),
    ("a code with a NUL", {"code": "\x00"}, SECOND, "invalid_grant"),
    ("too late", {}, timedelta(seconds=60), "invalid_grant"),
    ("another grant", {"grant_type": "password"}, SECOND, "unsupported_grant_type"),
    ("no grant", {"grant_type": None}, SECOND, "unsupported_grant_type"),
]


@pytest.mark.parametrize(("sent", "later", "error"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_what_is_wrong_gets_no_token(
    database: Database, sent: dict[str, str | None], later: timedelta, error: str
) -> None:
    _, code = a_code(database)
    given = exchange(database, **{"code": code, "later": later, **sent})  # type: ignore[arg-type]
    assert isinstance(given, OAuthError)
    assert given.error == error


def test_whoever_guesses_a_verifier_gets_one_guess(database: Database) -> None:
    _, code = a_code(database)
    assert isinstance(exchange(database, code, code_verifier="x" * 43), OAuthError)
    assert isinstance(exchange(database, code), OAuthError)


def test_a_code_that_comes_twice_ends_its_token(database: Database) -> None:
    _, code = a_code(database)
    given = exchange(database, code)
    assert not isinstance(given, OAuthError)
    for later in (SECOND, timedelta(hours=1)):
        again = exchange(database, code, later)
        assert isinstance(again, OAuthError)
        assert again.error == "invalid_grant"
    with database.read() as session:
        assert tokens.whose(session, given[0], NOW + SECOND) is None


def test_of_many_who_come_at_once_with_one_code_none_keeps_a_token(database: Database) -> None:
    _, code = a_code(database)
    given = at_once(lambda _: exchange(database, code), range(5))
    (one,) = [each for each in given if not isinstance(each, OAuthError)]
    with database.read() as session:
        assert tokens.whose(session, one[0], NOW + SECOND) is None


def test_a_suspended_account_gets_no_token(database: Database) -> None:
    account, code = a_code(database)
    with database.begin() as session:
        roles.suspend(session, None, session.get_one(Account, account.id), "spam", NOW)
    assert isinstance(exchange(database, code), OAuthError)


def test_old_codes_are_cleared_away(database: Database) -> None:
    a_code(database)
    with database.begin() as session:
        account = session.query(Account).one()
        request = Request("x", CHROME, challenge(VERIFIER), "annotate", None)
        connecting.allow(session, account, request, NOW + timedelta(days=2))
        assert session.query(Code).count() == 1


def test_a_token_that_was_disconnected_holds_no_more(database: Database) -> None:
    _, code = a_code(database)
    given = exchange(database, code)
    assert not isinstance(given, OAuthError)
    with database.begin() as session:
        connecting.disconnect(session, given[0], NOW + SECOND)
        connecting.disconnect(session, given[0], NOW + SECOND)
        connecting.disconnect(session, "cav_unknown", NOW + SECOND)
        assert tokens.whose(session, given[0], NOW + SECOND) is None


@pytest.mark.parametrize(
    ("address", "client"),
    [
        (CHROME, "Caveat in Chrome"),
        (CHROME + "connected", "Caveat in Chrome"),
        (FIREFOX, "Caveat in Firefox"),
        ("https://01234567-89ab-cdef-0123-456789abcdef.extensions.allizom.org/", "Caveat in Firefox"),
        ("http://127.0.0.1:8765/back", "a program on this computer"),
        ("http://127.0.0.1/", "a program on this computer"),
    ],
)
def test_an_extension_and_a_program_on_this_machine_may_wait_for_the_answer(
    address: str, client: str
) -> None:
    assert connecting.client_of(address) == client


@pytest.mark.parametrize(
    "address",
    [
        "", "https://elsewhere.example/", CHROME.replace("https", "http"), CHROME + "?x=1", CHROME + "#x",
        CHROME + "\n",         CHROME.rstrip("/"), CHROME.replace("abc", "xyz"), CHROME.replace("abc", "ABC"),
        "https://a.chromiumapp.org/",
        CHROME.replace(".org/", ".org.elsewhere.example/"), CHROME.replace("https://", "https://x@"),
        CHROME.replace("https://", "https://elsewhere.example/"), CHROME.replace(".org/", ".org:8443/"),
        CHROME.replace(".org/", ".org@elsewhere.example/"), CHROME.replace(".", "。"),
        CHROME + "../x", CHROME + "é",
        "http://127.0.0.1:8765/x?y=1", "http://127.0.0.1.elsewhere.example/", "http://localhost/",
        "http://127.0.0.2/",
        "http://127.0.0.1:99999999/", "http://127.0.0.1", "javascript:alert(1)//", "data:text/html,x",
        "file:///etc/passwd",
        "moz-extension://01234567-89ab-cdef-0123-456789abcdef/", "//elsewhere.example/", " " + CHROME, "\x00",
    ],
    ids=ascii,
)  # fmt: skip
def test_nobody_else_may(address: str) -> None:
    with pytest.raises(Refused) as refused:
        connecting.client_of(address)
    assert refused.value.status == 400


def test_where_extensions_are_named_no_other_of_chromes_may() -> None:
    assert connecting.client_of(CHROME, ("abcdefghijklmnop" * 2,)) == "Caveat in Chrome"
    assert connecting.client_of(FIREFOX, ("abcdefghijklmnop" * 2,)) == "Caveat in Firefox"
    with pytest.raises(Refused):
        connecting.client_of(CHROME, ("ponmlkjihgfedcba" * 2,))


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": ""}, "unsupported_response_type"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": ""}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge": "x" * 42}, "invalid_request"),
        ({"code_challenge": "x" * 42 + "="}, "invalid_request"),
        ({"scope": "account"}, "invalid_scope"),
        ({"scope": "annotate everything"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
        ({"state": "x" * 1_001}, "invalid_request"),
    ],
)
def test_a_request_that_is_not_as_it_should_be_is_told_in_the_standards_words(
    asked: dict[str, str], error: str
) -> None:
    with pytest.raises(OAuthError) as refused:
        connecting.check({**ASKED, **asked}, CHROME, "x")
    assert refused.value.error == error


def test_the_state_goes_back_as_it_came() -> None:
    request = connecting.check(ASKED, CHROME, "x")
    assert request.back(code="c") == f"{CHROME}?code=c&state=a+state+%26+more"
    assert request.scope == "annotate"
