"""``POST /feedback``: a reader called a note not useful, and chose to let the server know.

In: the signal's id and the engine that noticed it; nothing of the words, the page or the reader. Out: 204.
What happens: one figure on ``/metrics`` goes up. What can go wrong: the request (400, 413, 415, 422), a
signal that is not in the catalogue (404), or too many of them (429); see ``problems``.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Response
from marshmallow import RAISE, Schema, fields

from caveat.api.article_schema import AtMost
from caveat.api.problems import refuse
from caveat.api.routes import Routes
from caveat.catalogue import Catalogue

LONGEST_ENGINE = 200  # what is said of an engine in an analysis is about 60 characters


class FeedbackSchema(Schema):
    """A note that a reader did not find useful."""

    class Meta:
        unknown = RAISE

    signal = fields.String(required=True, metadata={"description": "The signal's id in the catalogue."})
    engine = fields.String(
        required=True,
        validate=AtMost(LONGEST_ENGINE, "characters"),
        metadata={"description": "What read the article, as the analysis says. It is not kept."},
    )


def blueprint(catalogue: Catalogue, not_useful: Callable[[str], None]) -> Routes:
    """The route, and who is told the signal."""
    routes = Routes("feedback", "What readers made of notes.")

    @routes.route("/feedback", methods=["POST"])
    @routes.arguments(FeedbackSchema)
    @routes.response(204)
    def feedback(said: dict[str, str]) -> Response:
        """Say that a note was not useful"""
        # Not an enumeration: the API's description would change with every signal that is added.
        if said["signal"] not in catalogue.signals:
            detail = "There is no such signal in this catalogue; /api/v1/signals lists them."
            refuse(404, detail, [{"pointer": "#/signal", "detail": detail}])
        not_useful(said["signal"])
        return Response(status=204)

    return routes
