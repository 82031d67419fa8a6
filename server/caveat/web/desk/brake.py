"""``/desk/brake``: the emergency brake.

In: a form with what is stopped and why. Out: the brake as it stands. What can go wrong: no reason (422), or
somebody who may not stop the showing (403), beside the form.
"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from caveat.accounts.models import Role
from caveat.accounts.refused import Refused
from caveat.annotations import brake
from caveat.annotations.brake import Part
from caveat.web.desk.frame import Desk, Sitting, show
from caveat.web.forms import checked_form
from caveat.web.page import wrong


def add(routes: Blueprint, desk: Desk) -> None:
    """The routes."""

    @routes.get("/brake")
    def emergency() -> Response:
        with desk.reading() as sitting:
            return _brake_page(sitting)

    @routes.post("/brake")
    def pull() -> AnyResponse:
        words = checked_form("words")["words"]
        stopped = {part for part in Part if part in request.form.getlist("stop")}
        try:
            with desk.writing() as (session, me, now):
                if me.role != Role.ADMINISTRATOR:  # whose form has no box for it
                    stopped |= brake.state(session).stopped & {Part.SHOWING}
                brake.pull(session, me, stopped, words, now)
        except Refused as refused:
            with desk.reading() as sitting:
                return _brake_page(sitting, words, refused)
        return redirect("/desk/brake", 303)


def _brake_page(sitting: Sitting, words: str = "", refused: Refused | None = None) -> Response:
    return show(
        sitting.session,
        "desk/brake.html",
        refused.status if refused else 200,
        parts=Part,
        is_administrator=sitting.me.role == Role.ADMINISTRATOR,
        words=words,
        errors=wrong(refused),
    )
