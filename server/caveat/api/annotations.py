"""``/annotations``: submitting, changing, rating, reporting and appealing.

In: JSON, and a token to annotate (a report takes none). Out: the annotation as the caller sees it, once it is
kept. What can go wrong: the request (400, 413, 415, 422), the token (401, 403), what is not there (404), what
others said or changed meanwhile (409, 412), too much of it (429), a store that cannot keep it (503, 507).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Response

from caveat.annotations import changing, complaints, lookup, rating, submission
from caveat.annotations.drafts import Draft
from caveat.annotations.lookup import Seen
from caveat.annotations.models import Annotation, Verdict
from caveat.annotations.submission import Similar
from caveat.api import annotation_schema as schema
from caveat.api.acting import Act, Acting, answer, found, revision_seen, viewer
from caveat.api.annotation_schema import AnnotationSchema, shown
from caveat.api.limits import FirstTime
from caveat.api.lookups import Lookups
from caveat.api.problems import CONTENT_TYPE, refuse, refused
from caveat.api.routes import Routes

ETAG = {"ETag": {"description": "The annotation's revision.", "schema": {"type": "string"}}}
LOCATION = {"Location": {"description": "Where the annotation is.", "schema": {"type": "string"}}}
_IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "description": (
        "The revision you have seen, in quotes: refused (412) where it says something else since. Without it "
        "or with *, whatever it says."
    ),
    "schema": {"type": "string"},
}


def blueprint(acting: Acting, lookups: Lookups, first_time: FirstTime) -> Routes:
    """The routes."""
    routes = Routes("annotations", "What volunteers say of words on pages.")

    @routes.route("/annotations", methods=["POST"])
    @routes.for_accounts()
    @routes.arguments(schema.SubmissionSchema)
    @routes.alt_response(200, schema=AnnotationSchema, description="It was there already.", success=True)
    @routes.alt_response(
        409,
        schema=schema.SimilarProblemSchema,
        content_type=CONTENT_TYPE,
        description="Others said it already.",
    )
    @routes.response(201, AnnotationSchema, headers=ETAG | LOCATION)
    def submit(draft: Draft) -> Response:
        """Submit an annotation

        Rate what others said of the same words instead, where the answer is 409 with ``similar``; or send it
        again with ``anyway``.
        """
        with acting.writing() as act:
            try:
                submitted = submission.submit(act.session, act.by, draft, act.now)
            except Similar as error:
                # Here, as what was found is gone when the transaction is.
                alike = lookup.these(act.session, [one.id for one in error.similar], act.by)
                raise refused(error, {"similar": [shown(one, act.by) for one in alike]}) from error
            document = _of(submitted.annotation, act)
        return _changed(document, 201 if submitted.is_new else 200)

    @routes.route("/annotations/<uuid:id>")
    @routes.response(200, AnnotationSchema, headers=ETAG)
    def annotation(id: UUID) -> Response:
        """One annotation"""
        now = acting.clock()
        with acting.database.read() as session:
            who = viewer(session, now)
            document = shown(found(lookup.one(session, id, who)), who)
        return _changed(document)

    @routes.route("/annotations/<uuid:id>", methods=["PATCH"])
    @routes.takes(_IF_MATCH)
    @routes.for_accounts()
    @routes.arguments(schema.EditSchema)
    @routes.response(200, AnnotationSchema, headers=ETAG)
    def edit(changes: dict[str, Any], id: UUID) -> Response:
        """Change one's own annotation, within an hour and until it is decided"""
        with acting.writing() as act:
            mine = act.find(id).annotation
            changing.hold(act.session, mine)  # as what is not changed is of this moment
            draft = replace(changing.draft_of(mine), **changes)
            changing.edit(act.session, act.by, mine, draft, revision_seen(), act.now)
            document = _of(mine, act)
        return _changed(document)

    @routes.route("/annotations/<uuid:id>/withdraw", methods=["POST"])
    @routes.takes(_IF_MATCH)
    @routes.for_accounts()
    @routes.response(200, AnnotationSchema, headers=ETAG)
    def withdraw(id: UUID) -> Response:
        """Take back one's own annotation

        What its raters made of it until then still counts in its author's record.
        """
        with acting.writing() as act:
            mine = act.find(id).annotation
            changing.withdraw(act.session, act.by, mine, revision_seen(), act.now)
            document = _of(mine, act)
        lookups.forget([mine.page.prefix])
        return _changed(document)

    @routes.route("/annotations/<uuid:id>/settle", methods=["POST"])
    @routes.takes(_IF_MATCH)
    @routes.for_accounts()
    @routes.arguments(schema.CorrectionSchema)
    @routes.response(200, AnnotationSchema, headers=ETAG)
    def settle(said: dict[str, str], id: UUID) -> Response:
        """Say that the page was corrected"""
        with acting.writing() as act:
            it = act.find(id).annotation
            changing.settle(act.session, act.by, it, said["correction"], revision_seen(), act.now)
            document = _of(it, act)
        lookups.forget([it.page.prefix])
        return _changed(document)

    @routes.route("/annotations/<uuid:id>/rating", methods=["PUT"])
    @routes.takes(_IF_MATCH)
    @routes.for_accounts()
    @routes.arguments(schema.GivenRatingSchema)
    @routes.response(200, AnnotationSchema, headers=ETAG)
    def rate(given: dict[str, Any], id: UUID) -> Response:
        """Rate another's annotation, or change one's mind"""
        with acting.writing() as act:
            it = act.find(id).annotation
            changing.refuse_stale(act.session, it, revision_seen())
            verdict = Verdict(given["verdict"])
            made = rating.rate(act.session, act.by, it, verdict, given["reasons"], act.now)
            document = shown(Seen(it, made), act.by)
        return _changed(document)

    @routes.route("/annotations/<uuid:id>/rating", methods=["DELETE"])
    @routes.takes(_IF_MATCH)
    @routes.for_accounts()
    @routes.response(204)
    def take_back(id: UUID) -> Response:
        """Take back one's own rating, until it is locked

        Where there is none, nothing changes. The next ranking counts without it.
        """
        with acting.writing() as act:
            it = act.find(id).annotation
            changing.refuse_stale(act.session, it, revision_seen())
            rating.take_back(act.session, act.by, it, act.now)
        return Response(status=204)

    @routes.route("/annotations/<uuid:id>/reports", methods=["POST"])
    @routes.arguments(schema.ReportSchema)
    @routes.response(204)
    def report(said: dict[str, str], id: UUID) -> Response:
        """Say that an annotation should not be there

        It takes no account, and nothing of who said it is kept; once a day and address for each annotation.
        """
        now = acting.clock()
        with acting.database.begin() as session:
            it = found(lookup.one(session, id, viewer(session, now))).annotation
            complaints.report(session, it, said["kind"], said["words"], now)
            if not first_time(f"report {id}"):
                detail = "You have reported it within a day. Moderators will look at it."
                refuse(429, detail, headers={"Retry-After": "3600"})
        return Response(status=204)

    @routes.route("/annotations/<uuid:id>/appeals", methods=["POST"])
    @routes.for_accounts()
    @routes.arguments(schema.AppealSchema)
    @routes.response(204)
    def appeal(said: dict[str, str], id: UUID) -> Response:
        """Ask that a decision about one's own annotation be looked at again"""
        with acting.writing() as act:
            complaints.appeal(act.session, act.by, act.find(id).annotation, said["words"], act.now)
        return Response(status=204)

    return routes


def _of(annotation: Annotation, act: Act) -> dict[str, Any]:
    """The caller's own, or a moderator's, who do not see a rating of theirs here."""
    return shown(Seen(annotation, None), act.by)


def _changed(document: dict[str, Any], status: int = 200) -> Response:
    headers = {"ETag": f'"{document["revision"]}"'}
    if status == 201:
        headers["Location"] = f"/api/v1/annotations/{document['id']}"
    return answer(document, status, headers)
