"""The HTTP API, version 1: one module a noun.

In: the parts that answer (``Answers``, a catalogue, metrics ...), handed in by ``caveat.app``. Out:
routes on a Flask app and an OpenAPI document that describes them. ``describe`` gives that document
without loading a model, for those who only generate code from it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import orjson
from flask import Flask

from caveat.api import analyses, description, feedback, signals
from caveat.api.problems import ProblemApi
from caveat.cache.answers import Answers
from caveat.cache.tally import Silent, Tally
from caveat.catalogue import Catalogue
from caveat.config import Settings

PREFIX = "/api/v1"


def register(
    app: Flask,
    settings: Settings,
    answers: Answers,
    catalogue: Catalogue,
    tally: Tally,
    not_useful: Callable[[str], None],
) -> bytes:
    """Put the API on ``app``; gives the OpenAPI document's bytes, which it serves too."""
    app.config.update(
        API_TITLE="Caveat",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=None,  # description.py serves the document, with an ETag
        API_SPEC_OPTIONS={"info": description.INFO, "servers": [{"url": "/"}]},
    )
    api: Any = ProblemApi(app)  # type: ignore[no-untyped-call]
    api.register_blueprint(analyses.blueprint(settings, answers, tally), url_prefix=PREFIX)
    api.register_blueprint(signals.blueprint(catalogue), url_prefix=PREFIX)
    api.register_blueprint(feedback.blueprint(catalogue, not_useful), url_prefix=PREFIX)
    document: bytes = orjson.dumps(api.spec.to_dict())
    app.register_blueprint(description.blueprint(document), url_prefix=PREFIX)
    return document


def describe(settings: Settings) -> bytes:
    """The OpenAPI document as JSON, for these settings."""
    unread = cast(Answers, None)  # no request is ever made to this app
    return register(Flask("caveat"), settings, unread, Catalogue.standard(), Silent(), lambda _: None)
