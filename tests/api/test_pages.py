"""Looking up what is said of a page, without saying which."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event

from caveat.annotations.models import Status, Switch
from caveat.reading import Reader
from services import RedisServer

from .volunteers import API, PREFIX, Place, place

LOOK_UP = f"{API}/pages/{PREFIX}"


def asked(here: Place) -> list[str]:
    """The statements that the database gets from now on."""
    statements: list[str] = []
    event.listen(here.database.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    return statements


def shown(here: Place) -> str:
    """The name of something that readers see."""
    id_: str = here.volunteer(writes=True).writes()["id"]
    here.stands(id_, Status.HELPFUL)
    return id_


@pytest.mark.parametrize(
    "prefix",
    [
        "",
        "a",
        "abcd",
        "abcdef",
        "abcdef0",
        "a" * 64,
        "ABCDE",
        "abcdg",
        "abcd%0a",
        "abcde%0a",
        "٠١٢٣٤",
        "abcd\u0430",
    ],
)
def test_exactly_five_digits_and_never_more_are_taken(there: Place, prefix: str) -> None:
    answer = there.reader.get(f"{API}/pages/{prefix}")
    assert answer.status_code == (404 if not prefix else 422)
    assert answer.content_type == "application/problem+json"
    assert "abcdef0" not in answer.text


def test_a_page_without_annotations_has_the_same_answer_as_any_other(there: Place) -> None:
    answer = there.reader.get(f"{API}/pages/00000")
    assert (answer.status_code, answer.json) == (200, {"pages": {}})
    assert answer.headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("status", list(Status))
def test_readers_see_what_was_found_helpful_and_what_was_settled(there: Place, status: Status) -> None:
    id_ = there.volunteer(writes=True).writes()["id"]
    there.stands(id_, status)
    pages = there.reader.get(LOOK_UP).json["pages"]
    found = [one["id"] for page in pages.values() for one in page]
    assert found == ([id_] if status in (Status.HELPFUL, Status.SETTLED) else [])


def test_with_a_token_come_ones_own_and_what_waits(here: Place) -> None:
    author, other = here.volunteer(writes=True), here.volunteer()
    waits, hidden = author.writes()["id"], author.writes()["id"]
    here.stands(hidden, Status.HIDDEN)
    path = LOOK_UP.removeprefix(API)

    def found(answer: object) -> set[str]:
        return {one["id"] for page in answer.json["pages"].values() for one in page}

    mine, theirs = author.get(path), other.get(path)
    assert (found(mine), found(theirs)) == ({waits, hidden}, {waits})
    assert mine.headers["Cache-Control"] == "private, no-store"
    assert found(here.reader.get(LOOK_UP)) == set()


def test_who_has_it_already_is_told_so(there: Place) -> None:
    shown(there)
    first = there.reader.get(LOOK_UP)
    again = there.reader.get(LOOK_UP, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    shown(there)
    changed = there.reader.get(LOOK_UP, headers={"If-None-Match": first.headers["ETag"]})
    assert (changed.status_code, len(changed.json["pages"][next(iter(changed.json["pages"]))])) == (200, 2)


def test_what_is_kept_asks_the_database_nothing(there: Place) -> None:
    shown(there)
    first = there.reader.get(LOOK_UP).data
    statements = asked(there)
    assert there.reader.get(LOOK_UP).data == first
    assert statements == []


@pytest.mark.parametrize("how", ["withdraw", "settle"])
def test_a_change_of_what_is_shown_is_seen_at_once(there: Place, how: str) -> None:
    author = there.volunteer(writes=True)
    id_ = author.writes()["id"]
    there.stands(id_, Status.HELPFUL)
    before = there.reader.get(LOOK_UP).json
    body = {"correction": "It says 4,500 now."} if how == "settle" else None
    assert author.post(f"/annotations/{id_}/{how}", body).status_code == 200
    after = there.reader.get(LOOK_UP).json
    assert after != before
    assert ("settled" in str(after)) == (how == "settle")


def test_a_moderator_may_stop_the_showing(there: Place) -> None:
    shown(there)
    with there.database.begin() as session:
        value = {"stopped": ["showing"], "reason": "A brigade.", "by": None}
        session.add(Switch(name="brake", value=value, changed=there.now[0]))
    assert there.reader.get(LOOK_UP).json == {"pages": {}}


@pytest.mark.services
def test_redis_keeps_look_ups_for_a_minute_under_five_digits(
    make_app: Callable[..., Flask], reader: Reader, redis: RedisServer
) -> None:
    here = place(make_app, reader, "sqlite://", redis_url=redis.url)
    id_ = shown(here)
    assert id_ in here.reader.get(LOOK_UP).text
    with redis.client() as behind:
        keys = behind.keys("*")
        assert keys == [f"caveat:p:{PREFIX}".encode()]
        assert 0 < behind.ttl(keys[0]) <= 60
        behind.set(keys[0], b"C1xxxxwhat somebody else wrote", keepttl=True)
    assert id_ in here.reader.get(LOOK_UP).text


@pytest.mark.services
def test_with_redis_gone_the_database_answers(
    make_app: Callable[..., Flask], reader: Reader, redis: RedisServer, database_url: str
) -> None:
    here = place(make_app, reader, database_url, redis_url=redis.url)
    id_ = shown(here)
    redis.kill()
    for _ in range(3):
        answer = here.reader.get(LOOK_UP)
        assert (answer.status_code, id_ in answer.text) == (200, True)


def test_the_journal_says_nothing_of_pages_people_and_tokens(there: Place, lines: io.BytesIO) -> None:
    author = there.volunteer(writes=True)
    id_ = author.writes(body="zyxwvut")["id"]
    author.get(f"/annotations/{id_}")
    there.reader.get(LOOK_UP)
    written = lines.getvalue().decode()
    assert "/api/v1/pages/<prefix>" in written
    secret = author.headers["Authorization"].removeprefix("Bearer ")
    for private in (PREFIX, id_, "zyxwvut", "news.example", str(author.account.alias), secret):
        assert private not in written


def test_a_ranking_that_shows_something_forgets_what_was_kept(
    there: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from caveat.annotations import ranker, standing
    from caveat.annotations.ranking import Rule, Settings

    rank_now = standing.rank_now
    settings = Settings(rule=Rule.SIDES, rater_ratings=0, side_certainty=0.0)
    monkeypatch.setattr(ranker.standing, "rank_now", lambda *a, **k: rank_now(*a, settings, **k))
    author, raters = there.volunteer(writes=True), [there.volunteer() for _ in range(8)]
    divides, pleases = [author.writes()["id"] for _ in range(6)], author.writes()["id"]
    for number, one in enumerate(divides):
        for at, rater in enumerate(raters):
            rater.rates(one, "helpful" if (at < 4) == (number % 2 == 0) else "not")
    for rater in raters:
        rater.rates(pleases, "helpful")
    assert there.reader.get(LOOK_UP).json == {"pages": {}}
    ranked = there.app.extensions["caveat"].ranker.turn()
    assert ranked is not None
    assert len(ranked.moved) == 1
    [[found]] = there.reader.get(LOOK_UP).json["pages"].values()
    assert (found["id"], found["standing"]["ratings"]) == (pleases, 8)
    assert found["reason"].startswith("Shown because 4 of 4 on one side")
