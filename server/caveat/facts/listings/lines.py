"""What the lines of a list come to while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from caveat.facts.listings.table import Row


class Unreadable(ValueError):
    """The whole file cannot be used; the message says why and what would do."""


class Fault(NamedTuple):
    """What was not taken, where it stands, and why."""

    line: int
    what: str
    why: str


class Found(NamedTuple):
    """A row as a list has it, before it is looked at."""

    line: int
    row: Row


@dataclass(slots=True)
class Lists:
    """What came of a file."""

    rows: list[Row] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)  # cannot be read
    left_out: list[Fault] = field(default_factory=list)  # can be, and is better not used
