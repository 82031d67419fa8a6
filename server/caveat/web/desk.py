"""``/desk/``: where moderators look at what was reported, held and appealed, and decide.

In: a moderator's visit, or a form of these pages. Out: pages that work without a script and by keyboard
alone. What can go wrong: nobody is signed in (to the form, and back), somebody is no moderator (403), a
decision is refused: then the page shows how things stand now and what to do. What a decision does is in
``annotations.moderation``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, request
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from caveat.accounts import log
from caveat.accounts.models import Account, Entry, Role
from caveat.accounts.refused import Refused
from caveat.annotations import brake, moderation, sparing
from caveat.annotations.brake import Part
from caveat.annotations.dossier import aliases, dossier
from caveat.annotations.models import Annotation, Switch
from caveat.annotations.moderation import AT_ONCE, Outcome
from caveat.annotations.rulings import DONE, KINDS, LONGEST, REASONS, Decision, Ruling
from caveat.annotations.urgency import Why, queue
from caveat.database import Database
from caveat.web.forms import checked_form, protect
from caveat.web.outward import REL, at_words, href
from caveat.web.page import in_words, page
from caveat.web.session import signed_in

ON_A_PAGE = 25  # of the queue
LINES = 100  # of the log on a page
BROKEN_SHOWN = 20

# What a decision's button says, and the key that presses it.
LABELS = {
    Decision.APPROVE: ("Let it on to the raters", "a"),
    Decision.KEEP: ("Keep it, close the reports", "k"),
    Decision.HIDE: ("Hide it", "h"),
    Decision.HOLD: ("Hold it", "o"),
    Decision.RESTORE: ("Take the decision back", "r"),
    Decision.SETTLE: ("Mark it settled", "s"),
    Decision.SHOW: ("Helpful: show it", "e"),
    Decision.DECLINE: ("Not helpful", "d"),
    Decision.UPHOLD: ("Uphold the decision", "u"),
    Decision.OVERTURN: ("Overturn the decision", "v"),
}
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


def blueprint(
    database: Database,
    out_of_date: Callable[[Iterable[str]], object] = lambda _: None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Blueprint:
    """The routes. ``out_of_date`` hears, after the commit, of which pages (the prefixes of their digests)
    something was changed that is shown."""
    routes = Blueprint("desk", __name__, url_prefix="/desk")
    protect(routes)
    in_words(routes)

    @routes.get("/")
    def waiting() -> Response:
        with database.read() as session:
            me = _moderator(session, clock())
            return _queue_page(session, me, clock())

    @routes.get("/annotations/<uuid:uuid>")
    def annotation(uuid: UUID) -> Response:
        with database.read() as session:
            me = _moderator(session, clock())
            return _annotation_page(session, me, uuid, clock())

    @routes.post("/annotations/<uuid:uuid>")
    def decide(uuid: UUID) -> AnyResponse:
        form = checked_form("decision", "revision")
        ruling, revision = _ruling(form["decision"]), _number(form["revision"])
        try:
            with database.begin() as session:
                me = _moderator(session, clock())
                decided = moderation.decide(session, me, uuid, revision, ruling, clock())
                prefix = decided.page.prefix
        except Refused as refused:
            with database.read() as session:
                me = _moderator(session, clock())
                return _annotation_page(session, me, uuid, clock(), ruling, refused)
        out_of_date([prefix])
        return redirect(f"/desk/?decided={uuid}", 303)

    @routes.post("/several")
    def several() -> Response:
        form = checked_form("decision")
        ruling = _ruling(form["decision"])
        try:
            chosen = dict(_chosen(value) for value in request.form.getlist("chosen"))
            with database.begin() as session:
                me = _moderator(session, clock())
                outcomes = moderation.decide_all(session, me, chosen, ruling, clock())
                prefixes = {one.annotation.page.prefix for one in outcomes if one.refused is None}
        except Refused as refused:
            with database.read() as session:
                me = _moderator(session, clock())
                return _queue_page(session, me, clock(), ruling, refused)
        out_of_date(prefixes)
        with database.read() as session:
            _moderator(session, clock())
            return _several_page(session, ruling, outcomes)

    @routes.get("/spared")
    def spared() -> Response:
        with database.read() as session:
            _moderator(session, clock())
            return _spared_page(session)

    @routes.post("/spared")
    def spare() -> Response:
        form = checked_form("kind", "what", "words")
        try:
            with database.read() as session:
                found = sparing.search(session, _moderator(session, clock()), form["kind"], form["what"])
            with database.begin() as session:
                done = sparing.add(session, _moderator(session, clock()), found, form["words"], clock())
        except Refused as refused:
            with database.read() as session:
                _moderator(session, clock())
                return _spared_page(session, form, refused)
        out_of_date(done.prefixes)
        with database.read() as session:
            _moderator(session, clock())
            return _spared_page(session, done=f"Added; {_counted(done.annotations)} hidden by it.")

    @routes.post("/spared/remove")
    def remove() -> Response:
        form = checked_form("kind", "key")
        with database.begin() as session:
            me = _moderator(session, clock())
            done = sparing.remove(session, me, form["kind"], form["key"], clock())
        out_of_date(done.prefixes)
        with database.read() as session:
            _moderator(session, clock())
            return _spared_page(session, done=f"Taken off; {_counted(done.annotations)} restored.")

    @routes.get("/brake")
    def emergency() -> Response:
        with database.read() as session:
            me = _moderator(session, clock())
            return _brake_page(session, me)

    @routes.post("/brake")
    def pull() -> AnyResponse:
        form = checked_form("words")
        stopped = {part for part in Part if part in request.form.getlist("stop")}
        try:
            with database.begin() as session:
                me = _moderator(session, clock())
                if me.role != Role.ADMINISTRATOR:  # whose form has no box for it
                    stopped |= brake.state(session).stopped & {Part.SHOWING}
                brake.pull(session, me, stopped, form["words"], clock())
        except Refused as refused:
            with database.read() as session:
                me = _moderator(session, clock())
                return _brake_page(session, me, form["words"], refused)
        return redirect("/desk/brake", 303)

    @routes.get("/log")
    def lines() -> Response:
        with database.read() as session:
            _moderator(session, clock())
            return _log_page(session)

    @routes.get("/log/check")
    def check() -> Response:
        with database.read() as session:
            _moderator(session, clock())
            broken = list(log.check(session))
            return _show(session, "desk/check.html", broken=broken, shown=BROKEN_SHOWN)

    return routes


def _moderator(session: Session, now: datetime) -> Account:
    return signed_in(session, now, Role.MODERATOR, Role.ADMINISTRATOR).account


def _show(session: Session, template: str, status: int = 200, **shown: Any) -> Response:
    """A page of the desk; each says whether something is stopped."""
    freeze = session.get(Switch, "freeze")
    common = {
        "brake": brake.state(session),
        "freeze": freeze if freeze and freeze.value.get("on") else None,
        "href": href,
        "at_words": at_words,
        "rel": REL,
        "kinds": KINDS,
        "reasons": REASONS,
        "labels": LABELS,
        "longest": LONGEST,
        "moment": _moment,
    }
    return page(template, status, **common, **shown)


def _queue_page(
    session: Session,
    me: Account,
    now: datetime,
    ruling: Ruling | None = None,
    refused: Refused | None = None,
) -> Response:
    found = queue(session, now)
    only = request.args.get("why")
    chosen = [one for one in found.waiting if only not in FILTERS or only in one.why]
    at = max(1, _number(request.args.get("page", "1"), otherwise=1))
    pages = max(1, -(-len(chosen) // ON_A_PAGE))
    at = min(at, pages)
    return _show(
        session,
        "desk/queue.html",
        refused.status if refused else 200,
        me=me,
        queue=found,
        waiting=chosen[(at - 1) * ON_A_PAGE : at * ON_A_PAGE],
        total=len(chosen),
        filters=FILTERS,
        only=only if only in FILTERS else None,
        at=at,
        pages=pages,
        in_bulk=IN_BULK,
        at_once=AT_ONCE,
        decided=_decided(session, me),
        ruling=ruling,
        errors=_errors(refused),
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


def _annotation_page(
    session: Session,
    me: Account,
    uuid: UUID,
    now: datetime,
    ruling: Ruling | None = None,
    refused: Refused | None = None,
) -> Response:
    found = dossier(session, me, uuid, now)
    if found is None:
        abort(404, "There is no such annotation. The queue lists those that wait.")
    waiting = queue(session, now).waiting
    mine = [one for one in waiting if one.annotation.id == found.annotation.id]
    return _show(
        session,
        "desk/annotation.html",
        refused.status if refused else 200,
        me=me,
        found=found,
        annotation=found.annotation,
        is_held=moderation.is_held(found.annotation),
        waiting=mine[0] if mine else None,
        next=next((one for one in waiting if one.annotation.id != found.annotation.id), None),
        ruling=ruling,
        errors=_errors(refused),
    )


def _several_page(session: Session, ruling: Ruling, outcomes: Sequence[Outcome]) -> Response:
    done = [outcome.annotation for outcome in outcomes if outcome.refused is None]
    return _show(
        session,
        "desk/several.html",
        done=done,
        deed=DONE[ruling.decision],
        refused=[outcome for outcome in outcomes if outcome.refused is not None],
        undo=UNDO.get(ruling.decision),
    )


def _spared_page(
    session: Session, form: Mapping[str, str] | None = None, refused: Refused | None = None, done: str = ""
) -> Response:
    return _show(
        session,
        "desk/spared.html",
        refused.status if refused else 200,
        listed=sparing.listed(session),
        form=form or {},
        errors=_errors(refused),
        done=done,
    )


def _brake_page(session: Session, me: Account, words: str = "", refused: Refused | None = None) -> Response:
    return _show(
        session,
        "desk/brake.html",
        refused.status if refused else 200,
        parts=Part,
        is_administrator=me.role == Role.ADMINISTRATOR,
        words=words,
        errors=_errors(refused),
    )


def _log_page(session: Session) -> Response:
    """The newest lines first, from the primary key backwards."""
    asked = {name: request.args.get(name, "").strip() for name in ("action", "by", "subject", "before")}
    query = select(Entry).order_by(Entry.id.desc())
    if asked["action"]:
        query = query.where(Entry.action == asked["action"])
    if asked["subject"]:
        query = query.where(Entry.subject == asked["subject"])
    if asked["by"]:
        who = select(Account.id).where(Account.alias == asked["by"]).scalar_subquery()
        query = query.where(Entry.account_id == who)
    if before := _number(asked["before"], otherwise=0):
        query = query.where(Entry.id < before)
    found = session.scalars(query.limit(LINES + 1)).all()
    entries = found[:LINES]
    about = {int(e.subject.partition(":")[2]) for e in entries if e.subject.startswith("annotation:")}
    named = select(Annotation.id, Annotation.uuid).where(Annotation.id.in_(about))
    uuids = {f"annotation:{id_}": uuid for id_, uuid in session.execute(named)} if about else {}
    return _show(
        session,
        "desk/log.html",
        entries=entries,
        names=aliases(session, entries),
        uuids=uuids,
        asked=asked,
        older=entries[-1].id if len(found) > LINES else None,
        actions=sorted({*Decision, "brake", "spare", "unspare"}),
    )


def _ruling(decision: str) -> Ruling:
    try:
        known = Decision(decision)
    except ValueError:
        abort(400, "There is no such decision. Go back, load the page anew, and choose one of its buttons.")
    return Ruling(known, request.form.get("reason", ""), request.form.get("words", ""))


def _chosen(value: str) -> tuple[UUID, int]:
    """``UUID:revision``, as a box in the queue sends it."""
    uuid, _, revision = value.partition(":")
    try:
        return UUID(uuid), _number(revision)
    except ValueError:
        abort(400, "The form names an annotation in a way that no page of ours does. Load the page anew.")


def _number(digits: str, otherwise: int | None = None) -> int:
    if digits.isascii() and digits.isdigit() and len(digits) < 10:
        return int(digits)
    if otherwise is None:
        abort(
            400, "The form came with a number that is none. Go back, load the page anew, and send it again."
        )
    return otherwise


def _errors(refused: Refused | None) -> dict[str, str]:
    """What is wrong, by the field's name; ``form`` for all of it."""
    return {(refused.pointer or "#/form").removeprefix("#/"): refused.detail} if refused else {}


def _moment(moment: datetime) -> Markup:
    """A moment as a person reads it: 4 May 2026, 12:00 UTC."""
    read = f"{moment.day} {moment:%B %Y, %H:%M} UTC"
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(timespec="seconds"), read)


def _counted(annotations: int) -> str:
    return "one annotation was" if annotations == 1 else f"{annotations} annotations were"
