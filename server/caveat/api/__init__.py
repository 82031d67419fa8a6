"""The HTTP API, version 1: one module a noun.

In: the parts that answer (``Answers``, a catalogue, metrics ...), handed in by ``caveat.app``. Out:
routes on a Flask app and an OpenAPI document that describes them. ``describe`` gives that document
without loading a model, for those who only generate code from it.
"""

# No "from __future__ import annotations" here: it would take the name of one of the modules.
from collections.abc import Callable
from typing import Any

import orjson
from flask import Flask

from caveat.api import analyses, annotations, claims, description, feedback, me, pages, signals
from caveat.api.acting import Acting
from caveat.api.limits import FirstTime
from caveat.api.lookups import Lookups
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
    acting: Acting,
    lookups: Lookups,
    first_time: FirstTime,
) -> bytes:
    """Put the API on ``app``; gives the OpenAPI document's bytes, which it serves too."""
    app.config.update(
        API_TITLE="Caveat",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=None,  # description.py serves the document, with an ETag
        API_SPEC_OPTIONS={
            "info": description.INFO,
            "servers": [{"url": "/"}],
            "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
        },
    )
    api: Any = ProblemApi(app)  # type: ignore[no-untyped-call]
    api.register_blueprint(analyses.blueprint(settings, answers, tally), url_prefix=PREFIX)
    api.register_blueprint(signals.blueprint(catalogue), url_prefix=PREFIX)
    api.register_blueprint(feedback.blueprint(catalogue, not_useful), url_prefix=PREFIX)
    api.register_blueprint(pages.blueprint(acting, lookups), url_prefix=PREFIX)
    api.register_blueprint(claims.blueprint(lookups), url_prefix=PREFIX)
    api.register_blueprint(annotations.blueprint(acting, lookups, first_time), url_prefix=PREFIX)
    api.register_blueprint(me.blueprint(acting), url_prefix=PREFIX)
    document: bytes = orjson.dumps(api.spec.to_dict())
    app.register_blueprint(description.blueprint(document), url_prefix=PREFIX)
    return document


def describe(settings: Settings) -> bytes:
    """The OpenAPI document as JSON, for these settings."""
    none: Any = None  # no request is ever made to this app
    return register(
        Flask("caveat"), settings, none, Catalogue.standard(), Silent(), lambda _: None, none, none, none
    )
