"""What stdout and stderr are: a terminal to please, or a pipe to feed.

Progress is shown on stderr, and only where a person watches it.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import click

from caveat.rendering.terminal import Terminal

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

AUTO, ALWAYS, NEVER = "auto", "always", "never"

colour_option = click.option(
    "--color",
    "colour",
    type=click.Choice([AUTO, ALWAYS, NEVER]),
    default=AUTO,
    show_default=True,
    help="When to underline and colour text.",
)
width_option = click.option(
    "--width", type=click.IntRange(min=20), help="Columns for text. [default: the terminal's]"
)


def write(data: bytes) -> None:
    """Bytes to stdout, at once: whoever reads a stream wants each line as it is done."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_text(text: str) -> None:
    """Text to stdout; what its encoding does not have becomes a question mark."""
    write(text.encode(sys.stdout.encoding or "utf-8", "replace"))


def terminal(colour: str, width: int | None) -> Terminal:
    """The terminal that stdout is, as far as a person did not say otherwise."""
    watched = sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))
    return Terminal.of(
        os.environ,
        escapes=watched if colour == AUTO else colour == ALWAYS,
        width=width or shutil.get_terminal_size().columns,
        encoding=sys.stdout.encoding,
    )


class Steps(Protocol):
    """Somebody who wants to know how far a work is."""

    def begin(self, what: str, total: float | None) -> None: ...
    def advance(self, by: float = 1) -> None: ...


class _Silence:
    def begin(self, what: str, total: float | None) -> None:
        pass

    def advance(self, by: float = 1) -> None:
        pass


class _Bar:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None

    def begin(self, what: str, total: float | None) -> None:
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task(what, total=total)

    def advance(self, by: float = 1) -> None:
        if self._task is not None:
            self._progress.advance(self._task, by)


@contextmanager
def progress() -> Iterator[Steps]:
    """A progress bar on stderr that leaves nothing behind; silence where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield _Silence()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(40), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Bar(bar)
