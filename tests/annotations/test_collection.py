"""The open collection: what is in it for whom, in which order, and by which index."""

from __future__ import annotations

from datetime import timedelta

import pytest

import written
from caveat.accounts.models import Account
from caveat.annotations import collection
from caveat.annotations.collection import PAGE
from caveat.annotations.models import Annotation, Status
from caveat.database import Database
from database.plans import Plans
from written import NOW


def fill(database: Database) -> Account:
    """Two pages of what is shown, written in another order than the numbers are; and of each other status."""
    with database.begin() as session:
        wren, heron = written.account(session, "wren"), written.account(session, "heron")
        for number in range(PAGE + 20):
            written.annotation(session, wren, created=NOW - timedelta(minutes=number // 2))
        for who in (wren, heron):
            for status in Status:
                written.annotation(session, who, status=status, created=NOW + timedelta(hours=1))
    return heron


def test_readers_find_what_is_shown_in_the_order_of_writing(database: Database) -> None:
    fill(database)
    with database.read() as session:
        extent = collection.extent(session, None)
        pages = [collection.page(session, None, number) for number in range(extent.last + 2)]
        assert [one.id for one in collection.shown(session)] == [one.id for page in pages for one in page]
    assert extent.total == PAGE + 24
    assert [len(page) for page in pages] == [PAGE, 24, 0]
    found = [(one.created, one.id) for page in pages for one in page]
    assert found == sorted(found)
    assert {one.status for page in pages for one in page} == {Status.HELPFUL, Status.SETTLED}


def test_an_account_finds_its_own_too_each_once(database: Database) -> None:
    heron = fill(database)
    with database.read() as session:
        extent = collection.extent(session, heron)
        found = [one for number in range(extent.last + 1) for one in collection.page(session, heron, number)]
    assert len(found) == len({one.id for one in found}) == extent.total == PAGE + 24 + 4
    own = {one.status for one in found if one.account_id == heron.id}
    assert own == set(Status) - {Status.WITHDRAWN}
    assert [(one.created, one.id) for one in found] == sorted((one.created, one.id) for one in found)


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_no_question_goes_through_all_annotations(
    database: Database, plans: Plans, is_signed_in: bool
) -> None:
    heron = fill(database)
    plans.statements.clear()
    with database.read() as session:
        viewer = heron if is_signed_in else None
        collection.extent(session, viewer)
        collection.page(session, viewer, 1)
    assert len(plans.statements) >= 3


def test_the_extent_changes_with_what_is_shown(database: Database) -> None:
    with database.begin() as session:
        assert collection.extent(session, None) == collection.Extent(0, None)
        one = written.annotation(session, status_since=NOW)
        assert collection.extent(session, None) == collection.Extent(1, NOW)
        one.status, one.status_since = Status.HIDDEN, NOW + timedelta(days=1)
        session.flush()
        assert collection.extent(session, None).total == 0
        assert session.get(Annotation, one.id) is not None
