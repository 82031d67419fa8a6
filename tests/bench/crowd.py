"""A store as it is after years of volunteers: 200,000 annotations on 80,000 pages, 2,000,000 ratings.

In: an empty database. Out: the same with its tables filled, within half a minute and always with the same
rows. They go past the services, as the driver takes them fastest; the log's chain is none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import text

from caveat.annotations.models import Status
from caveat.database import Database, schema

ACCOUNTS, PAGES, ANNOTATIONS, RATINGS_EACH = 5_000, 80_000, 200_000, 10
BODY = (
    "The figure is for the county, not the town; the town's own report, linked here, gives a third of it. "
    * 3
)
# Of a hundred annotations so many stand so: about one in ten is ever shown, as with Community Notes.
_STANDING = (
    (Status.HELPFUL, 10), (Status.SETTLED, 1), (Status.NOT_HELPFUL, 5), (Status.HIDDEN, 1),
    (Status.PENDING, 8), (Status.NEEDS_RATINGS, 75),
)  # fmt: skip
STATUSES = [status for status, count in _STANDING for _ in range(count)]
# Of a hundred raters so many are pleased, and so many more in the smaller camp.
_OPINIONS = ((85, 0), (85, 0), (20, 0), (20, 0), (50, 40), (50, 40), (50, -40), (50, -40), (50, 15), (50, 15))
BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)


def address(page: int) -> str:
    """The normal address of a page."""
    return f"https://news-{page % 40}.example/{page}/a-story-of-the-day"


def digest(page: int) -> str:
    """Its digest."""
    return sha256(address(page).encode()).hexdigest()


def uuid(annotation: int) -> UUID:
    """An annotation's name."""
    return UUID(int=annotation * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128)


def status(annotation: int) -> Status:
    """Where an annotation stands."""
    return STATUSES[annotation * 37 % 100]


def fill(database: Database, now: datetime, annotations: int = ANNOTATIONS) -> None:
    """Make the tables and fill them."""
    schema.upgrade(database)
    put = _copy if database.dialect == "postgresql" else _insert
    with database.begin() as session:
        if database.dialect == "postgresql":
            session.execute(text("SET LOCAL statement_timeout = 0"))
        driver = session.connection().connection.driver_connection
        put(driver, "accounts", "id alias alias_key role state created", _accounts())
        put(driver, "pages", "id digest prefix address url title created", _pages())
        put(
            driver, "annotations",
            "id uuid account_id client_id page_id signal body exact prefix suffix start language "
            "quote_digest status status_since reason created revision",
            _annotations(annotations),
        )  # fmt: skip
        put(driver, "sources", "annotation_id position url title", _sources(annotations))
        rating = "annotation_id account_id verdict reasons created changed"
        put(driver, "ratings", rating, _ratings(annotations))
        put(driver, "log", "id at account_id action subject reason details chain", _log(annotations))
        # The ranking has been: else the server would begin by ranking all of it.
        ranked = json.dumps({"mu": 0.2, "read": now.isoformat()})
        put(driver, "switches", "name value changed", iter([("ranking", ranked, _moment(0))]))
    if database.dialect == "postgresql":
        with database.begin() as session:
            for name in ("accounts", "annotations", "pages", "log"):
                last = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)")
                session.execute(last, {"table": name, "last": max(annotations, ACCOUNTS, PAGES)})
            session.execute(text("ANALYZE"))


def _copy(driver: Any, table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    with driver.cursor().copy(f"COPY {table} ({', '.join(columns.split())}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _insert(driver: Any, table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    names = columns.split()
    marks = ", ".join("?" * len(names))
    driver.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)  # noqa: S608


def _moment(second: int) -> str:
    return (BEGINNING + timedelta(seconds=second)).strftime("%Y-%m-%d %H:%M:%S.%f")


def _accounts() -> Iterator[tuple[Any, ...]]:
    for n in range(1, ACCOUNTS + 1):
        yield n, f"Volunteer {n}", f"volunteer {n}", "moderator", "active", _moment(n)


def _pages() -> Iterator[tuple[Any, ...]]:
    for n in range(1, PAGES + 1):
        its = digest(n)
        yield n, its, its[:5], address(n), address(n), "A story of the day", _moment(n * 600)


def _annotations(count: int) -> Iterator[tuple[Any, ...]]:
    for n in range(1, count + 1):
        moment = _moment(n * 240)
        yield (
            n, uuid(n).hex, n % ACCOUNTS + 1, f"c{n}", n * 7 % PAGES + 1, "bare-number", BODY,
            f"{n} people came to the square", "It is said that ", " on the day before.", n % 9_000, "en",
            sha256(str(n % 150_000).encode()).hexdigest(), status(n), moment, "Needs ratings.", moment, 1,
        )  # fmt: skip


def _sources(count: int) -> Iterator[tuple[Any, ...]]:
    for n in range(1, count + 1):
        yield n, 0, f"https://record.example/{n}", "The town's report"


def _ratings(count: int) -> Iterator[tuple[Any, ...]]:
    for n in range(1, count + 1):
        for k in range(RATINGS_EACH):
            moment, rater = _moment(n * 240 + k * 20), (n * 31 + k * 499) % ACCOUNTS + 1
            yield n, rater, verdict(n, rater), "[]", moment, moment


def verdict(annotation: int, rater: int) -> str:
    """What a rater of one of two camps makes of it: some please all, some nobody, most divide."""
    pleases, divides = _OPINIONS[annotation * 37 % 10]
    chance = (annotation * 2_654_435_761 ^ rater * 40_503_001) >> 7
    if chance % 10 == 0:
        return "somewhat"
    share = pleases + (divides if rater % 5 < 2 else -divides)
    return "helpful" if chance // 10 % 100 < share else "not"


def pleases_all(annotation: int) -> bool:
    """Whether both camps find it helpful."""
    return _OPINIONS[annotation * 37 % 10] == (85, 0)


def _log(count: int) -> Iterator[tuple[Any, ...]]:
    for n in range(1, count + 1):
        yield n, _moment(n * 240), n % ACCOUNTS + 1, "submit", f"annotation:{n}", "", "{}", "0" * 64
