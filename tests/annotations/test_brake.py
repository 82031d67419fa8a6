"""The emergency brake."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from caveat.accounts.models import Entry, Role
from caveat.accounts.refused import Refused
from caveat.annotations.brake import Brake, Part, pull, state
from caveat.database import Database

from .desk_scene import NOW, account


def test_nothing_is_stopped_before_anybody_pulled_the_brake(database: Database) -> None:
    with database.read() as session:
        assert state(session) == Brake()


def test_a_moderator_stops_submissions_and_ratings_and_lets_go_again(database: Database) -> None:
    with database.begin() as session:
        ines = account(session, "Ines", Role.MODERATOR)
        pull(session, ines, {Part.SUBMISSIONS, Part.RATINGS}, "Somebody sends hundreds.", NOW)
    with database.read() as session:
        brake = state(session)
    assert brake == Brake(
        frozenset({Part.SUBMISSIONS, Part.RATINGS}), "Somebody sends hundreds.", NOW, ines.id
    )
    assert brake.stops(Part.RATINGS)
    assert not brake.stops(Part.SHOWING)
    with database.begin() as session:
        pull(session, ines, {Part.RATINGS}, "Only ratings now.", NOW)
        pull(session, ines, set(), "", NOW)
    with database.read() as session:
        assert state(session).stopped == frozenset()
        stopped = [entry.details["stopped"] for entry in session.scalars(select(Entry).order_by(Entry.id))]
    assert stopped == [["ratings", "submissions"], ["ratings"], []]


@pytest.mark.parametrize(
    ("role", "before", "stopped", "reason", "status"),
    [
        (Role.VOLUNTEER, set(), {Part.RATINGS}, "Why.", 403),
        (Role.MODERATOR, set(), {Part.SHOWING}, "Why.", 403),
        (Role.MODERATOR, {Part.SHOWING}, set(), "Why.", 403),
        (Role.MODERATOR, {Part.SHOWING}, {Part.SHOWING, Part.RATINGS}, "Why.", None),
        (Role.ADMINISTRATOR, set(), {Part.SHOWING}, "Why.", None),
        (Role.ADMINISTRATOR, {Part.SHOWING}, set(), "", None),
        (Role.MODERATOR, set(), {Part.RATINGS}, " ", 422),
    ],
)
def test_who_may_stop_what(
    database: Database, role: Role, before: set[Part], stopped: set[Part], reason: str, status: int | None
) -> None:
    with database.begin() as session:
        pull(session, account(session, "Root", Role.ADMINISTRATOR), before, "Before.", NOW)
        who = account(session, "Ines", role)
        try:
            pull(session, who, stopped, reason, NOW)
            refused = None
        except Refused as error:
            refused = error.status
    assert refused == status
    with database.read() as session:
        assert state(session).stopped == (before if status else stopped)
