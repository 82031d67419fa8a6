"""``/account/annotations/``: what somebody wrote, how it stands, and asking for another look.

In: the visitor, which page of the list, and forms to appeal or to take one back. Out: the list, the newest
first. What can go wrong: it is not theirs or not there (404), the service refuses: the page says why beside
the form, and keeps what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from caveat.accounts.models import Account
from caveat.accounts.refused import Refused
from caveat.annotations import changing, complaints, lookup, situation
from caveat.annotations.models import Annotation, Status
from caveat.database import Database
from caveat.web.annotation import STANDS
from caveat.web.forms import checked_form
from caveat.web.page import page, pages
from caveat.web.session import signed_in

ON_A_PAGE = 20
_HELD = "It is held until a moderator has looked at it."
_STANDS = STANDS | {Status.HIDDEN: "Readers are not shown it."}  # by whom and why follows there


def blueprint(
    database: Database, out_of_date: Callable[[Iterable[str]], object], clock: Callable[[], datetime]
) -> Blueprint:
    """The routes. ``out_of_date`` hears, after the commit, of which pages (the prefixes of their digests)
    something was taken back."""
    routes = pages("own", "/account/annotations")

    @routes.get("/")
    def annotations() -> Response:
        with database.read() as session:
            return _list(session, signed_in(session, clock()).account)

    @routes.post("/<uuid:uuid>/appeal")
    def appeal(uuid: UUID) -> AnyResponse:
        words = checked_form("words")["words"]
        try:
            with database.begin() as session:
                me = signed_in(session, now := clock()).account
                complaints.appeal(session, me, _own(session, uuid, me), words, now)
        except Refused as refused:
            with database.read() as session:
                return _list(session, signed_in(session, clock()).account, uuid, refused, words)
        return _back(uuid)

    @routes.post("/<uuid:uuid>/withdraw")
    def withdraw(uuid: UUID) -> AnyResponse:
        try:
            with database.begin() as session:
                me = signed_in(session, now := clock()).account
                mine = _own(session, uuid, me)
                changing.withdraw(session, me, mine, None, now)
                prefix = mine.page.prefix
        except Refused as refused:
            with database.read() as session:
                return _list(session, signed_in(session, clock()).account, uuid, refused)
        out_of_date([prefix])
        return _back(uuid)

    return routes


def _list(
    session: Session,
    me: Account,
    uuid: UUID | None = None,
    refused: Refused | None = None,
    typed: str = "",
) -> Response:
    count = lookup.count_own(session, me)
    last = max(1, -(-count // ON_A_PAGE))
    asked = request.args.get("page", "1")
    at = min(max(1, int(asked)), last) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
    mine = [seen.annotation for seen in lookup.own(session, me, ON_A_PAGE, (at - 1) * ON_A_PAGE)]
    appeals = complaints.appeals_about(session, mine)
    shown = [
        {
            "annotation": each,
            "stands": _HELD if situation.is_held(each) else _STANDS[Status(each.status)],
            "appeal": appeals.get(each.id),
            "may_appeal": each.id not in appeals and _was_decided_against(session, each),
            "may_withdraw": each.status not in (Status.WITHDRAWN, Status.HIDDEN),
            "has_page": each.status != Status.WITHDRAWN,
        }
        for each in mine
    ]
    return page(
        "own.html",
        refused.status if refused else 200,
        title="Your annotations",
        shown=shown,
        count=count,
        before=(at - 1) * ON_A_PAGE,
        at=at,
        pages=last,
        longest=complaints.LONGEST_WORDS,
        errors=_errors(uuid, refused, {each.uuid for each in mine}),
        typed={uuid: typed},
    )


def _own(session: Session, uuid: UUID, me: Account) -> Annotation:
    found = lookup.one(session, uuid, me)
    if found is None or found.annotation.account_id != me.id:
        abort(404, "You have written no such annotation.")
    return found.annotation


def _was_decided_against(session: Session, annotation: Annotation) -> bool:
    """Whether a moderator decided something about it that can be appealed."""
    return annotation.status in complaints.APPEALABLE and situation.is_decided(session, annotation)


def _errors(uuid: UUID | None, refused: Refused | None, there: set[UUID]) -> dict[str, str]:
    """What is wrong, beside the words of the form that was sent, or above all."""
    if refused is None:
        return {}
    return {f"words-{uuid}" if refused.pointer and uuid in there else "form": refused.detail}


def _back(uuid: UUID) -> AnyResponse:
    """To where it stands in the list."""
    at = request.args.get("page", "")
    return redirect(
        f"/account/annotations/{f'?page={int(at)}' if at.isdecimal() and len(at) < 10 else ''}#n-{uuid}", 303
    )
