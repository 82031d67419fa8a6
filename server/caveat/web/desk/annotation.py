"""``/desk/annotations/UUID``: one annotation with all that was said of it, and deciding about it.

In: its name, or the form with a decision and the revision that was looked at. Out: its page, or the way back
to the queue. What can go wrong: it is not there (404), the decision is refused: the page says why and shows
how things stand now. What a decision does is in ``annotations.moderation``.
"""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from caveat.accounts.refused import Refused
from caveat.annotations import moderation, situation, urgency
from caveat.annotations.dossier import dossier
from caveat.annotations.rulings import Ruling
from caveat.web.desk.frame import Desk, Sitting, number, ruling_of, show
from caveat.web.forms import checked_form
from caveat.web.page import wrong


def add(routes: Blueprint, desk: Desk) -> None:
    """The routes."""

    @routes.get("/annotations/<uuid:uuid>")
    def annotation(uuid: UUID) -> Response:
        with desk.reading() as sitting:
            return _annotation_page(sitting, uuid)

    @routes.post("/annotations/<uuid:uuid>")
    def decide(uuid: UUID) -> AnyResponse:
        form = checked_form("decision", "revision")
        ruling, revision = ruling_of(form["decision"]), number(form["revision"])
        try:
            with desk.writing() as (session, me, now):
                prefix = moderation.decide(session, me, uuid, revision, ruling, now).page.prefix
        except Refused as refused:
            with desk.reading() as sitting:
                return _annotation_page(sitting, uuid, ruling, refused)
        desk.out_of_date([prefix])
        return redirect(f"/desk/?decided={uuid}", 303)


def _annotation_page(
    sitting: Sitting, uuid: UUID, ruling: Ruling | None = None, refused: Refused | None = None
) -> Response:
    session, me, now = sitting
    found = dossier(session, me, uuid, now)
    if found is None:
        abort(404, "There is no such annotation. The queue lists those that wait.")
    waiting = urgency.queue(session, now).waiting
    mine = [one for one in waiting if one.annotation.id == found.annotation.id]
    return show(
        session,
        "desk/annotation.html",
        refused.status if refused else 200,
        me=me,
        found=found,
        annotation=found.annotation,
        is_held=situation.is_held(found.annotation),
        waiting=mine[0] if mine else None,
        next=next((one for one in waiting if one.annotation.id != found.annotation.id), None),
        ruling=ruling,
        errors=wrong(refused),
    )
