"""``GET /signals``: the whole catalogue, for clients that explain or switch signals.

In: nothing. Out: every signal in the file's order, and what only people can notice in a list of its own, with
an ETag. A note of the machine is of the first; a person's may be of either.
"""

from __future__ import annotations

import orjson
from flask import Response, request

from caveat.annotations import rules
from caveat.api.fixed import FixedAnswer
from caveat.api.routes import Routes
from caveat.api.schemas import CatalogueSchema
from caveat.catalogue import Catalogue


def blueprint(catalogue: Catalogue) -> Routes:
    """The route over one catalogue."""
    routes = Routes("signals", "What can be noticed.")
    fixed = FixedAnswer(
        orjson.dumps(
            {
                "version": catalogue.version,
                "signals": list(catalogue.signals.values()),
                "people": list(rules.PEOPLE.values()),
            }
        )
    )

    @routes.route("/signals")
    @routes.alt_response(304, description="The catalogue is the one you have.", success=True)
    @routes.response(200, CatalogueSchema, headers={"ETag": {"schema": {"type": "string"}}})
    def catalogue_of_signals() -> Response:
        """The catalogue of signals"""
        return fixed.to(request)

    return routes
