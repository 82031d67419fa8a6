"""``POST /analyses``: an article in, its analysis out.

In: an article (``article_schema``), ``?detail=`` and ``If-None-Match``. Out: the analysis's bytes with its
content key as ETag, or 304. What can go wrong: the request (400, 413, 415, 422), too many of them
(429), or too many unseen articles at once (503); see ``problems``.

An analysis is a pure function of its content key, so a client that names the key of what it sends
already holds the answer: 304 needs neither the reader nor the cache.
"""

from __future__ import annotations

from typing import Any

from flask import Response, request
from marshmallow import RAISE, Schema, fields, validate
from webargs.fields import DelimitedList

from caveat.api.article_schema import article_schema
from caveat.api.routes import Routes
from caveat.api.schemas import AnalysisSchema
from caveat.article import DETAILS, Article
from caveat.cache.answers import Answers
from caveat.config import Settings

ETAG = {"ETag": {"description": "The analysis's content key.", "schema": {"type": "string"}}}


class DetailSchema(Schema):
    """What else the answer should hold."""

    class Meta:
        unknown = RAISE

    detail = DelimitedList(
        fields.String(validate=validate.OneOf(DETAILS)),
        metadata={"description": "Adds every sentence, or every attribution, to the answer."},
    )


def blueprint(settings: Settings, answers: Answers) -> Routes:
    """The route, for these limits."""
    routes = Routes("analyses", "Claims and notes of one article.")

    @routes.route("/analyses", methods=["POST"])
    @routes.arguments(article_schema(settings.max_text))
    @routes.arguments(DetailSchema, location="query")
    @routes.alt_response(304, description="The analysis is the one you have.", success=True)
    @routes.response(200, AnalysisSchema, headers=ETAG)
    def analyse(article: Article, query: dict[str, Any]) -> Response:
        """Analyse an article"""
        detail = tuple(name for name in DETAILS if name in query.get("detail", ()))
        key = answers.key(article, detail)
        etag = f'"{key}"'
        if etag in request.headers.get("If-None-Match", ""):
            return Response(status=304, headers={"ETag": etag})
        body = answers.find(key) or answers.make(key, article, detail)
        return Response(body, content_type="application/json", headers={"ETag": etag})

    return routes
