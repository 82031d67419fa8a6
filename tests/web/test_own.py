"""What somebody wrote, on a page of their own: how it stands, appealing once, and taking it back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape
from sqlalchemy import select

from annotations.desk_scene import NOW, account, annotation, stored
from caveat.accounts import log
from caveat.accounts.models import Role
from caveat.annotations.models import Annotation, Appeal, Status
from caveat.annotations.moderation import decide
from caveat.annotations.rulings import Decision, Ruling
from caveat.database import Database
from web.test_desk import said, send, signed_in

OWN = "/account/annotations/"
WORDS = "The council's minutes say so; I gave the page."


@pytest.fixture
def store(app: Flask) -> Database:
    found: Database = app.extensions["caveat"].database
    return found


@pytest.fixture
def vera(app: Flask) -> FlaskClient:
    """An author's browser."""
    return signed_in(app, "Vera", Role.VOLUNTEER)


def written(store: Database, status: Status = Status.HELPFUL, by: str = "Vera", **told: str) -> UUID:
    with store.begin() as session:
        return annotation(session, account(session, by), status, **told).uuid  # type: ignore[arg-type]


def ruled(store: Database, uuid: UUID, ruling: Ruling, by: str = "Ines") -> None:
    """A moderator decides."""
    revision = stored(store, uuid).revision
    with store.begin() as session:
        moderator = account(session, by, Role.MODERATOR)
        decide(session, moderator, uuid, revision, ruling, datetime.now(UTC))


def hidden(store: Database, **told: str) -> UUID:
    uuid = written(store, **told)
    ruled(store, uuid, Ruling(Decision.HIDE, "opinion"))
    return uuid


def test_the_account_page_leads_there_and_at_first_it_is_empty(vera: FlaskClient) -> None:
    assert f'<a href="{OWN}">Your annotations</a>' in vera.get("/account/").text
    assert "You have written nothing yet." in said(vera.get(OWN))


def test_whoever_is_not_signed_in_is_led_to_the_form_and_back(app: Flask) -> None:
    led = app.test_client().get(OWN + "?page=2")
    assert (led.status_code, led.headers["Location"]) == (
        303,
        "/account/?next=/account/annotations/%3Fpage%3D2",
    )


def test_it_says_how_each_stands_and_why_and_leads_to_its_page(vera: FlaskClient, store: Database) -> None:
    mine = {status: written(store, status, exact=f"words of {status}") for status in Status}
    theirs = written(store, by="Max", exact="not mine")
    with store.begin() as session:
        annotation(session, account(session, "Vera"), Status.PENDING, held=True)
    one = hidden(store, exact="an opinion")
    answer = vera.get(OWN)
    page = said(answer)
    for told in (
        "9 in all",
        "Readers are shown it.",
        "It waits for ratings",
        "Raters did not find it helpful.",
        "Its author took it back.",
        "It is settled",
        "It is held until a moderator has looked at it.",
        "Readers are not shown it. Hidden by a moderator. ",
    ):
        assert told in page
    assert "not mine" not in page
    for uuid in (*(mine[status] for status in Status if status != Status.WITHDRAWN), one):
        assert f'href="/a/{uuid}"' in answer.text
        assert vera.get(f"/a/{uuid}").status_code == 200
    for uuid in (mine[Status.WITHDRAWN], theirs):
        assert f'href="/a/{uuid}"' not in answer.text


def test_what_a_moderator_decided_against_can_be_appealed_once(vera: FlaskClient, store: Database) -> None:
    uuid = hidden(store)
    sent = send(vera, f"{OWN}{uuid}/appeal?page=1", OWN, words=WORDS)
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{OWN}?page=1#n-{uuid}")
    page = vera.get(OWN)
    assert "It waits for a moderator who had no part in the decision." in said(page)
    assert "/appeal" not in page.text
    again = send(vera, f"{OWN}{uuid}/appeal", OWN, words="Something else.")
    assert (again.status_code, "You have appealed already." in said(again)) == (409, True)
    with store.read() as session:
        (kept,) = session.scalars(select(Appeal)).all()
        assert kept.words == WORDS


