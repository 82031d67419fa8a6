"""An annotation's own page: what it tells, to whom, and that what people wrote stays text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

import written
from caveat.accounts import log
from caveat.annotations.formats import dump
from caveat.annotations.models import Annotation, Report, Status
from caveat.cli.streams import _Silence
from caveat.database import Database
from web.elements import Elements


@pytest.fixture(scope="module")
def app(shared_app: Flask) -> Flask:
    """One for all, as each writes an annotation of its own."""
    return shared_app


@pytest.fixture
def database(app: Flask) -> Database:
    found: Database = app.extensions["caveat"].database
    return found


def write(database: Database, **parts: Any) -> str:
    with database.begin() as session:
        one = written.annotation(session, **parts)
        log.record(session, written.NOW, one.author, "submit", one)
        log.record(session, written.NOW, None, "status", one, before="pending", after="helpful")
        return f"/a/{one.uuid}"


def test_it_shows_the_words_what_is_said_what_it_rests_on_and_how_it_was_judged(
    client: FlaskClient, database: Database
) -> None:
    text = client.get(write(database)).text
    for part in (
        "<mark>Most drivers are happy</mark>", "closed for a year. ", "The survey asked 40 drivers",
        'href="https://council.example/survey"', "The bridge reopens", "heron", "Bare number",
        "7 of 9 on one side and 4 of 6 on the other found it helpful", "was shown to readers",
        "by its ratings", "01 March 2026",
    ):  # fmt: skip
        assert part in text


def test_it_leads_to_the_same_as_data(client: FlaskClient, database: Database) -> None:
    answer = client.get(write(database))
    alternates = [link for link in Elements(answer.text).all("link") if link["rel"] == "alternate"]
    (data,) = [str(link["href"]) for link in alternates]
    assert f'<{data}>; rel="alternate"' in answer.headers["Link"]
    assert orjson.loads(client.get(data).data)["id"] == data
    review = orjson.loads(client.get(f"{answer.request.path}/claimreview").data)
    assert review["@type"] == "ClaimReview"


def test_credit_is_no_review_of_a_claim(client: FlaskClient, database: Database) -> None:
    path = write(database, signal="named-source")
    assert "ClaimReview" not in client.get(path).text
    assert client.get(f"{path}/claimreview").status_code == 404


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (Status.PENDING, 404),
        (Status.NEEDS_RATINGS, 404),
        (Status.NOT_HELPFUL, 404),
        (Status.HIDDEN, 404),
        (Status.WITHDRAWN, 410),
        (Status.SETTLED, 200),
    ],
)
def test_what_readers_are_not_shown_has_no_page(
    client: FlaskClient, database: Database, status: Status, answer: int
) -> None:
    path = write(database, status=status)
    assert client.get(path).status_code == answer
    assert client.get(f"{path}/claimreview").status_code == (404 if answer == 200 else answer)


def test_its_author_sees_it_while_it_waits(client: FlaskClient, database: Database) -> None:
    path = write(database, status=Status.NEEDS_RATINGS)
    with database.begin() as session:
        scope = "account annotate moderate"
        client.set_cookie("caveat_session", written.token(session, written.account(session), scope))
    assert "waits for ratings" in client.get(path).text


ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</blockquote></main><iframe srcdoc='x'>",
    "{{ 7*7 }}{% include 'base.html' %}",
    "\u202egnp.exe <svg/onload=alert(1)>",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(
    "place",
    [
        "body",
        "exact",
        "prefix",
        "suffix",
        "correction",
        "reason",
        "signal",
        "title",
        "source",
        "alias",
        "language",
    ],
)
def test_what_people_wrote_stays_text(
    client: FlaskClient, database: Database, place: str, attack: str
) -> None:
    parts: dict[str, Any] = {place: attack}
    with database.begin() as session:
        if place == "title":
            parts = {"page": written.page(session, f"{written.BRIDGE}/{uuid4()}", attack)}
        elif place == "source":
            parts = {"sources": [("https://council.example/?a=" + attack, attack)]}
        elif place == "alias":
            parts = {"author": written.account(session, attack)}
        elif place == "signal":
            parts = {"signal": attack[:40]}
        elif place == "language":
            parts = {"language": attack[:35]}
    clean, attacked = (Elements(client.get(write(database, **each)).text) for each in ({}, parts))
    assert {tag for tag, _ in attacked.found} <= {tag for tag, _ in clean.found}
    assert not [name for _, attributes in attacked.found for name in attributes if name.startswith("on")]
    if "{{" in attack and place != "language":
        assert "{{ 7*7 }}" in client.get(write(database, **parts)).text, "it is no template either"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example/", "vbscript:x"]
)
def test_only_addresses_of_the_web_become_links(
    client: FlaskClient, database: Database, address: str
) -> None:
    page = Elements(client.get(write(database, sources=[(address, "Look")])).text)
    assert address not in [link.get("href") for link in page.all("a")]
    away = [link for link in page.all("a") if str(link.get("href")).startswith("http")]
    assert all({"noopener", "noreferrer", "nofollow"} <= set(str(link.get("rel")).split())
               for link in away if "localhost" not in str(link["href"]))  # fmt: skip


def test_it_runs_nothing_and_asks_nobody_else(client: FlaskClient, database: Database) -> None:
    answer = client.get(write(database))
    page = Elements(answer.text)
    assert not page.all("script")
    assert not [a for _, a in page.found if "style" in a]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert all(str(link["href"]).startswith("/static/") for link in page.all("link")
               if link["rel"] == "stylesheet")  # fmt: skip


def form(client: FlaskClient, path: str, **fields: str) -> dict[str, str]:
    """The fields that the page's form would send."""
    found = re.search(r'name="form_token" value="([0-9a-f]+)"', client.get(path).text)
    assert found
    return {"form_token": found[1], "kind": "spam", "words": "", **fields}


