"""No statement may read a table from end to end: asked of the database itself, by its query plans.

In: a ``Database`` and what a test does with it. Out: ``check`` fails with each statement that finds its rows
by looking at all of them, and its plan. The fixture ``plans`` (tests/conftest.py) does that for the test's
``database``; ``watching`` does it for any other.

Plans of a nearly empty table say little, since there looking at all of it is the cheapest way. SQLite without
statistics takes every table for a large one. PostgreSQL is told that such a look costs a fortune, and to join
row by row: if its plan still has one, there was no index to take.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from sqlalchemy import Connection, event

from caveat.database import Database

# Tables that stay small, so that all of one is one page of the disk or a few.
SMALL: Mapping[str, str] = {
    "alembic_version": "one row",
    "switches": "a row for each setting that moderators may change",
    "spared": "what moderators wrote by hand",
    "codes": "each is gone after a minute",
}
# Functions that read whole tables, because that is what they are for; nobody waits for them.
READ_ALL: Mapping[str, str] = {
    "caveat.database.": "upgrading, backing up and checking a store",
    "caveat.annotations.known._all_": "the ranking weighs every rating",
    "caveat.annotations.formats.dump.": "a dump is of everything",
    "caveat.annotations.status_history.": "and of all that became of it",
    "caveat.annotations.sparing._concerned": "what is spared may stand anywhere; read once an entry",
    "caveat.annotations.collection.extent": "the protocol wants the total; it is counted from an index alone",
    "caveat.annotations.collection.shown": "an export is of all that is shown",
    "caveat.annotations.urgency._rated": "asked only where there are fewer than 300 ratings",
    "caveat.accounts.log.check": "the chain is checked from its first line",
}
# Columns with a handful of values: an index that finds rows by these alone finds a tenth of the table.
FEW_VALUES = {"status"}
# A statement that may find rows.
_FINDS = re.compile(r"\s*(SELECT|UPDATE|DELETE|WITH|INSERT\b.*\bSELECT)\b", re.IGNORECASE | re.DOTALL)
_STOPS = re.compile(r"\b(LIMIT|FETCH FIRST)\b", re.IGNORECASE)
_CHOOSES = re.compile(r"\bWHERE\b", re.IGNORECASE)


@dataclass
class Plans:
    """The statements that a database was given, and what is wrong with their plans."""

    database: Database
    statements: dict[str, Any] = field(default_factory=dict)
    """Each with the values it came with first."""
    allowed: dict[str, str] = field(default_factory=dict)

    def allow(self, table: str, reason: str) -> None:
        """Let this test's statements read all of a table; a dump, for instance, is meant to."""
        self.allowed[table] = reason

    def check(self) -> None:
        """Fail where a statement looks at all rows of a table."""
        explain = {"sqlite": _sqlite, "postgresql": _postgresql}[self.database.dialect]
        with self.database.engine.connect() as connection:
            wrong = []
            for statement, values in list(self.statements.items()):
                scanned, plan = explain(connection, statement, values)
                if scanned - SMALL.keys() - self.allowed.keys():
                    wrong.append(f"{statement}\n-- looks at all of {', '.join(sorted(scanned))}:\n{plan}")
        assert not wrong, "\n\n".join(["No index helps", *wrong])


@contextmanager
def watching(database: Database, of_tests: bool = False) -> Iterator[Plans]:
    """What Caveat asks of a database meanwhile, checked at the end; with ``of_tests`` also what tests ask."""
    plans = Plans(database)

    def note(
        _connection: object, _cursor: object, statement: str, values: Any, _context: object, many: bool
    ) -> None:
        if _FINDS.match(statement) and (of_tests or _asked_by_caveat()):
            plans.statements.setdefault(statement, values[0] if many and isinstance(values, list) else values)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield plans
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    plans.check()


def _asked_by_caveat() -> bool:
    """Whether it was a line of the package that asked, and none of a test."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if not module.startswith(("sqlalchemy", "database.plans")):
            asking = f"{module}.{frame.f_code.co_qualname}"
            return asking.startswith("caveat.") and not asking.startswith(tuple(READ_ALL))
        frame = frame.f_back
    return False


def _sqlite(connection: Connection, statement: str, values: Any) -> tuple[set[str], str]:
    """A plan's lines read ``SCAN table``, ``SEARCH table USING INDEX ...``, or are about the order. Tables
    are called by their alias."""
    lines = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    sorts = any("TEMP B-TREE" in line for line in lines)
    stops = bool(_STOPS.search(statement)) and not sorts
    scanned = set()
    for line in lines:
        found = re.match(r"SCAN (\w+)( USING)?", line)
        # In the order that was asked for, and only until there is enough: that is what an index is for.
        if found and not (stops and (found[2] or not _CHOOSES.search(statement))):
            scanned.add(_table(statement, found[1]))
        found = re.match(r"SEARCH (\w+) USING .*INDEX \w+ \(([^)]*)\)", line)
        if found and not stops and set(re.findall(r"\w+", found[2])) <= FEW_VALUES:
            scanned.add(_table(statement, found[1]))
    return scanned & _tables(connection), "\n".join(lines)


def _table(statement: str, alias: str) -> str:
    found = re.search(rf'\b(?:FROM|JOIN|,)\s+"?(\w+)"?\s+AS\s+"?{alias}"?\b', statement, re.IGNORECASE)
    return found[1] if found else alias


def _postgresql(connection: Connection, statement: str, values: Any) -> tuple[set[str], str]:
    with connection.begin():
        for way in ("seqscan", "hashjoin", "mergejoin"):
            connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        (plan,) = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalars()
    return set(_scanned(plan[0]["Plan"], stops=False)), json.dumps(plan, indent=1)


def _scanned(node: Mapping[str, Any], stops: bool) -> Iterator[str]:
    kind = node["Node Type"]
    whole = "Index Cond" not in node and (kind in ("Index Scan", "Index Only Scan") and not stops)
    if kind == "Seq Scan" or whole:
        yield node["Relation Name"]
    # Sorting and counting need all there is, whatever is made of it later.
    stops = kind == "Limit" or (stops and kind not in ("Sort", "Aggregate", "Hash", "Materialize"))
    for inner in node.get("Plans", ()):
        yield from _scanned(inner, stops)


def _tables(connection: Connection) -> set[str]:
    """A scan of anything else is one of a few rows in memory (a subquery, a list of values)."""
    return set(connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'").scalars())
