"""The pages of the server: the lens, and the API's documentation.

In: files under ``static/`` and ``sample.json``. Out: pages that ask nothing of any other host. What can
go wrong: the lens was not built, because Node is missing; then a plain page says so.
"""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, redirect, send_from_directory
from werkzeug.wrappers import Response as AnyResponse

HERE = Path(__file__).parent
STATIC = HERE / "static"

_UNBUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Caveat</title>
<h1>The lens has not been built</h1>
<p>The server is running, and the <a href="/api/v1/docs">API</a> answers. The lens is built with
Node.js 20 or newer, which was not found. Install it, then run <code>make run</code> again.</p>
"""


def blueprint() -> Blueprint:
    """The routes."""
    routes = Blueprint("web", __name__)

    @routes.get("/")
    def home() -> AnyResponse:
        return redirect("/lens/")

    @routes.get("/lens/")
    def lens() -> Response:
        if not (STATIC / "lens" / "index.html").is_file():
            return Response(_UNBUILT, content_type="text/html; charset=utf-8")
        return send_from_directory(STATIC / "lens", "index.html")

    @routes.get("/lens/sample.json")
    def sample() -> Response:
        return send_from_directory(HERE, "sample.json")

    @routes.get("/static/<path:name>")
    def static(name: str) -> Response:
        return send_from_directory(STATIC, name)

    return routes
