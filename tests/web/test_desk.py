"""The moderation desk: who gets in, what its forms do, and what strangers' words cannot do."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape
from sqlalchemy import select
from werkzeug.test import TestResponse

from annotations.desk_scene import account, annotation, appeal, report, stored
from at_once import at_once
from caveat import web
from caveat.accounts import tokens
from caveat.accounts.models import Entry, Role
from caveat.annotations.models import Annotation, Source, Status, Switch, Wording
from caveat.annotations.moderation import AT_ONCE
from caveat.database import Database
from caveat.reading import Reader
from caveat.web import desk
from caveat.web.forms import SEED_COOKIE, csrf_token
from caveat.web.outward import at_words, href
from caveat.web.session import COOKIE, SCOPE
from web.people import form_token

Pages = Iterator[FlaskClient]
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def store(app: Flask) -> Database:
    found: Database = app.extensions["caveat"].database
    return found


def signed_in(app: Flask, alias: str, role: Role, store: Database | None = None) -> FlaskClient:
    """A browser in which somebody is signed in."""
    now = datetime.now(UTC)
    with (store or app.extensions["caveat"].database).begin() as session:
        who = account(session, alias, role)
        secret, _ = tokens.issue(session, who, "browser", SCOPE, now, timedelta(days=1))
    browser = app.test_client()
    browser.set_cookie(COOKIE, secret, domain="localhost")
    return browser


@pytest.fixture
def ines(app: Flask) -> FlaskClient:
    """A moderator's browser."""
    return signed_in(app, "Ines", Role.MODERATOR)


def send(browser: FlaskClient, to: str, at: str | None = None, **fields: object) -> TestResponse:
    """A form sent from a page of ours."""
    token = form_token(browser.get(at or to).text)
    return browser.post(to, data={"form_token": token, **fields})


def written(store: Database, status: Status = Status.HELPFUL, reports: int = 1, **told: str) -> UUID:
    """Something by a volunteer, with a report."""
    with store.begin() as session:
        one = annotation(session, account(session, "Vera"), status, **told)
        report(session, one, times=reports)
        return one.uuid


def said(answer: TestResponse) -> str:
    """What a page says, without its tags."""
    text = re.sub(r"<(script|style)\b.*?</\1>", "", answer.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub("<[^>]+>", "", text)).split())


ROUTES = [
    ("GET", "/desk/"),
    ("GET", "/desk/annotations/{uuid}"),
    ("POST", "/desk/annotations/{uuid}"),
    ("POST", "/desk/several"),
    ("GET", "/desk/people/"),
    ("GET", "/desk/people/{id}"),
    ("POST", "/desk/people/{id}"),
    ("GET", "/desk/spared"),
    ("POST", "/desk/spared"),
    ("POST", "/desk/spared/remove"),
    ("GET", "/desk/brake"),
    ("POST", "/desk/brake"),
    ("GET", "/desk/log"),
    ("GET", "/desk/log/check"),
]
FIELDS = {
    "decision": "keep", "revision": "1", "kind": "site", "what": "example.org", "key": "k", "words": "",
    "deed": "vouch", "seen": "0",
}  # fmt: skip


@pytest.mark.parametrize(("role", "may"), [(Role.EDUCATOR, "may write"), (Role.VOLUNTEER, "may not write")])
def test_it_says_whether_an_author_may_write(
    ines: FlaskClient, store: Database, role: Role, may: str
) -> None:
    with store.begin() as session:
        one = annotation(session, account(session, "Vera", role)).uuid
    assert f"nothing that counts yet; {may}</dd>" in ines.get(f"/desk/annotations/{one}").text


