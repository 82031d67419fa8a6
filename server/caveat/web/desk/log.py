"""``/desk/log``: all that was done, the newest first, and whether a line is not what it was.

In: what to look for (a deed, whose, of what). Out: lines, a page at a time. What can go wrong: nothing; what
is not there is not found.
"""

from __future__ import annotations

from flask import Blueprint, Response, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from caveat.accounts import aliases, log
from caveat.accounts.models import Account, Entry
from caveat.accounts.roles import Deed
from caveat.annotations import dossier
from caveat.annotations.models import Annotation
from caveat.annotations.rulings import Decision
from caveat.web.desk.frame import Desk, number, show

LINES = 100  # on a page
BROKEN_SHOWN = 20


def add(routes: Blueprint, desk: Desk) -> None:
    """The routes."""

    @routes.get("/log")
    def lines() -> Response:
        with desk.reading() as sitting:
            return _log_page(sitting.session)

    @routes.get("/log/check")
    def check() -> Response:
        with desk.reading() as sitting:
            broken = list(log.check(sitting.session))
            return show(sitting.session, "desk/check.html", broken=broken, shown=BROKEN_SHOWN)


def _log_page(session: Session) -> Response:
    """The newest lines first, from the primary key backwards."""
    asked = {name: request.args.get(name, "").strip() for name in ("action", "by", "subject", "before")}
    query = select(Entry).order_by(Entry.id.desc())
    if asked["action"]:
        query = query.where(Entry.action == asked["action"])
    if asked["subject"]:
        query = query.where(Entry.subject == asked["subject"])
    if asked["by"]:
        who = select(Account.id).where(Account.alias_key == aliases.key(asked["by"])).scalar_subquery()
        query = query.where(Entry.account_id == who)
    if before := number(asked["before"], otherwise=0):
        query = query.where(Entry.id < before)
    found = session.scalars(query.limit(LINES + 1)).all()
    entries = found[:LINES]
    about = {int(e.subject.partition(":")[2]) for e in entries if e.subject.startswith("annotation:")}
    named = select(Annotation.id, Annotation.uuid).where(Annotation.id.in_(about))
    uuids = {f"annotation:{id_}": uuid for id_, uuid in session.execute(named)} if about else {}
    return show(
        session,
        "desk/log.html",
        entries=entries,
        names=dossier.aliases(session, entries),
        uuids=uuids,
        asked=asked,
        older=entries[-1].id if len(found) > LINES else None,
        actions=sorted({*Decision, *Deed, "brake", "spare", "unspare"}),
    )
