"""What every request passes on its way in and out: clock, security headers, figures, journal.

In: any request. Out: its answer with the headers that keep a browser strict, one count and one
line. The line holds the route's pattern, sizes and timings; never the path, the query, the text or
who asked.
"""

from __future__ import annotations

import time

from flask import Flask, Response, g, request

from caveat.api.metrics import Metrics
from caveat.journal import Journal

# A page of ours runs its own files and asks only its own server. Everything else is data and runs nothing.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"

_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})


def attend(app: Flask, metrics: Metrics, journal: Journal) -> None:
    """Put the edge around ``app``."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        began = g.get("began") or time.perf_counter()
        headers = response.headers
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        page = response.mimetype == "text/html"
        headers["Content-Security-Policy"] = PAGE_POLICY if page else DATA_POLICY

        seconds = time.perf_counter() - began
        route = request.url_rule.rule if request.url_rule else "none"
        metrics.answered(route, response.status_code, seconds)
        journal.info(
            "request",
            method=request.method if request.method in _METHODS else "other",
            route=route,
            status=response.status_code,
            ms=round(seconds * 1000, 2),
            bytes_in=request.content_length or 0,
            bytes_out=response.content_length or 0,
            answer=g.get("answer"),
        )
        return response
