"""The OpenAPI document, made once when the app is.

In: its bytes. Out: ``/openapi.json`` with an ETag, so that a page that asks again gets a 304.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from caveat.api.fixed import FixedAnswer

INFO = {
    "description": (
        "Finds claims in an article's text and what a careful reader would ask about them. A note is "
        "about words, never a verdict. Offsets are Unicode code points into the text as sent. The server "
        "fetches no page, keeps no address, and answers the same article with the same bytes."
    ),
    "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}


def blueprint(document: bytes) -> Blueprint:
    """The route that serves ``document``."""
    routes = Blueprint("description", __name__)
    fixed = FixedAnswer(document)

    @routes.get("/openapi.json")
    def openapi() -> Response:
        return fixed.to(request)

    return routes
