"""Which origins a browser lets read the API's answers: the extension's own, and no others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from caveat.reading import Reader

ID = "abcdefghijklmnopabcdefghijklmnop"
UUID = "0f9c1a2b-3d4e-4f60-8a7b-9c0d1e2f3a4b"
CHROME, FIREFOX = f"chrome-extension://{ID}", f"moz-extension://{UUID}"
ASK = "/api/v1/analyses"


@pytest.fixture(scope="module")
def client(make_shared_app: Callable[..., Flask], reader: Reader) -> FlaskClient:
    """A server that knows one Chrome extension by its id and takes small bodies."""
    return make_shared_app(reader, chrome_extension_ids=(ID,), max_body=1_024).test_client()


def ask(client: FlaskClient, origin: str, path: str, method: str = "GET", **options: Any) -> TestResponse:
    """A request as a page of ``origin`` makes it; the origin is sent as it is, however odd."""
    return client.open(
        path, method=method, environ_overrides={"HTTP_ORIGIN": origin}, buffered=True, **options
    )


def preflight(client: FlaskClient, origin: str, path: str = ASK, method: str = "POST") -> TestResponse:
    """What a browser on a public page asks before it sends JSON to a server on this machine."""
    headers = {
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "content-type,if-none-match,x-other",
        "Access-Control-Request-Private-Network": "true",
    }
    return ask(client, origin, path, "OPTIONS", headers=headers)


def access(answer: TestResponse) -> dict[str, str]:
    """The headers by which a browser decides who may read an answer."""
    return {name: value for name, value in answer.headers if name.startswith("Access-Control-")}


OURS = pytest.mark.parametrize("origin", [CHROME, FIREFOX], ids=["Chrome", "Firefox"])
OTHERS = pytest.mark.parametrize("origin", [
    # pages
    "https://news.example", "http://localhost:5000", "http://127.0.0.1", "null", "file://", "*", ".*",
    # other extensions
    f"chrome-extension://{ID[::-1]}", f"chrome-extension://{UUID}", f"moz-extension://{ID}", f"safari-web-extension://{UUID}",
    # ours, with something before or after it
    f"{CHROME}a", f"{CHROME}/", f"{CHROME}.news.example", f"{CHROME}\n", f"https://news.example?{CHROME}",
    f"{FIREFOX}/", f"{FIREFOX}/popup.html", f"{FIREFOX}:80", f"{FIREFOX}.news.example",
    f"{FIREFOX}@news.example", f"{FIREFOX}\n", f"{FIREFOX} https://news.example", f"x{FIREFOX}",
    f"https://news.example,{FIREFOX}", f"https://news.example/{FIREFOX}", f" {FIREFOX}",
    # almost ours
    f"chrome-extension://{ID[:-1]}", f"https://{ID}", f"https://{UUID}", "moz-extension://",
    f"moz-extension://{UUID[:-1]}", f"moz-extension://{UUID}0", f"moz-extension://{UUID.replace('-', '')}",
    f"moz-extension://{UUID.replace('f', 'g')}", f"moz-extension://{UUID.upper()}", f"moz-extension:{UUID}",
    f"moz-extension://{UUID[:8].upper()}{UUID[8:]}",
], ids=repr)  # fmt: skip


@OURS
def test_a_page_of_the_extension_may_read_answers(client: FlaskClient, origin: str) -> None:
    answer = ask(client, origin, "/api/v1/signals")
    assert answer.headers.getlist("Access-Control-Allow-Origin") == [origin]


@OTHERS
def test_no_other_origin_may_read_answers(client: FlaskClient, origin: str) -> None:
    assert access(ask(client, origin, "/api/v1/signals")) == {}


@OTHERS
def test_no_other_origin_may_send_articles(client: FlaskClient, origin: str) -> None:
    assert access(preflight(client, origin)) == {}


def test_without_an_id_in_the_settings_no_chrome_extension_may_read_answers(
    make_app: Callable[..., Flask], reader: Reader
) -> None:
    assert access(ask(make_app(reader).test_client(), CHROME, "/api/v1/signals")) == {}


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://news.example"}, {"Origin": CHROME}])
def test_every_answer_of_the_api_varies_with_the_origin(client: FlaskClient, headers: dict[str, str]) -> None:
    assert "Origin" in client.get("/api/v1/signals", headers=headers).vary


def test_who_names_no_origin_is_told_none(client: FlaskClient) -> None:
    assert access(client.get("/api/v1/signals")) == {}
    assert access(client.options(ASK, headers={"Access-Control-Request-Method": "POST"})) == {}


@OURS
def test_the_extension_may_send_articles(client: FlaskClient, origin: str) -> None:
    answer = preflight(client, origin)
    allowed = {name.removeprefix("Access-Control-"): value for name, value in access(answer).items()}
    assert answer.status_code == 200
    assert allowed == {
        "Allow-Origin": origin,
        "Allow-Methods": "DELETE, GET, HEAD, PATCH, POST, PUT",
        "Allow-Headers": "content-type, if-none-match",
        "Allow-Private-Network": "true",
        "Expose-Headers": "ETag, Location, Retry-After",
        "Max-Age": "3600",
    }


def test_the_private_network_is_allowed_only_where_it_is_asked_for(client: FlaskClient) -> None:
    answer = ask(client, FIREFOX, ASK, "OPTIONS", headers={"Access-Control-Request-Method": "POST"})
    assert "Access-Control-Allow-Methods" in answer.headers
    assert "Access-Control-Allow-Private-Network" not in answer.headers


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_annotations_may_be_changed_from_the_extension_and_from_nowhere_else(
    client: FlaskClient, method: str
) -> None:
    assert method in preflight(client, FIREFOX, method=method).headers["Access-Control-Allow-Methods"]
    assert (
        "Access-Control-Allow-Methods" not in preflight(client, "https://news.example", method=method).headers
    )


def test_the_extension_may_send_its_token_and_the_revision_it_has_seen(client: FlaskClient) -> None:
    headers = {
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "authorization,if-match,cookie",
    }
    answer = ask(client, FIREFOX, "/api/v1/annotations/x", "OPTIONS", headers=headers)
    assert answer.headers["Access-Control-Allow-Headers"] == "authorization, if-match"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_asking_whether_one_may_ask_counts_against_no_limit(
    make_app: Callable[..., Flask], reader: Reader
) -> None:
    client = make_app(reader, rate_limit="1 per minute").test_client()
    assert [preflight(client, FIREFOX).status_code for _ in range(3)] == [200] * 3
    assert ask(client, FIREFOX, ASK, "POST", json={"text": "a"}).status_code == 200


ANSWERS: list[tuple[str, str, dict[str, Any], int]] = [
    ("GET", "/api/v1/signals", {}, 200),
    ("GET", "/api/v1/openapi.json", {}, 200),
    ("POST", ASK, {"json": {"text": "Many say so."}}, 200),
    ("POST", ASK, {"data": b"{", "content_type": "application/json"}, 400),
    ("GET", "/api/v1/nothing", {}, 404),
    ("GET", ASK, {}, 405),
    ("POST", ASK, {"data": b" " * 1_025, "content_type": "application/json"}, 413),
    ("POST", ASK, {"data": b"{}", "content_type": "text/plain"}, 415),
    ("POST", ASK, {"json": {"text": 1}}, 422),
]


def check_readable(answer: TestResponse) -> None:
    """The extension may read all of an answer, and a cache must not hand it to another origin."""
    assert access(answer) == {
        "Access-Control-Allow-Origin": FIREFOX,
        "Access-Control-Expose-Headers": "ETag, Location, Retry-After",
    }
    assert answer.headers.getlist("Vary") == ["Origin"]


@pytest.mark.parametrize(("method", "path", "options", "status"), ANSWERS, ids=[str(c[3]) for c in ANSWERS])
def test_the_extension_may_read_errors_as_well_as_answers(
    client: FlaskClient, method: str, path: str, options: dict[str, Any], status: int
) -> None:
    answer = ask(client, FIREFOX, path, method, **options)
    assert answer.status_code == status
    check_readable(answer)


@pytest.mark.parametrize("case", ANSWERS[:3], ids=["catalogue", "description", "analysis"])
def test_the_extension_may_read_that_nothing_changed(
    client: FlaskClient, case: tuple[str, str, dict[str, Any], int]
) -> None:
    method, path, options, _ = case
    etag = ask(client, FIREFOX, path, method, **options).headers["ETag"]
    again = ask(client, FIREFOX, path, method, headers={"If-None-Match": etag}, **options)
    assert (again.status_code, again.headers["ETag"]) == (304, etag)
    check_readable(again)


def test_the_extension_may_read_how_long_to_wait(make_app: Callable[..., Flask], reader: Reader) -> None:
    client = make_app(reader, rate_limit="1 per hour").test_client()
    answers = [ask(client, FIREFOX, ASK, "POST", json={"text": "a"}) for _ in range(2)]
    assert answers[1].status_code == 429
    assert "Retry-After" in answers[1].headers
    check_readable(answers[1])


def test_the_extension_may_read_that_something_broke(make_app: Callable[..., Flask], reader: Reader) -> None:
    app = make_app(reader)
    app.view_functions["signals.catalogue_of_signals"] = lambda: 1 / 0
    answer = ask(app.test_client(), FIREFOX, "/api/v1/signals")
    assert answer.status_code == 500
    check_readable(answer)


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
@pytest.mark.parametrize(
    "path",
    ["/", "/lens/", "/lens/sample.json", "/static/plain.css", "/healthz", "/readyz", "/metrics", "/nothing"],
)
def test_outside_the_api_no_origin_may_read_anything(client: FlaskClient, path: str, method: str) -> None:
    headers = {"Access-Control-Request-Method": "GET"}
    assert access(ask(client, FIREFOX, path, method, headers=headers)) == {}


@pytest.mark.parametrize("path", ["/api", "/API/v1/signals", "/lens/api/", "/nothing/api/v1/signals"])
def test_what_only_looks_like_the_api_is_outside_it(client: FlaskClient, path: str) -> None:
    assert access(ask(client, FIREFOX, path)) == {}
