"""``caveat factchecks index | match``: texts held against the claims that were checked."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from caveat.cli import inputs, streams
from caveat.cli.outcome import Exit, Incomplete

if TYPE_CHECKING:
    from caveat.facts.factchecks.matching import Hit, Matcher

STATUSES = """\b
Exit status:
  0    done
  1    some lines could not be read; the others were
  2    wrong usage, or a file that cannot be read
  4    there is no index, or the store or a setting cannot be used
  130  stopped with Ctrl-C; an index that was being built goes on the next time"""

BY_WORDS = (
    "Claims are found by their words alone: pip install 'caveat[match]' also finds them by their meaning."
)
_LONGEST_LINE = 1_000_000  # bytes; a text that is longer is no claim


@click.command(epilog=STATUSES)
@click.option("--anew", is_flag=True, help="Take nothing over from the index that is there.")
def index(anew: bool) -> None:
    """Index the fact checks that were imported. caveat factchecks import does so at its end.

    What was indexed before is not indexed again, and a server takes the new index without being stopped.
    Meanings need the extra caveat[match] and some 5 ms a claim; without it claims are found by their words
    alone, and none is shown on its own.

    \b
    Example:
      caveat factchecks index
    """
    bring_up_to_date(anew=anew)


@click.command(epilog=STATUSES)
@click.argument("text", required=False)
@click.option("--jsonl", metavar="FILE", help='Texts one a line, {"id", "text"}; - is stdin.')
@click.option("--top", type=click.IntRange(1, 100), default=10, show_default=True, help="Hits for each text.")
def match(text: str | None, jsonl: str | None, top: int) -> None:
    """Find the fact checks of a claim, or of one like it.

    A hit that is marked as published is shown beside an article's words on its own: names, figures and
    polarity agree, and no other claim is near. With --jsonl each line has one answer, in order:
    {"id", "hits": [{"url", "claim", "score", "published"}]}, best first; a line that cannot be read has
    {"id", "error"}. A score is 1 where a check is first both by its meaning and by its words.

    Meanings need the extra caveat[match]; without it claims are found by their words alone, and none is
    published.

    \b
    Examples:
      caveat factchecks match "The moon landing was filmed in a studio."
      caveat factchecks match --jsonl claims.jsonl --top 3 > hits.jsonl
    """
    if (text is None) == (jsonl is None):
        raise click.UsageError("Say what to match: a text, or --jsonl FILE.")
    matcher = _matcher()
    with _told():
        if text is not None:
            [hits] = matcher.look_up([text], top)
            streams.write_text("\n".join(map(_shown, hits)) + "\n" if hits else "No fact check is near.\n")
            return
        with ExitStack() as stack:
            failed = _answer(_stream(str(jsonl), stack), matcher, top)
    if failed:
        click.echo(f"{failed:,} lines could not be read; their answers say why.", err=True)
        raise click.exceptions.Exit(Exit.SOME_FAILED)


def bring_up_to_date(*, anew: bool = False) -> None:
    """Index what is new in the store, and say what there is. Raises ``Incomplete``."""
    from caveat.facts.factchecks.matching import Encoder, build

    with _told(), streams.progress() as steps:
        generation = build(_data_folder(), Encoder.find(), steps, anew=anew)
    if generation is None:
        click.echo("The index is up to date.", err=True)
        return
    made = generation.manifest
    click.echo(f"Indexed {made.claims:,} checks, {made.vectors:,} by their meaning too.", err=True)
    if made.encoder is None:
        click.echo(BY_WORDS, err=True)


def _matcher() -> Matcher:
    from caveat.facts.factchecks import Store
    from caveat.facts.factchecks.matching import Encoder, Generations, Matcher

    folder = _data_folder()
    current = Generations(folder).current()
    if current is None:
        raise Incomplete("There is no index of fact checks yet. caveat factchecks import FILE makes one.")
    encoder = Encoder.find()
    if encoder is None:
        click.echo(BY_WORDS, err=True)
    elif current.manifest.encoder is None:
        click.echo("The index has no meanings yet; caveat factchecks index adds them.", err=True)
    with _told():
        if current.manifest.store != Store(folder).generation:
            click.echo("Checks have changed since they were indexed: caveat factchecks index.", err=True)
    return Matcher(folder, encoder)


def _answer(stream: BinaryIO, matcher: Matcher, top: int) -> int:
    """Answer each line as it comes; gives how many could not be read."""
    import orjson

    failed = 0
    with streams.progress() as steps:
        steps.begin("Matching", _size(stream))
        for line in iter(lambda: stream.readline(_LONGEST_LINE), b""):
            if line.strip():
                id_, text, error = _read(line)
                failed += error is not None
                found: dict[str, Any] = {"error": error}
                if text is not None:
                    [hits] = matcher.look_up([text], top)
                    found = {"hits": list(map(_document, hits))}
                streams.write(orjson.dumps({"id": id_} | found) + b"\n")
            steps.advance(len(line))
    return failed


def _read(line: bytes) -> tuple[Any, str | None, str | None]:
    """The id of a line, and its text or what is wrong with it."""
    import orjson

    try:
        entry = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        return None, None, f"This is not JSON: {error}."
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        id_ = entry.get("id") if isinstance(entry, dict) else None
        return id_, None, 'A line is an object with a text: {"id": "…", "text": "…"}.'
    return entry.get("id"), entry["text"], None


def _document(hit: Hit) -> dict[str, Any]:
    from caveat.facts.factchecks.matching import Verdict

    published = hit.verdict is Verdict.PUBLISHED
    claim, url = hit.check.claim, hit.check.url
    return {"url": url, "claim": claim, "score": round(hit.score, 4), "published": published}


def _shown(hit: Hit) -> str:
    check = hit.check
    rating = f" [{check.rating}]" if check.rating else ""
    about = f"{check.publisher}, {check.published or 'no date'}{rating}"
    margin = "\n" + " " * 17
    return margin.join([f"{hit.score:.2f}  {hit.verdict.value:<9}  {about}", check.claim, check.url])


def _data_folder() -> Path:
    from caveat.config import ConfigError, Settings

    try:
        return Settings.from_environment(os.environ).data_folder
    except ConfigError as error:
        raise Incomplete(str(error)) from None


def _stream(path: str, stack: ExitStack) -> BinaryIO:
    return sys.stdin.buffer if path == inputs.STDIN else stack.enter_context(inputs.opened(path))


def _size(stream: BinaryIO) -> float | None:
    """Bytes of a file, for the progress bar; None for a pipe."""
    try:
        return float(os.fstat(stream.fileno()).st_size) or None
    except (OSError, ValueError):
        return None


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong, as messages. Raises ``Incomplete``."""
    from caveat.facts.factchecks import StoreFault
    from caveat.facts.factchecks.matching import Busy

    try:
        yield
    except (StoreFault, Busy) as fault:
        raise Incomplete(str(fault)) from None
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        what = f"The index cannot be read or written: {error.strerror or error}."
        raise Incomplete(f"{what} What was there stays.") from None
