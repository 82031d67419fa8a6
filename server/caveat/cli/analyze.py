"""``caveat analyze``: articles in, analyses out."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from caveat.article import DETAILS, Analysis, Article, encode
from caveat.cli import streams
from caveat.cli.outcome import STATUSES, Exit, Incomplete, InputError

if TYPE_CHECKING:
    from caveat.cli.inputs import Admission
    from caveat.config import Settings
    from caveat.reading import Reader

_MOST_REPORTED = 20  # bad lines named one by one; a data set of the wrong shape has thousands
CONTEXT = ("url", "title", "site", "byline", "published", "language")


class Details(click.ParamType[tuple[str, ...]]):
    """Names from ``DETAILS``, separated by commas."""

    name = "details"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        wanted = [part.strip() for part in str(value).split(",") if part.strip()]
        for part in wanted:
            if part not in DETAILS:
                self.fail(f"{part!r} is none of {', '.join(DETAILS)}.", param, ctx)
        return tuple(each for each in DETAILS if each in wanted)


@click.command(epilog=STATUSES)
@click.argument("files", nargs=-1, metavar="[FILE|-]...")
@click.option(
    "--jsonl",
    "lines",
    metavar="FILE|-",
    help='Read one {"id","text","context"} a line, answer each with a line.',
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "html", "jsonl"]),
    help="Default: text in a terminal; in a pipe json, or jsonl for several articles.",
)  # fmt: skip
@click.option(
    "--detail", type=Details(), default=(), metavar="WHAT,...", help="Add to JSON: sentences, attributions."
)
@click.option("--context", "context_file", metavar="FILE", help="A JSON object with the article's context.")
@click.option("--title", help="The headline; notes can then compare it with the text.")
@click.option("--published", metavar="DATE", help="When it was published, such as 2025-07-14.")
@click.option("--url", help="Where it was published; it is not fetched.")
@click.option("--site", help="The outlet's name.")
@click.option("--byline", help="Who wrote it, as printed.")
@click.option("--language", metavar="TAG", help="The language the page declares, such as en.")
@streams.colour_option
@streams.width_option
def analyze(
    files: tuple[str, ...], lines: str | None, form: str | None, detail: tuple[str, ...],
    context_file: str | None, colour: str, width: int | None, **options: str | None,
) -> None:  # fmt: skip
    """Read an article and print its claims and notes.

    FILE is UTF-8 text, one paragraph a line; - or nothing is standard input. In a terminal the article
    is printed with its words underlined and numbered notes in the margin; in a pipe the analysis is
    the same JSON that the server answers. Nothing is sent anywhere.

    \b
    Examples:
      caveat analyze article.txt
      caveat analyze article.txt --title "Harbour to close" --published 2025-07-14
      caveat analyze article.txt --format html > article.html
      pbpaste | caveat analyze | jq '.notes[].message'
      caveat analyze --jsonl articles.jsonl --detail sentences > analyses.jsonl
    """
    from caveat.cli.inputs import STDIN, Admission
    from caveat.config import ConfigError, Settings

    try:
        settings = Settings.from_environment(os.environ)
    except ConfigError as error:
        raise Incomplete(str(error)) from None
    admission = Admission(settings.max_text)
    context = {name: value for name, value in options.items() if value is not None}
    if lines is not None:
        if files or context or context_file:
            raise click.UsageError(
                "--jsonl brings its own articles and contexts; leave out FILE and context options."
            )
        if form not in (None, "jsonl"):
            raise click.UsageError(f"--jsonl writes JSON lines; --format {form} is for single articles.")
        raise click.exceptions.Exit(_lines(lines, settings, admission, detail))
    if not files:
        if sys.stdin.isatty():
            click.echo("Paste the article, then press Ctrl-D on a line of its own.", err=True)
        files = (STDIN,)
    form = form or ("text" if sys.stdout.isatty() else "json" if len(files) == 1 else "jsonl")
    if len(files) > 1:
        if form in ("json", "html"):
            raise click.UsageError(f"--format {form} holds one article; for several use text or jsonl.")
        if context or context_file:
            raise click.UsageError("The context options describe one article; for several use --jsonl.")
    if context_file:
        from caveat.cli.inputs import read_context

        context = read_context(context_file) | context
    raise click.exceptions.Exit(
        _files(files, context, settings, admission, _Output(form, detail, colour, width))
    )


def _files(
    files: tuple[str, ...], context: dict[str, Any], settings: Settings, admission: Admission, output: _Output
) -> Exit:
    from caveat.cli.inputs import name, read_text

    reader: Reader | None = None
    failed, unread = 0, 0
    for path in files:
        try:
            article = admission.article(name(path), read_text(path, settings.max_text), context or None)
        except InputError as error:
            if len(files) == 1:
                raise
            error.show()
            failed += 1
            continue
        reader = reader or load(settings)
        analysis = _read(reader, article)
        output.write(path, article, analysis, several=len(files) > 1)
        if analysis.unread:
            unread += 1
            if output.form != "text":
                click.echo(f"{name(path)}: {analysis.unread.message}", err=True)
    if len(files) == 1:
        return Exit.UNREAD if unread else Exit.READ
    return Exit.SOME_FAILED if failed or unread else Exit.READ


def load(settings: Settings) -> Reader:
    """The reader. Raises ``Incomplete`` where its model is not installed."""
    with streams.progress() as steps:
        steps.begin("Loading the language model", None)
        from caveat.reading import ModelMissing, Reader

        try:
            return Reader.load(settings.model, settings.data_folder)
        except ModelMissing as error:
            raise Incomplete(str(error)) from None


def _read(reader: Reader, article: Article) -> Analysis:
    with streams.progress() as steps:
        steps.begin("Reading", len(reader.survey(article).blocks) or None)
        return reader.analyse(article, on_block=steps.advance)


class _Output:
    """Writes analyses to stdout in the form that was asked for."""

    def __init__(self, form: str, detail: tuple[str, ...], colour: str, width: int | None) -> None:
        self.form = form
        self._detail = detail
        self._colour = colour
        self._width = width

    def write(self, path: str, article: Article, analysis: Analysis, *, several: bool) -> None:
        """One analysis; ``path`` tells several apart."""
        if self.form == "json":
            streams.write(encode(analysis, self._detail) + b"\n")
        elif self.form == "jsonl":
            from caveat.cli import lines

            streams.write(lines.encode(path, analysis, self._detail))
        elif self.form == "html":
            from caveat.rendering import page

            streams.write(page.render(article, analysis).encode())
        else:
            from caveat.rendering import margin

            shown = margin.render(article, analysis, streams.terminal(self._colour, self._width))
            heading = f"\n==> {click.format_filename(path)} <==\n" if several else ""
            streams.write_text(heading + shown)


def _lines(path: str, settings: Settings, admission: Admission, detail: tuple[str, ...]) -> Exit:
    from caveat.cli import lines
    from caveat.cli.inputs import name

    failed = 0
    with ExitStack() as stack:
        stream, size = _stream(path, stack)
        reader = load(settings)
        steps = stack.enter_context(streams.progress())
        steps.begin("Reading", size)
        for answer in lines.answers(stream, reader, admission, detail):
            streams.write(answer.line)
            steps.advance(answer.entry.size)
            if answer.error:
                failed += 1
                if failed <= _MOST_REPORTED:
                    click.echo(f"{name(path)}, line {answer.entry.number}: {answer.error}", err=True)
    if failed > _MOST_REPORTED:
        click.echo(
            f"{name(path)}: {failed - _MOST_REPORTED:,} more lines failed; their answers say why.", err=True
        )
    return Exit.SOME_FAILED if failed else Exit.READ


def _stream(path: str, stack: ExitStack) -> tuple[BinaryIO, int | None]:
    """The lines' stream, and its size where that is known."""
    from caveat.cli.inputs import STDIN, opened

    if path != STDIN:
        return stack.enter_context(opened(path)), Path(path).stat().st_size or None
    try:
        # A second file object, never closed: the thread that waits on it holds its lock, and closing it
        # (as the interpreter does with the first) would wait for that thread.
        return open(sys.stdin.fileno(), "rb", closefd=False), None
    except (OSError, ValueError):  # no real file behind it
        return sys.stdin.buffer, None