def test_the_table_of_routes_is_complete(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/desk")]
    there = {
        (method, rule.rule.replace("<uuid:uuid>", "{uuid}").replace("<int:id>", "{id}"))
        for rule in rules
        for method in rule.methods or ()
    }
    assert {route for route in there if route[0] not in ("HEAD", "OPTIONS")} == set(ROUTES)


@pytest.mark.parametrize(("method", "route"), ROUTES)
@pytest.mark.parametrize("role", [None, *Role])
def test_moderators_and_administrators_get_in_and_nobody_else(
    app: Flask, store: Database, method: str, route: str, role: Role | None
) -> None:
    path = route.format(uuid=written(store), id=1)
    browser = signed_in(app, "Somebody", role) if role else app.test_client()
    if method == "GET":
        answer = browser.get(path)
    elif role is None:
        browser.set_cookie(SEED_COOKIE, "seed", domain="localhost")
        with app.test_request_context(headers={"Cookie": f"{SEED_COOKIE}=seed"}):
            answer = browser.post(path, data={"form_token": csrf_token(), **FIELDS})
    else:
        answer = send(browser, path, "/desk/", **FIELDS)
    if role in (Role.MODERATOR, Role.ADMINISTRATOR):
        assert answer.status_code not in (401, 403)
        assert "form_token" in answer.text or answer.status_code == 303
    elif role is None:
        assert answer.status_code == 303
        expected = f"/account/?next={path}" if method == "GET" else "/account/"
        assert answer.headers["Location"] == expected
    else:
        assert answer.status_code == 403
        assert "for moderators or administrators" in said(answer)
        assert answer.content_type.startswith("text/html")
    with store.read() as session:
        is_allowed = role in (Role.MODERATOR, Role.ADMINISTRATOR)
        assert is_allowed or session.scalars(select(Entry)).all() == []


@pytest.mark.parametrize("route", [route for method, route in ROUTES if method == "POST"])
@pytest.mark.parametrize(
    ("token", "headers"),
    [
        (None, {}),
        ("", {}),
        ("0" * 64, {}),
        ("right", {"Sec-Fetch-Site": "cross-site"}),
        ("right", {"Sec-Fetch-Site": "same-site"}),
        ("right", {"Origin": "https://elsewhere.example"}),
    ],
    ids=["none", "empty", "wrong", "cross-site", "same-site", "other-origin"],
)
def test_a_form_of_another_site_does_nothing(
    ines: FlaskClient, store: Database, route: str, token: str | None, headers: dict[str, str]
) -> None:
    path = route.format(uuid=written(store), id=1)
    found = re.search(r'name="form_token" value="([0-9a-f]+)"', ines.get("/desk/").text)
    assert found
    sent = found[1] if token == "right" else token  # noqa: S105 - no secret
    fields = {**FIELDS, **({} if sent is None else {"form_token": sent})}
    assert ines.post(path, data=fields, headers=headers).status_code == 403
    with store.read() as session:
        assert session.scalars(select(Entry)).all() == []


def test_nothing_waits_and_the_page_says_so(ines: FlaskClient) -> None:
    assert "Nothing waits." in said(ines.get("/desk/"))
    assert "Nothing waits here" in said(ines.get("/desk/?why=held"))
    assert "Nothing is spared." in said(ines.get("/desk/spared"))
    assert "No line is like that." in said(ines.get("/desk/log"))


def test_the_queue_says_what_waits_and_why_and_can_be_narrowed(ines: FlaskClient, store: Database) -> None:
    written(store, exact="the reported words")
    with store.begin() as session:
        appeal(
            session, annotation(session, account(session, "Vera"), Status.HIDDEN, exact="the appealed words")
        )
    page = said(ines.get("/desk/"))
    assert "All (2) Reported (1) Appealed (1) Held (0) Looks like spam (0) Rated (0)" in page
    assert "One report: it is advertising or spam." in page
    assert "Readers see it now." in page
    only = said(ines.get("/desk/?why=appealed"))
    assert "the appealed words" in only
    assert "the reported words" not in only


def test_a_decision_is_confirmed_in_the_queue_and_can_be_undone_there(
    ines: FlaskClient, store: Database
) -> None:
    uuid = written(store)
    path = f"/desk/annotations/{uuid}"
    answer = send(ines, path, decision="hide", revision=1, reason="spam", words="")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/desk/?decided={uuid}")
    confirmed = ines.get(answer.headers["Location"])
    assert "You hid it: the bridge was closed in March" in said(confirmed)
    assert 'value="restore"' in confirmed.text
    assert send(ines, path, decision="restore", revision=2).status_code == 303
    assert stored(store, uuid).status == Status.HELPFUL


def test_somebody_elses_decision_is_not_confirmed_to_me(
    app: Flask, ines: FlaskClient, store: Database
) -> None:
    uuid = written(store)
    send(ines, f"/desk/annotations/{uuid}", decision="hide", revision=1, reason="spam")
    omar = signed_in(app, "Omar", Role.MODERATOR)
    for decided in (uuid, uuid4(), "x"):
        assert "You hid it" not in said(omar.get(f"/desk/?decided={decided}"))


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"decision": "hide", "reason": "", "words": "My words."}, "reason", "Choose a reason for hiding."),
        ({"decision": "hide", "reason": "other", "words": ""}, "words", "needs a sentence of yours"),
        (
            {"decision": "hide", "reason": "spam", "words": "x" * 501},
            "words",
            "500 characters",
        ),
    ],
)
def test_a_decision_that_lacks_something_says_so_beside_the_field_and_keeps_what_was_typed(
    ines: FlaskClient, store: Database, fields: dict[str, str], field: str, words: str
) -> None:
    uuid = written(store)
    answer = send(ines, f"/desk/annotations/{uuid}", revision=1, **fields)
    assert answer.status_code == 422
    assert words in said(answer)
    assert f'id="{field}-wrong"' in answer.text
    assert fields["words"] in answer.text
    assert stored(store, uuid).status == Status.HELPFUL


