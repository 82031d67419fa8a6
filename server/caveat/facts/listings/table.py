"""The table of listings as a file: rows of CSV below comments that say what they are and whose.

In: a file's bytes. Out: ``Table``. What goes wrong: ``DamagedTable``, with the line where one can be named.
The file carries a digest of its rows, so half a file is no table; ``caveat sources import`` writes it anew
after an edit.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from caveat.facts.tables import DamagedTable

COLUMNS = ("domain", "outlet", "category", "date", "url")
DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
SOURCE = "Wikipedia:Reliable sources/Perennial sources and the source lists of its WikiProjects"
LICENCE = "CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/, by the editors of Wikipedia"
_ABOUT = f"""\
# What Wikipedia's editors say of sources, on their public lists. "outlet" and "url" may be empty.
# source: {SOURCE}
# licence: {LICENCE}
"""


class Row(NamedTuple):
    """What a list says of one domain, or of a part of it."""

    domain: str
    outlet: str
    category: str
    date: str  # when the list said so: a year, a month or a day
    url: str


@dataclass(frozen=True, slots=True)
class Table:
    """The rows, by their domains' order, with what names their contents."""

    rows: tuple[Row, ...]
    version: str
    as_of: str  # the latest date of a row

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Table:
        """A table of these rows."""
        ordered = tuple(sorted(rows))
        version = hashlib.blake2b(_body(ordered), digest_size=8).hexdigest()
        return cls(ordered, version, max((row.date for row in ordered), default=""))

    @classmethod
    def read(cls, data: bytes) -> Table:
        """The table of a file's bytes. Raises ``DamagedTable``."""
        try:
            lines = data.decode("utf-8").splitlines()
        except UnicodeDecodeError as error:
            raise DamagedTable(f"byte {error.start:,} is not UTF-8") from None
        said = dict(
            line[1:].strip().split(": ", 1) for line in lines if line.startswith("#") and ": " in line
        )
        body = [line for line in lines if not line.startswith("#")]
        if not body or tuple(body[0].split(",")) != COLUMNS:
            raise DamagedTable(f"its first line is not {','.join(COLUMNS)}")
        try:
            rows = [Row(*cells) for cells in csv.reader(body[1:], strict=True)]
        except (csv.Error, TypeError) as error:
            raise DamagedTable(f"a row has not {len(COLUMNS)} columns ({error})") from None
        table = cls.of(rows)
        if said.get("version") != table.version:
            raise DamagedTable("its rows are not those that its version names")
        return table

    def write(self, file: Path) -> None:
        """Put the table in the place of a file, whole or not at all."""
        file.parent.mkdir(parents=True, exist_ok=True)
        head = f"{_ABOUT}# as_of: {self.as_of}\n# version: {self.version}\n".encode()
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(handle, "wb") as new:
                new.write(head + _body(self.rows))
                new.flush()
                os.fsync(new.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _body(rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue().encode()
