"""Which file a table is read from: a newer one of the data folder, or the one that ships.

In: where the newer one would be, the bytes of the other, and what reads either. Out: the table. What can go
wrong: nothing that stops a reading. A file of the data folder that is damaged, foreign or cannot be read is
left aside, the table that ships is used, and the table is told why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from caveat.facts.status import SHIPPED

_Table = TypeVar("_Table")
FOLDER = "facts"  # in the data folder


class DamagedTable(ValueError):
    """A table cannot be read; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Where a table came from."""

    source: str = SHIPPED
    trouble: str = ""  # why a newer file is not used


def newest(
    data_folder: Path | None, name: str, shipped: bytes, read: Callable[[bytes, Taken], _Table]
) -> _Table:
    """The table of the data folder's file of that name, if there is one that can be read, else the other."""
    trouble = ""
    if data_folder is not None:
        file = data_folder / FOLDER / name
        try:
            return read(file.read_bytes(), Taken(str(file)))
        except FileNotFoundError:
            pass
        except (DamagedTable, OSError) as error:
            trouble = f"{file}: {error}"
    return read(shipped, Taken(trouble=trouble))
