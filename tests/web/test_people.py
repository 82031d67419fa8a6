"""The desk's pages about people: who finds whom, what can be decided, and what somebody else decided."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape
from werkzeug.test import TestResponse

from annotations.desk_scene import NOW, account, annotation, report
from caveat.accounts import log, roles
from caveat.accounts.models import Account, Role, State
from caveat.annotations.models import Rater, Rating, Verdict
from caveat.database import Database
from web.test_desk import said, send, signed_in

WHY = "The same campaign as in March."


@pytest.fixture
def store(app: Flask) -> Database:
    found: Database = app.extensions["caveat"].database
    return found


@pytest.fixture
def ines(app: Flask) -> FlaskClient:
    """A moderator's browser."""
    return signed_in(app, "Ines", Role.MODERATOR)


def somebody(store: Database, alias: str = "Vera", role: Role = Role.VOLUNTEER) -> int:
    """Somebody's number."""
    with store.begin() as session:
        return account(session, alias, role).id


def decide(
    browser: FlaskClient, id: int, deed: str, words: str = WHY, seen: int = 0, **more: str
) -> TestResponse:
    """Send one of the forms on somebody's page."""
    path = f"/desk/people/{id}"
    return send(browser, path, "/desk/people/", deed=deed, seen=seen, words=words, **more)


def test_the_menu_of_the_desk_leads_to_people(ines: FlaskClient) -> None:
    assert '<a href="/desk/people/">People</a>' in ines.get("/desk/").text
    page = ines.get("/desk/people/")
    assert '<a href="/desk/people/" aria-current="page">' in page.text
    assert "<table" not in page.text  # nobody is listed before somebody is looked for


@pytest.mark.parametrize("typed", ["Mara T", "mara-t", " MARA TE", "rnara t"])
def test_somebody_is_found_by_how_their_alias_begins(ines: FlaskClient, store: Database, typed: str) -> None:
    somebody(store, "Tamara")
    id = somebody(store, "Mara Teale")
    answer = ines.get("/desk/people/", query_string={"alias": typed})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/desk/people/{id}")


def test_several_are_listed_the_exact_one_first(ines: FlaskClient, store: Database) -> None:
    for alias in ("Verena", "Vera", "Veronica", "Oskar"):
        somebody(store, alias)
    page = said(ines.get("/desk/people/?alias=ver"))
    assert "3 people" in page
    assert page.index("Vera volunteer") < page.index("Verena") < page.index("Veronica")
    assert "Oskar" not in page


def test_too_many_ask_for_another_letter(ines: FlaskClient, store: Database) -> None:
    with store.begin() as session:
        for letter in "abcdefghjkmnopqrstuvwxyz":
            for second in "abc":
                account(session, f"Ve{letter}{second}")
    page = ines.get("/desk/people/?alias=Ve")
    assert "These and more; type another letter." in said(page)
    assert page.text.count('<th scope="row">') == 50


@pytest.mark.parametrize("typed", ["Nobody", "%", "_", "' OR 1=1", "\\", "---"])
def test_whom_there_is_not_nobody_finds(ines: FlaskClient, store: Database, typed: str) -> None:
    somebody(store)
    page = ines.get("/desk/people/", query_string={"alias": typed})
    assert "Nobody goes by an alias that begins with" in said(page)


@pytest.mark.parametrize("alias", ["Vera", "Nobody", "V"])
@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.EDUCATOR])
def test_whoever_is_no_moderator_learns_nothing_about_aliases(
    app: Flask, store: Database, role: Role, alias: str
) -> None:
    id = somebody(store)
    browser = signed_in(app, "Somebody", role)
    for path in (f"/desk/people/?alias={alias}", f"/desk/people/{id}", "/desk/people/99"):
        answer = browser.get(path)
        assert answer.status_code == 403
        assert "Vera" not in answer.text
        assert app.test_client().get(path).status_code == 303


def test_a_page_shows_who_let_somebody_in_what_they_did_and_what_was_done_about_them(
    ines: FlaskClient, store: Database
) -> None:
    with store.begin() as session:
        vera, omar, max_ = (account(session, alias) for alias in ("Vera", "Omar", "Max"))
        vera.vouched_by_id, max_.vouched_by_id = omar.id, vera.id
        one, other = annotation(session, vera), annotation(session, omar)
        report(session, one, times=2)
        report(session, other)
        mine = {"annotation_id": other.id, "account_id": vera.id}
        session.add(Rating(**mine, verdict=Verdict.NOT, reasons=[], created=NOW, changed=NOW))
        session.add(Rater(account_id=vera.id, ratings=12, impact=3))
        roles.suspend(session, None, vera, "a campaign", NOW)
        id, uuid = vera.id, one.uuid
    answer = ines.get(f"/desk/people/{id}")
    page = said(answer)
    for told in (
        "Role volunteer",
        "State suspended",
        "Since 24 January 2026",
        "Vouched for by Omar",
        "Let in Max",
        "Wrote 1 helpful",
        "2 reports of what they wrote, 2 open",
        "Rated 1 not helpful; 12 count, earned 3",
        "suspend by whoever runs the server: a campaign",
    ):
        assert told in page
    assert f"/desk/annotations/{uuid}" in answer.text


