"""``POST /analyses``: an article in, its analysis out.

In: an article (``article_schema``), ``?detail=`` and ``If-None-Match``. Out: the analysis's bytes
with its content key as ETag, or 304. What can go wrong: the request (400, 413, 415, 422), too many
of them (429), or too many unseen articles at once (503); see ``problems``.

An analysis is a pure function of its content key, so a client that names the key of what it sends
already holds the answer: 304 needs neither the reader nor the cache.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from flask import Response, g, request
from marshmallow import RAISE, Schema, fields, validate
from webargs.fields import DelimitedList

from caveat.api.article_schema import article_schema
from caveat.api.problems import refuse
from caveat.api.recall import Recall, digest
from caveat.api.routes import Routes, View
from caveat.api.schemas import AnalysisSchema
from caveat.article import DETAILS, Article
from caveat.cache.answers import RETRY_AFTER, Answers, Busy
from caveat.config import Settings

ETAG = {"ETag": {"description": "The analysis's content key.", "schema": {"type": "string"}}}


_BUSY = (
    "Too many new articles are being read at this moment. Known ones are still answered; try again shortly."
)


class DetailSchema(Schema):
    """What else the answer should hold."""

    class Meta:
        unknown = RAISE

    detail = DelimitedList(
        fields.String(validate=validate.OneOf(DETAILS)),
        validate=validate.Length(
            min=1, error="It names no detail; leave it out, or name one of " + ", ".join(DETAILS) + "."
        ),
        metadata={"description": "Adds every sentence, or every attribution, to the answer."},
    )


def blueprint(settings: Settings, answers: Answers) -> Routes:
    """The route, for these settings."""
    routes = Routes("analyses", "Claims and notes of one article.")
    recall = Recall()

    def from_memory(view: View) -> View:
        """Answer a request whose bytes led to a known answer before, without reading them again."""

        @wraps(view)
        def answer(*args: Any, **kwargs: Any) -> Any:
            g.seen = digest(request)
            key = recall.get(g.seen)
            return (key and _known(key, answers)) or view(*args, **kwargs)

        return answer  # type: ignore[return-value]

    @routes.route("/analyses", methods=["POST"])
    @from_memory
    @routes.arguments(article_schema(settings.max_text))
    @routes.arguments(DetailSchema, location="query")
    @routes.alt_response(304, description="The analysis is the one you have.", success=True)
    @routes.response(200, AnalysisSchema, headers=ETAG)
    def analyse(article: Article, query: dict[str, Any]) -> Response:
        """Analyse an article"""
        detail = tuple(name for name in DETAILS if name in query.get("detail", ()))
        key = answers.key(article, detail)
        recall.keep(g.seen, key)
        known = _known(key, answers)
        if known is not None:
            return known
        g.answer = "made"
        try:
            return _answer(answers.make(key, article, detail), key)
        except Busy:
            refuse(503, _BUSY, headers={"Retry-After": str(RETRY_AFTER)})

    return routes


def _known(key: str, answers: Answers) -> Response | None:
    """304 for a client that has the analysis, else the kept answer, if there is one."""
    if f'"{key}"' in request.headers.get("If-None-Match", ""):
        g.answer = "unchanged"
        return Response(status=304, headers={"ETag": f'"{key}"'})
    kept = answers.find(key)
    if kept is None:
        return None
    g.answer = "kept"
    return _answer(kept, key)


def _answer(body: bytes, key: str) -> Response:
    return Response(body, content_type="application/json", headers={"ETag": f'"{key}"'})
