"""``caveat facts``: the tables that articles are held against, how old they are, and making them anew."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caveat.cli import streams
from caveat.cli.outcome import Incomplete, InputError

if TYPE_CHECKING:
    from caveat.config import Settings
    from caveat.facts import TableStatus

_FILE = click.Path(path_type=Path, dir_okay=False)
_NEWER = {
    "offices": "Correct and add lines in a copy of holders.csv, then: caveat facts build holders.csv",
    "fact checks": "There are none yet: caveat factchecks import FILE",
    "sources": "Take a newer list with: caveat sources import FILE",
    "countries": "Keep a newer countries.csv in the folder facts of the data folder",
}


@click.group()
def facts() -> None:
    """Look at the tables that articles are held against, or make one anew.

    A table that is built from your own file goes to the data folder (CAVEAT_DATA_DIR), where it is used
    instead of the one that ships.

    \b
    Examples:
      caveat facts status
      caveat facts source > holders.csv
      caveat facts build holders.csv
    """


@facts.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def status(form: str) -> None:
    """Say of each table how old it is, where it comes from, and until which day it can check.

    What an article says after that day is not checked: somebody may have taken office since.

    \b
    Examples:
      caveat facts status
      caveat facts status --format json | jq '.[].as_of'
    """
    import orjson

    from caveat.facts import Facts

    tables = Facts.load(_settings().data_folder).status
    today = _today()
    if form == "json":
        streams.write(orjson.dumps([_shown(table, today) for table in tables]) + b"\n")
        return
    for table in tables:
        shown = _shown(table, today)
        click.echo(shown.pop("table"))
        for name, value in shown.items():
            if value not in (None, ""):
                click.echo(f"  {name.replace('_', ' '):<12} {value}")


@facts.command()
@click.argument("source", type=_FILE, required=False)
@click.option("--out", type=_FILE, help="Where to write the table. [default: the data folder]")
def build(source: Path | None, out: Path | None) -> None:
    """Build the table of office holders from SOURCE, a CSV file with one holder a line.

    Without SOURCE it is the file that ships. Every line is checked; nothing is written where one is wrong.
    A running server takes the new table when it is started again.

    \b
    Examples:
      caveat facts source > holders.csv       a copy, to correct a line in
      caveat facts build holders.csv          check it, and use it from now on
      caveat facts build holders.csv --out holders.json
    """
    from caveat.facts import offices
    from caveat.facts.offices import source as readable
    from caveat.facts.tables import FOLDER

    name = str(source or offices.SOURCE)
    try:
        data = source.read_bytes() if source else offices.packaged(offices.SOURCE)
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}.") from None
    try:
        built = readable.build(data, _today())
    except readable.WrongSource as wrong:
        raise InputError("\n".join(f"{name}, {problem}." for problem in wrong.problems)) from None
    for warning in built.warnings:
        click.echo(f"{name}, {warning}.", err=True)
    file = out or _settings().data_folder / FOLDER / offices.OWN
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f"{file.name}.part")  # a reader sees the old table or the new one
        beside.write_bytes(built.table.encode())
        beside.replace(file)
    except OSError as error:
        raise InputError(
            f"{file} cannot be written: {error.strerror}. Name another place with --out."
        ) from None
    click.echo(f"Wrote {file}: {built.table.rows:,} rows, version {built.table.version}.", err=True)


@facts.command()
def source() -> None:
    """Print the readable source of the office holders that ship, to keep a copy and correct it.

    \b
    Example:
      caveat facts source > holders.csv
    """
    from caveat.facts import offices

    streams.write(offices.packaged(offices.SOURCE))


def _shown(table: TableStatus, today: date) -> dict[str, object]:
    """A table as it is printed, under names a program can rely on."""
    return {
        "table": table.table,
        "version": table.version,
        "rows": table.rows,
        "as_of": table.as_of and table.as_of.isoformat(),
        "age_days": table.age(today),
        "complete_to": table.complete_to and table.complete_to.isoformat(),
        "taken_from": table.taken_from,
        "sources": table.sources,
        "licence": table.licence,
        "to_do": table.advice(today, _NEWER.get(table.table, "")),
    }


def _settings() -> Settings:
    from caveat.config import ConfigError, Settings

    try:
        return Settings.from_environment(os.environ)
    except ConfigError as error:
        raise Incomplete(str(error)) from None


def _today() -> date:
    return datetime.now(UTC).date()