def test_who_decides_second_is_told_what_the_first_decided(
    app: Flask, ines: FlaskClient, store: Database
) -> None:
    uuid = written(store)
    omar = signed_in(app, "Omar", Role.MODERATOR)
    path = f"/desk/annotations/{uuid}"
    assert send(ines, path, decision="keep", revision=1).status_code == 303
    answer = send(omar, path, decision="hide", revision=1, reason="spam")
    assert answer.status_code == 409
    assert "Ines kept it and closed its reports while you looked at it" in said(answer)
    assert stored(store, uuid).status == Status.HELPFUL
    assert send(omar, path, decision="hide", revision=2, reason="spam").status_code == 303


def test_of_two_forms_that_come_at_once_one_wins_and_the_other_is_told(
    make_app: Callable[..., Flask], reader: Reader, database_url: str
) -> None:
    app = make_app(reader, database_url=database_url)
    store: Database = app.extensions["caveat"].database
    path = f"/desk/annotations/{written(store)}"
    browsers = [signed_in(app, alias, Role.MODERATOR) for alias in ("Ines", "Omar")]
    looked_at = [form_token(browser.get(path).text) for browser in browsers]

    def decide(number: int) -> TestResponse:
        form = {"form_token": looked_at[number], "decision": "hide", "revision": 1, "reason": "spam"}
        return browsers[number].post(path, data=form)

    first, second = sorted(at_once(decide, range(2)), key=lambda answer: answer.status_code)
    assert (first.status_code, second.status_code) == (303, 409)
    assert "hid it" in said(second)
    assert "while you looked at it" in said(second)
    with store.read() as session:
        assert len(session.scalars(select(Entry).where(Entry.action == "hide")).all()) == 1


def test_several_are_decided_at_once_and_undone_at_once(ines: FlaskClient, store: Database) -> None:
    uuids = [written(store) for _ in range(3)]
    chosen = [f"{uuid}:1" for uuid in uuids]
    answer = send(ines, "/desk/several", "/desk/", decision="hide", reason="spam", chosen=chosen)
    assert "3: you hid it." in said(answer)
    assert {stored(store, uuid).status for uuid in uuids} == {Status.HIDDEN}
    undo = re.findall(r'name="chosen" value="([^"]+)"', answer.text)
    send(ines, "/desk/several", "/desk/", decision="restore", chosen=undo)
    assert {stored(store, uuid).status for uuid in uuids} == {Status.HELPFUL}


def test_of_several_the_refused_are_listed_with_why(ines: FlaskClient, store: Database) -> None:
    good, gone = written(store), written(store, Status.WITHDRAWN)
    chosen = [f"{good}:1", f"{gone}:1"]
    page = said(send(ines, "/desk/several", "/desk/", decision="hide", reason="spam", chosen=chosen))
    assert "1: you hid it." in page
    assert "Not done: 1" in page
    assert "this one is withdrawn" in page