def test_an_alias_leads_there_from_an_annotation_and_from_the_log(ines: FlaskClient, store: Database) -> None:
    with store.begin() as session:
        vera = account(session, "Vera")
        one = annotation(session, vera)
        log.record(session, NOW, vera, "submit", one)
        id, path = vera.id, f"/desk/annotations/{one.uuid}"
    link = f'<a href="/desk/people/{id}"><bdi>Vera</bdi></a>'
    assert ines.get(path).text.count(link) == 2  # its author, and its history
    assert link in ines.get("/desk/log").text


@pytest.mark.parametrize(
    ("role", "of", "deeds"),
    [
        (Role.MODERATOR, Role.VOLUNTEER, {"vouch", "suspend"}),
        (Role.MODERATOR, Role.MODERATOR, {"vouch"}),
        (Role.ADMINISTRATOR, Role.MODERATOR, {"vouch", "suspend", "change role"}),
        (Role.ADMINISTRATOR, Role.ADMINISTRATOR, {"vouch", "suspend", "change role"}),
    ],
)
def test_there_is_a_form_for_each_deed_that_ones_role_may_do(
    app: Flask, store: Database, role: Role, of: Role, deeds: set[str]
) -> None:
    id = somebody(store, "Vera", of)
    page = signed_in(app, "Ada", role).get(f"/desk/people/{id}").text
    assert set(re.findall(r'name="deed" value="([^"]+)"', page)) == deeds
    assert len(re.findall(r'<textarea[^>]*name="words"[^>]* required', page)) == len(deeds)


def test_somebody_is_suspended_and_restored_with_a_reason_each(ines: FlaskClient, store: Database) -> None:
    id = somebody(store)
    done = decide(ines, id, "suspend")
    assert done.status_code == 303
    page = ines.get(done.headers["Location"])
    assert "They are suspended." in said(page)
    assert f"suspend by Ines: {WHY}" in said(page)
    assert "They are suspended." not in said(ines.get(f"/desk/people/{id}?done=1x"))
    seen = re.search(r'name="seen" value="(\d+)"', page.text)
    assert seen
    assert decide(ines, id, "restore", "A mistake of ours.", int(seen[1])).status_code == 303
    with store.read() as session:
        vera = session.get_one(Account, id)
        assert vera.state == State.ACTIVE
        assert [(line.action, line.reason) for line in log.history(session, vera)] == [
            ("suspend", WHY),
            ("restore", "A mistake of ours."),
        ]
        assert list(log.check(session)) == []


def test_a_moderator_vouches_and_an_administrator_changes_a_role(
    app: Flask, ines: FlaskClient, store: Database
) -> None:
    id = somebody(store)
    assert decide(ines, id, "vouch").status_code == 303
    with store.read() as session:
        seen = roles.last_deed(session, session.get_one(Account, id))
        assert seen is not None
    root = signed_in(app, "Root", Role.ADMINISTRATOR)
    assert decide(root, id, "change role", seen=seen.id, role="moderator").status_code == 303
    page = said(root.get(f"/desk/people/{id}"))
    assert "Vouched for by Ines" in page
    assert "Role moderator" in page
    assert f"change role by Root, volunteer to moderator: {WHY}" in page


