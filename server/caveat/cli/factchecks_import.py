"""``caveat factchecks import``: fact checks out of files, into the store."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from caveat.cli import inputs, streams
from caveat.cli.matching import bring_up_to_date
from caveat.cli.outcome import Exit, Incomplete, InputError

if TYPE_CHECKING:
    from caveat.facts.factchecks import Store
    from caveat.facts.factchecks.importing import Outcome, Source
    from caveat.facts.factchecks.reviews import Entry

STATUSES = """\b
Exit status:
  0    done
  1    some of it was refused, or there is no such check; the rest was done
  2    wrong usage, or a file that cannot be read or written
  4    the store or a setting cannot be used
  130  stopped with Ctrl-C; what was kept until then stays"""

SHOWN = 20  # of what is refused, on stderr; --report has all

format_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.command("import", epilog=STATUSES)
@click.argument("paths", metavar="FILE|FOLDER...", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only say what would be imported.")
@click.option("--report", metavar="FILE", help="Where all that is refused goes, one JSON object a line.")
@click.option(
    "--no-index", is_flag=True, help="Leave the index as it is; caveat factchecks index is for later."
)
@format_option
def import_(paths: tuple[str, ...], dry_run: bool, report: str | None, no_index: bool, form: str) -> None:
    """Import fact checks from files: ClaimReview in all the shapes it really has.

    What is imported is indexed at the end, so that articles' claims are found among it.

    Feeds (DataFeed), lists, graphs, one a line, answers of Google's Fact Check Tools, and pages of HTML with
    ClaimReview in them; packed (gz, bz2, xz, zip) or not. - is stdin, of a FOLDER every file is read.

    The same again imports nothing twice, so that an import that was stopped goes on when it is started again.
    A newer version of a check takes the place of the older one. A server need not be stopped.

    \b
    Examples:
      caveat factchecks import feed.json.gz
      caveat factchecks import --dry-run --report refused.jsonl pages/
      curl -s https://checker.example/feed.json | caveat factchecks import -
    """
    from caveat.facts.factchecks import StoreFault
    from caveat.facts.factchecks.importing import Import

    files = [source for path in paths for source in _sources(path)]
    total = None if inputs.STDIN in paths else sum(Path(source.name).stat().st_size for source in files)
    with ExitStack() as stack:
        written = stack.enter_context(_opened(report)) if report else None
        steps = stack.enter_context(streams.progress())
        steps.begin("Importing", total)
        teller = _Teller(written, steps)
        work = Import(None if dry_run else opened_store(), teller)
        try:
            work.run(files)
        except StoreFault as fault:
            raise Incomplete(f"{_summary(work.outcome, dry_run)}\n{fault}") from None
        except KeyboardInterrupt:
            click.echo(f"\nStopped. {_summary(work.outcome, dry_run)} The same again goes on.", err=True)
            raise
    outcome = work.outcome
    if teller.untold:
        where = f"all are in {report}" if report else "--report FILE lists all"
        click.echo(f"  … and {teller.untold:,} more; {where}.", err=True)
    if form == "json":
        import orjson

        kept = None if dry_run else asdict(outcome.kept)
        found = asdict(outcome) | {"kept": kept, "refused": dict(outcome.refused)}
        streams.write(orjson.dumps(found | {"passed_over": dict(outcome.passed_over)}) + b"\n")
    else:
        click.echo(_summary(outcome, dry_run))
    if not dry_run and not no_index:
        bring_up_to_date()
    if outcome.refused:
        raise click.exceptions.Exit(Exit.SOME_FAILED)


def opened_store() -> Store:
    """The store in the data folder. Raises ``Incomplete``."""
    from caveat.config import ConfigError, Settings
    from caveat.facts.factchecks import Store

    try:
        return Store(Settings.from_environment(os.environ).data_folder)
    except ConfigError as error:
        raise Incomplete(str(error)) from None


@contextmanager
def told() -> Iterator[None]:
    """Faults of the store as messages. Raises ``Incomplete``."""
    from caveat.facts.factchecks import StoreFault

    try:
        yield
    except StoreFault as fault:
        raise Incomplete(str(fault)) from None


class _Teller:
    """Tells a person what is refused, and a report all of it."""

    def __init__(self, report: IO[bytes] | None, steps: streams.Steps) -> None:
        self._report = report
        self._steps = steps
        self._told = 0
        self.untold = 0

    def entry(self, file: str, entry: Entry) -> None:
        if self._report is not None:
            import orjson

            line = {"file": file} | asdict(entry)
            self._report.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
        if not entry.is_refused:
            return
        if self._told == SHOWN:
            self.untold += 1
            return
        self._told += 1
        where = f"{file}, line {entry.line}" if entry.line else file
        click.echo(f"  {where}: {entry.reason}", err=True)

    def note(self, file: str, note: str) -> None:
        click.echo(f"  {file}: {note}", err=True)

    def read(self, count: int) -> None:
        self._steps.advance(count)


def _sources(path: str) -> list[Source]:
    """The files that an argument means. Raises ``InputError``."""
    from caveat.facts.factchecks.importing import Source, sources

    if path == inputs.STDIN:
        standard: Any = sys.stdin.buffer
        return [Source(inputs.name(path), lambda: standard)]
    if not Path(path).is_dir():
        inputs.opened(path).close()
    found = sources(Path(path))
    if not found:
        raise InputError(f"{path}: there is no file in this folder.")
    return found


def _opened(path: str) -> IO[bytes]:
    try:
        return Path(path).open("wb")
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: it cannot be written ({error}).") from None


def _summary(outcome: Outcome, dry_run: bool) -> str:
    """What became of a file's reviews, in one or two sentences."""
    kept = outcome.kept
    if dry_run:
        said = f"{outcome.found:,} checks can be imported"
    else:
        parts = [
            f"{kept.new:,} new",
            f"{kept.replaced:,} newer versions",
            f"{kept.same + kept.older:,} known already",
            *([f"{kept.retracted:,} taken back by their checkers"] if kept.retracted else []),
            *([f"{kept.removed:,} that a person removed"] if kept.removed else []),
        ]
        said = f"Read {outcome.found:,} checks: {', '.join(parts)}"
    if outcome.refused:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in outcome.refused.most_common())
        said += f". Refused {outcome.refused.total():,}: {kinds}"
    if count := outcome.passed_over.total():
        said += f". {count:,} media review{' is' if count == 1 else 's are'} not read"
    return said + "."
