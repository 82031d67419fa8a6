"""``caveat sources``: what public lists say of outlets, and newer lists."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caveat.cli import streams
from caveat.cli.outcome import Exit, Incomplete, InputError

if TYPE_CHECKING:
    from caveat.facts.listings import Listings
    from caveat.facts.listings.lines import Fault

_MOST_REPORTED = 20  # lines named one by one; a list of the wrong shape has thousands


@click.group()
def sources() -> None:
    """Look up what Wikipedia's editors say of an outlet, or take a newer list.

    A table of their lists comes with Caveat. A newer one that is imported is kept in the folder that
    CAVEAT_DATA_DIR names and is used instead.

    \b
    Examples:
      caveat sources show reuters.com
      caveat sources import listings.csv
    """


@sources.command()
@click.argument("where", metavar="DOMAIN|URL")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(where: str, form: str) -> None:
    """Tell what the list says of a domain or an address, and by which rule.

    A rule is a domain, with or without the beginning of a path; the most specific one counts. Nothing is
    fetched. The exit status is 3 where no rule fits.

    \b
    Examples:
      caveat sources show dailymail.co.uk
      caveat sources show https://www.bbc.co.uk/news/articles/c0
      caveat sources show reuters.com --format json | jq .category
    """
    from dataclasses import asdict

    listings = _listings()
    entry = listings.of(where if "://" in where else f"https://{where}")
    if form == "json":
        import orjson

        streams.write(orjson.dumps(asdict(entry) if entry else None) + b"\n")
    elif entry is None:
        click.echo(f"The list says nothing of {where[:200]}: no rule fits it.")
    else:
        click.echo(f"  {entry.outlet}: {entry.category} ({entry.date})")
        click.echo(f"  the rule    {entry.rule}")
        click.echo(f"  discussed   {entry.url}")
        click.echo("  list        Wikipedia's editors, CC BY-SA 4.0")
    raise click.exceptions.Exit(Exit.READ if entry else Exit.UNREAD)


@sources.command("import")
@click.argument("file", metavar="FILE|-")
@click.option(
    "--as-of", metavar="DATE", help="Of when the list is, where it does not say so: 2026-08, 2026-08-31."
)
def import_(file: str, as_of: str | None) -> None:
    """Take a newer list, in the place of the one in use.

    FILE can be CSV that begins with domain,outlet,category,date,url (outlet, date and url may be empty or
    missing); the wikitext of Wikipedia:Reliable sources/Perennial sources, whole or its parts one after
    the other; or JSON with either, as Wikipedia's API answers. - is standard input.

    A row is left out where it would not fit every page of a domain: platforms where anybody publishes, public
    suffixes, and what is listed with two categories. A line that cannot be read is refused and named, and the
    others are taken. Servers use the new table when they are started again.

    \b
    Examples:
      caveat sources import listings.csv
      caveat sources import perennial-sources.wikitext --as-of 2026-10-01
      CAVEAT_DATA_DIR=/srv/caveat caveat sources import - < listings.csv

    \b
    Exit status:
      0    taken
      1    taken; some lines could not be read
      2    nothing taken: the file is missing or no list
    """
    from caveat.facts.listings import Table
    from caveat.facts.listings.lines import Unreadable
    from caveat.facts.listings.listings import OWN
    from caveat.facts.listings.reading_lists import read

    folder = _folder()
    with ExitStack() as stack:
        try:
            stream = sys.stdin.buffer if file == "-" else stack.enter_context(Path(file).open("rb"))
            lists = read(stream, as_of)
        except OSError as error:
            raise InputError(f"{file} cannot be read: {error.strerror}.") from None
        except Unreadable as error:
            raise InputError(f"{_name(file)} {error} Nothing was changed.") from None
    _report(file, "could not be read", lists.refused)
    _report(file, "left out", lists.left_out)
    if not lists.rows:
        raise InputError(f"{_name(file)} has no row that can be used. Nothing was changed.")
    table = Table.of(lists.rows)
    try:
        table.write(folder / OWN)
    except OSError as error:
        raise Incomplete(
            f"{folder / OWN} cannot be written: {error.strerror}. CAVEAT_DATA_DIR names the folder."
        ) from None
    click.echo(
        f"Took {len(table.rows):,} rows, as of {table.as_of}, into {folder / OWN}; "
        f"{len(lists.left_out):,} were left out, {len(lists.refused):,} could not be read."
    )
    raise click.exceptions.Exit(Exit.SOME_FAILED if lists.refused else Exit.READ)


def _report(file: str, what: str, faults: Sequence[Fault]) -> None:
    for fault in sorted(faults)[:_MOST_REPORTED]:
        click.echo(f"{_name(file)}, line {fault.line}: {_shown(fault.what)} {what}: {fault.why}.", err=True)
    if len(faults) > _MOST_REPORTED:
        click.echo(f"{_name(file)}: {len(faults) - _MOST_REPORTED:,} more were {what}.", err=True)


def _shown(text: str) -> str:
    """Words of a stranger's file, on one line and without what a terminal obeys."""
    from caveat.rendering.terminal import harmless

    return harmless(text[:60])


def _name(file: str) -> str:
    return "standard input" if file == "-" else click.format_filename(file)


def _folder() -> Path:
    from caveat.config import ConfigError, Settings

    try:
        return Settings.from_environment(os.environ).data_folder
    except ConfigError as error:
        raise Incomplete(str(error)) from None


def _listings() -> Listings:
    """The table in use. Where the data folder's is damaged, that is said."""
    from caveat.facts.listings import Listings

    listings = Listings.load(_folder())
    if listings.status.trouble:
        click.echo(f"Not used: {listings.status.trouble}. Import the list again.", err=True)
    return listings
