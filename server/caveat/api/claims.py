"""``GET /claims`` and ``GET /claims/{prefix}``: what volunteers said of the same claim on another page.

In: nothing, and then exactly five hexadecimal digits. Out: a list of numbers that runs of words come to
(``annotations.runs``), each with the five digits under which its annotations are; and those annotations.
A client finds the runs in the text it has, and asks only for what it found: the server is not told the text,
and cannot tell from five digits which claim was meant. Both are one answer for everybody, with an ETag.
"""

from __future__ import annotations

from flask import Response
from marshmallow import fields

from caveat.api.annotation_schema import AnnotationSchema, Closed
from caveat.api.lookups import PARAMETER, PREFIX, Lookups
from caveat.api.pages import for_everybody
from caveat.api.problems import refuse
from caveat.api.routes import Routes

_PARAMETER = PARAMETER | {"description": "Five digits from the list."}
_ETAG = {"ETag": {"schema": {"type": "string"}}}


class AnnotatedClaimsSchema(Closed):
    """How to know annotated claims again."""

    runs = fields.List(
        fields.Tuple((fields.Integer(), fields.String())),
        required=True,
        metadata={"description": "The number of a run of six words, and five digits to ask for."},
    )


class AnnotationsOfClaimSchema(Closed):
    """What is said of quotations with the same five digits."""

    annotations = fields.List(fields.Nested(AnnotationSchema), required=True)


def blueprint(lookups: Lookups) -> Routes:
    """The routes."""
    routes = Routes("claims", "What volunteers say of the same claim elsewhere.")

    @routes.route("/claims")
    @routes.alt_response(304, description="Nothing has changed.", success=True)
    @routes.response(200, AnnotatedClaimsSchema, headers=_ETAG)
    def annotated_claims() -> Response:
        """How annotated claims are known again"""
        return for_everybody(lookups.claims())

    @routes.route("/claims/<prefix>", parameters=[_PARAMETER])
    @routes.alt_response(304, description="Nothing has changed.", success=True)
    @routes.response(200, AnnotationsOfClaimSchema, headers=_ETAG)
    def annotations_of_claims(prefix: str) -> Response:
        """What is said of a claim"""
        if not PREFIX.fullmatch(prefix):
            detail = "It takes exactly five hexadecimal digits in lower case, as /api/v1/claims lists them."
            refuse(422, detail, [{"pointer": "path/prefix", "detail": detail}])
        return for_everybody(lookups.claim(prefix))

    return routes
