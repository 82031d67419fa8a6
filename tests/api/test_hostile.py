"""What strangers try over HTTP: requests that come twice, tokens where they do not belong, names of what is
hidden, addresses that a server might follow, and markup."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from markupsafe import escape
from sqlalchemy import func, select, update

from annotations.community import token_of
from caveat.accounts.models import Entry, Role, Token
from caveat.annotations.models import Annotation, Appeal, Status
from web.elements import Elements

from .volunteers import API, PREFIX, Place, submission


def kept(here: Place, table: Any) -> int:
    with here.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_submission_that_others_replay_is_theirs_and_not_the_first_authors(here: Place) -> None:
    author, other = here.volunteer(writes=True), here.volunteer(writes=True)
    sent = submission()
    mine = author.post("/annotations", sent).json
    answer = other.post("/annotations", sent)
    assert (answer.status_code, answer.json["similar"][0]["id"]) == (409, mine["id"])
    theirs = other.post("/annotations", sent | {"anyway": True}).json
    assert (theirs["id"] != mine["id"], theirs["author"]) == (True, other.account.alias)


def test_a_submission_that_comes_again_with_other_words_changes_nothing(here: Place) -> None:
    author, sent = here.volunteer(writes=True), submission()
    first = author.post("/annotations", sent).json
    again = author.post("/annotations", sent | {"body": "Something else."})
    assert (again.status_code, again.json) == (200, first)


def test_a_submission_that_comes_again_after_it_was_withdrawn_stays_withdrawn(here: Place) -> None:
    author, sent = here.volunteer(writes=True), submission()
    id_ = author.post("/annotations", sent).json["id"]
    author.post(f"/annotations/{id_}/withdraw")
    again = author.post("/annotations", sent)
    assert (again.status_code, again.json["id"], again.json["status"]) == (200, id_, "withdrawn")
    assert kept(here, Annotation) == 1


def test_what_is_done_twice_is_done_and_logged_once(here: Place) -> None:
    author = here.volunteer(writes=True)
    id_ = author.writes()["id"]
    here.stands(id_, Status.HELPFUL)
    for path, said in (("settle", {"correction": "Now 4,500."}), ("withdraw", None)):
        first = author.post(f"/annotations/{id_}/{path}", said)
        lines = kept(here, Entry)
        again = author.post(f"/annotations/{id_}/{path}", said)
        assert (again.status_code, again.data) == (200, first.data)
        assert kept(here, Entry) == lines


def test_an_appeal_that_is_replayed_is_one_appeal(here: Place) -> None:
    author = here.volunteer(writes=True)
    id_ = author.writes()["id"]
    here.stands(id_, Status.HIDDEN)
    sent = {"words": "It is about a figure."}
    assert [author.post(f"/annotations/{id_}/appeals", sent).status_code for _ in range(3)] == [204] * 3
    assert kept(here, Appeal) == 1


def test_the_protocols_post_has_no_name_for_what_it_sends_so_that_twice_is_two(here: Place) -> None:
    author = here.volunteer(writes=True)
    document = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "body": {"type": "TextualBody", "value": "Which survey?"},
        "target": "https://news.example/1",
    }
    headers = author.headers | {"Content-Type": "application/ld+json"}
    sent = orjson.dumps(document)
    answers = [here.reader.post("/annotations/", data=sent, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert kept(here, Annotation) == 2
    assert author.get("/me").json["may_write"]["left"] == 8  # each counts


# --- Tokens -------------------------------------------------------------------------------------

TAKE_TOKENS = [
    ("POST", "/api/v1/annotations", submission()),
    ("PATCH", "/api/v1/annotations/{id}", {"body": "b"}),
    ("POST", "/api/v1/annotations/{id}/withdraw", None),
    ("POST", "/api/v1/annotations/{id}/settle", {"correction": "c"}),
    ("PUT", "/api/v1/annotations/{id}/rating", {"verdict": "helpful", "reasons": []}),
    ("POST", "/api/v1/annotations/{id}/appeals", {"words": "w"}),
    ("GET", "/api/v1/annotations/{id}", None),
    ("GET", f"/api/v1/pages/{PREFIX}", None),
    ("GET", "/api/v1/me", None),
    ("GET", "/api/v1/queue", None),
    ("GET", "/annotations/", None),
    ("POST", "/annotations/", {}),
    ("GET", "/annotations/{id}", None),
    ("PUT", "/annotations/{id}", {}),
    ("DELETE", "/annotations/{id}", None),
]


@pytest.mark.parametrize(("method", "path", "json"), TAKE_TOKENS, ids=[f"{m} {p}" for m, p, _ in TAKE_TOKENS])
def test_a_token_that_holds_does_not_in_an_address(
    there: Place, lines: Any, method: str, path: str, json: Any
) -> None:
    author = there.volunteer(writes=True)
    id_ = author.writes()["id"]
    secret = author.headers["Authorization"].removeprefix("Bearer ")
    sent = {} if json is None else {"json": json}
    for headers in ({}, author.headers):
        answer = there.reader.open(
            f"{path.format(id=id_)}?access_token={secret}",
            method=method,
            headers=headers | {"If-Match": "*"},
            **sent,
        )
        assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
        assert "in an address is seen by others" in answer.json["detail"]
        assert secret not in answer.text
    assert secret not in lines.getvalue().decode()
    assert author.get(f"/annotations/{id_}").json["revision"] == 1


# --- What is not there --------------------------------------------------------------------------


def test_what_is_hidden_is_told_from_what_never_was_by_nothing(there: Place) -> None:
    id_ = there.volunteer(writes=True).writes()["id"]
    there.stands(id_, Status.HIDDEN)
    other = there.volunteer()
    nowhere = "00000000-0000-4000-8000-000000000000"
    for path in ("/api/v1/annotations/{}", "/annotations/{}", "/a/{}"):
        for headers in ({}, other.headers):
            told = [there.reader.get(path.format(name), headers=headers) for name in (id_, nowhere)]
            assert [answer.status_code for answer in told] == [404, 404]
            first, second = (answer.text.replace(name, "") for answer, name in zip(told, (id_, nowhere)))  # noqa: B905
            assert first == second
    for method, path, said in (
        ("PUT", "rating", {"verdict": "helpful"}),
        ("POST", "reports", {"kind": "spam"}),
        ("POST", "appeals", {"words": "w"}),
    ):
        told = [other.ask(method, f"/annotations/{name}/{path}", json=said) for name in (id_, nowhere)]
        assert [(answer.status_code, answer.json) for answer in told] == [(404, told[0].json)] * 2


# --- Addresses in what is sent ------------------------------------------------------------------


def test_no_address_that_is_sent_is_ever_fetched(there: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.setblocking(False)
        address = f"http://127.0.0.1:{trap.getsockname()[1]}/x"
        author = there.volunteer(Role.MODERATOR)
        author.writes(page={"url": address}, sources=[{"url": f"{address}/source", "title": ""}])
        anno = "http://www.w3.org/ns/anno.jsonld"
        words = {"type": "TextQuoteSelector", "exact": "Half of the shops closed"}
        statuses = []
        for context in (
            address,
            [anno, address],
            [anno, {"@import": address}],
            [anno, {"body": {"@id": "oa:hasBody", "@context": address}}],
        ):
            document = {
                "@context": context,
                "id": f"{address}/id",
                "via": f"{address}/via",
                "canonical": f"{address}/canonical",
                "type": "Annotation",
                "body": [{"type": "TextualBody", "value": "Which survey?"}, f"{address}/body"],
                "target": {"source": f"{address}/page", "selector": words},
            }
            answer = there.reader.post(
                "/annotations/",
                data=orjson.dumps(document),
                headers=author.headers | {"Content-Type": "application/ld+json"},
            )
            statuses.append(answer.status_code)
        assert statuses == [422, 201, 201, 422]
        with pytest.raises(BlockingIOError):
            trap.accept()


# --- Markup -------------------------------------------------------------------------------------


@pytest.mark.parametrize("attack", [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", "{{ 7*7 }}",
])  # fmt: skip
def test_what_the_api_took_is_text_on_every_page_of_the_server(there: Place, attack: str) -> None:
    author, moderator = there.volunteer(writes=True), there.volunteer(Role.MODERATOR)
    answer = author.post("/annotations", submission(
        body=attack,
        page={"url": f"https://news.example/?{attack}", "title": attack},
        target={"exact": attack, "prefix": attack, "suffix": attack},
        sources=[{"url": f"https://council.example/?{attack}", "title": attack}],
    ))  # fmt: skip
    assert answer.status_code == 201, answer.text
    id_ = answer.json["id"]
    there.stands(id_, Status.HELPFUL)
    report = {"kind": "spam", "words": attack}
    assert there.reader.post(f"{API}/annotations/{id_}/reports", json=report).status_code == 204
    assert author.post(f"/annotations/{id_}/settle", {"correction": attack}).status_code == 200
    desk = there.app.test_client()
    scope = "account annotate moderate"
    secret = token_of(there.database, moderator.account, scope)["Authorization"].removeprefix("Bearer ")
    desk.set_cookie("caveat_session", secret)
    with there.database.begin() as session:  # a page's time is the real one
        session.execute(update(Token).values(expires=datetime.max.replace(tzinfo=UTC)))
    for path in (f"/a/{id_}", f"/desk/annotations/{id_}", "/desk/", "/desk/log"):
        page = desk.get(path)
        assert (page.status_code, page.mimetype) == (200, "text/html")
        assert "script-src 'self';" in page.headers["Content-Security-Policy"]
        elements = Elements(page.text)
        assert not elements.all("img")
        assert all(script.get("src") == "/static/desk-keys.js" for script in elements.all("script"))
        assert not [name for _, given in elements.found for name in given if name.startswith("on")]
    assert str(escape(attack)) in desk.get(f"/a/{id_}").text
    assert desk.get(f"/desk/annotations/{id_}").text.count(str(escape(attack))) >= 5
