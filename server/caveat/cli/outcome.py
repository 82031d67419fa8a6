"""How a command ends: exit statuses, and errors in clear words."""

from __future__ import annotations

from enum import IntEnum

import click


class Exit(IntEnum):
    """What a status tells the program that called."""

    READ = 0
    SOME_FAILED = 1
    USAGE = 2
    UNREAD = 3
    INCOMPLETE = 4
    INTERRUPTED = 130  # what a shell reports for Ctrl-C
    PIPE_CLOSED = 141  # what a shell reports for a program whose reader went away


STATUSES = """\b
Exit status:
  0    read
  1    some of several files or lines could not be read; the others were
  2    wrong usage, or an input that is missing, too long, or not UTF-8 text
  3    not read: there is no text, or it is in a language Caveat does not read yet
  4    Caveat is not completely installed, or not set up rightly
  130  stopped with Ctrl-C"""


class InputError(click.ClickException):
    """Something handed in cannot be used; the message names it, the limit and the way out."""

    exit_code = Exit.USAGE


class Incomplete(click.ClickException):
    """Something that belongs to Caveat is missing here, or a setting is wrong."""

    exit_code = Exit.INCOMPLETE
