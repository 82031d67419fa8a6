"""A small store with a bit of everything, and of what is easily lost between one database and another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caveat.accounts import log, tokens
from caveat.accounts.models import Account, Role
from caveat.annotations.models import Annotation, Page, Rating, Source, Status, Switch, Verdict
from caveat.database import Database, schema

NOON = datetime(2026, 3, 1, 12, 0, 0, 123_456, tzinfo=UTC)
WORDS = "“Zażółć gęślą jaźń”, she said\n\tin 1 line; \\ 'quoted' 🜁 \u2028 end"


def fill(database: Database) -> None:
    """Two accounts, the second of which vouched for the first; a page, an annotation, a rating, a log."""
    with database.begin() as session:
        first = Account(alias="Ada", alias_key="ada", role=Role.VOLUNTEER, created=NOON)
        second = Account(alias="Bo 🜁", alias_key="bo", role=Role.MODERATOR, created=NOON)
        session.add_all([first, second])
        session.flush()
        first.vouched_by_id = second.id
        tokens.issue(session, first, "laptop", "annotate", NOON, timedelta(days=30))
        note = annotation(session, first, 1)
        note.intercept, note.factor, note.standing = 0.1 + 0.2, -1e-17, {"sides": [[7, 9], [4, 6]]}
        session.add(Rating(
            annotation_id=note.id, account_id=second.id, verdict=Verdict.SOMEWHAT, reasons=["clear"],
            created=NOON, changed=NOON,
        ))  # fmt: skip
        session.add(Switch(name="brake", value={"on": False}, changed=NOON))
        log.record(session, NOON, second, "hide", note, "spam", before="helpful")
        log.record(session, NOON, None, "show", note, WORDS)


def annotation(session: Session, author: Account, number: int) -> Annotation:
    """One more annotation, on a page of its own."""
    page = Page(
        digest=f"{number:064x}", prefix=f"{number:064x}"[:5], address=f"https://example.com/{number}",
        url=f"https://example.com/{number}", title=WORDS, created=NOON,
    )  # fmt: skip
    note = Annotation(
        uuid=UUID(int=number), author=author, client_id=f"c{number}", page=page, signal="bare-number",
        body=WORDS, exact="many", quote_digest=f"{number:064x}", status=Status.HELPFUL, status_since=NOON,
        created=NOON, sources=[Source(position=0, url="https://example.org/", title=WORDS)],
    )  # fmt: skip
    session.add(note)
    session.flush()
    return note


def content(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with database.read() as session:
        version = schema.version_of(session.connection())
        if version is None:
            return {}
        return {
            table.name: [
                tuple(row) for row in session.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in schema.tables_of(version).sorted_tables
        }
