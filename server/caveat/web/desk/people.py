"""``/desk/people/``: finding somebody by their alias, and deciding about them.

In: how an alias begins, or the form with a deed, a reason and what was seen of them. Out: who that may be, or
one person's page. What can go wrong: there is nobody (404), the deed is refused or comes after another one's
(409): the page says why beside its form and shows how things stand now. What a deed does is in
``accounts.roles``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, abort, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from caveat.accounts import joining, roles
from caveat.accounts.models import Account, Entry, Role
from caveat.accounts.refused import Refused
from caveat.accounts.roles import Deed
from caveat.annotations import rulings
from caveat.annotations.person import person
from caveat.web.desk.frame import Desk, Sitting, number, show
from caveat.web.forms import checked_form

MOST = 50  # found; who looks for more than that types a letter more

# What a deed's button says, and what its form explains.
LABELS = {
    Deed.VOUCH: ("Vouch for them", "You answer for them from now on, instead of whoever let them in."),
    Deed.SUSPEND: (
        "Suspend them",
        "They are signed out everywhere and can do nothing until somebody ends it. What they wrote stays.",
    ),
    Deed.RESTORE: ("End the suspension", "They can sign in again."),
    Deed.CHANGE_ROLE: ("Change their role", "It holds from their next page on."),
}
_DONE = {
    Deed.VOUCH: "You vouch for them now.",
    Deed.SUSPEND: "They are suspended.",
    Deed.RESTORE: "Their suspension is over.",
    Deed.CHANGE_ROLE: "They have another role.",
}


def add(routes: Blueprint, desk: Desk) -> None:
    """The routes."""

    @routes.get("/people/")
    def people() -> AnyResponse:
        asked = request.args.get("alias", "").strip()
        with desk.reading() as sitting:
            found = joining.beginning_with(sitting.session, asked, MOST + 1)
            if len(found) == 1:
                return redirect(f"/desk/people/{found[0].id}", 303)
            return show(
                sitting.session, "desk/people.html", asked=asked, found=found[:MOST], more=len(found) > MOST
            )

    @routes.get("/people/<int:id>")
    def one(id: int) -> Response:
        with desk.reading() as sitting:
            return _person_page(sitting, id)

    @routes.post("/people/<int:id>")
    def decide_about(id: int) -> AnyResponse:
        form = checked_form("deed", "seen", "words")
        deed, seen = _deed_of(form["deed"]), number(form["seen"])
        try:
            with desk.writing() as (session, me, now):
                words = rulings.sentence(form["words"])
                if not words:
                    raise Refused(422, "Say why, for those who look at it later.", "#/words")
                account = _account(session, id)
                roles.looked_at(session, me, account, seen)
                match deed:
                    case Deed.VOUCH:
                        roles.vouch(session, me, account, now, words)
                    case Deed.SUSPEND:
                        roles.suspend(session, me, account, words, now)
                    case Deed.RESTORE:
                        roles.restore(session, me, account, words, now)
                    case Deed.CHANGE_ROLE:
                        roles.change_role(session, me, account, _role(), now, words)
                done = roles.last_deed(session, account)
        except Refused as refused:
            with desk.reading() as sitting:
                return _person_page(sitting, id, deed, form, refused)
        return redirect(f"/desk/people/{id}?done={done.id if done else ''}", 303)


def _person_page(
    sitting: Sitting,
    id: int,
    deed: Deed | None = None,
    form: Mapping[str, str] | None = None,
    refused: Refused | None = None,
) -> Response:
    session, me, _ = sitting
    found = person(session, me, _account(session, id))
    return show(
        session,
        "desk/person.html",
        refused.status if refused else 200,
        me=me,
        found=found,
        deeds={each: LABELS[each] for each in found.may},
        roles=[role for role in Role if role != found.account.role],
        done=_done(found.last_deed, me),
        typed={deed: form["words"]} if form else {},
        errors=_errors(deed, refused, found.may),
    )


def _account(session: Session, id: int) -> Account:
    account = session.get(Account, id) if id.bit_length() < 32 else None
    if account is None or account.alias is None:
        abort(404, "There is nobody of this number, or they have left.")
    return account


def _done(last: Entry | None, me: Account) -> str:
    """What this moderator has just done, as the way back from the form says."""
    is_mine = last is not None and last.account_id == me.id and request.args.get("done") == str(last.id)
    return _DONE[Deed(last.action)] if last is not None and is_mine else ""


def _errors(deed: Deed | None, refused: Refused | None, there: Sequence[Deed]) -> dict[str, str]:
    """What is wrong, by the field of the deed's own form; above all where that form is there no more."""
    if refused is None or deed is None:
        return {}
    field = (refused.pointer or "").removeprefix("#/")
    return {f"{deed.name.lower()}-{field}" if field and deed in there else "form": refused.detail}


def _deed_of(word: str) -> Deed:
    try:
        return Deed(word)
    except ValueError:
        abort(400, "There is no such deed. Go back, load the page anew, and choose one of its buttons.")


def _role() -> Role:
    try:
        return Role(request.form.get("role", ""))
    except ValueError:
        raise Refused(422, "Choose the role that they are to have.", "#/role") from None
