"""``/desk/``: where moderators look at what was reported, held and appealed, and decide.

In: a moderator's visit, or a form of these pages. Out: pages that work without a script and by keyboard
alone. What can go wrong: nobody is signed in (to the form, and back), somebody is no moderator (403), a
decision is refused: then the page shows how things stand now and what to do.

Each room is a file and adds its routes; what they share is in ``frame``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from flask import Blueprint

from caveat.database import Database
from caveat.web.desk import annotation, brake, log, people, queue, spared
from caveat.web.desk.frame import Desk
from caveat.web.page import pages


def blueprint(
    database: Database,
    out_of_date: Callable[[Iterable[str]], object] = lambda _: None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Blueprint:
    """The routes. ``out_of_date`` hears, after the commit, of which pages (the prefixes of their digests)
    something was changed that is shown."""
    routes, desk = pages("desk", "/desk"), Desk(database, out_of_date, clock)
    for room in (queue, annotation, people, spared, log, brake):
        room.add(routes, desk)
    return routes
