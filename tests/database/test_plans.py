"""The watch over query plans sees what it should, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import Select, delete, select, update

from caveat.accounts.models import Account, Entry, Token
from caveat.annotations.models import IS_SHOWN, Annotation, Page, Rating, Status, Switch
from caveat.database import Database

from .plans import watching

FINDS = {
    "by a unique column": select(Page).where(Page.digest == "00"),
    "by a joined table": select(Annotation).join(Page).where(Page.prefix == "00000"),
    "the first of a status": select(Annotation.id).where(Annotation.status == "helpful").limit(9),
    "by an alias": select(Annotation.id).join(Annotation.author).where(Account.alias_key == "a"),
    "the last of a log": select(Entry.chain).order_by(Entry.id.desc()).limit(1),
    "the first in an index's order": select(Annotation.id)
    .where(IS_SHOWN)
    .order_by(Annotation.created, Annotation.id)
    .limit(9),
    "in a small table": select(Switch),
}
LOOKS_AT_ALL = {
    "of a table": select(Rating),
    "by what has no index": select(Token.id).where(Token.name == "laptop"),
    "of an index": select(Annotation.id).where(Annotation.body == "x").order_by(Annotation.id),
    "to sort them": select(Annotation.id).order_by(Annotation.body).limit(9),
}


@pytest.mark.parametrize("statement", FINDS.values(), ids=FINDS)
def test_a_statement_that_finds_its_rows_passes(database: Database, statement: Select) -> None:
    with watching(database, of_tests=True), database.read() as session:
        session.execute(statement)


@pytest.mark.parametrize("statement", LOOKS_AT_ALL.values(), ids=LOOKS_AT_ALL)
def test_a_statement_that_looks_at_all_rows_fails(database: Database, statement: Select) -> None:
    with (
        pytest.raises(AssertionError, match="looks at all of"),
        watching(database, of_tests=True),
        database.read() as session,
    ):
        session.execute(statement)


def test_an_index_of_a_few_values_is_no_help(database: Database) -> None:
    if database.dialect == "postgresql":
        pytest.skip("PostgreSQL knows how few values there are, and decides by that.")
    shown = Annotation.status.in_([Status.HELPFUL, Status.SETTLED])
    with (
        pytest.raises(AssertionError, match="looks at all of annotations"),
        watching(database, of_tests=True),
        database.read() as session,
    ):
        session.execute(select(Annotation.id).where(shown).order_by(Annotation.body))


def test_changes_are_watched_too(database: Database) -> None:
    change = update(Annotation).where(Annotation.signal == "hedged").values(status=Status.HIDDEN)
    for statement in (change, delete(Rating).where(Rating.verdict == "not")):
        with (
            pytest.raises(AssertionError, match="looks at all of"),
            watching(database, of_tests=True),
            database.begin() as session,
        ):
            session.execute(statement.execution_options(synchronize_session=False))


def test_a_dump_may_say_that_it_reads_everything(database: Database) -> None:
    with watching(database, of_tests=True) as plans, database.read() as session:
        plans.allow("ratings", "the dump has them all")
        session.execute(select(Rating))
