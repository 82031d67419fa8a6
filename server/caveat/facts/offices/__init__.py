"""Office holders: who held which office when.

``holders.csv`` is the readable source, ``holders.json`` what is built of it and read by the program;
README.md says what is in them and how to correct a row. ``OfficeTable`` is the face of the room.
"""

from __future__ import annotations

from importlib import resources

from caveat.facts.offices.table import How, Kind, Office, OfficeTable, Term, When

BUILT = "holders.json"
OWN = "offices.json"  # in the data folder, where somebody built one of their own
SOURCE = "holders.csv"


def packaged(name: str = BUILT) -> bytes:
    """A file of the table that ships."""
    return resources.files(__name__).joinpath(name).read_bytes()


__all__ = [
    "BUILT",
    "OWN",
    "SOURCE",
    "How",
    "Kind",
    "Office",
    "OfficeTable",
    "Term",
    "When",
    "packaged",
]
