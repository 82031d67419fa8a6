"""``GET /me`` and ``GET /queue``: what an account may do, what it wrote, and what it is needed for.

In: a token to annotate. Out: for nobody's eyes but the caller's.
"""

from __future__ import annotations

from flask import Response
from marshmallow import fields, validate

from caveat.accounts.models import Role
from caveat.annotations import allowance, brake, lookup, queue
from caveat.annotations.allowance import Allowance
from caveat.api.acting import Acting, answer
from caveat.api.annotation_schema import AnnotationSchema, Closed, QueueSchema, shown
from caveat.api.routes import Routes

_MOST = 50  # annotations: the account's own page has all of them


class AllowanceSchema(Closed):
    """Whether you may, and how many times."""

    may = fields.Boolean(required=True)
    reason = fields.String(required=True, metadata={"description": "Why, or what is missing."})
    most = fields.Integer(required=True, strict=True, metadata={"description": "A day."})
    left = fields.Integer(required=True, strict=True, metadata={"description": "Of those, now."})


class MeSchema(Closed):
    """Who you are here."""

    alias = fields.String(required=True, allow_none=True)
    role = fields.String(required=True, validate=validate.OneOf([role.value for role in Role]))
    may_write = fields.Nested(AllowanceSchema, required=True)
    may_rate = fields.Nested(AllowanceSchema, required=True)
    stopped = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Why something is stopped for everybody; null where nothing is."},
    )
    annotations = fields.List(fields.Nested(AnnotationSchema), required=True)


def blueprint(acting: Acting) -> Routes:
    """The routes."""
    routes = Routes("me", "One's own account.")

    @routes.route("/me")
    @routes.for_accounts()
    @routes.response(200, MeSchema)
    def me() -> Response:
        """Who you are here, and what you may do"""
        with acting.reading() as act:
            pulled = brake.state(act.session)
            document = {
                "alias": act.by.alias,
                "role": act.by.role,
                "may_write": _allowance(allowance.writing(act.session, act.by, act.now)),
                "may_rate": _allowance(allowance.rating(act.session, act.by, act.now)),
                "stopped": pulled.reason if pulled.stopped else None,
                "annotations": [shown(one, act.by) for one in lookup.own(act.session, act.by, _MOST)],
            }
        return answer(document)

    @routes.route("/queue")
    @routes.for_accounts()
    @routes.response(200, QueueSchema)
    def what_needs_rating() -> Response:
        """What needs your rating most"""
        with acting.reading() as act:
            wanted = [shown(one, act.by) for one in queue.waiting(act.session, act.by, act.now)]
        return answer({"annotations": wanted})

    return routes


def _allowance(allowed: Allowance) -> dict[str, object]:
    return {"may": allowed.may, "reason": allowed.reason, "most": allowed.most, "left": allowed.left}
