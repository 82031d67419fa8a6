"""Whether a store is whole.

In: a database, and whatever else somebody wants checked of its content. Out: findings, each with what is
wrong, in words; none of them changes anything. What can go wrong: ``DatabaseError`` where it cannot even be
read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import Connection, text

from caveat.database import schema

_MOST = 20  # faults of one kind that are named; a file that was overwritten has thousands


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    said: str
    """What was found, when nothing is wrong."""
    wrong: list[str] = field(default_factory=list)


def check(connection: Connection, content: Mapping[str, Iterable[str]]) -> Iterator[Finding]:
    """What there is to say of a store, one after the other.

    ``content`` names what is wrong in what the tables hold, by what was looked at; it is asked only where the
    tables are right.
    """
    if connection.dialect.name == "sqlite":
        yield _file(connection)
    version = schema.version_of(connection)
    if version != schema.newest():
        if version is not None:
            schema.refuse_unknown(version)
        wrong = f"version {version}, not {schema.newest()}" if version else "there are none"
        yield Finding("tables", "", [f"{wrong}; caveat db upgrade brings them to it"])
        return
    tables = Finding(
        "tables", f"version {version}, as this program knows them", schema.differences(connection)
    )
    yield tables
    if tables.wrong:
        return
    if connection.dialect.name == "sqlite":
        yield _references(connection)
    for what, faults in content.items():
        yield Finding(what, "as it was written", list(islice(faults, _MOST)))
    counts = schema.counts(connection)
    yield Finding("rows", ", ".join(f"{rows:,} {name}" for name, rows in counts.items() if rows) or "none")


def _file(connection: Connection) -> Finding:
    said = connection.execute(text(f"PRAGMA integrity_check({_MOST})")).scalars().all()
    return Finding("file", "whole", [] if said == ["ok"] else [str(line) for line in said])


def _references(connection: Connection) -> Finding:
    found = connection.execute(text("PRAGMA foreign_key_check"))
    wrong = [f"{row[0]}, row {row[1]}: hangs on {row[2]} that are not there" for row in islice(found, _MOST)]
    return Finding("references", "lead somewhere", wrong)
