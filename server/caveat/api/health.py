"""``/healthz``, ``/readyz`` and ``/metrics``: for whoever runs the server.

In: nothing. Out: whether the process lives, whether it can answer, and its figures. A Redis that
does not answer is reported and does not make the server unready: answers go on without it.
"""

from __future__ import annotations

import orjson
from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from caveat.api.metrics import Metrics
from caveat.cache.store import Store
from caveat.reading import Reader


def blueprint(reader: Reader, store: Store, metrics: Metrics) -> Blueprint:
    """The routes."""
    routes = Blueprint("health", __name__)

    @routes.get("/healthz")
    def alive() -> Response:
        return _json({"status": "ok"})

    @routes.get("/readyz")
    def ready() -> Response:
        store.line.ask("ping", lambda client: client.ping(), None)
        return _json(
            {"status": "ready", "engine": reader.engine, "cache": {"kind": store.kind, "state": store.state}}
        )

    @routes.get("/metrics")
    def figures() -> Response:
        return Response(metrics.exposition(), content_type=CONTENT_TYPE_PLAIN_0_0_4)

    return routes


def _json(document: object) -> Response:
    return Response(orjson.dumps(document), content_type="application/json")
