"""POST /api/v1/analyses: what it answers, what it refuses, and that it keeps nothing to itself."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from caveat.article import Article, Context, Link, encode
from caveat.reading import Reader

ADDRESS = "/api/v1/analyses"
TEXT = "Many experts say so. The ministry said on Monday that 40 people were hurt."
MARKER = "zyxwvutmarker"


def post(client: FlaskClient, body: object, query: str = "", **headers: str) -> TestResponse:
    return client.post(
        ADDRESS + query, data=orjson.dumps(body), content_type="application/json", headers=headers
    )


def test_an_article_is_answered_with_the_analysis_that_the_reader_gives(
    client: FlaskClient, reader: Reader
) -> None:
    answer = post(
        client, {"text": TEXT, "context": {"title": "Storm", "links": [{"start": 0, "end": 4, "href": "x"}]}}
    )
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    article = Article(TEXT, Context(title="Storm", links=(Link(0, 4, "x"),)))
    assert answer.data == encode(reader.analyse(article))


def test_the_second_answer_is_the_first_ones_bytes(client: FlaskClient) -> None:
    first, second = post(client, {"text": TEXT}), post(client, {"text": TEXT})
    assert (first.data, first.headers["ETag"]) == (second.data, second.headers["ETag"])
    figures = client.get("/metrics").text
    assert 'caveat_cache_lookups_total{layer="request",outcome="hit"} 1.0' in figures


def test_details_come_only_when_asked_for_and_have_an_etag_of_their_own(client: FlaskClient) -> None:
    plain = post(client, {"text": TEXT})
    both = post(client, {"text": TEXT}, "?detail=attributions,sentences")
    assert not {"sentences", "attributions"} & set(plain.json)
    assert {"sentences", "attributions"} <= set(both.json)
    assert plain.headers["ETag"] != both.headers["ETag"]
    assert (
        post(client, {"text": TEXT}, "?detail=sentences,attributions").headers["ETag"] == both.headers["ETag"]
    )


def test_a_client_that_has_the_analysis_is_told_so(client: FlaskClient) -> None:
    etag = post(client, {"text": TEXT}).headers["ETag"]
    for header in (etag, f"W/{etag}", f'"other", {etag}'):
        again = post(client, {"text": TEXT}, **{"If-None-Match": header})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)


@pytest.mark.parametrize(
    ("body", "query"),
    [
        ({"text": TEXT + " "}, ""),
        ({"text": TEXT, "context": {"links": [{"start": 0, "end": 4, "href": "x"}]}}, ""),
        ({"text": TEXT}, "?detail=sentences"),
    ],
)
def test_the_etag_of_another_analysis_proves_nothing(client: FlaskClient, body: object, query: str) -> None:
    etag = post(client, {"text": TEXT}).headers["ETag"]
    assert post(client, body, query, **{"If-None-Match": etag}).status_code == 200


def test_who_asks_from_which_page_changes_neither_answer_nor_etag(client: FlaskClient) -> None:
    one = post(client, {"text": TEXT, "context": {"url": "https://a.example/1"}}, **{"User-Agent": "a"})
    two = post(
        client, {"text": TEXT, "context": {"url": "https://a.example/1?utm_source=x"}}, **{"User-Agent": "b"}
    )
    assert one.headers["ETag"] == two.headers["ETag"]


def test_an_emoji_counts_as_one(client: FlaskClient) -> None:
    text = "👩‍🚒🔥\nMany experts say the storm was the worst in years. The ministry said that 40 people died."
    notes = post(client, {"text": text}).json["notes"]
    assert notes
    assert all(text[n["start"] : n["end"]] == n["quote"]["exact"] for n in notes)


LONG = "a" * 200_001


def about(context: object) -> object:
    """An article with this context."""
    return {"text": "abc", "context": context}


CASES: list[tuple[str, object, int, str, int | None]] = [
    ("no text", {}, 422, "#/text", None),
    ("text is a number", {"text": 3}, 422, "#/text", None),
    ("text is null", {"text": None}, 422, "#/text", None),
    ("text is a list", {"text": ["a"]}, 422, "#/text", None),
    ("text is too long", {"text": LONG}, 422, "#/text", 200_000),
    ("not an object", ["text"], 422, "#", None),
    ("a bare string", "text", 422, "#", None),
    ("an unknown field", {"text": "a", "html": "<p>"}, 422, "#/html", None),
    ("an unknown field in the context", about({"user": "me"}), 422, "#/context/user", None),
    ("context is a list", about([]), 422, "#/context", None),
    ("url is no web address", about({"url": "javascript:alert(1)"}), 422, "#/context/url", None),
    ("url is too long", about({"url": "http://" + LONG}), 422, "#/context/url", 8_192),
    ("title is too long", about({"title": LONG}), 422, "#/context/title", 1_000),
    ("published is no date", about({"published": "yesterday"}), 422, "#/context/published", None),
    ("language is no tag", about({"language": "the Queen's"}), 422, "#/context/language", None),
    ("links is an object", about({"links": {}}), 422, "#/context/links", None),
    ("a link is a number", about({"links": [1]}), 422, "#/context/links/0", None),
    ("a link without end", about({"links": [{"start": 0, "href": "x"}]}), 422,
     "#/context/links/0/end", None),
    ("a link with more", about({"links": [{"start": 0, "end": 1, "href": "", "rel": ""}]}), 422,
     "#/context/links/0/rel", None),
    ("a link from true", about({"links": [{"start": True, "end": 1, "href": "x"}]}), 422,
     "#/context/links/0/start", None),
    ("a link from -1", about({"links": [{"start": -1, "end": 1, "href": "x"}]}), 422,
     "#/context/links/0/start", None),
    ("a link from 0.5", about({"links": [{"start": 0.5, "end": 1, "href": "x"}]}), 422,
     "#/context/links/0/start", None),
    ("a link's address too long", about({"links": [{"start": 0, "end": 1, "href": LONG}]}), 422,
     "#/context/links/0/href", 8_192),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "status", "pointer", "limit"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_a_wrong_field_is_named_with_its_limit(
    client: FlaskClient, body: object, status: int, pointer: str, limit: int | None
) -> None:
    answer = post(client, body)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert answer.json["status"] == status
    fault = next(fault for fault in answer.json["errors"] if fault["pointer"] == pointer)
    assert fault.get("limit") == limit


BYTES: list[tuple[str, bytes, dict[str, str], int]] = [
    ("nothing", b"", {}, 400),
    ("half an object", b'{"text":', {}, 400),
    ("not UTF-8", b'{"text":"\xff"}', {}, 400),
    ("UTF-16", '{"text":"a"}'.encode("utf-16"), {}, 400),
    ("a byte order mark", b'\xef\xbb\xbf{"text":"a"}', {}, 400),
    ("a lone surrogate", b'{"text":"a \\ud800 b"}', {}, 400),
    ("a reversed pair", b'{"text":"\\ude00\\ud83d"}', {}, 400),
    ("not a number", b'{"text":"a","context":NaN}', {}, 400),
    ("bottomless nesting", b'{"text":' + b"[" * 100_000 + b"]" * 100_000 + b"}", {}, 400),
    ("deep nesting", b'{"text":' + b"[" * 500 + b"]" * 500 + b"}", {}, 422),
    ("gzip", gzip.compress(b'{"text":"a"}'), {"Content-Encoding": "gzip"}, 415),
    ("gzip within gzip", gzip.compress(gzip.compress(b"a" * 10**6)), {"Content-Encoding": "gzip, gzip"}, 415),
    ("plain text", b'{"text":"a"}', {"Content-Type": "text/plain"}, 415),
    ("a form", b"text=a", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
    ("too large", b'{"text":"' + b"a" * 4_194_304 + b'"}', {}, 413),
]


@pytest.mark.parametrize(("body", "headers", "status"), [c[1:] for c in BYTES], ids=[c[0] for c in BYTES])
def test_a_body_that_is_not_an_articles_json_is_refused(
    client: FlaskClient, body: bytes, headers: dict[str, str], status: int
) -> None:
    answer = client.post(ADDRESS, data=body, headers={"Content-Type": "application/json"} | headers)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert answer.json["status"] == status


def test_a_body_with_charset_and_without_encoding_is_welcome(client: FlaskClient) -> None:
    answer = client.post(
        ADDRESS,
        data=b'{"text":"a"}',
        headers={"Content-Type": "application/json; charset=utf-8", "Content-Encoding": "identity"},
    )
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\x00",
        "Many\x00 experts say so.",
        "<script>alert(1)</script> Many experts say so.",
        "\u202eesrever",
        "a" * 100_000,
    ],
    ids=["empty", "blank", "NUL", "NUL inside", "HTML", "right-to-left override", "one long word"],
)
def test_any_text_is_an_article(client: FlaskClient, text: str) -> None:
    answer = post(client, {"text": text})
    assert answer.status_code == 200
    if not text.strip():
        assert answer.json["unread"]["reason"] == "empty"


@pytest.mark.parametrize(
    ("link", "same_as"),
    [
        ({"start": 2, "end": 1}, None),  # ends before it starts
        ({"start": 0, "end": 10_000}, None),  # beyond the text
        ({"start": 10_000, "end": 10_001}, None),
        ({"start": 0.0, "end": 4.0}, {"start": 0, "end": 4}),  # the same number, as JSON has it
    ],
)
def test_a_link_that_is_not_within_the_text_is_left_out(
    client: FlaskClient, link: dict[str, float], same_as: dict[str, int] | None
) -> None:
    def etag(*links: dict[str, float]) -> str:
        context = {"links": [{**link, "href": "https://doi.org/10.1/x"} for link in links]}
        answer = post(client, {"text": TEXT, "context": context})
        assert answer.status_code == 200
        return answer.headers["ETag"]

    assert etag(link) == (etag(same_as) if same_as else etag())


@pytest.mark.parametrize("character", ["a", "\u00e9", "\U0001f468"])
def test_the_longest_text_is_welcome_however_its_json_is_written(client: FlaskClient, character: str) -> None:
    body = json.dumps({"text": character * 200_000}, ensure_ascii=True)
    assert client.post(ADDRESS, data=body, content_type="application/json").status_code == 200


def test_a_text_in_another_language_is_answered_with_which(client: FlaskClient) -> None:
    text = "Der Minister sagte am Montag, dass die Steuern im kommenden Jahr nicht steigen werden. " * 3
    answer = post(client, {"text": text}).json
    assert answer["unread"]["reason"] == "language"
    assert "German" in answer["unread"]["message"]


@pytest.mark.parametrize("detail", ["everything", "", "sentences,everything", ","])
def test_an_unknown_detail_is_refused_by_name(client: FlaskClient, detail: str) -> None:
    answer = post(client, {"text": "a"}, f"?detail={detail}")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"].startswith("query/detail")


def test_other_methods_are_told_which_is_right(client: FlaskClient) -> None:
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
    assert {m.strip() for m in answer.headers["Allow"].split(",")} == {"OPTIONS", "POST"}


PIECES = st.sampled_from(
    ["Many experts say so. ", "👩‍🚒", "🇪🇺", "e\u0301", "\u05d0\u05d1\u05d2 ", "\u202e", "\r\n", "\n",
     "\u2028", "\x85", "\x00", "\ufeff",
     "Critics “fear” 40% more, a source told Reuters. ", "ﬁ", "İ", "ß", "\u200d", " "]
)  # fmt: skip
ANY_TEXT = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=25).map("".join)


@given(text=ANY_TEXT)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_offsets_always_slice_to_the_quote(client: FlaskClient, text: str) -> None:
    answer = post(client, {"text": text}, "?detail=sentences,attributions").json
    check_offsets(text, answer)


@pytest.mark.parametrize(
    "text",
    [
        ("Many experts say so. 👩‍🚒 " * 8_500)[:200_000],
        ("Critics say 40 people were hurt, the ministry said.\r\n" * 4_000)[:200_000],
        "Experts say " + "x" * 100_000 + " is so.",
    ],
    ids=["200,000 characters in one line", "200,000 characters in lines", "a word of 100,000 characters"],
)
def test_offsets_slice_to_the_quote_at_the_limit(client: FlaskClient, text: str) -> None:
    check_offsets(text, post(client, {"text": text}, "?detail=sentences,attributions").json)


def check_offsets(text: str, answer: dict[str, Any]) -> None:
    for marked in answer["claims"] + answer["notes"]:
        assert text[marked["start"] : marked["end"]] == marked["quote"]["exact"]
        assert text[: marked["start"]].endswith(marked["quote"]["prefix"])
        assert text[marked["end"] :].startswith(marked["quote"]["suffix"])
    for attribution in answer["attributions"] + [claim["attribution"] for claim in answer["claims"]]:
        for span in [
            attribution["source"],
            attribution["cue"],
            attribution["relayed_by"],
            *attribution["content"],
        ]:
            assert span is None or text[span["start"] : span["end"]] == span["text"]
    for sentence in answer["sentences"]:
        assert 0 <= sentence["start"] < sentence["end"] <= len(text)


class Broken:
    """A reader whose engine quotes the article in its exception, as libraries do."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def survey(self, article: Article) -> Any:
        raise ValueError(f"cannot read {article.text}")


