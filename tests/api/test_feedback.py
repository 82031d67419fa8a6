"""What a server makes of being told that a note was not useful: one figure, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from caveat.reading import Reader

TELL = "/api/v1/feedback"
ENGINE = "zyxwvutmarker 1.0"


def counted(client: FlaskClient) -> dict[str, float]:
    """How often each signal was called not useful, by its id."""
    families = text_string_to_metric_families(client.get("/metrics").text)
    found = [s for f in families for s in f.samples if s.name == "caveat_notes_not_useful_total"]
    assert all(set(sample.labels) == {"signal"} for sample in found)
    return {sample.labels["signal"]: sample.value for sample in found}


def test_a_note_that_was_not_useful_is_counted_under_its_signal(client: FlaskClient) -> None:
    for signal in ("vague-source", "hedged", "vague-source"):
        answer = client.post(TELL, json={"signal": signal, "engine": ENGINE})
        assert (answer.status_code, answer.data) == (204, b"")
    assert counted(client) == {"vague-source": 2, "hedged": 1}


@pytest.mark.parametrize(
    ("sent", "pointer", "words", "limit"),
    [
        ({"engine": "e"}, "#/signal", "Missing data", None),
        ({"signal": "hedged"}, "#/engine", "Missing data", None),
        ({"signal": ["hedged"], "engine": "e"}, "#/signal", "Not a valid string", None),
        ({"signal": "hedged", "engine": "e" * 201}, "#/engine", "the limit is 200", 200),
        ({"signal": "hedged", "engine": "e", "words": "zyxwvut"}, "#/words", "Unknown field", None),
        ([], "#", "Invalid input type", None),
    ],
)
def test_what_is_wrong_is_named_with_its_limit_and_counts_nothing(
    client: FlaskClient, sent: object, pointer: str, words: str, limit: int | None
) -> None:
    answer = client.post(TELL, json=sent)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    (fault,) = answer.json["errors"]
    assert fault["pointer"] == pointer
    assert words in fault["detail"]
    assert fault.get("limit") == limit
    assert b"zyxwvut" not in answer.data
    assert counted(client) == {}


def test_a_signal_that_is_not_in_the_catalogue_is_not_found_and_not_counted(client: FlaskClient) -> None:
    answer = client.post(TELL, json={"signal": "zyxwvut", "engine": "e"})
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert answer.json["errors"][0]["pointer"] == "#/signal"
    assert "/api/v1/signals" in answer.json["detail"]
    assert b"zyxwvut" not in answer.data
    assert counted(client) == {}


def test_nothing_of_what_was_sent_is_in_the_journal(client: FlaskClient, lines: io.BytesIO) -> None:
    client.post(TELL, json={"signal": "vague-source", "engine": ENGINE}, headers={"User-Agent": "zyxwvut"})
    entry = orjson.loads(lines.getvalue().splitlines()[-1])
    assert (entry["route"], entry["status"]) == (TELL, 204)
    assert b"zyxwvut" not in lines.getvalue()
    assert b"vague-source" not in lines.getvalue()
    assert "zyxwvut" not in client.get("/metrics").text


def test_who_tells_too_often_is_made_to_wait(make_app: Callable[..., Flask], reader: Reader) -> None:
    client = make_app(reader, rate_limit="3 per minute").test_client()
    told = [client.post(TELL, json={"signal": "hedged", "engine": "e"}).status_code for _ in range(4)]
    assert told == [204, 204, 204, 429]
    assert counted(client) == {"hedged": 3}


def test_an_extension_may_tell_from_its_own_origin(client: FlaskClient) -> None:
    origin = "moz-extension://7c0f3b8e-5d7e-4b7a-9d55-6f1f6a3f0caa"
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    asked["Access-Control-Request-Headers"] = "content-type"
    assert client.options(TELL, headers=asked).headers["Access-Control-Allow-Origin"] == origin