@pytest.mark.parametrize(
    ("chosen", "status", "words"),
    [
        ([], 422, "between 1 and 100"),
        ([f"{uuid4()}:1" for _ in range(AT_ONCE + 1)], 422, "these are 101"),
        ([f"{uuid4()}:1"], 404, "no such annotation"),
        (["x:1"], 400, "no page of ours"),
        ([f"{uuid4()}:x"], 400, "number that is none"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_in_words(
    ines: FlaskClient, store: Database, chosen: list[str], status: int, words: str
) -> None:
    written(store)
    answer = send(ines, "/desk/several", "/desk/", decision="keep", chosen=chosen)
    assert answer.status_code == status
    assert words in said(answer)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"decision": "burn", "revision": "1"}, 400),
        ({"decision": "hide", "revision": "-1"}, 400),
        ({"decision": "hide", "revision": "9" * 30}, 400),
        ({"decision": "hide"}, 400),
    ],
)
def test_a_form_that_no_page_of_ours_sends_is_a_bad_request(
    ines: FlaskClient, store: Database, fields: dict[str, str], status: int
) -> None:
    assert send(ines, f"/desk/annotations/{written(store)}", **fields).status_code == status


def test_an_annotation_that_there_is_not_is_not_found(ines: FlaskClient, store: Database) -> None:
    written(store)
    assert ines.get(f"/desk/annotations/{uuid4()}").status_code == 404
    answer = send(ines, f"/desk/annotations/{uuid4()}", "/desk/", decision="keep", revision=1)
    assert answer.status_code == 404


@pytest.mark.parametrize("words", [SCRIPT, '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}"])
def test_what_strangers_wrote_is_text_wherever_it_stands(
    ines: FlaskClient, store: Database, words: str
) -> None:
    with store.begin() as session:
        one = annotation(session, account(session, words[:40]), Status.HELPFUL, words, words, title=words)
        one.prefix = one.suffix = one.reason = one.correction = one.signal = words[:40]
        one.sources = [Source(position=0, url="https://council.example/?" + words, title=words)]
        one.via = ["https://elsewhere.example/" + words]
        session.add(Wording(annotation_id=one.id, revision=9, body=words, sources=[], until=one.created))
        report(session, one, words=words)
        appeal(session, one, words)
        path = f"/desk/annotations/{one.uuid}"
    send(ines, "/desk/spared", kind="person", what=words + " somebody else", words=words)
    send(ines, "/desk/brake", stop="ratings", words=words)
    for page in (path, "/desk/", "/desk/spared", "/desk/brake", "/desk/log"):
        text = ines.get(page).text
        assert "<img" not in text
        assert "<script>" not in text
    assert ines.get(path).text.count(str(escape(words))) >= 8


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//elsewhere.example/",
        "/desk/log",
        "https:javascript:alert(1)",
        "https://",
        "https://[",
        "https:\\\\elsewhere.example",
        "https://a.example/\nx",
    ],
)
def test_only_http_and_https_lead_away(ines: FlaskClient, store: Database, address: str) -> None:
    assert href(address) is None
    assert at_words(address, "words") is None
    uuid = written(store, sources=(address,))  # type: ignore[arg-type]
    with store.begin() as session:
        one = session.scalars(select(Annotation).where(Annotation.uuid == uuid)).one()
        one.page.url, one.via = address, [address]
    links = re.findall(r'<a [^>]*href="([^"]*)"', ines.get(f"/desk/annotations/{uuid}").text)
    assert all(link.startswith(("/", "#")) for link in links)
    assert html.escape(address) not in links or address == "/desk/log"


def test_a_link_away_says_that_nobody_vouches_for_it(ines: FlaskClient, store: Database) -> None:
    page = ines.get(f"/desk/annotations/{written(store)}").text
    away = re.findall(r'<a [^>]*href="https?:[^>]*>', page)
    assert len(away) == 3  # the page, the words on it, the source
    assert all('rel="noopener noreferrer nofollow ugc"' in link for link in away)


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("a well-known, red bridge & more", "a%20well%2Dknown%2C%20red%20bridge%20%26%20more"),
        ("eins\nzwei", "eins%20zwei"),
        ("one two three four five " * 10, "one%20two%20three%20four%20five,one%20two%20three%20four%20five"),
    ],
)
def test_a_link_to_the_words_keeps_what_would_mean_something_there(words: str, fragment: str) -> None:
    assert at_words("https://a.example/x#old", words) == f"https://a.example/x#:~:text={fragment}"


