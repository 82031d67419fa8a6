"""``caveat user``: who may take part, from the machine that holds the store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from caveat.cli import streams
from caveat.cli.outcome import Incomplete, InputError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from caveat.accounts.models import Account
    from caveat.database import Database

ROLES = ("volunteer", "educator", "moderator", "administrator")
_role = click.option(
    "--role",
    type=click.Choice(ROLES),
    default="volunteer",
    show_default=True,
    help="What the account may do.",
)


@click.group()
def user() -> None:
    """Let people in, and say what they may do.

    It works on the store that DATABASE_URL names, or on the file in your home that `caveat serve` uses. The
    first administrator is made here; everybody else can be invited on the account page.

    \b
    Examples:
      caveat user add "Mara Teale" --role administrator     prints a code to choose a password with
      caveat user invite                                    prints an invitation for one volunteer
      caveat user list
      caveat user suspend Oskar --reason "a campaign"
    """


@user.command()
@click.argument("alias")
@_role
@click.option("--password", "asks", is_flag=True, help="Ask for a password here, instead of printing a code.")
def add(alias: str, role: str, asks: bool) -> None:
    """Make an account that goes by ALIAS.

    Without --password it prints a code, good once and for 14 days, with which its owner chooses a password
    on the page /account/new-password of the server.

    \b
    Examples:
      caveat user add "Mara Teale" --role administrator
      caveat user add Oskar --role moderator --password
    """
    from caveat.accounts import invitations, joining, log, passwords
    from caveat.accounts.models import Role

    with _store() as store:
        kept = None
        if asks:
            password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
            passwords.check(password, alias)
            kept = passwords.keep(password)
        now, code = datetime.now(UTC), None
        with store.begin() as session:
            account = joining.add(session, alias, Role(role), now, kept)
            log.record(session, now, None, "add", account, role=role)
            if kept is None:
                code = invitations.for_password(session, account, now, invitations.LIFETIME)
    click.echo(f"{account.alias} is {_a(role)} now.", err=True)
    if code:
        _hand_over(code, "choose a password", "new-password", "14 days")


@user.command("list")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def list_(form: str) -> None:
    """List the accounts that are not closed.

    \b
    Examples:
      caveat user list
      caveat user list --format json | jq -r .alias
    """
    import orjson
    from sqlalchemy import select

    from caveat.accounts.models import Account, State

    with _store() as store, store.read() as session:
        there = (Account.state != State.CLOSED,)
        accounts = session.scalars(select(Account).where(*there).order_by(Account.id)).all()
    if form == "json":
        for each in accounts:
            names = ("id", "alias", "role", "state", "created")
            streams.write(orjson.dumps({name: getattr(each, name) for name in names}) + b"\n")
        return
    for each in accounts:
        state = "" if each.state == State.ACTIVE else f"  {each.state}"
        waits = "" if each.password or each.subject else "  has no password yet"
        click.echo(f"  {each.created:%Y-%m-%d}  {each.role:<13}  {each.alias}{state}{waits}")
    if not accounts:
        click.echo('There is no account yet. Make one: caveat user add "Your alias" --role administrator')


@user.command()
@click.argument("alias")
@click.argument("role", type=click.Choice(ROLES))
def role(alias: str, role: str) -> None:
    """Give the account that goes by ALIAS another ROLE.

    \b
    Example:
      caveat user role Oskar moderator
    """
    from caveat.accounts import roles
    from caveat.accounts.models import Role

    with _store() as store, store.begin() as session:
        account = _named(session, alias)
        roles.change_role(session, None, account, Role(role), datetime.now(UTC))
    click.echo(f"{account.alias} is {_a(role)} now.", err=True)


@user.command()
@click.argument("alias")
@click.option("--reason", required=True, help="Why, for those who look at it later; it stays in the log.")
@click.option("--end", is_flag=True, help="End a suspension instead.")
def suspend(alias: str, reason: str, end: bool) -> None:
    """Let the account that goes by ALIAS do nothing until further notice.

    It is signed out everywhere. What it wrote stays; moderators decide about that.

    \b
    Examples:
      caveat user suspend Oskar --reason "a campaign"
      caveat user suspend Oskar --end --reason "a mistake of ours"
    """
    from caveat.accounts import roles

    with _store() as store, store.begin() as session:
        account = _named(session, alias)
        (roles.restore if end else roles.suspend)(session, None, account, reason, datetime.now(UTC))
    click.echo(f"{account.alias} is {'active again' if end else 'suspended'}.", err=True)


@user.command()
@_role
def invite(role: str) -> None:
    """Print an invitation: a code, for one person, for 14 days.

    Whoever has it joins on the page /account/join of the server, with an alias of their own.

    \b
    Examples:
      caveat user invite
      caveat user invite --role moderator
    """
    from caveat.accounts import invitations
    from caveat.accounts.models import Role

    with _store() as store, store.begin() as session:
        code = invitations.invite(session, None, Role(role), datetime.now(UTC))
    _hand_over(code, f"join as {role}", "join", "14 days")


@user.command("reset-password")
@click.argument("alias")
def reset_password(alias: str) -> None:
    """Print a code with which ALIAS chooses another password.

    It is good once and for two days. The password until now holds until then.

    \b
    Example:
      caveat user reset-password Oskar
    """
    from caveat.accounts import invitations
    from caveat.accounts.models import State

    with _store() as store, store.begin() as session:
        account = _named(session, alias)
        if account.state != State.ACTIVE:
            raise InputError(f"{account.alias} is {account.state}, and could not sign in with any password.")
        now = datetime.now(UTC)
        code = invitations.for_password(session, account, now, invitations.PASSWORD_LIFETIME)
    _hand_over(code, "choose a password", "new-password", "two days")


@contextmanager
def _store() -> Iterator[Database]:
    """The store, upgraded. Says what goes wrong as the command line does."""
    from caveat.accounts.refused import Refused
    from caveat.config import ConfigError, Settings
    from caveat.database import DatabaseError, open_database, schema

    try:
        settings = Settings.from_environment(os.environ)
        store = open_database(settings.store_address)
    except (ConfigError, DatabaseError) as error:
        raise Incomplete(str(error)) from None
    try:
        schema.upgrade(store)
        yield store
    except DatabaseError as error:
        raise Incomplete(str(error)) from None
    except Refused as refused:
        raise InputError(refused.detail) from None
    finally:
        store.close()


def _named(session: Session, alias: str) -> Account:
    from caveat.accounts import joining

    found = joining.named(session, alias)
    if found is None:
        raise InputError(f"Nobody goes by {alias!r}. caveat user list shows who there is.")
    return found


def _hand_over(code: str, what_for: str, page: str, within: str) -> None:
    """The code alone on stdout, so that a program can take it. In the link it stands behind the #, which
    browsers send to no server."""
    from caveat.config import Settings

    server = (Settings.from_environment(os.environ).public_url or "").rstrip("/")
    click.echo(f"Shown this once. One person can {what_for} at {server}/account/{page}", err=True)
    click.echo(f"with this code, within {within}; {server}/account/{page}#{code} fills it in:", err=True)
    click.echo(code)


def _a(role: str) -> str:
    return f"an {role}" if role[0] in "aeiou" else f"a {role}"
