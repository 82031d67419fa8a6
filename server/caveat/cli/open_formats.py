"""``caveat annotations export | import | dump``: annotations for other programs, and from them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from caveat.cli import inputs, streams
from caveat.cli.outcome import Exit, Incomplete, InputError

if TYPE_CHECKING:
    from caveat.accounts.models import Account
    from caveat.annotations.formats.importing import Entry
    from caveat.annotations.formats.web_annotation import Home
    from caveat.config import Settings
    from caveat.database import Database

STATUSES = """\b
Exit status:
  0    done
  1    some of a file was refused; the rest was kept
  2    wrong usage, or a file that cannot be read or written
  4    the store or a setting cannot be used
  130  stopped with Ctrl-C; what was kept until then stays"""

HERE = "http://127.0.0.1:5000"


@dataclass(frozen=True)
class _Place:
    """The store, and what annotations of it are called."""

    settings: Settings
    database: Database
    home: Home


@click.command("export", epilog=STATUSES)
@click.option(
    "--format", "form", type=click.Choice(["jsonld", "claimreview"]), default="jsonld", show_default=True
)
@click.option("--out", metavar="FILE", default=inputs.STDIN, help="Where it goes. [default: stdout]")
def export(form: str, out: str) -> None:
    """Write what readers are shown, for other programs.

    jsonld is one W3C AnnotationCollection. claimreview is a schema.org DataFeed of what was found helpful,
    without a rating as a number: a note is about words, never a verdict. The names of annotations begin with
    CAVEAT_PUBLIC_URL.

    \b
    Examples:
      caveat annotations export --out annotations.jsonld
      caveat annotations export --format claimreview | gzip > reviews.json.gz
    """
    from caveat.annotations import collection
    from caveat.annotations.formats import claim_review, web_annotation

    def written(place: _Place, count: int) -> tuple[dict[str, Any], Callable[[Any], list[Any]]]:
        home = place.home
        if form == "jsonld":
            frame = web_annotation.collection([], home, f"What volunteers of {home.name} say")
            return frame | {"total": count}, lambda a: [web_annotation.document(a, home, context=False)]
        return claim_review.feed(
            []
        ), lambda a: [claim_review.item(a, home)] if claim_review.is_review(a, home) else []

    with _place() as place, place.database.read() as session, streams.progress() as steps, _to(out) as file:
        count = collection.extent(session, None).total
        steps.begin("Exporting", count)
        frame, of = written(place, count)
        _stream(file, frame, _each(collection.shown(session), of, steps.advance))
    if out != inputs.STDIN:
        click.echo(f"{out}: what readers are shown of {count:,} annotations.", err=True)


@click.command("import", epilog=STATUSES)
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--as", "alias", metavar="ALIAS", required=True, help="Whose annotations they become.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--yes", is_flag=True, help="Ask nothing; for scripts.")
def import_(file: str, alias: str, dry_run: bool, yes: bool) -> None:
    """Take annotations from another program's file: Web Annotations or ClaimReviews.

    FILE is JSON or JSON lines; - is stdin. It is read through first, and what would happen is said: what is
    refused, and why, and what of the rest has no place here. What is imported waits for ratings like any
    other annotation, by the account of ALIAS; no reader is shown it before, so that nothing that servers keep
    is out of date by it. The same file twice imports nothing twice.

    \b
    Examples:
      caveat annotations import theirs.jsonld --as heron --dry-run
      caveat annotations import reviews.json --as heron --yes
    """
    from caveat.annotations.formats import importing

    with _place() as place:
        account = _account(place.database, alias)
        data = inputs.read_bytes(file)
        try:
            entries = list(importing.entries(data, place.home.signals))
        except importing.NotOne as error:
            raise InputError(f"{inputs.name(file)}: {error}") from None
        fit = _looked_through(entries)
        if dry_run or not fit:
            raise click.exceptions.Exit(Exit.READ if fit else Exit.SOME_FAILED)
        if not yes:
            if not sys.stdin.isatty():
                raise InputError("Nothing was imported. To import without being asked, use --yes.")
            click.confirm(f"Import them as {account.alias}?", abort=True, err=True)
        kept, known, refused = _submitted(place.database, account, fit)
    click.echo(f"Imported {kept:,}; {known:,} were there already; {refused:,} were refused.")
    if refused or len(fit) < len(entries):
        raise click.exceptions.Exit(Exit.SOME_FAILED)


@click.command(epilog=STATUSES)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="[default: CAVEAT_DUMP_FOLDER]")
@click.option("--keep", type=click.IntRange(min=1), default=30, show_default=True, help="How many stay.")
def dump(out: Path | None, keep: int) -> None:
    """Write the open dump: annotations, ratings, and what became of each, as tables.

    A new folder in the folder that --out or CAVEAT_DUMP_FOLDER names; the server offers those of
    CAVEAT_DUMP_FOLDER at /annotations/dump/. Run it every night. Raters have names that are good for one
    month; README.md in the dump says what is in it, and what cannot be found out from it.

    \b
    Examples:
      caveat annotations dump --out /var/lib/caveat/dumps
      15 3 * * *  caveat annotations dump
    """
    from caveat.annotations.formats import dump as dumps

    with _place() as place, streams.progress() as steps:
        folder = out or place.settings.dump_folder
        if folder is None:
            raise InputError("Say where it goes: --out FOLDER, or CAVEAT_DUMP_FOLDER.")
        try:
            made = dumps.write(place.database, folder, datetime.now(UTC), place.settings.rights, steps)
            dumps.forget_old(folder, keep)
        except OSError as error:
            raise InputError(f"{folder} cannot be written: {error.strerror or error}.") from None
    counts = ", ".join(f"{count:,} lines of {name}" for name, count in made.lines.items())
    click.echo(f"{made.folder}: {counts}.")


def _looked_through(entries: list[Entry]) -> list[tuple[str, Any]]:
    """Say what a file holds; gives what may be kept, and where it stands."""
    from caveat.accounts.refused import Refused
    from caveat.annotations import drafts

    fit: list[tuple[str, Any]] = []
    lost: dict[str, int] = {}
    refused = 0
    for entry in entries:
        problem = entry.refused
        for reading in entry.readings:
            try:
                drafts.checked(reading.draft)
            except Refused as error:
                problem = error.detail
                continue
            fit.append((entry.where, reading.imported))
            for what in reading.left_out:
                lost[what] = lost.get(what, 0) + 1
        if problem is not None:
            refused += 1
            click.echo(f"  {entry.where}: {problem}", err=True)
    click.echo(f"{len(fit):,} annotations can be imported; {refused:,} are refused.", err=True)
    for what, times in lost.items():
        click.echo(f"  not kept of {times:,}: {what}", err=True)
    return fit


def _submitted(database: Database, account: Account, fit: list[tuple[str, Any]]) -> tuple[int, int, int]:
    """Keep drafts, each for itself; gives how many were new, known and refused."""
    from caveat.accounts.refused import Refused
    from caveat.annotations import submission

    counts = {True: 0, False: 0}
    refused = 0
    with streams.progress() as steps:
        steps.begin("Importing", len(fit))
        for where, draft in fit:
            try:
                with database.begin() as session:
                    author = session.merge(account, load=True)
                    kept = submission.submit(session, author, draft, datetime.now(UTC), is_import=True)
                counts[kept.is_new] += 1
            except Refused as error:
                refused += 1
                click.echo(f"  {where}: {error.detail}", err=True)
            steps.advance()
    return counts[True], counts[False], refused


def _account(database: Database, alias: str) -> Account:
    from caveat.accounts import joining

    with database.read() as session:
        found = joining.named(session, alias)
    if found is None:
        raise InputError(f"There is no account with the alias {alias!r}. caveat user list shows them.")
    return found


def _each(
    annotations: Iterable[Any], of: Callable[[Any], list[Any]], advance: Callable[[], None]
) -> Iterator[Any]:
    for annotation in annotations:
        yield from of(annotation)
        advance()


def _stream(file: BinaryIO, frame: dict[str, Any], items: Iterator[Any]) -> None:
    """A document whose one empty list is filled as the items come."""
    import orjson

    head, _, tail = orjson.dumps(frame).partition(b"[]")
    file.write(head + b"[")
    for number, item in enumerate(items):
        file.write((b",\n" if number else b"\n") + orjson.dumps(item))
    file.write(b"]" + tail + b"\n")
    file.flush()


@contextmanager
def _to(out: str) -> Iterator[BinaryIO]:
    """A file that is there when it is whole, or stdout."""
    if out == inputs.STDIN:
        yield sys.stdout.buffer
        return
    place = Path(out)
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            yield file
        beside.replace(place)
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error.strerror or error}.") from None
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _place() -> Iterator[_Place]:
    """The store that DATABASE_URL names. Raises ``Incomplete``."""
    from caveat.annotations.formats.web_annotation import Home
    from caveat.catalogue import Catalogue
    from caveat.config import ConfigError, Settings
    from caveat.database import DatabaseError, open_database, schema

    try:
        settings = Settings.from_environment(os.environ)
        database = open_database(settings.store_address)
    except (ConfigError, DatabaseError) as error:
        raise Incomplete(str(error)) from None
    try:
        schema.upgrade(database)
        url = (settings.public_url or HERE).rstrip("/")
        yield _Place(settings, database, Home(url, Catalogue.standard().signals, settings.rights))
    except DatabaseError as error:
        raise Incomplete(str(error)) from None
    finally:
        database.close()