def test_the_page_of_one_shows_its_words_in_context_and_who_wrote_it_in_numbers(
    ines: FlaskClient, store: Database
) -> None:
    page = ines.get(f"/desk/annotations/{written(store)}")
    assert "<mark>the bridge was closed in March</mark>" in page.text
    told = said(page)
    assert "Officials said that the bridge was closed in March, but gave no reason." in told
    assert "1 helpful" in told
    assert "Nobody has rated it." in told
    assert "Nobody has decided anything about it." in told


def test_what_is_ones_own_offers_no_decision(ines: FlaskClient, store: Database) -> None:
    with store.begin() as session:
        uuid = annotation(session, account(session, "Ines", Role.MODERATOR)).uuid
    page = ines.get(f"/desk/annotations/{uuid}")
    assert "You wrote this one: another moderator decides." in said(page)
    assert 'name="decision"' not in page.text
    assert send(
        ines, f"/desk/annotations/{uuid}", "/desk/log", decision="hide", revision=1, reason="spam"
    ).status_code


def test_a_person_is_spared_and_taken_off_again(ines: FlaskClient, store: Database) -> None:
    uuid = written(store, body="Zoe Muller said otherwise.")
    page = said(send(ines, "/desk/spared", kind="person", what="Zoë Müller", words="Asked for."))
    assert "Added; one annotation was hidden by it." in page
    assert stored(store, uuid).status == Status.HIDDEN
    page = said(send(ines, "/desk/spared/remove", "/desk/spared", kind="person", key="zoe muller"))
    assert "Taken off; one annotation was restored." in page
    assert stored(store, uuid).status == Status.HELPFUL


def test_what_cannot_be_spared_is_told_beside_its_field(ines: FlaskClient) -> None:
    answer = send(ines, "/desk/spared", kind="person", what="Smith", words="Asked for.")
    assert answer.status_code == 422
    assert 'id="what-wrong"' in answer.text
    assert 'value="Smith"' in answer.text


def test_the_brake_shows_on_every_page_of_the_desk(ines: FlaskClient, store: Database) -> None:
    path = f"/desk/annotations/{written(store)}"
    assert send(ines, "/desk/brake", stop=["ratings"], words="A flood.").status_code == 303
    for page in ("/desk/", path, "/desk/spared", "/desk/log", "/desk/log/check", "/desk/brake"):
        assert "The emergency brake is on: ratings stopped since" in said(ines.get(page))
        assert "A flood." in said(ines.get(page))
    send(ines, "/desk/brake", words="")
    assert "The emergency brake is on" not in said(ines.get("/desk/"))


def test_a_moderator_neither_stops_the_showing_nor_lets_go_of_it(app: Flask, ines: FlaskClient) -> None:
    assert send(ines, "/desk/brake", stop="showing", words="Why.").status_code == 403
    root = signed_in(app, "Root", Role.ADMINISTRATOR)
    assert send(root, "/desk/brake", stop="showing", words="Why.").status_code == 303
    assert send(ines, "/desk/brake", stop="ratings", words="Both.").status_code == 303
    assert "ratings and showing stopped" in said(ines.get("/desk/"))
    assert send(ines, "/desk/brake", stop="ratings", words=" ").status_code == 422


def test_a_freeze_of_the_ranking_shows(ines: FlaskClient, store: Database) -> None:
    with store.begin() as session:
        value = {"on": True, "reason": "31 % of a week's ratings come from young accounts."}
        session.add(Switch(name="freeze", value=value, changed=datetime.now(UTC)))
    assert "31 % of a week's ratings" in said(ines.get("/desk/"))


