"""Ways in: signing in, joining by an invitation, choosing a new password, signing out.

In: forms. Out: a cookie, and on to where somebody was going. What can go wrong is said beside the field.
Attempts are counted by alias and by address, so that no password and no code can be guessed; the same is
said, after the same work, whether or not an alias exists.
"""

from __future__ import annotations

from flask import Blueprint, Response, g, redirect
from werkzeug.wrappers import Response as AnyResponse

from caveat.accounts import aliases, joining, passwords
from caveat.accounts.refused import Refused
from caveat.api.limits import network
from caveat.api.throttle import Throttle
from caveat.database import Database
from caveat.web import provider
from caveat.web.forms import checked_form
from caveat.web.page import page, pages, wrong
from caveat.web.session import forget, now, safe_next, sign_out, visitor, welcome

# One alias from one address; one alias from everywhere, loosely, as a stranger could else keep its owner
# out; one address for all aliases, which a school may share.
PER_ALIAS_HERE = "10 per 15 minutes"
PER_ALIAS = "100 per hour"
PER_ADDRESS = "50 per 15 minutes"


def blueprint(database: Database, throttle: Throttle, has_provider: bool) -> Blueprint:
    """The routes."""
    routes = pages("entrance", "/account")

    @routes.post("/sign-in")
    def enter() -> AnyResponse:
        form = checked_form("alias", "password", "next")
        try:
            slow_down(throttle, form["alias"])
            account = joining.check_password(database, form["alias"], form["password"])
        except Refused as refused:
            return sign_in_form(has_provider, form["alias"], form["next"], refused)
        return welcome(database, account, form["next"])

    @routes.post("/sign-out")
    def leave() -> AnyResponse:
        with database.begin() as session:
            sign_out(session, now())
        return forget(redirect("/account/", 303))

    @routes.get("/join")
    def ask_to_join() -> AnyResponse:
        with database.read() as session:
            here = visitor(session, now())
        # The fragment is so that an invitation's is not carried along into the next address.
        return redirect("/account/#content", 303) if here else _join_form()

    @routes.post("/join")
    def join() -> AnyResponse:
        form = checked_form("invitation", "alias")
        subject = provider.pending()
        try:
            slow_down(throttle)
            kept = None
            if subject is None:
                password = checked_form("password")["password"]
                passwords.check(password, form["alias"])
                kept = passwords.keep(password)
            with database.begin() as session:
                account = joining.join(session, form["invitation"], form["alias"], now(), kept, subject)
        except Refused as refused:
            return _join_form(refused, form)
        return welcome(database, account, provider.settled() or "/account/")

    @routes.get("/new-password")
    def ask_for_password() -> Response:
        return page("new-password.html", title="Choose a password", errors={}, invitation="")

    @routes.post("/new-password")
    def choose_password() -> AnyResponse:
        form = checked_form("invitation", "password")
        try:
            slow_down(throttle)
            passwords.check(form["password"])
            kept = passwords.keep(form["password"])
            with database.begin() as session:
                account = joining.choose_password(session, form["invitation"], kept, now())
        except Refused as refused:
            shown = {"errors": wrong(refused), "invitation": form["invitation"][:80]}
            return page("new-password.html", refused.status, title="Choose a password", **shown)
        return welcome(database, account, "/account/")

    return routes


def slow_down(throttle: Throttle, alias: str | None = None) -> None:
    """Count an attempt. Raises ``Refused`` (429) where there were too many."""
    address = network()
    waits = [throttle.wait("address", address, PER_ADDRESS)]
    if alias is not None:
        key = aliases.key(alias)
        waits.append(throttle.wait("alias here", f"{key} {address}", PER_ALIAS_HERE))
        waits.append(throttle.wait("alias", key, PER_ALIAS))
    if any(waits):
        minutes = -(-max(waits) // 60)
        g.retry_after = max(waits)
        raise Refused(429, f"Too many attempts. Try again in {minutes} minute{'s' if minutes > 1 else ''}.")


def sign_in_form(
    has_provider: bool,
    alias: str = "",
    on_to: str = "/account/",
    refused: Refused | None = None,
    is_new: bool = False,
) -> Response:
    """The form, with what was wrong; on a server that ``is_new``, how the first administrator is made."""
    answer = page(
        "sign-in.html",
        refused.status if refused else 200,
        title="Sign in",
        errors=wrong(refused),
        alias=alias[:200],
        on_to=safe_next(on_to),
        has_provider=has_provider,
        is_new=is_new,
    )
    return _later(answer)


def _join_form(refused: Refused | None = None, form: dict[str, str] | None = None) -> Response:
    answer = page(
        "join.html",
        refused.status if refused else 200,
        title="Join",
        errors=wrong(refused),
        invitation=(form or {}).get("invitation", "")[:80],
        alias=(form or {}).get("alias", "")[:200],
        by_provider=provider.pending() is not None,
    )
    return _later(answer)


def _later(answer: Response) -> Response:
    if wait := g.get("retry_after"):
        answer.headers["Retry-After"] = str(wait)
    return answer
