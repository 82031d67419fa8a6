"""``caveat db``: the store of annotations, for whoever runs a server."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

import caveat
from caveat.cli import streams
from caveat.cli.outcome import Exit, Incomplete, InputError

if TYPE_CHECKING:
    from caveat.database import Database

STATUSES = """\b
Exit status:
  0    done; for check: all is well
  1    check found something wrong, or a question was answered with no
  2    wrong usage, a file that is there already, or a backup that cannot be used
  4    the store cannot be used: unreachable, full, busy, not empty, or of a newer Caveat
  130  stopped with Ctrl-C; nothing was changed"""

_yes = click.option("--yes", is_flag=True, help="Ask nothing; for scripts.")


@click.group()
def db() -> None:
    """Look after the store of annotations: upgrade, back up, restore, check.

    It is the database that DATABASE_URL names, or the file in your home that `caveat serve` uses without.
    Backups are made while servers run, and are the same for SQLite and PostgreSQL: one can be restored
    into the other.

    \b
    Examples:
      caveat db backup caveat-monday.zip
      caveat db check
      DATABASE_URL=postgresql://caveat@localhost/caveat caveat db restore caveat-monday.zip
    """


@db.command(epilog=STATUSES)
@_yes
def upgrade(yes: bool) -> None:
    """Bring the tables to what this version of Caveat works with, all of it or nothing.

    `caveat serve` does the same when it starts.

    \b
    Example:
      caveat db backup before-upgrade.zip && caveat db upgrade
    """
    from caveat.database import schema

    with _store(must_exist=False) as (database, address):
        before, newest = schema.version(database), schema.newest()
        if before == newest:
            click.echo(f"{address} is at version {newest}, the newest.")
            return
        if before is not None:
            click.echo(f"{address} goes from version {before} to {newest}.")
            if not yes:
                click.confirm("Do you have a backup (caveat db backup), and shall it go on?", abort=True)
        schema.upgrade(database)
        click.echo(f"{address} is at version {newest}; it was at {before or 'none, for it was new'}.")


@db.command(epilog=STATUSES)
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def backup(file: Path, force: bool) -> None:
    """Write all that the store holds at this moment to FILE, a ZIP archive; - is standard output.

    Servers go on meanwhile. Only you may read FILE: like the store it holds aliases, digests of passwords
    and who rated what.

    \b
    Examples:
      caveat db backup "/var/backups/caveat-$(date +%F).zip"
      docker compose exec -T api caveat db backup - > caveat.zip
    """
    from caveat.database import backup as backups
    from caveat.database import schema

    to_stdout = str(file) == "-"
    if file.exists() and not force and not to_stdout:
        raise InputError(f"{file} is there already. Name another file, or use --force to write over it.")
    with _store() as (database, address), streams.progress() as steps:
        with database.read() as session:
            steps.begin("Backing up", sum(schema.counts(session.connection()).values()))
        about = (datetime.now(UTC), caveat.__version__, steps.advance)
        try:
            if to_stdout:
                made = backups.write(database, sys.stdout.buffer, *about)
            else:
                made = backups.save(database, file, *about)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise InputError(f"{file} cannot be written: {error.strerror or error}.") from None
    click.echo(f"{file}: {made.rows:,} rows of {address} as they were at {made.made}.", err=to_stdout)


@db.command(epilog=STATUSES)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--replace", is_flag=True, help="Take away what the store holds, and all later changes with it."
)
@_yes
def restore(file: Path, replace: bool, yes: bool) -> None:
    """Fill the store from a backup, all of it or nothing.

    The store must be empty, or --replace says that what it holds may go. Stop servers first: they would
    show old answers for a while. A backup of an older Caveat is brought to the newest tables.

    \b
    Examples:
      caveat db restore caveat-monday.zip
      DATABASE_URL=postgresql://caveat@localhost/caveat caveat db restore caveat-monday.zip
    """
    from caveat.database import backup as backups
    from caveat.database import schema

    with _store(must_exist=False) as (database, address):
        try:
            held = backups.read(file)
            with database.read() as session:
                lost = {name: rows for name, rows in schema.counts(session.connection()).items() if rows}
            if lost and replace and not yes:
                click.echo(f"{address} holds {_rows(lost)}. All of it goes; {file} is of {held.made}.")
                click.confirm("Replace it?", abort=True)
            with streams.progress() as steps:
                steps.begin("Verifying, then restoring", 2 * held.rows)
                backups.restore(database, file, replace, steps.advance)
        except backups.NotEmpty:
            raise Incomplete(
                f"{address} holds {_rows(lost)}. Restore into an empty store, or use --replace."
            ) from None
        except (backups.NotABackup, OSError) as error:
            raise InputError(str(error)) from None
    click.echo(f"{address}: {held.rows:,} rows as they were at {held.made}.")


@db.command(epilog=STATUSES)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(form: str) -> None:
    """Look whether the store is whole: its file, its tables, and the log that only grows.

    \b
    Examples:
      caveat db check
      caveat db check --format json | jq -e .whole
    """
    from caveat.accounts import log
    from caveat.database.checking import check as findings_of

    with _store() as (database, address), database.read() as session:
        broken = (f"line {number} is not what it was when it was written" for number in log.check(session))
        found = []
        for finding in findings_of(session.connection(), {"log": broken}):
            found.append(finding)
            if form == "text":
                click.echo(f"  {finding.what:<11} {'; '.join(finding.wrong) or finding.said}")
    whole = not any(finding.wrong for finding in found)
    if form == "json":
        import orjson

        streams.write(orjson.dumps({"store": address, "whole": whole, "findings": found}) + b"\n")
    elif not whole:
        click.echo("Something is wrong. Keep a copy of the store, then restore a backup.", err=True)
    if not whole:
        raise click.exceptions.Exit(Exit.SOME_FAILED)


@contextmanager
def _store(must_exist: bool = True) -> Iterator[tuple[Database, str]]:
    """The store, and its address as a person may see it. Raises ``Incomplete``."""
    from sqlalchemy.engine import make_url

    from caveat.config import ConfigError, Settings
    from caveat.database import IN_MEMORY, DatabaseError, open_database

    try:
        settings = Settings.from_environment(os.environ)
    except ConfigError as error:
        raise Incomplete(str(error)) from None
    if settings.store_address == IN_MEMORY:
        raise Incomplete("DATABASE_URL names a store in memory; it is gone when the server stops.")
    url = make_url(settings.store_address)
    if must_exist and url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise Incomplete(f"There is no store at {url.database}. Does DATABASE_URL name the right one?")
    try:
        database = open_database(settings.store_address)
        try:
            yield database, url.render_as_string(hide_password=True)
        finally:
            database.close()
    except DatabaseError as error:
        raise Incomplete(str(error)) from None


def _rows(counts: dict[str, int]) -> str:
    return ", ".join(f"{rows:,} {name}" for name, rows in counts.items())
