"""The command line: ``caveat serve | analyze | signals | facts | sources | factchecks | …``.

In: arguments, files, stdin. Out: an analysis on stdout, everything said to a person beside it on
stderr, and an exit status whose meaning ``--help`` lists. A pipe that closes early and Ctrl-C end a
command without a word. Nothing heavy is imported until a command runs, so that help is immediate.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import click

import caveat
from caveat.cli.analyze import analyze
from caveat.cli.annotations import annotations_group
from caveat.cli.cache import cache
from caveat.cli.db import db
from caveat.cli.factchecks import factchecks
from caveat.cli.facts import facts
from caveat.cli.openapi import openapi
from caveat.cli.outcome import Exit
from caveat.cli.serve import serve
from caveat.cli.signals import signals
from caveat.cli.sources import sources
from caveat.cli.train import train
from caveat.cli.user import user


class QuietGroup(click.Group):
    """A group whose commands end quietly when nobody reads their output any more."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # The interpreter flushes stdout once more as it ends; there is nobody left to tell.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(Exit.PIPE_CLOSED) from None
        except KeyboardInterrupt:
            raise SystemExit(Exit.INTERRUPTED) from None


@click.group(
    cls=QuietGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(caveat.__version__, prog_name="caveat")
def command() -> None:
    """A margin next to the news: which claims an article makes, and what each rests on.

    A note is about words, never a verdict. There is no score.

    \b
    Examples:
      caveat analyze article.txt            the article with notes in its margin
      caveat serve                          the lens and the API on http://127.0.0.1:5000
      caveat signals vague-source           what a note means, and why it matters
    """


for each in (
    serve, analyze, signals, facts, sources, factchecks, annotations_group, user, cache, db, openapi, train,
):  # fmt: skip
    command.add_command(each)


def main() -> None:
    """The ``caveat`` command."""
    command()


__all__ = ["command", "main"]
