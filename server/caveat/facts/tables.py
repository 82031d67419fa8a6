"""Where a table is read from: a newer file of the data folder, or the one that ships.

In: the data folder, or None. Out: the table, and a ``Taken`` that says where it came from. What can go wrong:
nothing that stops a reading. A file of the data folder that is damaged, foreign or cannot be read is left
aside, the table that ships is used, and ``Taken.trouble`` says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from caveat.facts import offices
from caveat.facts.offices import DamagedTable, OfficeTable
from caveat.facts.status import SHIPPED


@dataclass(frozen=True, slots=True)
class Taken:
    """Where a table came from."""

    source: str = SHIPPED
    trouble: str = ""


def own_offices(data_folder: Path) -> Path:
    """Where a person's own table of office holders is kept."""
    return data_folder / "facts" / "offices.json"


def load_offices(data_folder: Path | None) -> tuple[OfficeTable, Taken]:
    """The office holders of the data folder if it has any that can be read, else those that ship."""
    taken = Taken()
    if data_folder is not None:
        file = own_offices(data_folder)
        try:
            return OfficeTable.decode(file.read_bytes()), Taken(str(file))
        except FileNotFoundError:
            pass
        except (DamagedTable, OSError) as error:
            taken = Taken(trouble=f"{file}: {error}")
    return OfficeTable.decode(offices.packaged()), taken
