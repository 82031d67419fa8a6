"""How often one address and one token may ask, in this process and across processes, and with Redis gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caveat.reading import Reader
from services import RedisServer

ASK = "/api/v1/analyses"


def ask(client: FlaskClient, address: str = "192.0.2.7", **options: object) -> int:
    """The status of one small request from an address."""
    return client.post(
        ASK, json={"text": "Many say so."}, environ_base={"REMOTE_ADDR": address}, **options
    ).status_code


@pytest.fixture
def limited(make_app: Callable[..., Flask], reader: Reader) -> FlaskClient:
    return make_app(reader, rate_limit="3 per minute").test_client()


def test_who_asks_too_often_is_told_the_limit_and_when_to_come_back(limited: FlaskClient) -> None:
    assert [ask(limited) for _ in range(4)] == [200, 200, 200, 429]
    answer = limited.post(ASK, json={"text": "Many say so."}, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert answer.content_type == "application/problem+json"
    assert "3 per 1 minute" in answer.json["detail"]
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


def test_another_address_is_not_made_to_wait(limited: FlaskClient) -> None:
    assert [ask(limited) for _ in range(4)][-1] == 429
    assert ask(limited, "192.0.2.8") == 200


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # one household has a /64
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.7", "::ffff:192.0.2.7", True),  # one address, written two ways
    ],
)
def test_addresses_of_one_household_count_together(
    limited: FlaskClient, first: str, second: str, together: bool
) -> None:
    for _ in range(3):
        ask(limited, first)
    assert ask(limited, second) == (429 if together else 200)


def test_requests_that_are_refused_count_too(limited: FlaskClient) -> None:
    for _ in range(3):
        assert limited.post(ASK, json={}, environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 422
    assert ask(limited) == 429


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_whatever_may_change_something_is_counted(limited: FlaskClient, method: str) -> None:
    answers = [limited.open("/api/v1/annotations", method=method).status_code for _ in range(4)]
    assert 429 not in answers[:3]
    assert answers[3] == 429 or answers[3] == answers[0] == 405  # what is not there costs nothing


def test_one_token_counts_from_wherever_it_comes(limited: FlaskClient) -> None:
    sent = {"Authorization": "Bearer cav_" + "x" * 43}
    asked = [ask(limited, f"192.0.2.{n}", headers=sent) for n in range(4)]
    assert asked == [200] * 3 + [429]
    assert ask(limited, "192.0.2.9") == 200


@pytest.mark.parametrize("page", ["/api/v1/signals", "/healthz", "/lens/", "/api/v1/openapi.json"])
def test_what_costs_nothing_is_not_limited(limited: FlaskClient, page: str) -> None:
    answers = [limited.get(page) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 5
    for answer in answers:
        answer.close()


def test_the_default_is_to_limit(make_app: Callable[..., Flask], reader: Reader) -> None:
    client = make_app(reader, rate_limit="60 per minute").test_client()
    assert [ask(client) for _ in range(61)] == [200] * 60 + [429]


def test_a_forged_forwarding_header_does_not_change_who_asks(limited: FlaskClient) -> None:
    asked = [ask(limited, headers={"X-Forwarded-For": f"198.51.100.{n}"}) for n in range(4)]
    assert asked[-1] == 429


def test_behind_a_trusted_proxy_its_clients_are_counted(
    make_app: Callable[..., Flask], reader: Reader
) -> None:
    client = make_app(reader, rate_limit="3 per minute", trusted_proxies=1).test_client()
    assert [ask(client, headers={"X-Forwarded-For": f"198.51.100.{n}"}) for n in range(4)] == [200] * 4


@pytest.mark.services
def test_with_redis_gone_each_process_counts_for_itself(
    make_app: Callable[..., Flask], reader: Reader, redis: RedisServer
) -> None:
    client = make_app(reader, rate_limit="3 per minute", redis_url=redis.url).test_client()
    assert ask(client) == 200
    redis.kill()
    assert [ask(client) for _ in range(4)] == [200, 200, 200, 429]


@pytest.mark.services
def test_redis_is_told_no_address(make_app: Callable[..., Flask], reader: Reader, redis: RedisServer) -> None:
    assert ask(make_app(reader, rate_limit="3 per minute", redis_url=redis.url).test_client()) == 200
    with redis.client() as behind:
        counts = [key for key in behind.keys("*") if b":l:" in key]
        assert len(counts) == 1
        assert b"192.0.2.7" not in counts[0]
        assert 0 < behind.ttl(counts[0]) <= 60
