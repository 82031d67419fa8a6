"""``/desk/spared``: pages, sites and people that must not be annotated.

In: forms that add to the list or take off it. Out: the list, and how many annotations that hid or restored.
What can go wrong: something that cannot be spared is told beside its field (422).
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response
from sqlalchemy.orm import Session

from caveat.accounts.refused import Refused
from caveat.annotations import sparing
from caveat.web.desk.frame import Desk, show
from caveat.web.forms import checked_form
from caveat.web.page import wrong


def add(routes: Blueprint, desk: Desk) -> None:
    """The routes."""

    @routes.get("/spared")
    def spared() -> Response:
        with desk.reading() as sitting:
            return _spared_page(sitting.session)

    @routes.post("/spared")
    def spare() -> Response:
        form = checked_form("kind", "what", "words")
        try:
            with desk.reading() as sitting:
                found = sparing.search(sitting.session, sitting.me, form["kind"], form["what"])
            with desk.writing() as (session, me, now):
                done = sparing.add(session, me, found, form["words"], now)
        except Refused as refused:
            with desk.reading() as sitting:
                return _spared_page(sitting.session, form, refused)
        desk.out_of_date(done.prefixes)
        with desk.reading() as sitting:
            return _spared_page(sitting.session, done=f"Added; {_counted(done.annotations)} hidden by it.")

    @routes.post("/spared/remove")
    def remove() -> Response:
        form = checked_form("kind", "key")
        with desk.writing() as (session, me, now):
            done = sparing.remove(session, me, form["kind"], form["key"], now)
        desk.out_of_date(done.prefixes)
        with desk.reading() as sitting:
            return _spared_page(sitting.session, done=f"Taken off; {_counted(done.annotations)} restored.")


def _spared_page(
    session: Session, form: Mapping[str, str] | None = None, refused: Refused | None = None, done: str = ""
) -> Response:
    return show(
        session,
        "desk/spared.html",
        refused.status if refused else 200,
        listed=sparing.listed(session),
        form=form or {},
        errors=wrong(refused),
        done=done,
    )


def _counted(annotations: int) -> str:
    return "one annotation was" if annotations == 1 else f"{annotations} annotations were"
