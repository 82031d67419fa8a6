"""``GET /pages/{prefix}``: what volunteers say of all pages whose digest begins so.

In: exactly five hexadecimal digits; whoever sends more says which page they read, and is refused before it
becomes a habit. Out: annotations by their pages' digests, of which the client picks its own page's. Without a
token it is one answer for everybody, with an ETag; with one also what waits for ratings and one's own.
"""

from __future__ import annotations

from hashlib import blake2b

from flask import Response, request

from caveat.annotations import lookup
from caveat.api.acting import Acting, answer, viewer
from caveat.api.annotation_schema import PagesSchema, shown
from caveat.api.lookups import KEPT, PARAMETER, PREFIX, Lookups
from caveat.api.problems import refuse
from caveat.api.routes import Routes

_PARAMETER = PARAMETER | {
    "description": "The first five hexadecimal digits of the SHA-256 of the page's normal address."
}


def blueprint(acting: Acting, lookups: Lookups) -> Routes:
    """The route."""
    routes = Routes("pages", "What volunteers say of pages.")

    @routes.route("/pages/<prefix>", parameters=[_PARAMETER])
    @routes.alt_response(304, description="Nothing has changed.", success=True)
    @routes.response(200, PagesSchema, headers={"ETag": {"schema": {"type": "string"}}})
    def annotations_of_pages(prefix: str) -> Response:
        """What is said of pages"""
        if not PREFIX.fullmatch(prefix):
            detail = (
                "It takes exactly five hexadecimal digits in lower case; more would tell which page you read."
            )
            refuse(422, detail, [{"pointer": "path/prefix", "detail": detail}])
        if "Authorization" not in request.headers and not request.args:
            return for_everybody(lookups.find(prefix))
        now = acting.clock()
        with acting.database.read() as session:
            who = viewer(session, now)
            pages: dict[str, list[object]] = {}
            for seen in lookup.of_pages(session, prefix, who):
                pages.setdefault(seen.annotation.page.digest, []).append(shown(seen, who))
        return answer({"pages": pages})

    return routes


def for_everybody(body: bytes) -> Response:
    """The same bytes for whoever asks, with their ETag."""
    response = Response(body, content_type="application/json")
    response.headers["Cache-Control"] = f"public, max-age={KEPT}"
    response.set_etag(blake2b(body, digest_size=16).hexdigest())
    response.make_conditional(request)
    return response
