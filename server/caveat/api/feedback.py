"""``POST /feedback``: a reader called a note not useful, and chose to let the server know.

In: the signal's id and the engine that noticed it; nothing of the words, the page or the reader. Out: 204.
What happens: one figure on ``/metrics`` goes up. What can go wrong: the request (400, 413, 415, 422), or
too many of them (429); see ``problems``.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Response
from marshmallow import RAISE, Schema, fields, validate

from caveat.api.article_schema import AtMost
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


def feedback_schema(catalogue: Catalogue) -> FeedbackSchema:
    """The schema with this catalogue's signals."""
    schema = FeedbackSchema()
    unknown = "There is no such signal in this catalogue; /api/v1/signals lists them."
    schema.fields["signal"].validators = [validate.OneOf([*catalogue.signals], error=unknown)]
    return schema


def blueprint(catalogue: Catalogue, not_useful: Callable[[str], None]) -> Routes:
    """The route, and who is told the signal."""
    routes = Routes("feedback", "What readers made of notes.")

    @routes.route("/feedback", methods=["POST"])
    @routes.arguments(feedback_schema(catalogue))
    @routes.response(204)
    def feedback(said: dict[str, str]) -> Response:
        """Say that a note was not useful"""
        not_useful(said["signal"])
        return Response(status=204)

    return routes
