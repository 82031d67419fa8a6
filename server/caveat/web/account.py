"""``/account/``: what somebody's account holds, and what they can do with it.

In: the visitor and their forms. Out: tokens and invitations, each shown once; all data as JSON; an account
closed. What can go wrong is said beside the field; whoever is not signed in is led to the form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import orjson
from flask import Blueprint, Response, abort, redirect, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from caveat.accounts import invitations, joining, passwords, tokens
from caveat.accounts.models import Account, Role, Token
from caveat.accounts.refused import Refused
from caveat.accounts.tokens import SCOPES, Caller
from caveat.annotations import allowance, leaving
from caveat.annotations.models import Rater
from caveat.api.throttle import Throttle
from caveat.database import Database
from caveat.web.entrance import sign_in_form, slow_down
from caveat.web.forms import checked_form
from caveat.web.page import page, pages, wrong
from caveat.web.session import forget, now, signed_in, visitor, welcome

PROGRAM_SCOPES = ("annotate", "moderate")
PROGRAM_DAYS = (30, 90, 365)
LONGEST_NAME = 60


def blueprint(
    database: Database,
    throttle: Throttle,
    has_provider: bool,
    out_of_date: Callable[[Iterable[str]], None],
) -> Blueprint:
    """The routes. ``out_of_date`` is told the prefixes of pages whose look-ups changed."""
    routes = pages("account", "/account")

    @routes.get("/")
    def account() -> Response:
        with database.read() as session:
            if visitor(session, now()) is None:
                on_to = request.args.get("next", "/account/")
                return sign_in_form(has_provider, on_to=on_to, is_new=not joining.is_administered(session))
            return _account_page(session, now())

    @routes.post("/sign-out-everywhere")
    def sign_out_everywhere() -> AnyResponse:
        with database.begin() as session:
            tokens.revoke_all(session, signed_in(session, now()).account, now())
        return forget(redirect("/account/", 303))

    @routes.post("/tokens")
    def make_token() -> Response:
        form = checked_form("name", "days")
        name, days = " ".join(form["name"].split()), form["days"]
        with database.begin() as session:
            me = signed_in(session, now())
            scope = " ".join(word for word in PROGRAM_SCOPES if word in request.form.getlist("scope"))
            fault = _fault_of_token(name, days, scope)
            if fault:
                return _account_page(session, now(), wrong(fault), fault.status)
            lifetime = timedelta(days=int(days))
            secret, _ = tokens.issue(session, me.account, name, scope, now(), lifetime)
        return _once("Your new token", secret, f"For {name}. Keep it where you keep passwords.")

    @routes.post("/tokens/<int:number>/revoke")
    def revoke_token(number: int) -> AnyResponse:
        with database.begin() as session:
            me = signed_in(session, now())
            if number.bit_length() > 31 or not tokens.revoke(session, me.account, number, now()):
                abort(404, "You have no such token that still holds.")
        return redirect("/account/#tokens", 303)

    @routes.post("/invitations")
    def invite() -> Response:
        form = checked_form("role")
        with database.begin() as session:
            me = signed_in(session, now())
            try:
                role = Role(form["role"])
                code = invitations.invite(session, me.account, role, now(), _writes(session, me.account))
            except ValueError:
                abort(400, "There is no such role.")
            except Refused as refused:
                return _account_page(session, now(), wrong(refused), refused.status)
        return _once(
            "Your invitation",
            code,
            f"For one person, as {role}, for {invitations.LIFETIME.days} days. They join at "
            f"{request.url_root}account/join, with this code.",
            # Behind the #: browsers send that part to no server and name it to no page.
            f"{request.url_root}account/join#{code}",
        )

    @routes.post("/invitations/<int:number>/take-back")
    def take_back(number: int) -> AnyResponse:
        with database.begin() as session:
            me = signed_in(session, now())
            if number.bit_length() > 31 or not invitations.take_back(session, me.account, number, now()):
                abort(404, "You have no such invitation that is still open.")
        return redirect("/account/#invitations", 303)

    @routes.get("/export")
    def export() -> Response:
        with database.read() as session:
            me = signed_in(session, now())
            document = leaving.export(session, me.account)
        answer = Response(orjson.dumps(document, option=orjson.OPT_INDENT_2), mimetype="application/json")
        answer.headers["Content-Disposition"] = 'attachment; filename="caveat-account.json"'
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @routes.get("/password")
    def ask_for_password() -> Response:
        with database.read() as session:
            signed_in(session, now())
        return page("password.html", title="Change your password", errors={})

    @routes.post("/password")
    def change_password() -> AnyResponse:
        form = checked_form("current", "password")
        with database.read() as session:
            me = signed_in(session, now())
        try:
            _confirm(me, form["current"], "current")
            passwords.check(form["password"], me.account.alias or "")
            kept = passwords.keep(form["password"])
        except Refused as refused:
            return page("password.html", refused.status, title="Change your password", errors=wrong(refused))
        with database.begin() as session:
            joining.change_password(session, session.get_one(Account, me.account.id), kept, now())
        return welcome(database, me.account, "/account/")

    @routes.get("/delete")
    def ask_to_delete() -> Response:
        with database.read() as session:
            me = signed_in(session, now())
        return _delete_form(me)

    @routes.post("/delete")
    def delete() -> AnyResponse:
        form = checked_form("confirmation", "annotations")
        with database.read() as session:
            me = signed_in(session, now())
        try:
            if form["annotations"] not in ("keep", "erase"):
                raise Refused(422, "Choose what happens to your annotations.", "#/annotations")
            _confirm(me, form["confirmation"], "confirmation")
            with database.begin() as session:
                mine = session.get_one(Account, me.account.id)
                prefixes = leaving.leave(session, mine, form["annotations"] == "keep", now())
        except Refused as refused:
            return _delete_form(me, refused)
        out_of_date(prefixes)
        return forget(redirect("/account/deleted", 303))

    @routes.get("/deleted")
    def deleted() -> Response:
        return page("deleted.html", title="Your account is deleted")

    def _confirm(me: Caller, typed: str, field: str) -> None:
        slow_down(throttle, me.account.alias or "")
        if me.account.password is None:
            if typed.strip() != me.account.alias:
                raise Refused(403, "This is not your alias.", f"#/{field}")
        elif not passwords.holds(typed, me.account.password):
            raise Refused(403, "This is not your password.", f"#/{field}")

    return routes


def _account_page(
    session: Session, moment: datetime, errors: dict[str, str] | None = None, status: int = 200
) -> Response:
    me = signed_in(session, moment)
    rater = session.get(Rater, me.account.id)
    may_invite = me.account.role != Role.VOLUNTEER or _writes(session, me.account)
    return page(
        "account.html",
        status,
        title="Your account",
        errors=errors or {},
        me=me.account,
        rater=rater,
        writing=allowance.writing(session, me.account, moment),
        current=me.token.id,
        tokens=_that_hold(session, me.account, moment),
        invitations=invitations.given(session, me.account),
        invite_to=invitations.roles_for(me.account) if may_invite else (),
        cap=invitations.CAP if me.account.role == Role.VOLUNTEER else None,
        moment=moment,
        scopes={word: SCOPES[word] for word in PROGRAM_SCOPES},
        days=PROGRAM_DAYS,
        longest_name=LONGEST_NAME,
    )


def _that_hold(session: Session, account: Account, moment: datetime) -> list[Token]:
    mine = (Token.account_id == account.id, Token.revoked.is_(None), Token.expires > moment)
    return list(session.scalars(select(Token).where(*mine).order_by(Token.created.desc())))


def _writes(session: Session, account: Account) -> bool:
    rater = session.get(Rater, account.id)
    return rater is not None and rater.writes


def _fault_of_token(name: str, days: str, scope: str) -> Refused | None:
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        return Refused(
            422, f"A name of 1 to {LONGEST_NAME} characters, by which you will know the token.", "#/name"
        )
    if not scope:
        return Refused(422, "Choose at least one thing that the token may do.", "#/scope")
    if days not in map(str, PROGRAM_DAYS):
        return Refused(422, "Choose how long the token holds.", "#/days")
    return None


def _once(title: str, secret: str, words: str, link: str = "") -> Response:
    shown: dict[str, Any] = {"title": title, "secret": secret, "words": words, "link": link}
    return page("once.html", **shown)


def _delete_form(me: Caller, refused: Refused | None = None) -> Response:
    return page(
        "delete.html",
        refused.status if refused else 200,
        title="Delete your account",
        errors=wrong(refused),
        has_password=me.account.password is not None,
    )
