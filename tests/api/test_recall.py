"""Bytes that were answered before: the same answer, and nothing let through that was not checked."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from caveat.api.recall import Recall
from caveat.reading import Reader
from services import RedisServer

ADDRESS = "/api/v1/analyses"
BODY = json.dumps({"text": "Many experts say so.\nThe council approved the plan."}).encode()


def ask(client: FlaskClient, query: str = "", body: bytes = BODY, **headers: str) -> TestResponse:
    headers = {"Content-Type": "application/json"} | {n.replace("_", "-"): v for n, v in headers.items()}
    return client.post(ADDRESS + query, data=body, headers=headers)


def test_the_same_bytes_get_the_same_answer(client: FlaskClient) -> None:
    first, second = ask(client), ask(client)
    assert (first.data, first.headers["ETag"]) == (second.data, second.headers["ETag"])


def test_the_same_bytes_with_the_etag_get_nothing_twice(client: FlaskClient) -> None:
    etag = ask(client).headers["ETag"]
    again = ask(client, If_None_Match=etag)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        ("", {"Content-Type": "text/plain"}, 415),
        ("", {"Content-Encoding": "gzip"}, 415),
        ("?detail=everything", {}, 422),
        ("?colour=red", {}, 422),
        ("?detail=sentences", {}, 200),
    ],
)
def test_known_bytes_asked_for_in_another_way_are_checked(
    client: FlaskClient, query: str, headers: dict[str, str], status: int
) -> None:
    known = ask(client)
    other = ask(client, query, **headers)
    assert other.status_code == status
    assert other.data != known.data


def test_a_refused_body_is_refused_every_time(client: FlaskClient) -> None:
    assert [ask(client, body=b'{"text": 3}').status_code for _ in range(3)] == [422] * 3


def test_a_body_over_the_limit_is_refused(make_app: Callable[..., Flask], reader: Reader) -> None:
    client = make_app(reader, max_body=1_024).test_client()
    assert [ask(client, body=b'{"text": "%b"}' % (b"a" * 2_000)).status_code for _ in range(2)] == [413] * 2


@pytest.mark.services
def test_an_answer_that_the_store_has_lost_is_made_again(
    make_app: Callable[..., Flask], reader: Reader, redis: RedisServer
) -> None:
    client = make_app(reader, redis_url=redis.url).test_client()
    before = ask(client)
    with redis.client() as behind:
        behind.flushall()
    assert ask(client).data == before.data
    redis.kill()
    assert ask(client).data == before.data


def test_the_longest_unused_is_forgotten_first() -> None:
    recall = Recall(most_bytes=2_500)
    recall.keep(b"a", "A", b"x" * 600)
    recall.keep(b"b", "B", b"x" * 600)
    assert recall.get(b"a") == ("A", b"x" * 600)
    recall.keep(b"c", "C", b"x" * 600)
    assert [recall.get(seen) is None for seen in (b"a", b"b", b"c")] == [False, True, False]


def test_an_answer_that_fills_the_memory_is_not_remembered() -> None:
    recall = Recall(most_bytes=1_000)
    recall.keep(b"a", "A", b"x" * 2_000)
    assert recall.get(b"a") is None
    recall.keep(b"b", "B", b"x")
    assert recall.get(b"b") == ("B", b"x")


def test_who_had_the_answer_already_leaves_room_for_who_has_not(client: FlaskClient) -> None:
    etag = ask(client).headers["ETag"]
    other = b" " + BODY  # the same article in other bytes
    assert [ask(client, body=other, If_None_Match=etag).status_code for _ in range(2)] == [304, 304]
    assert ask(client, body=other).headers["ETag"] == etag
