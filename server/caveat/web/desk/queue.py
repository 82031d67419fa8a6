"""``/desk/``: what waits, the most urgent first, and deciding about several at once.

In: why it waits and which page of the queue, or a form with what was chosen. Out: the queue, or what came of
each. What can go wrong: too many or none chosen (422), one that is not there (404): the queue says so; what
is refused of several is listed with why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from caveat.accounts import log
from caveat.accounts.models import Account
from caveat.accounts.refused import Refused
from caveat.annotations import moderation, urgency
from caveat.annotations.models import Annotation
from caveat.annotations.moderation import AT_ONCE, Outcome
from caveat.annotations.rulings import DONE, Decision, Ruling
from caveat.annotations.urgency import Why
from caveat.web.desk.frame import Desk, Sitting, number, ruling_of, show
from caveat.web.forms import checked_form
from caveat.web.page import wrong

ON_A_PAGE = 25
IN_BULK = (Decision.KEEP, Decision.APPROVE, Decision.HOLD, Decision.HIDE)
UNDO = {
    Decision.HIDE: Decision.RESTORE,
    Decision.HOLD: Decision.RESTORE,
    Decision.SETTLE: Decision.RESTORE,
    Decision.APPROVE: Decision.HOLD,
    Decision.SHOW: Decision.HOLD,
    Decision.DECLINE: Decision.RESTORE,
}
FILTERS = {
    Why.REPORTED: "Reported",
    Why.APPEALED: "Appealed",
    Why.HELD: "Held",
    Why.HINTED: "Looks like spam",
    Why.RATED: "Rated",
}


def add(routes: Blueprint, desk: Desk) -> None:
    """The routes."""

    @routes.get("/")
    def waiting() -> Response:
        with desk.reading() as sitting:
            return _queue_page(sitting)

    @routes.post("/several")
    def several() -> Response:
        ruling = ruling_of(checked_form("decision")["decision"])
        try:
            chosen = dict(_chosen(value) for value in request.form.getlist("chosen"))
            with desk.writing() as (session, me, now):
                outcomes = moderation.decide_all(session, me, chosen, ruling, now)
                prefixes = {one.annotation.page.prefix for one in outcomes if one.refused is None}
        except Refused as refused:
            with desk.reading() as sitting:
                return _queue_page(sitting, ruling, refused)
        desk.out_of_date(prefixes)
        with desk.reading() as sitting:
            return _several_page(sitting.session, ruling, outcomes)


def _queue_page(sitting: Sitting, ruling: Ruling | None = None, refused: Refused | None = None) -> Response:
    session, me, now = sitting
    found = urgency.queue(session, now)
    only = request.args.get("why")
    chosen = [one for one in found.waiting if only not in FILTERS or only in one.why]
    at = max(1, number(request.args.get("page", "1"), otherwise=1))
    pages = max(1, -(-len(chosen) // ON_A_PAGE))
    at = min(at, pages)
    return show(
        session,
        "desk/queue.html",
        refused.status if refused else 200,
        me=me,
        queue=found,
        waiting=chosen[(at - 1) * ON_A_PAGE : at * ON_A_PAGE],
        before=(at - 1) * ON_A_PAGE,
        filters=FILTERS,
        only=only if only in FILTERS else None,
        at=at,
        pages=pages,
        in_bulk=IN_BULK,
        at_once=AT_ONCE,
        decided=_decided(session, me),
        ruling=ruling,
        errors=wrong(refused),
    )


def _decided(session: Session, me: Account) -> Mapping[str, Any] | None:
    """What this moderator has just done, and how it is taken back."""
    try:
        uuid = UUID(request.args.get("decided", ""))
    except ValueError:
        return None
    annotation = session.scalar(select(Annotation).where(Annotation.uuid == uuid))
    line = log.history(session, annotation)[-1:] if annotation else []
    if annotation is None or not line or line[0].account_id != me.id or line[0].action not in DONE:
        return None
    decision = Decision(line[0].action)
    undo = UNDO.get(decision)
    can_undo = undo in moderation.choices(session, me, annotation)
    return {"annotation": annotation, "deed": DONE[decision], "undo": undo if can_undo else None}


def _several_page(session: Session, ruling: Ruling, outcomes: Sequence[Outcome]) -> Response:
    done = [outcome.annotation for outcome in outcomes if outcome.refused is None]
    return show(
        session,
        "desk/several.html",
        done=done,
        deed=DONE[ruling.decision],
        refused=[outcome for outcome in outcomes if outcome.refused is not None],
        undo=UNDO.get(ruling.decision),
    )


def _chosen(value: str) -> tuple[UUID, int]:
    """``UUID:revision``, as a box in the queue sends it."""
    uuid, _, revision = value.partition(":")
    try:
        return UUID(uuid), number(revision)
    except ValueError:
        abort(400, "The form names an annotation in a way that no page of ours does. Load the page anew.")
