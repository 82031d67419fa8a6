"""The emergency brake."""

from __future__ import annotations

from caveat.annotations.brake import Brake, state
from caveat.database import Database


def test_nothing_is_stopped_before_anybody_pulled_the_brake(database: Database) -> None:
    with database.read() as session:
        assert state(session) == Brake()