@pytest.mark.parametrize(
    ("fields", "status", "beside", "told"),
    [
        ({"deed": "suspend", "words": " "}, 422, "suspend-words", "Say why"),
        ({"deed": "suspend", "words": "x" * 501}, 422, "suspend-words", "500 characters"),
        ({"deed": "suspend", "words": "\u202e\x00"}, 422, "suspend-words", "Say why"),
        ({"deed": "change role", "role": "emperor"}, 422, "change_role-role", "Choose the role"),
        ({"deed": "restore"}, 409, None, "This account is active."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_is_kept(
    app: Flask, store: Database, fields: dict[str, str], status: int, beside: str | None, told: str
) -> None:
    id = somebody(store)
    answer = decide(signed_in(app, "Root", Role.ADMINISTRATOR), id, **{"words": WHY, **fields})  # type: ignore[arg-type]
    assert answer.status_code == status
    assert told in said(answer)
    assert beside is None or f'id="{beside}-wrong"' in answer.text
    assert beside is None or f'<a href="#{beside}">' in answer.text
    with store.read() as session:
        vera = session.get_one(Account, id)
        assert (vera.state, vera.role, log.history(session, vera)) == (State.ACTIVE, Role.VOLUNTEER, [])


@pytest.mark.parametrize(
    ("role", "of", "deed", "status"),
    [
        (Role.MODERATOR, Role.MODERATOR, "suspend", 403),
        (Role.MODERATOR, Role.VOLUNTEER, "change role", 403),
        (Role.MODERATOR, Role.VOLUNTEER, "restore", 409),
        (Role.MODERATOR, Role.VOLUNTEER, "burn", 400),
    ],
)
def test_a_form_that_one_was_not_shown_does_nothing(
    app: Flask, store: Database, role: Role, of: Role, deed: str, status: int
) -> None:
    id = somebody(store, "Vera", of)
    browser = signed_in(app, "Ada", role)
    assert decide(browser, id, deed, role="administrator").status_code == status
    with store.read() as session:
        assert log.history(session, session.get_one(Account, id)) == []


def test_nobody_decides_about_themselves(app: Flask, store: Database) -> None:
    root = signed_in(app, "Root", Role.ADMINISTRATOR)
    id = somebody(store, "Root")
    assert "This is you: another moderator decides about you." in said(root.get(f"/desk/people/{id}"))
    for deed in ("vouch", "suspend", "change role"):
        answer = decide(root, id, deed, role="volunteer")
        assert (answer.status_code, "Nobody decides about themselves" in said(answer)) == (403, True)


def test_whoever_decides_second_is_told_what_the_first_decided(
    app: Flask, ines: FlaskClient, store: Database
) -> None:
    id = somebody(store)
    omar = signed_in(app, "Omar", Role.MODERATOR)
    assert decide(ines, id, "suspend").status_code == 303
    answer = decide(omar, id, "suspend", "For another reason.")
    assert answer.status_code == 409
    assert "Ines suspended them while you looked" in said(answer)
    assert f"The reason: {WHY} Look again before you decide." in said(answer)
    assert 'value="restore"' in answer.text  # how things stand now


def test_what_somebody_does_themselves_makes_no_form_stale(ines: FlaskClient, store: Database) -> None:
    id = somebody(store)
    with store.begin() as session:
        log.record(session, NOW + timedelta(days=1), None, "connect", session.get_one(Account, id))
    assert decide(ines, id, "suspend").status_code == 303


def test_of_two_forms_that_come_at_once_one_wins(app: Flask, ines: FlaskClient, store: Database) -> None:
    id = somebody(store)
    browsers = [ines, signed_in(app, "Omar", Role.MODERATOR)]
    both = Barrier(2)

    def at_once(browser: FlaskClient) -> int:
        found = re.search(r'name="form_token" value="([0-9a-f]+)"', browser.get(f"/desk/people/{id}").text)
        assert found
        both.wait()
        form = {"form_token": found[1], "deed": "vouch", "seen": "0", "words": WHY}
        return browser.post(f"/desk/people/{id}", data=form).status_code

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(at_once, browsers)) == [303, 409]


@pytest.mark.parametrize("path", ["/desk/people/99", "/desk/people/99999999999999999999"])
def test_whom_there_is_not_has_no_page(ines: FlaskClient, path: str) -> None:
    assert ines.get(path).status_code == 404


def test_who_has_left_has_no_page_and_no_name(ines: FlaskClient, store: Database) -> None:
    with store.begin() as session:
        vera = account(session, "Vera")
        vera.alias = vera.alias_key = None
        vera.state = State.CLOSED
        path = f"/desk/people/{vera.id}"
        one = annotation(session, vera)
    assert ines.get(path).status_code == 404
    assert decide(ines, vera.id, "suspend").status_code == 404
    page = ines.get(f"/desk/annotations/{one.uuid}").text
    assert "former volunteer" in page
    assert path not in page


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}"]
)
def test_what_strangers_wrote_is_text_on_these_pages(ines: FlaskClient, store: Database, words: str) -> None:
    with store.begin() as session:  # no form would take such an alias
        vera, max_ = account(session, words[:40]), account(session, "Max")
        max_.vouched_by_id, vera.vouched_by_id = vera.id, max_.id
        annotation(session, vera, body=words, exact=words, title=words)
        id, other = vera.id, max_.id
    assert decide(ines, id, "suspend", words).status_code == 303
    searched = ines.get("/desk/people/", query_string={"alias": words + "nobody"})
    for page in (ines.get(f"/desk/people/{id}"), ines.get(f"/desk/people/{other}"), searched):
        assert "<img" not in page.text
        assert "<script>" not in page.text
        assert str(escape(words[:40])) in page.text