@pytest.mark.parametrize(
    ("ruling", "told"),
    [
        (Ruling(Decision.UPHOLD, words="It is an opinion."), "Upheld on {day}: It is an opinion."),
        (Ruling(Decision.OVERTURN), "Overturned on {day}: After an appeal another moderator took the"),
    ],
)
def test_what_became_of_an_appeal_is_told(
    vera: FlaskClient, store: Database, ruling: Ruling, told: str
) -> None:
    uuid = hidden(store)
    send(vera, f"{OWN}{uuid}/appeal", OWN, words=WORDS)
    ruled(store, uuid, ruling, "Omar")
    page = vera.get(OWN)
    now = datetime.now(UTC)
    assert told.format(day=f"{now.day} {now:%B %Y}") in said(page)
    assert "/appeal" not in page.text


def test_what_raters_decided_offers_no_appeal_and_what_a_moderator_declined_does(
    vera: FlaskClient, store: Database
) -> None:
    by_raters = written(store, Status.NOT_HELPFUL)
    declined = written(store, Status.NEEDS_RATINGS)
    ruled(store, declined, Ruling(Decision.DECLINE))
    page = vera.get(OWN).text
    assert f"{OWN}{declined}/appeal" in page
    assert f"{OWN}{by_raters}/appeal" not in page


@pytest.mark.parametrize("words", [" ", "x" * 1_001], ids=["none", "long"])
def test_words_that_cannot_be_kept_are_said_to_be_beside_their_field_and_stay(
    vera: FlaskClient, store: Database, words: str
) -> None:
    uuid = hidden(store)
    answer = send(vera, f"{OWN}{uuid}/appeal", OWN, words=words)
    assert answer.status_code == 422
    assert f'id="words-{uuid}-wrong"' in answer.text
    assert f'<a href="#words-{uuid}">' in answer.text
    assert f">{words}</textarea>" in answer.text


@pytest.mark.parametrize("deed", ["appeal", "withdraw"])
def test_nobody_acts_on_what_is_anothers_or_not_there(vera: FlaskClient, store: Database, deed: str) -> None:
    theirs = written(store, by="Max")
    ruled(store, theirs, Ruling(Decision.HIDE, "opinion"))
    for uuid in (theirs, written(store, by="Max"), uuid4()):
        assert send(vera, f"{OWN}{uuid}/{deed}", OWN, words=WORDS).status_code == 404
    assert stored(store, theirs).status == Status.HIDDEN


def test_one_is_taken_back_and_the_log_says_so(vera: FlaskClient, store: Database) -> None:
    uuid = written(store)
    assert send(vera, f"{OWN}{uuid}/withdraw", OWN).status_code == 303
    one = stored(store, uuid)
    assert one.status == Status.WITHDRAWN
    with store.read() as session:
        assert [line.action for line in log.history(session, one)] == ["withdraw"]
    page = vera.get(OWN)
    assert "Its author took it back." in said(page)
    assert "/withdraw" not in page.text


def test_what_is_hidden_is_not_taken_back_but_appealed(vera: FlaskClient, store: Database) -> None:
    uuid = hidden(store)
    answer = send(vera, f"{OWN}{uuid}/withdraw", OWN)
    assert (answer.status_code, "You may appeal." in said(answer)) == (409, True)


def test_many_are_on_several_pages_the_newest_first(vera: FlaskClient, store: Database) -> None:
    with store.begin() as session:
        me = account(session, "Vera")
        for n in range(45):
            annotation(session, me, exact=f"words number {n:02}", created=NOW + timedelta(minutes=n))
    assert "words number 44" in said(vera.get(OWN))
    assert "Page 1 of 3" in said(vera.get(f"{OWN}?page=x"))
    assert "words number 24" in said(vera.get(f"{OWN}?page=2"))
    last = vera.get(f"{OWN}?page=99")
    assert "Page 3 of 3" in said(last)
    assert last.text.count("<li class") == 5


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}"]
)
def test_what_people_wrote_is_text(vera: FlaskClient, store: Database, words: str) -> None:
    uuid = hidden(store, exact=words, body=words, title=words)
    answer = send(vera, f"{OWN}{uuid}/appeal", OWN, words=words + "x" * 1_000)
    assert answer.status_code == 422
    with store.begin() as session:
        session.scalars(select(Annotation).where(Annotation.uuid == uuid)).one().reason = words
    for page in (answer, vera.get(OWN)):
        assert "<img" not in page.text
        assert "<script" not in page.text
        assert page.text.count(str(escape(words))) >= 3


def test_the_page_is_kept_by_nobody_and_runs_nothing(vera: FlaskClient) -> None:
    answer = vera.get(OWN)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<script" not in answer.text
