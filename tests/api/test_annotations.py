"""Annotations over HTTP: what volunteers send, what they get, and what readers see of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import orjson
import pytest

from annotations.community import NOW, token_of
from caveat.accounts.models import Role
from caveat.annotations.models import Status, Switch
from caveat.api.annotation_schema import AnnotationSchema

from .volunteers import API, Place, Volunteer, submission


def test_a_submission_is_kept_and_answered_as_it_is_described(here: Place) -> None:
    author = here.volunteer(writes=True)
    sent = submission()
    answer = author.post("/annotations", sent)
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["ETag"] == '"1"'
    given = answer.json
    assert AnnotationSchema().validate(given) == {}
    assert given["target"] == sent["target"]
    assert (given["body"], given["sources"], given["language"]) == (sent["body"], sent["sources"], "en")
    assert (given["author"], given["status"], given["mine"]) == (author.account.alias, "pending", True)
    found = author.client.get(answer.headers["Location"], headers=author.headers)
    assert (found.status_code, found.json) == (200, given)


def test_a_replayed_submission_is_the_same_annotation(here: Place) -> None:
    author, sent = here.volunteer(writes=True), submission()
    first = author.post("/annotations", sent)
    with ThreadPoolExecutor(8) as threads:
        again = list(threads.map(lambda _: author.post("/annotations", sent), range(8)))
    assert {answer.status_code for answer in again} == {200}
    assert {answer.json["id"] for answer in again} == {first.json["id"]}


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no body": ({"body": None}, "#/body"),
    "an empty body": ({"body": " "}, "#/body"),
    "too long a body": ({"body": "x" * 1_001}, "#/body"),
    "another field": ({"status": "helpful"}, "#/status"),
    "a number for a signal": ({"signal": 3}, "#/signal"),
    "no such signal": ({"signal": "liar"}, "#/signal"),
    "words that are none": ({"target": {"exact": ""}}, "#/target/exact"),
    "no words": ({"target": {}}, "#/target/exact"),
    "half a place": ({"target": {"exact": "a", "start": 1.5}}, "#/target/start"),
    "a script": ({"page": {"url": "javascript:alert(1)"}}, "#/page/url"),
    "a script as a source": ({"sources": [{"url": "javascript:alert(1)"}]}, "#/sources/0/url"),
    "six sources": ({"sources": [{"url": f"https://a{n}.example"} for n in range(6)]}, "#/sources"),
    "a source with more": (
        {"sources": [{"url": "https://a.example", "onclick": "x"}]},
        "#/sources/0/onclick",
    ),
    "a client's name": ({"client_id": "../x"}, "#/client_id"),
    "a language": ({"language": "en\n"}, "#/language"),
}


@pytest.mark.parametrize(("changes", "pointer"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_with_its_field(there: Place, changes: dict[str, Any], pointer: str) -> None:
    answer = there.volunteer(writes=True).post("/annotations", submission(**changes))
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert pointer in [error["pointer"] for error in answer.json["errors"]]


@pytest.mark.parametrize("hostile", [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"'><svg onload=alert(1)>",
    "{{7*7}} ${7*7}", "</textarea><b>", "javascript:alert(1)", "&lt;b&gt;",
])  # fmt: skip
def test_markup_comes_back_as_the_text_it_is(there: Place, hostile: str) -> None:
    author = there.volunteer(writes=True)
    given = author.writes(
        body=hostile,
        page={"url": "https://news.example/an-article-of-today", "title": hostile},
        target={"exact": hostile, "prefix": hostile, "suffix": hostile},
        sources=[{"url": "https://a.example/?q=<script>", "title": hostile}],
    )
    there.stands(given["id"], Status.HELPFUL)
    answer = there.reader.get(f"{API}/pages/{given['page']['digest'][:5]}")
    assert answer.content_type == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    [[shown]] = orjson.loads(answer.data)["pages"].values()
    said = shown["body"], shown["page"]["title"], shown["sources"][0]["title"], *shown["target"].values()
    assert set(said) == {hostile, None}


def test_who_says_it_again_is_offered_what_is_there(here: Place) -> None:
    first = here.volunteer(writes=True).writes()
    other = here.volunteer(writes=True)
    again = submission(target=first["target"])
    answer = other.post("/annotations", again)
    assert answer.status_code == 409
    assert [one["id"] for one in answer.json["similar"]] == [first["id"]]
    assert not answer.json["similar"][0]["mine"]
    assert other.post("/annotations", again | {"anyway": True}).status_code == 201


# --- Who may ------------------------------------------------------------------------------------

ID = "/annotations/0b0e7a52-8a3f-4b5e-9d1c-2f3a4b5c6d7e"
CLOSED = [
    ("POST", "/annotations", submission()),
    ("PATCH", ID, {"body": "b"}),
    ("POST", f"{ID}/withdraw", None),
    ("POST", f"{ID}/settle", {"correction": "c"}),
    ("PUT", f"{ID}/rating", {"verdict": "helpful"}),
    ("DELETE", f"{ID}/rating", None),
    ("POST", f"{ID}/appeals", {"words": "w"}),
    ("GET", "/me", None),
    ("GET", "/queue", None),
]


@pytest.mark.parametrize(("method", "path", "json"), CLOSED, ids=[f"{m} {p[-9:]}" for m, p, _ in CLOSED])
def test_without_a_token_that_holds_there_is_nothing_to_do(
    there: Place, method: str, path: str, json: Any
) -> None:
    options = {} if json is None else {"json": json}
    headers = {"If-Match": "*"}
    assert there.reader.open(API + path, method=method, headers=headers, **options).status_code == 401
    headers["Authorization"] = "Bearer cav_" + "x" * 43
    refused = there.reader.open(API + path, method=method, headers=headers, **options)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    account = there.volunteer().account
    headers |= token_of(there.database, account, "account")
    assert there.reader.open(API + path, method=method, headers=headers, **options).status_code == 403
    in_address = f"{API}{path}?access_token=cav_{'x' * 43}"
    assert there.reader.open(in_address, method=method, **options).status_code in (400, 422)


def test_a_cookie_is_no_token(there: Place) -> None:
    reader = there.reader
    secret = there.volunteer().headers["Authorization"].removeprefix("Bearer ")
    reader.set_cookie("caveat_session", secret)
    assert reader.get(f"{API}/me").status_code == 401


def test_writing_has_to_be_earned_and_says_how(there: Place) -> None:
    answer = there.volunteer().post("/annotations", submission())
    assert answer.status_code == 403
    assert "5 more of your ratings" in answer.json["detail"]


def test_a_days_limit_and_the_brake_say_when_to_come_back(there: Place) -> None:
    author = there.volunteer(writes=True, days=1)
    for _ in range(3):
        author.writes()
    answer = author.post("/annotations", submission())
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")
    with there.database.begin() as session:
        value = {"stopped": ["submissions", "showing"], "reason": "Somebody floods us.", "by": None}
        session.add(Switch(name="brake", value=value, changed=NOW))
    answer = there.volunteer(writes=True).post("/annotations", submission())
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3600")
    assert "Somebody floods us" in answer.json["detail"]
    assert author.get("/me").json["stopped"] == "Somebody floods us."


# --- Afterwards ---------------------------------------------------------------------------------


def test_an_edit_may_name_the_revision_it_has_seen(here: Place) -> None:
    author = here.volunteer(writes=True)
    own = author.writes()
    path, body = f"/annotations/{own['id']}", {"body": "Better."}
    assert author.ask("PATCH", path, json=body, headers={"If-Match": '"7"'}).status_code == 412
    assert author.ask("PATCH", path, json=body, headers={"If-Match": 'W/"1"'}).status_code == 412
    answer = author.ask("PATCH", path, json=body, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.headers["ETag"], answer.json["body"]) == (200, '"2"', "Better.")
    assert answer.json["sources"] == own["sources"]
    # Sent again, as by a client that lost the answer.
    assert author.ask("PATCH", path, json=body, headers={"If-Match": '"1"'}).status_code == 412
    assert author.ask("PATCH", path, json={"sources": []}, headers={"If-Match": "*"}).json["sources"] == []
    assert author.ask("PATCH", path, json={"signal": "undated"}).json["body"] == "Better."
    here.now[0] = NOW + timedelta(minutes=61)
    late = author.ask("PATCH", path, json={"body": "c"}, headers={"If-Match": "*"})
    assert (late.status_code, "60 minutes" in late.json["detail"]) == (409, True)


def test_of_two_edits_at_once_one_wins_and_the_other_is_told(here: Place) -> None:
    author = here.volunteer(writes=True)
    path = f"/annotations/{author.writes()['id']}"

    def act(number: int) -> int:
        answer = author.ask("PATCH", path, json={"body": f"W{number}"}, headers={"If-Match": '"1"'})
        return answer.status_code

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(act, range(4))) == [200, 412, 412, 412]


def test_of_a_withdrawal_and_a_settlement_at_once_one_wins(here: Place) -> None:
    author, moderator = here.volunteer(writes=True), here.volunteer(Role.MODERATOR)
    own = author.writes()
    here.stands(own["id"], Status.HELPFUL)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(author.post, f"/annotations/{own['id']}/withdraw")
        second = threads.submit(
            moderator.post, f"/annotations/{own['id']}/settle", {"correction": "Now 4,500."}
        )
        answers = [first.result(), second.result()]
    statuses = sorted(answer.status_code for answer in answers)
    # Settled and then withdrawn is no conflict; what was withdrawn is not settled.
    assert statuses in ([200, 200], [200, 409], [200, 412])
    now = author.get(f"/annotations/{own['id']}").json
    assert now["status"] == "withdrawn" or statuses != [200, 200]


def test_withdrawing_twice_is_withdrawing_once(here: Place) -> None:
    author = here.volunteer(writes=True)
    path = f"/annotations/{author.writes()['id']}"
    first, second = author.post(f"{path}/withdraw"), author.post(f"{path}/withdraw")
    assert (first.status_code, first.json) == (second.status_code, second.json)
    assert here.volunteer().get(path).status_code == 404
    assert author.get(path).json["status"] == "withdrawn"


def test_what_the_page_corrected_is_settled_with_what_it_says_now(here: Place) -> None:
    author = here.volunteer(writes=True)
    own = author.writes()
    path = f"/annotations/{own['id']}/settle"
    assert author.post(path, {"correction": "It says 4,500 now."}).status_code == 409
    here.stands(own["id"], Status.HELPFUL)
    assert here.volunteer(writes=True).post(path, {"correction": "x"}).status_code == 403
    answer = author.post(path, {"correction": "It says 4,500 now."})
    assert (answer.json["status"], answer.json["correction"]) == ("settled", "It says 4,500 now.")


WRITES: list[tuple[str, str, Any]] = [
    ("POST", "/withdraw", None),
    ("POST", "/settle", {"correction": "It says 4,500 now."}),
    ("PATCH", "", {"body": "Best."}),
    ("PUT", "/rating", {"verdict": "not"}),
    ("DELETE", "/rating", None),
]


@pytest.mark.parametrize(("method", "path", "json"), WRITES, ids=[f"{m}{p}" for m, p, _ in WRITES])
def test_of_every_write_if_match_means_the_wording_and_not_where_it_stands(
    there: Place, method: str, path: str, json: Any
) -> None:
    author, rater = there.volunteer(writes=True), there.volunteer()
    own = author.writes()
    at = f"/annotations/{own['id']}"
    assert author.ask("PATCH", at, json={"body": "Better."}).json["revision"] == 2
    rater.rates(own["id"], "helpful")  # now it needs ratings, which is its third revision
    if path == "/settle":
        there.stands(own["id"], Status.HELPFUL)
    who = rater if path == "/rating" else author
    options = {} if json is None else {"json": json}
    for seen, refused in (('"1"', True), ('"9"', True), ('"2"', False)):
        answer = who.ask(method, at + path, headers={"If-Match": seen}, **options)
        assert (answer.status_code == 412) == refused, (seen, answer.text)
    assert answer.status_code in (200, 204)


# --- Ratings ------------------------------------------------------------------------------------


def counted(here: Place, id_: str) -> None:
    """What a ranking would have counted."""
    from uuid import UUID

    from sqlalchemy import select

    from caveat.annotations.models import Annotation

    with here.database.begin() as session:
        one = session.scalars(select(Annotation).where(Annotation.uuid == UUID(id_))).one()
        side = {"helpful": 1.0, "ratings": 2}
        one.standing = {"ratings": 4, "sides": [side, side]}
        one.reason = "Needs ratings: 1 of 2 on one side and 1 of 2 on the other found it helpful so far."


def test_ratings_are_hidden_until_one_has_rated(here: Place) -> None:
    author, rater = here.volunteer(writes=True), here.volunteer()
    id_ = author.writes()["id"]
    here.volunteer().rates(id_, "helpful")
    counted(here, id_)
    for who in (author, rater):
        seen = who.get(f"/annotations/{id_}").json
        assert (seen["standing"], seen["rating"]) == (None, None)
        assert "1 of 2" not in seen["reason"]
    answer = rater.rates(id_, "not", "opinion", "sources-missing")
    assert answer.status_code == 200
    assert answer.json["rating"] == {"verdict": "not", "reasons": ["opinion", "sources-missing"]}
    assert answer.json["standing"]["ratings"] == 4
    assert "1 of 2" in rater.get(f"/annotations/{id_}").json["reason"]
    assert rater.rates(id_, "helpful", "clear").json["rating"]["verdict"] == "helpful"


def test_a_rating_is_taken_back_where_it_was_given(here: Place) -> None:
    author, rater = here.volunteer(writes=True), here.volunteer()
    id_ = author.writes()["id"]
    rater.rates(id_, "helpful", "clear")
    for _ in range(2):
        answer = rater.ask("DELETE", f"/annotations/{id_}/rating")
        assert (answer.status_code, answer.data) == (204, b"")
    seen = rater.get(f"/annotations/{id_}").json
    assert (seen["rating"], seen["standing"]) == (None, None)
    assert [one["id"] for one in rater.get("/queue").json["annotations"]] == [id_]


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({}, "#/verdict"),
        ({"verdict": "great"}, "#/verdict"),
        ({"verdict": "helpful", "reasons": ["opinion"]}, "#/reasons/0"),
        ({"verdict": "helpful", "reasons": ["nonsense"]}, "#/reasons/0"),
        ({"verdict": "helpful", "weight": 100}, "#/weight"),
    ],
)
def test_a_rating_that_is_wrong_is_refused(there: Place, given: dict[str, Any], pointer: str) -> None:
    id_ = there.volunteer(writes=True).writes()["id"]
    answer = there.volunteer().ask("PUT", f"/annotations/{id_}/rating", json=given)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


# --- Reports and appeals ------------------------------------------------------------------------


def reports(here: Place) -> int:
    from sqlalchemy import func, select

    from caveat.annotations.models import Report

    with here.database.read() as session:
        return session.scalar(select(func.count()).select_from(Report)) or 0


def test_anybody_reports_once_a_day_what_is_shown(here: Place) -> None:
    id_ = here.volunteer(writes=True).writes()["id"]
    path, said = f"{API}/annotations/{id_}/reports", {"kind": "spam", "words": "<b>Buy</b>"}
    assert here.reader.post(path, json=said).status_code == 404
    here.stands(id_, Status.HELPFUL)
    assert here.reader.post(path, json=said).status_code == 204
    again = here.reader.post(path, json=said)
    assert (again.status_code, again.headers["Retry-After"]) == (429, "3600")
    elsewhere = {"REMOTE_ADDR": "192.0.2.8"}
    assert here.reader.post(path, json=said, environ_base=elsewhere).status_code == 204
    assert reports(here) == 2
    assert here.reader.post(path, json={"kind": "dislike"}).status_code == 422


def test_an_author_appeals_against_being_hidden(here: Place) -> None:
    author = here.volunteer(writes=True)
    id_ = author.writes()["id"]
    path = f"/annotations/{id_}/appeals"
    assert author.post(path, {"words": "Why?"}).status_code == 409
    here.stands(id_, Status.HIDDEN)
    assert author.post(path, {"words": "It is about a figure."}).status_code == 204
    assert author.post(path, {"words": "It is about a figure."}).status_code == 204
    assert here.volunteer().post(path, {"words": "Mine too."}).status_code == 404
    assert here.volunteer(Role.MODERATOR).post(path, {"words": "Mine too."}).status_code == 403


# --- Oneself ------------------------------------------------------------------------------------


def test_ones_own_page_says_what_one_may_and_what_one_wrote(here: Place) -> None:
    author = here.volunteer(writes=True)
    here.now[0] = NOW + timedelta(minutes=1)
    first = author.writes()
    here.now[0] = NOW + timedelta(minutes=2)
    second = author.writes()
    me = author.get("/me").json
    assert (me["alias"], me["role"], me["stopped"]) == (author.account.alias, "volunteer", None)
    assert me["may_write"]["may"]
    assert (me["may_write"]["most"], me["may_write"]["left"], me["may_rate"]["left"]) == (10, 8, 100)
    assert [one["id"] for one in me["annotations"]] == [second["id"], first["id"]]
    newcomer = here.volunteer(days=0).get("/me").json
    assert not newcomer["may_write"]["may"]
    assert "5 more" in newcomer["may_write"]["reason"]


def test_the_queue_is_what_one_neither_wrote_nor_rated(here: Place) -> None:
    author, rater = here.volunteer(writes=True), here.volunteer(writes=True)
    rated, waits = author.writes()["id"], author.writes()["id"]
    rater.writes()
    rater.rates(rated, "helpful")
    answer = rater.get("/queue")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert [one["id"] for one in answer.json["annotations"]] == [waits]


def test_a_closed_account_is_a_former_volunteer(here: Place) -> None:
    author = here.volunteer(writes=True)
    id_ = author.writes()["id"]
    with here.database.begin() as session:
        account = session.get_one(type(author.account), author.account.id)
        account.alias = account.alias_key = None
        account.state = "closed"
    assert here.volunteer().get(f"/annotations/{id_}").json["author"] == "former volunteer"
    assert author.get("/me").status_code == 401


def test_everything_in_order_from_submission_to_a_readers_page(here: Place) -> None:
    author, raters = here.volunteer(writes=True), [here.volunteer() for _ in range(3)]
    given = author.writes()
    path = f"{API}/pages/{given['page']['digest'][:5]}"
    assert here.reader.get(path).json == {"pages": {}}
    assert [a["id"] for a in raters[0].get(path.removeprefix(API)).json["pages"][given["page"]["digest"]]]
    for rater in raters:
        assert _rated(rater, given["id"]) == "needs-ratings"
    here.stands(given["id"], Status.HELPFUL)
    [shown] = here.reader.get(path).json["pages"][given["page"]["digest"]]
    assert (shown["id"], shown["status"], shown["mine"], shown["rating"]) == (
        given["id"],
        "helpful",
        False,
        None,
    )
    assert AnnotationSchema().validate(shown) == {}


def _rated(rater: Volunteer, id_: str) -> str:
    answer = rater.rates(id_, "helpful", "clear")
    assert answer.status_code == 200
    status: str = answer.json["status"]
    return status
