"""The pages of the server: the lens, the privacy page, and the API's documentation.

In: files under ``static/`` and ``sample.json``. Out: pages that ask nothing of any other host. What can
go wrong: what Node builds was not built; then a plain page says so, and the documentation is a list.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
from flask import Blueprint, Response, redirect, send_from_directory
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

HERE = Path(__file__).parent


def blueprint(openapi: bytes, static: Path = HERE / "static") -> Blueprint:
    """The routes; ``openapi`` is what the documentation documents, ``static`` where built files are."""
    routes = Blueprint("web", __name__, template_folder="templates")

    @routes.get("/")
    def home() -> AnyResponse:
        return redirect("/lens/")

    @routes.get("/lens/")
    def lens() -> Response:
        return _built(static / "lens") or _page("The lens has not been built", _UNBUILT)

    @routes.get("/lens/sample.json")
    def sample() -> Response:
        return _asset(HERE, "sample.json")

    @routes.get("/privacy")
    def privacy() -> Response:
        return _built(static / "privacy") or _page("Privacy", _UNBUILT)

    @routes.get("/static/<path:name>")
    def file(name: str) -> Response:
        return _asset(static, name)

    @routes.get("/api/v1/docs")
    def docs() -> Response:
        return _built(static / "docs") or _page("The Caveat API", _listing(orjson.loads(openapi)))

    return routes


def _built(folder: Path) -> Response | None:
    return _asset(folder, "index.html") if (folder / "index.html").is_file() else None


def _asset(folder: Path, name: str) -> Response:
    response = send_from_directory(folder, name, conditional=True)
    response.headers["Cache-Control"] = "no-cache"  # names carry no digest, so ask whether it is still right
    return response


_UNBUILT = Markup(
    "<p>The server is running, and the <a href='/api/v1/docs'>API</a> answers.</p>"
    "<p>The server's pages are built with Node.js 20 or newer. If <code>node --version</code> finds none, "
    "install it from your system's packages or from nodejs.org; then run <code>make run</code> again.</p>"
)

_SHELL = Markup(
    "<!doctype html><html lang='en'><meta charset='utf-8'>"
    "<meta name='viewport' content='width=device-width'><title>{title}</title>"
    "<link rel='stylesheet' href='/static/plain.css'><main><h1>{title}</h1>{body}</main></html>"
)


def _page(title: str, body: Markup) -> Response:
    return Response(_SHELL.format(title=title, body=body), content_type="text/html; charset=utf-8")


def _listing(document: dict[str, Any]) -> Markup:
    """The OpenAPI document as a list a person reads: what there is, what it takes, what it answers."""
    parts = [
        Markup(
            "<p>{}</p><p>The whole description is at <a href='/api/v1/openapi.json'>openapi.json</a>.</p>"
        ).format(document["info"]["description"])
    ]
    for path, item in document["paths"].items():
        # What all operations of a path share stands beside them.
        operations = {name: found for name, found in item.items() if name != "parameters"}
        for method, operation in operations.items():
            parts.append(
                Markup("<h2><code>{} {}</code></h2><p>{}</p><dl>").format(
                    method.upper(), path, operation.get("summary", "")
                )
            )
            for status, answer in operation["responses"].items():
                meaning = (
                    answer.get("description")
                    or answer["$ref"].rpartition("/")[2].replace("_", " ").capitalize()
                )
                parts.append(Markup("<dt>{}</dt><dd>{}</dd>").format(status, meaning))
            parts.append(Markup("</dl>"))
    parts.append(Markup("<h2>Shapes</h2>"))
    for name, schema in document["components"]["schemas"].items():
        parts.append(Markup("<h3>{}</h3><dl>").format(name))
        for field, shape in schema.get("properties", {}).items():
            parts.append(
                Markup("<dt><code>{}</code></dt><dd>{}</dd>").format(field, shape.get("description", ""))
            )
        parts.append(Markup("</dl>"))
    return Markup("").join(parts)
