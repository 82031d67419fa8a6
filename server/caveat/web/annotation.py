"""``/a/UUID``: an annotation's own page, for whoever follows a link to it.

In: its name. Out: a page with the words in their context, what is said of them, what that rests on, how it
was judged and what became of it, a form to report it, and links to it as data. What can go wrong, as a page:
it is not there or not shown to readers (404), its author took it back (410), a report that cannot be kept.

A report changes nothing that readers see, so that no look-up is out of date by it; what moderators make of it
does, and they tell.

All that people wrote is text and stays text; the only addresses that become links are those of the web.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import orjson
from flask import Blueprint, abort, redirect
from flask import Response as Answer
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from caveat.accounts import log
from caveat.annotations import collection, complaints, lookup, rules
from caveat.annotations.formats import claim_review, web_annotation
from caveat.annotations.formats.web_annotation import Home
from caveat.annotations.models import Annotation, Status
from caveat.annotations.status_history import AUTHOR, DESK, RATINGS, Change, change
from caveat.database import Database
from caveat.web.forms import checked_form
from caveat.web.page import page, pages
from caveat.web.session import visitor

STANDS = {
    Status.PENDING: "It has just been written.",
    Status.NEEDS_RATINGS: "It waits for ratings, and readers are not shown it yet.",
    Status.HELPFUL: "Readers are shown it.",
    Status.NOT_HELPFUL: "Raters did not find it helpful. Readers are not shown it.",
    Status.HIDDEN: "A moderator has hidden it.",
    Status.WITHDRAWN: "Its author took it back.",
    Status.SETTLED: "It is settled: the page was corrected.",
}
_BECAME = {
    Status.PENDING: "was written",
    Status.NEEDS_RATINGS: "waited for ratings",
    Status.HELPFUL: "was shown to readers",
    Status.NOT_HELPFUL: "was found not helpful",
    Status.HIDDEN: "was hidden",
    Status.WITHDRAWN: "was taken back",
    Status.SETTLED: "was settled",
}
_BY = {AUTHOR: "by its author", DESK: "by a moderator", RATINGS: "by its ratings"}


def blueprint(database: Database, home: Callable[[], Home], clock: Callable[[], datetime]) -> Blueprint:
    """The page, and where its form leads."""
    routes = pages("annotation", "/a")

    @routes.get("/<uuid:uuid>")
    def read(uuid: UUID) -> Response:
        with database.read() as session:
            found = _found(session, uuid, clock())
            here = home()
            signal = here.signals.get(found.signal)
            history = [change(entry, found.account_id) for entry in log.history(session, found)]
            answer = page(
                "annotation.html",
                annotation=found,
                author=web_annotation.author(found),
                signal=signal,
                signal_name=rules.name_of(found.signal, here.signals),
                stands=STANDS[Status(found.status)],
                history=[_told(each) for each in history if each is not None],
                is_on_the_web=_is_on_the_web,
                data=here.iri(found),
                review=f"/a/{uuid}/claimreview" if claim_review.is_review(found, here) else None,
                reports=rules.REPORTS,
                rights=here.rights if here.rights and _is_on_the_web(here.rights) else None,
            )
        kind = web_annotation.MEDIA_TYPE.replace('"', '\\"')
        answer.headers["Link"] = f'<{here.iri(found)}>; rel="alternate"; type="{kind}"'
        return answer

    @routes.get("/<uuid:uuid>/claimreview")
    def review(uuid: UUID) -> Response:
        with database.read() as session:
            found = _found(session, uuid, clock())
            if not claim_review.is_review(found, home()):
                abort(404, "This is no review of a claim that readers are shown.")
            document = claim_review.document(found, home())
        return Answer(orjson.dumps(document), content_type="application/ld+json")

    @routes.post("/<uuid:uuid>/report")
    def report(uuid: UUID) -> Response:
        sent = checked_form("kind", "words")
        now = clock()
        with database.begin() as session:
            complaints.report(session, _found(session, uuid, now), sent["kind"], sent["words"], now)
        return redirect(f"/a/{uuid}/reported", 303)

    @routes.get("/<uuid:uuid>/reported")
    def reported(uuid: UUID) -> Response:
        with database.read() as session:
            visitor(session, clock())
        return page("annotation-reported.html", back=f"/a/{uuid}")

    return routes


def _found(session: Session, uuid: UUID, now: datetime) -> Annotation:
    who = visitor(session, now)
    found = collection.one(session, uuid)
    if found is not None and found.status == Status.WITHDRAWN:
        abort(410, "Its author took this annotation back.")
    if found is None or not lookup.may_see(found, who.account if who else None):
        abort(404, "There is no such annotation, or it is not shown to readers.")
    return found


def _told(became: Change) -> tuple[datetime, str, str]:
    return became.at, _BECAME[became.status], _BY[became.by]


def _is_on_the_web(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))