def test_what_was_sent_reaches_neither_journal_nor_keys_nor_errors(
    make_app: Callable[..., Flask], reader: Reader, lines: io.BytesIO
) -> None:
    context = {"url": f"https://{MARKER}.example/", "title": MARKER, "byline": MARKER}
    good, broken = make_app(reader), make_app(Broken(reader), log_level="debug")
    errors = []
    for app, status in ((good, 200), (broken, 500)):
        client = app.test_client()
        answer = post(client, {"text": f"{MARKER} {TEXT}", "context": context})
        assert answer.status_code == status
        errors.append(post(client, {"text": f"{MARKER}", "context": context | {"published": MARKER}}))
        errors.append(post(client, {f"a {MARKER}": 1}))
        errors.append(client.post(ADDRESS, data=f'{{"text": "{MARKER}', content_type="application/json"))
        errors.append(client.get(f"/{MARKER}?{MARKER}={MARKER}"))
        errors.append(post(client, {"text": "a"}, f"?detail=a {MARKER}"))
    errors.append(answer)
    assert all(error.status_code >= 400 and MARKER not in error.text for error in errors)
    assert b"exception" in lines.getvalue()
    assert MARKER.encode() not in lines.getvalue()
    assert b"127.0.0.1" not in lines.getvalue()
    for app in (good, broken):
        assert MARKER not in app.test_client().get("/metrics").text
        keys = app.extensions["caveat"].store.line.ask("keys", lambda redis: redis.keys("*"), [])
        assert all(MARKER.encode() not in key for key in keys)