def test_the_log_is_filtered_and_its_chain_checked(ines: FlaskClient, store: Database) -> None:
    first, second = written(store), written(store)
    send(ines, f"/desk/annotations/{first}", decision="keep", revision=1)
    send(ines, f"/desk/annotations/{second}", decision="hide", revision=1, reason="spam")
    number = stored(store, second).id
    assert said(ines.get("/desk/log")).count("annotation:") == 3  # two lines, and the label's example
    for query in ("action=hide", f"subject=annotation:{number}", "by=Ines&action=hide"):
        page = ines.get(f"/desk/log?{query}").text
        assert f"/desk/annotations/{second}" in page
        assert f"/desk/annotations/{first}" not in page
    assert "No line is like that." in said(ines.get("/desk/log?by=Nobody"))
    assert "before=" not in ines.get("/desk/log?before=x").text
    assert "Every line is what it was" in said(ines.get("/desk/log/check"))


def test_a_line_that_was_changed_behind_the_databases_back_shows(ines: FlaskClient, store: Database) -> None:
    send(ines, f"/desk/annotations/{written(store)}", decision="keep", revision=1)
    with store.begin() as session:
        session.add(
            Entry(at=datetime.now(UTC), action="hide", subject="annotation:1", details={}, chain="0" * 64)
        )
    assert "One line is not what it was" in said(ines.get("/desk/log/check"))


def test_every_action_is_a_button_of_a_form_and_every_key_is_on_one_or_on_a_link(
    ines: FlaskClient, store: Database
) -> None:
    uuid = written(store)
    with store.begin() as session:
        held = annotation(session, account(session, "Vera"), Status.PENDING, held=True).uuid
    for page in ("/desk/", f"/desk/annotations/{uuid}", f"/desk/annotations/{held}"):
        text = ines.get(page).text
        keyed = re.findall(r"<(\w+)[^>]*data-key=\"(.)\"", text)
        assert {tag for tag, _ in keyed} <= {"a", "button"}
        assert len({key for _, key in keyed}) == len(keyed)
        assert " onclick" not in text
        for form in re.findall(r"<form.*?</form>", text, re.DOTALL):
            assert "<button" in form


def test_pages_of_the_desk_are_kept_by_nobody_and_run_only_files_of_ours(
    ines: FlaskClient, store: Database
) -> None:
    answer = ines.get(f"/desk/annotations/{written(store)}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert re.findall(r"<script[^>]*>", answer.text) == ['<script src="/static/desk-keys.js" defer>']


def test_many_wait_on_several_pages(ines: FlaskClient, store: Database) -> None:
    with store.begin() as session:
        vera = account(session, "Vera")
        for _ in range(30):
            report(session, annotation(session, vera))
    assert "Page 1 of 2" in said(ines.get("/desk/"))
    second = ines.get("/desk/?page=2")
    assert second.text.count('name="chosen"') == 5
    assert "Page 2 of 2" in said(ines.get("/desk/?page=99"))
    assert "Page 1 of 2" in said(ines.get("/desk/?page=x"))


def test_whoever_keeps_lookups_hears_which_pages_changed_and_of_nothing_that_was_refused(
    store: Database,
) -> None:
    heard: list[str] = []
    app = Flask("caveat", static_folder=None)
    app.register_blueprint(web.blueprint(b"{}"))
    app.register_blueprint(desk.blueprint(store, heard.extend))
    ines = signed_in(app, "Ines", Role.MODERATOR, store)
    uuid = written(store, body="Zoe Muller said otherwise.")
    prefix = stored_prefix(store, uuid)
    path = f"/desk/annotations/{uuid}"
    for fields, times in [
        ({"decision": "hide", "reason": ""}, 0),
        ({"decision": "hide", "reason": "spam"}, 1),
        ({"decision": "hide", "reason": "spam"}, 1),
    ]:
        send(ines, path, "/desk/", revision=1, **fields)
        assert heard == [prefix] * times
    send(ines, "/desk/several", "/desk/", decision="restore", chosen=[f"{uuid}:2"])
    send(ines, "/desk/spared", kind="person", what="Zoe Muller", words="Asked for.")
    send(ines, "/desk/spared/remove", "/desk/spared", kind="person", key="zoe muller")
    assert heard == [prefix] * 4


def stored_prefix(store: Database, uuid: UUID) -> str:
    with store.read() as session:
        return session.scalars(select(Annotation).where(Annotation.uuid == uuid)).one().page.prefix
