"""``POST /analyses``: an article in, its analysis out.

In: an article (``article_schema``), ``?detail=`` and ``If-None-Match``. Out: the analysis's bytes
with its content key as ETag, or 304. What can go wrong: the request (400, 413, 415, 422), too many
of them (429), or too many unseen articles at once (503); see ``problems``.

An analysis is a pure function of its content key, so a client that names the key of what it sends
already holds the answer: 304 needs neither the reader nor the cache.
"""

from __future__ import annotations

from functools import wraps
from typing import Any, Literal

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
from caveat.cache.tally import Tally
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


def blueprint(settings: Settings, answers: Answers, tally: Tally) -> Routes:
    """The route, for these settings."""
    routes = Routes("analyses", "Claims and notes of one article.")
    recall = Recall()

    def from_memory(view: View) -> View:
        """Answer a request whose bytes were answered before, without reading them again."""

        @wraps(view)
        def answer(*args: Any, **kwargs: Any) -> Any:
            g.seen = digest(request)
            known = recall.get(g.seen)
            tally.looked_up("request", "miss" if known is None else "hit")
            if known is not None:
                if _has(known.key):
                    return _unchanged(known.key)
                if known.answer is not None:
                    return _answer(known.answer, known.key, "kept")
            return view(*args, **kwargs)

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
        if _has(key):
            recall.keep(g.seen, key, None)
            return _unchanged(key)
        kept = answers.find(key)
        try:
            answer = kept or answers.make(key, article, detail)
        except Busy:
            refuse(503, _BUSY, headers={"Retry-After": str(RETRY_AFTER)})
        recall.keep(g.seen, key, answer)
        return _answer(answer, key, "kept" if kept else "made")

    return routes


def _has(key: str) -> bool:
    """Whether the client names this analysis as one it has."""
    return f'"{key}"' in request.environ.get("HTTP_IF_NONE_MATCH", "")


def _unchanged(key: str) -> Response:
    g.answer = "unchanged"
    return Response(status=304, content_type="application/json", headers={"ETag": f'"{key}"'})


def _answer(body: bytes, key: str, how: Literal["kept", "made"]) -> Response:
    g.answer = how
    return Response(body, content_type="application/json", headers={"ETag": f'"{key}"'})
