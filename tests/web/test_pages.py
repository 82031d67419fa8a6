"""The lens, the documentation and the sample: built, not built, and asked for what is not theirs."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from caveat import api, web
from caveat.api.article_schema import article_schema
from caveat.article import Article
from caveat.config import Settings

OPENAPI = api.describe(Settings())
PAGES = ["/lens/", "/api/v1/docs", "/privacy"]
STATIC = Path(web.__file__).parent / "static"


def served_from(static: Path, openapi: bytes = OPENAPI) -> FlaskClient:
    """The pages alone, with another folder of built files."""
    app = Flask("caveat", static_folder=None)
    app.register_blueprint(web.blueprint(openapi, static))
    return app.test_client()


@pytest.fixture
def unbuilt(tmp_path: Path) -> FlaskClient:
    """The pages of a checkout in which Node has built nothing."""
    return served_from(tmp_path / "static")


@pytest.fixture
def built(tmp_path: Path) -> FlaskClient:
    """The pages of a checkout in which a lens, a documentation and a privacy page were built."""
    for name in ("lens", "docs", "privacy"):
        (tmp_path / "static" / name).mkdir(parents=True)
        (tmp_path / "static" / name / "index.html").write_text(f"<title>The built {name}</title>")
    (tmp_path / "secret.txt").write_text("not for readers")
    return served_from(tmp_path / "static")


def words(page: str) -> str:
    """What a person reads on a page."""
    return re.sub(r"(<[^>]+>|\s)+", " ", page)


def test_the_address_without_a_path_leads_to_the_lens(client: FlaskClient) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/lens/")


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/lens/", "The built lens"),
        ("/api/v1/docs", "The built docs"),
        ("/privacy", "The built privacy"),
    ],
)
def test_a_built_page_is_served_and_asked_for_again_each_time(
    built: FlaskClient, path: str, title: str
) -> None:
    answer = built.get(path, buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert title in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"
    known = {"If-None-Match": answer.headers["ETag"]}
    assert built.get(path, headers=known, buffered=True).status_code == 304


def test_an_unbuilt_lens_says_what_is_missing_and_how_to_get_it(unbuilt: FlaskClient) -> None:
    answer = unbuilt.get("/lens/")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    for said in ("The lens has not been built", "Node.js 20 or newer", "make run", "API answers"):
        assert said in words(answer.text)


def test_unbuilt_documentation_is_a_list_of_every_path_and_every_field(unbuilt: FlaskClient) -> None:
    answer = unbuilt.get("/api/v1/docs")
    document = orjson.loads(OPENAPI)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method == "parameters":
                continue
            assert f"{method.upper()} {path}" in answer.text
            assert str(escape(operation["summary"])) in answer.text
    for name, shape in document["components"]["schemas"].items():
        assert f"<h3>{name}</h3>" in answer.text
        assert all(f"<code>{field}</code>" in answer.text for field in shape["properties"])


def test_the_list_shows_a_description_as_words_whatever_it_holds(tmp_path: Path) -> None:
    document = orjson.loads(OPENAPI)
    document["info"]["description"] = "<script>alert(1)</script>"
    page = served_from(tmp_path, orjson.dumps(document)).get("/api/v1/docs").text
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_files_that_were_not_built_are_not_there(unbuilt: FlaskClient) -> None:
    assert unbuilt.get("/static/lens/lens.js").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "../secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", "%2e%2e%2fsecret.txt", "..%5csecret.txt",
        "%252e%252e/secret.txt", "....//secret.txt", "lens/../../secret.txt", "lens%2f..%2f..%2fsecret.txt",
        "./../secret.txt", "/secret.txt", "%2fetc/passwd", "~/secret.txt", "..", ".", "", "lens", "lens/",
        "index.html%00", "%00", "%ff", "a" * 5_000, "C:/secret.txt", "file:///etc/passwd",
    ],
    ids=lambda name: repr(name[:40]),
)  # fmt: skip
def test_nothing_outside_the_built_files_is_served(built: FlaskClient, name: str) -> None:
    answer = built.get(f"/static/{name}", buffered=True, follow_redirects=True)
    assert answer.status_code == 404
    assert "not for readers" not in answer.text


def leads_to(page: str) -> list[str]:
    """Every address a page names, beyond itself, in an attribute that a browser loads or a person follows."""
    found = re.findall(r"""\s(?:src|href|action|srcset|poster|data)\s*=\s*["']?([^"'\s>#][^"'\s>]*)""", page)
    assert found
    return found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_refers_to_no_other_host_and_holds_no_script_of_its_own(
    client: FlaskClient, path: str
) -> None:
    page = client.get(path, buffered=True).text
    assert [address for address in leads_to(page) if not re.match(r"/(?!/)", address)] == []
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son\w+=", page) == []


@pytest.mark.parametrize("path", PAGES)
def test_an_unbuilt_page_refers_to_no_other_host(unbuilt: FlaskClient, path: str) -> None:
    page = unbuilt.get(path).text
    assert [address for address in leads_to(page) if not re.match(r"/(?!/)", address)] == []


@pytest.mark.parametrize("path", PAGES)
def test_everything_a_page_refers_to_is_there(client: FlaskClient, unbuilt: FlaskClient, path: str) -> None:
    named = [*leads_to(client.get(path, buffered=True).text), *leads_to(unbuilt.get(path).text)]
    assert [address for address in named if client.get(address, buffered=True).status_code != 200] == []


def test_no_style_sheet_loads_from_another_host() -> None:
    sheets = [sheet.read_text(encoding="utf-8") for sheet in STATIC.rglob("*.css")]
    loaded = [u for css in sheets for u in re.findall(r"(?:url\(|@import)\s*[\"']?([^\"')\s;]+)", css)]
    assert sheets
    assert [address for address in loaded if re.match(r"(https?:)?//", address)] == []


@pytest.fixture
def sample(client: FlaskClient) -> dict[str, object]:
    """The article that the lens offers to who has none at hand."""
    found: dict[str, object] = client.get("/lens/sample.json", buffered=True).json
    return found


def test_the_sample_is_an_article_as_the_documentation_describes_it(sample: dict[str, object]) -> None:
    document = orjson.loads(OPENAPI)
    article = {"$ref": "#/components/schemas/Article", "components": document["components"]}
    jsonschema.Draft202012Validator(article).validate(sample)


def test_the_links_of_the_sample_lie_over_whole_words(sample: dict[str, object]) -> None:
    article: Article = article_schema(Settings.max_text).load(sample)
    assert article.context.links
    for link in article.context.links:
        before, linked = article.text[: link.start], article.text[link.start : link.end]
        assert re.fullmatch(r"\w(.*\w)?", linked)
        assert not re.search(r"\w$", before)
        assert not re.match(r"\w", article.text[link.end :])


def test_the_sample_shows_at_least_ten_different_signals(
    client: FlaskClient, sample: dict[str, object]
) -> None:
    analysis = client.post("/api/v1/analyses", json=sample).json
    assert len({note["signal"] for note in analysis["notes"]}) >= 10