def reports(database: Database, path: str) -> list[tuple[str, str]]:
    """What was reported of the annotation on a page."""
    uuid = UUID(path.removeprefix("/a/"))
    with database.read() as session:
        of_it = select(Report.kind, Report.words).join(Report.annotation).where(Annotation.uuid == uuid)
        return [(kind, words) for kind, words in session.execute(of_it)]


def test_anybody_may_report_it(client: FlaskClient, database: Database) -> None:
    path = write(database)
    answer = client.post(f"{path}/report", data=form(client, path, words="An advertisement."))
    assert (answer.status_code, answer.location) == (303, f"{path}/reported")
    assert "A moderator will look at it" in client.get(answer.location).text
    assert reports(database, path) == [("spam", "An advertisement.")]


def test_a_report_from_another_site_or_of_no_kind_is_refused(client: FlaskClient, database: Database) -> None:
    path = write(database)
    assert client.post(f"{path}/report", data={"kind": "spam", "words": ""}).status_code == 403
    fields = form(client, path)
    cross = client.post(f"{path}/report", data=fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert cross.status_code == 403
    assert client.post(f"{path}/report", data={**fields, "kind": "other-kind"}).status_code == 422
    assert reports(database, path) == []


def test_the_dumps_are_listed_and_can_be_downloaded(
    make_app: Callable[..., Flask], reader: Any, tmp_path: Path
) -> None:
    app = make_app(reader, dump_folder=tmp_path)
    client, database = app.test_client(), app.extensions["caveat"].database
    assert "There is none yet" in client.get("/annotations/dump/").text
    write(database)
    made = dump.write(database, tmp_path, datetime(2026, 3, 1, tzinfo=UTC), None, _Silence())
    (tmp_path / "private.txt").write_text("not for you")
    listing = Elements(client.get("/annotations/dump/").text)
    files = [str(a["href"]) for a in listing.all("a") if str(a["href"]).startswith("/annotations/dump/2")]
    assert len(files) == 5
    for address in files:
        with client.get(address) as answer:
            assert answer.data == (made.folder / address.rpartition("/")[2]).read_bytes()
    for wrong in ("/private.txt", "/../private.txt", "/%2e%2e/private.txt", f"/{made.folder.name}/../x"):
        assert client.get("/annotations/dump" + wrong).status_code == 404
