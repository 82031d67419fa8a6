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
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
_STRICT = [("X-Content-Type-Options", "nosniff"), ("Cross-Origin-Resource-Policy", "same-origin")]
_OF_PAGES = [*_STRICT, ("Content-Security-Policy", _PAGE_POLICY), ("Referrer-Policy", "no-referrer")]
# Whether an answer carries the header that lets an extension read it depends on who asks, so that a cache
# must not hand the answer for one to another.
_VARY = [("Vary", "Origin")]
_OF_DATA = [*_STRICT, ("Content-Security-Policy", _DATA_POLICY), *_VARY]

_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})


def attend(app: Flask, metrics: Metrics, journal: Journal) -> None:
    """Put the edge around ``app``."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        # Every request pays for this, so each value is looked up once and nothing is parsed.
        began, sent = g.get("began") or time.perf_counter(), request.environ
        headers = response.headers
        for name, value in _headers_of_ours(response):
            headers.add(name, value)

        seconds = time.perf_counter() - began
        rule = request.url_rule
        route = rule.rule if rule else "none"
        status, method = response.status_code, sent["REQUEST_METHOD"]
        metrics.answered(route, status, seconds)
        journal.info(
            "request",
            method=method if method in _METHODS else "other",
            route=route,
            status=status,
            ms=round(seconds * 1000, 2),
            bytes_in=_count(sent.get("CONTENT_LENGTH")),
            bytes_out=_count(headers.get("Content-Length")),
            answer=g.get("answer"),
        )
        return response


def _headers_of_ours(response: Response) -> list[tuple[str, str]]:
    if response.status_code == 304:  # what the client has keeps the headers it came with
        return _VARY
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return _OF_DATA
    beyond = g.get("form_leads_to")
    return _pages_leading_to(beyond) if beyond else _OF_PAGES


def _pages_leading_to(origin: str) -> list[tuple[str, str]]:
    """For a page whose form ends, by a redirect, elsewhere: form-action holds for redirects, too."""
    policy = _PAGE_POLICY.replace("form-action 'self'", f"form-action 'self' {origin}")
    return [(name, policy if name == "Content-Security-Policy" else value) for name, value in _OF_PAGES]


def _count(digits: str | None) -> int:
    return int(digits) if digits and digits.isascii() and digits.isdigit() else 0
