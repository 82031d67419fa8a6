"""/healthz, /readyz and /metrics, and what every answer and journal line carries and leaves out."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from caveat.reading import Reader
from services import RedisServer, eventually, free_port

ASK = "/api/v1/analyses"
MARKER = "zyxwvutmarker"


def test_a_living_server_says_so(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_a_ready_server_says_what_reads_and_what_keeps(client: FlaskClient, reader: Reader) -> None:
    answer = client.get("/readyz")
    cache = {"kind": "embedded", "state": "up"}
    assert answer.status_code == 200
    assert answer.json == {"status": "ready", "engine": reader.engine, "cache": cache}


def cache_of(client: FlaskClient) -> dict[str, str]:
    """What a server, ready as ever, says about its cache."""
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (200, "ready")
    found: dict[str, str] = answer.json["cache"]
    return found


@pytest.mark.services
def test_a_redis_that_goes_and_comes_back_is_reported_and_the_server_stays_ready(
    make_app: Callable[..., Flask], reader: Reader, redis: RedisServer
) -> None:
    client = make_app(reader, redis_url=redis.url).test_client()
    assert cache_of(client) == {"kind": "redis", "state": "up"}
    redis.kill()
    assert cache_of(client) == {"kind": "redis", "state": "down"}
    assert client.post(ASK, json={"text": "Many say so."}).status_code == 200
    redis.start()
    eventually(lambda: cache_of(client)["state"] == "up", "Redis is reported up")


def test_a_redis_that_was_never_there_is_reported_without_its_address(
    make_app: Callable[..., Flask], reader: Reader, lines: io.BytesIO
) -> None:
    url = f"redis://:{MARKER}@127.0.0.1:{free_port()}/0"
    client = make_app(reader, redis_url=url).test_client()
    assert cache_of(client) == {"kind": "redis", "state": "down"}
    shown = client.get("/readyz").data + client.get("/metrics").data + lines.getvalue()
    assert b"cache unreachable" in shown
    assert MARKER.encode() not in shown
    assert b"127.0.0.1" not in shown


def figure(client: FlaskClient, name: str, **labels: str) -> float:
    """One figure of /metrics; what never happened is not there, and counts as 0."""
    families = text_string_to_metric_families(client.get("/metrics").text)
    return sum(s.value for f in families for s in f.samples if (s.name, s.labels) == (name, labels))


def test_the_figures_are_in_the_format_that_prometheus_scrapes(client: FlaskClient) -> None:
    client.post(ASK, json={"text": "Many say so."})
    answer = client.get("/metrics")
    families = list(text_string_to_metric_families(answer.text))
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert len(families) >= 7
    assert all(f.name.startswith("caveat_") and f.documentation and f.type != "unknown" for f in families)


def test_requests_are_counted_and_timed_by_route_and_counted_by_status(client: FlaskClient) -> None:
    for body in ({"text": "a"}, {"text": "a"}, {"text": 1}):
        client.post(ASK, json=body)
    client.get("/static/plain.css", buffered=True)
    for route, status, times in ((ASK, "200", 2), (ASK, "422", 1), ("/static/<path:name>", "200", 1)):
        assert figure(client, "caveat_requests_total", route=route, status=status) == times
    assert figure(client, "caveat_request_seconds_count", route=ASK) == 3


def test_an_address_that_is_not_there_counts_as_none_and_is_not_repeated(client: FlaskClient) -> None:
    for path in (f"/{MARKER}", f"/api/v1/{MARKER}", f"/lens/{MARKER}?{MARKER}"):
        assert client.get(path).status_code == 404
    assert figure(client, "caveat_requests_total", route="none", status="404") == 3
    assert MARKER not in client.get("/metrics").text


def test_hits_and_misses_of_the_cache_are_counted(client: FlaskClient) -> None:
    for _ in range(3):
        client.post(ASK, json={"text": "Many say so."})
    for outcome, times in (("miss", 1), ("hit", 2)):
        assert figure(client, "caveat_cache_lookups_total", layer="request", outcome=outcome) == times


def test_what_is_kept_is_not_read_again(client: FlaskClient) -> None:
    client.post(ASK, json={"text": "Many say so."})
    words = figure(client, "caveat_read_words_total")
    client.post(ASK, json={"text": "Many say so."})
    assert figure(client, "caveat_read_words_total") == words > 0


def test_applications_do_not_share_figures(make_app: Callable[..., Flask], reader: Reader) -> None:
    one, two = make_app(reader).test_client(), make_app(reader).test_client()
    one.get("/healthz")
    assert figure(two, "caveat_requests_total", route="/healthz", status="200") == 0


def send_everything(client: FlaskClient) -> None:
    """Requests that hold the marker wherever a request can hold words."""
    context = {"title": MARKER, "byline": MARKER, "url": f"https://{MARKER}.example/{MARKER}"}
    links = [{"start": 0, "end": 4, "href": f"https://{MARKER}.example"}]
    names = {"User-Agent": MARKER, "Referer": f"https://{MARKER}.example/", "If-None-Match": f'"{MARKER}"'}
    article = {"text": f"Many {MARKER} experts say so.", "context": context | {"links": links}}
    assert client.post(ASK, json=article, headers=names).status_code == 200
    assert client.post(f"{ASK}?{MARKER}={MARKER}", json=article).status_code == 422
    assert client.post(ASK, json={MARKER: MARKER}).status_code == 422
    assert client.get(f"/{MARKER}?{MARKER}").status_code == 404
    assert client.get(f"/static/{MARKER}").status_code == 404
    assert client.open("/healthz", method=MARKER.upper()).status_code == 405


def test_figures_hold_nothing_that_was_sent(client: FlaskClient) -> None:
    send_everything(client)
    assert MARKER not in client.get("/metrics").text.lower()


def test_journal_lines_hold_nothing_that_was_sent(client: FlaskClient, lines: io.BytesIO) -> None:
    send_everything(client)
    assert lines.getvalue().count(b'"request"') == 6
    assert MARKER.encode() not in lines.getvalue().lower()


@pytest.mark.parametrize(
    ("method", "path", "wanted"),
    [
        ("GET", f"/{MARKER}", {"method": "GET", "route": "none", "status": 404}),
        ("GET", f"/static/{MARKER}", {"method": "GET", "route": "/static/<path:name>", "status": 404}),
        ("POST", ASK, {"method": "POST", "route": ASK, "status": 422, "bytes_in": 11}),
        (MARKER, "/healthz", {"method": "other", "route": "none", "status": 405}),
    ],
)
def test_a_request_is_one_line_of_its_route_and_sizes(
    client: FlaskClient, lines: io.BytesIO, method: str, path: str, wanted: dict[str, Any]
) -> None:
    client.open(path, method=method, data=b'{"text": 1}', content_type="application/json")
    (line,) = map(orjson.loads, lines.getvalue().splitlines())
    fields = {"event", "level", "timestamp", "method", "route", "status", "ms", "bytes_in", "bytes_out"}
    assert set(line) == fields | {"answer"}
    assert line | wanted == line


PAGES = ["/lens/", "/api/v1/docs", "/"]
DATA = ["/healthz", "/readyz", "/metrics", "/api/v1/signals", "/api/v1/openapi.json", "/lens/sample.json",
        "/static/plain.css", ASK, "/nothing"]  # fmt: skip


@pytest.mark.parametrize("path", PAGES + DATA)
def test_every_answer_keeps_a_browser_strict(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers


def policy(client: FlaskClient, path: str) -> dict[str, str]:
    """The content security policy of an answer, by directive."""
    (whole,) = client.get(path, buffered=True).headers.getlist("Content-Security-Policy")
    return dict(part.strip().split(" ", 1) for part in whole.split(";"))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_tells_no_other_where_the_reader_came_from(client: FlaskClient, path: str) -> None:
    assert client.get(path, buffered=True).headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_its_own_files_and_asks_only_its_own_server(client: FlaskClient, path: str) -> None:
    found = policy(client, path)
    assert found.pop("img-src") == "'self' data:"
    closed = {name for name, sources in found.items() if sources == "'none'"}
    assert closed == {"default-src", "base-uri", "frame-ancestors"}
    assert {sources for name, sources in found.items() if name not in closed} == {"'self'"}


@pytest.mark.parametrize("path", DATA)
def test_data_runs_nothing(client: FlaskClient, path: str) -> None:
    assert policy(client, path) == {"default-src": "'none'", "frame-ancestors": "'none'"}
