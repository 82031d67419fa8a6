"""The account page: what it shows, what it makes once, and how to leave."""

from __future__ import annotations

import re

import orjson
import pytest
from flask import Flask

import written
from caveat.accounts import joining, tokens
from caveat.accounts.models import Account, Role, State
from caveat.annotations.models import Rater
from web.people import PASSWORD, browser, now, send, sign_in, somebody

OTHER, SHORT = "eight ferries at noon", "short"


def secret_on(page: str) -> str:
    """What a page shows once."""
    found = re.search(r'<code class="code">([^<]+)</code>', page)
    assert found
    return found[1]


def test_a_new_account_says_how_to_begin(app: Flask) -> None:
    page = browser(app).get("/account/")
    for said in (
        "Mara",
        "volunteer",
        "You may write when 5 more of your ratings agree",
        "Inviting comes with writing",
        "browser (this one)",
    ):
        assert said in page.text
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("writes", "debt", "said"),
    [
        (True, 0, "You may write: your ratings foresaw"),
        (False, 3, "You may write again when 8 more"),
        (False, 0, "You may write when 5 more"),
    ],
)
def test_it_says_how_writing_stands(app: Flask, writes: bool, debt: int, said: str) -> None:
    client = browser(app)
    with app.extensions["caveat"].database.begin() as session:
        session.add(Rater(account_id=1, writes=writes, debt=debt, ratings=12))
    page = client.get("/account/").text
    assert said in page
    assert "12 counted" in page
    assert ("Make an invitation" in page) == writes


@pytest.mark.parametrize("role", [Role.EDUCATOR, Role.MODERATOR, Role.ADMINISTRATOR])
def test_who_was_chosen_is_not_told_to_earn_writing(app: Flask, role: Role) -> None:
    assert "<dd>You may write.</dd>" in browser(app, role=role).get("/account/").text


def test_a_token_for_a_program_is_shown_once_and_holds_until_revoked(app: Flask) -> None:
    client = browser(app)
    made = send(client, "/account/tokens", name="nightly <b>import</b>", days="30", scope=["annotate"])
    secret = secret_on(made.text)
    database = app.extensions["caveat"].database
    with database.read() as session:
        caller = tokens.whose(session, secret, now())
        assert caller
        assert (caller.token.scope, (caller.token.expires - caller.token.created).days) == ("annotate", 30)
    page = client.get("/account/").text
    assert secret not in page
    assert secret[:10] in page
    assert "nightly &lt;b&gt;import&lt;/b&gt;" in page
    assert send(client, f"/account/tokens/{caller.token.id}/revoke").status_code == 303
    assert send(client, f"/account/tokens/{caller.token.id}/revoke").status_code == 404
    with database.read() as session:
        assert tokens.whose(session, secret, now()) is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": " "}, "A name of 1 to 60"),
        ({"name": "x" * 61}, "A name of 1 to 60"),
        ({"name": "a\x00b"}, "A name of 1 to 60"),
        ({"scope": []}, "at least one thing"),
        ({"scope": ["account"]}, "at least one thing"),
        ({"days": "99999"}, "how long"),
    ],
)
def test_a_token_that_cannot_be_is_said_beside_its_field(
    app: Flask, fields: dict[str, object], said: str
) -> None:
    answer = send(
        browser(app), "/account/tokens", **{"name": "x", "days": "30", "scope": ["annotate"], **fields}
    )
    assert answer.status_code == 422
    assert said in answer.text


@pytest.mark.parametrize("path", ["/account/tokens/{}/revoke", "/account/invitations/{}/take-back"])
@pytest.mark.parametrize("number", ["1", "999", "9" * 30])
def test_nobody_ends_what_is_anothers(app: Flask, path: str, number: str) -> None:
    browser(app, "Oskar", Role.MODERATOR)  # whose browser's token has the number 1
    assert send(browser(app), path.format(number)).status_code == 404


def test_an_invitation_is_shown_once_listed_and_taken_back(app: Flask) -> None:
    client = browser(app, "Mara", Role.MODERATOR)
    assert "You have invited nobody yet" in client.get("/account/").text
    code = secret_on(send(client, "/account/invitations", role="volunteer").text)
    assert re.fullmatch(r"[0-9A-Z]{5}(-[0-9A-Z]{5}){3}", code)
    page = client.get("/account/").text
    assert code not in page
    assert "open until" in page
    assert send(client, "/account/invitations/1/take-back").status_code == 303
    refused = send(client, "/account/invitations", role="administrator")
    assert (refused.status_code, "may not invite anybody as administrator" in refused.text) == (403, True)
    assert send(client, "/account/invitations", role="emperor").status_code == 400


def test_the_link_of_an_invitation_has_its_code_where_no_server_sees_it(app: Flask) -> None:
    client = browser(app, "Mara", Role.MODERATOR)
    page = send(client, "/account/invitations", role="volunteer").text
    assert f"http://localhost/account/join#{secret_on(page)}</code>" in page
    assert f"?{secret_on(page)}" not in page


def test_signing_out_everywhere_ends_every_token(app: Flask) -> None:
    here, there = browser(app), app.test_client()
    sign_in(there)
    send(here, "/account/sign-out-everywhere")
    assert "Sign out" not in here.get("/account/").text
    assert "Sign out" not in there.get("/account/").text


def test_the_export_is_a_file_of_the_visitors_own_data(app: Flask) -> None:
    somebody(app, "Oskar")
    answer = browser(app).get("/account/export")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="caveat-account.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    document = orjson.loads(answer.data)
    assert document["account"]["alias"] == "Mara"
    assert "Oskar" not in answer.text
    assert app.test_client().get("/account/export").status_code == 303


def test_changing_the_password_takes_the_old_one_and_signs_out_elsewhere(app: Flask) -> None:
    here, there = browser(app), app.test_client()
    sign_in(there)
    wrong = send(here, "/account/password", current="wrong", password=OTHER)
    assert (wrong.status_code, "This is not your password" in wrong.text) == (403, True)
    short = send(here, "/account/password", current=PASSWORD, password=SHORT)
    assert (short.status_code, "at least 12" in short.text) == (422, True)
    assert send(here, "/account/password", current=PASSWORD, password=OTHER).status_code == 303
    assert "Sign out" in here.get("/account/").text
    assert "Sign out" not in there.get("/account/").text
    assert sign_in(app.test_client(), "Mara", PASSWORD).status_code == 403


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"confirmation": "wrong"}, 403, "This is not your password"),
        ({"annotations": "both"}, 422, "Choose what happens"),
    ],
)
def test_nobody_leaves_by_mistake(app: Flask, fields: dict[str, str], status: int, said: str) -> None:
    client = browser(app)
    asked = {"confirmation": PASSWORD, "annotations": "keep", **fields}
    answer = send(client, "/account/delete", **asked)
    assert (answer.status_code, said in answer.text) == (status, True)
    assert "Sign out" in client.get("/account/").text


@pytest.mark.parametrize("annotations", ["keep", "erase"])
def test_an_account_is_deleted_on_request(app: Flask, annotations: str) -> None:
    client = browser(app)
    with app.extensions["caveat"].database.begin() as session:
        prefix = written.annotation(session, session.get_one(Account, 1)).page.prefix
    shown = f"/api/v1/pages/{prefix}"
    assert "Mara" in client.get(shown).text
    answer = send(client, "/account/delete", confirmation=PASSWORD, annotations=annotations)
    assert answer.headers["Location"] == "/account/deleted"
    assert "nothing here leads to you" in client.get("/account/deleted").text
    assert sign_in(app.test_client()).status_code == 403
    with app.extensions["caveat"].database.read() as session:
        assert session.get_one(Account, 1).state == State.CLOSED
    assert "Mara" not in client.get(shown).text, "not even from what was kept"


def test_the_last_administrator_is_told_why_not(app: Flask) -> None:
    client = browser(app, "Ada", Role.ADMINISTRATOR)
    answer = send(client, "/account/delete", confirmation=PASSWORD, annotations="keep")
    assert (answer.status_code, "last administrator" in answer.text) == (409, True)


def test_an_alias_is_text_wherever_it_is_shown(app: Flask) -> None:
    client = browser(app)
    with app.extensions["caveat"].database.begin() as session:  # no form would take it
        account = joining.named(session, "Mara")
        assert account
        account.alias = "<script>x()</script>"
    for path in ("/account/", "/account/delete", "/account/password"):
        page = client.get(path).text
        assert "<script" not in page
        assert "&lt;script&gt;x()&lt;/script&gt;" in page


def test_a_token_of_the_api_opens_no_page_and_a_cookie_no_part_of_the_api(app: Flask) -> None:
    client = browser(app)
    secret = secret_on(send(client, "/account/tokens", name="x", days="30", scope=["annotate"]).text)
    stranger = app.test_client()
    stranger.set_cookie("caveat_session", secret)
    assert "Sign out" not in stranger.get("/account/").text
    assert "Sign out" not in stranger.get("/account/", headers={"Authorization": f"Bearer {secret}"}).text


def test_no_page_takes_a_token_from_an_address(app: Flask) -> None:
    client = browser(app)
    secret = secret_on(send(client, "/account/tokens", name="x", days="30", scope=["annotate"]).text)
    for name in ("access_token", "token", "caveat_session"):
        assert "Sign out" not in app.test_client().get(f"/account/?{name}={secret}").text
