"""What a ranking remembers of the one before: the same as is in the store, whatever happened meanwhile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select

from caveat.accounts import log
from caveat.accounts.models import Account, Role, State
from caveat.accounts.refused import Refused
from caveat.annotations import changing, recording
from caveat.annotations.known import BELIEVED, Known, read
from caveat.annotations.models import Annotation, Rating, Status, Verdict
from caveat.annotations.ranking import Rule, Settings
from caveat.annotations.recording import changes
from caveat.annotations.standing import rank_now
from caveat.database import Database, open_database, schema

from .community import NOW, judged, person, written

# Whoever rates counts at once, so that much moves.
LIVELY = Settings(rule=Rule.SIDES, rater_ratings=0, rater_age=0, side_certainty=0.0)
PEOPLE, THINGS = 6, 4


class Crashed(Exception):
    """What a process that was killed leaves undone."""


@dataclass
class Life:
    """A store, and a process that ranks it now and then."""

    database: Database
    memory: Known | None = None
    now: Any = NOW

    def rate(self, thing: int, by: int, verdict: Verdict = Verdict.HELPFUL, late: int = 0) -> None:
        with self.database.begin() as session:
            rating = session.get(Rating, (thing, by))
            if rating is None:
                rating = Rating(annotation_id=thing, account_id=by, created=self.now)
                session.add(rating)
            rating.verdict, rating.reasons = verdict, []
            rating.changed = self.now - timedelta(seconds=late)

    def take_back(self, thing: int, by: int) -> None:
        with self.database.begin() as session:
            if (rating := session.get(Rating, (thing, by))) is not None:
                session.delete(rating)

    def edit(self, thing: int) -> None:
        with self.database.begin() as session:
            one = session.get_one(Annotation, thing)
            one.edited, one.status, one.status_since = self.now, Status.PENDING, self.now
            one.revision += 1

    def decide(self, thing: int, status: Status) -> None:
        with self.database.begin() as session:
            one = session.get_one(Annotation, thing)
            one.status, one.status_since, one.reason = status, self.now, "A moderator says so."
            one.locked = self.now if status == Status.PENDING else None
            one.revision += 1

    def withdraw(self, thing: int) -> None:
        with self.database.begin() as session:
            one = session.get_one(Annotation, thing)
            changing.withdraw(session, session.get_one(Account, 1), one, None, self.now)

    def write(self) -> None:
        with self.database.begin() as session, suppress(Refused):  # ten a day
            written(session, session.get_one(Account, 1), self.now)

    def state(self, who: int, state: State) -> None:
        with self.database.begin() as session:
            session.get_one(Account, who).state = state

    def come(self) -> None:
        with self.database.begin() as session:
            one = session.get_one(Annotation, 1)
            was = one.status
            judged(session, one, [person(session, days=0)], "n", self.now)
            one.revision += one.status != was

    def rank(self) -> None:
        self.memory = rank_now(self.database, self.now, LIVELY, before=self.memory).known

    def rank_elsewhere(self) -> None:
        rank_now(self.database, self.now, LIVELY)

    def crash(self, transactions: int) -> None:
        """A ranking that ends after so many transactions, in a process that is not there any more."""
        left = [transactions]
        begin = self.database.begin

        @contextmanager
        def short() -> Iterator[Any]:
            if not left[0]:
                raise Crashed
            left[0] -= 1
            with begin() as session:
                yield session

        with pytest.MonkeyPatch.context() as patch, suppress(Crashed):
            patch.setattr(self.database, "begin", short)
            rank_now(self.database, self.now, LIVELY, before=self.memory)
        self.memory = None

    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)


THING, WHO = st.integers(1, THINGS), st.integers(2, PEOPLE + 1)
EVENTS = st.one_of(
    st.tuples(st.just("rate"), THING, WHO, st.sampled_from(Verdict), st.sampled_from([0, 25])),
    st.tuples(st.just("rate"), THING, WHO, st.just(Verdict.HELPFUL)),
    st.tuples(st.just("take_back"), THING, WHO),
    st.tuples(st.just("edit"), THING),
    st.tuples(st.just("decide"), THING, st.sampled_from(Status)),
    st.tuples(st.just("withdraw"), THING),
    st.tuples(st.just("write")),
    st.tuples(st.just("state"), WHO, st.sampled_from(State)),
    st.tuples(st.just("come")),
    st.tuples(st.just("rank")),
    st.tuples(st.just("rank_elsewhere")),
    st.tuples(st.just("crash"), st.integers(0, 3)),
    st.tuples(st.just("wait"), st.sampled_from([1, 59, 60 * 24 * 15])),
)


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A community that was ranked once."""
    path = tmp_path_factory.mktemp("beginning") / "caveat.db"
    database = open_database(f"sqlite:///{path}")
    begun(database)
    database.close()
    return path


def begun(database: Database) -> None:
    schema.upgrade(database)
    with database.begin() as session:
        author = person(session, Role.MODERATOR)
        people = [person(session) for _ in range(PEOPLE)]
        for verdicts in ("hhhnnn", "nnnhhh", "hhhhhh", "nnnnns"):
            judged(session, written(session, author), people, verdicts)


def same(one: Any, other: Any) -> None:
    for name in (each.name for each in fields(one)):
        mine, theirs = getattr(one, name), getattr(other, name)
        if isinstance(mine, np.ndarray) and mine.dtype.names:
            for column in mine.dtype.names:
                np.testing.assert_array_equal(mine[column], theirs[column], err_msg=f"{name}.{column}")
        elif isinstance(mine, np.ndarray):
            np.testing.assert_array_equal(mine, theirs, err_msg=name)
        elif name == "raters":
            same(mine, theirs)
        elif name != "whole":
            assert mine == theirs, name


def lived(life: Life, events: list[tuple[Any, ...]]) -> None:
    """After each event, what is remembered and read again is what is there."""
    life.rank()
    for name, *arguments in events:
        life.now += timedelta(seconds=1)
        getattr(life, name)(*arguments)
        with life.database.read() as session:
            whole = read(session, life.now)
            memory = life.memory and read(session, life.now, life.memory)
        if memory:
            same(memory, whole)
            same(memory.ratings(), whole.ratings())
    life.rank()
    with life.database.read() as session:
        assert list(log.check(session)) == []
    life.rank()
    ranked = rank_now(life.database, life.now, LIVELY)
    assert ranked.moved == ()
    assert not len(changes(ranked.known, ranked.ranking, life.now).at), (
        "what a whole reading would write is written"
    )


@given(events=st.lists(EVENTS, max_size=12))
@example(events=[("take_back", 1, 2), ("rate", 1, 3, Verdict.NOT, 25), ("rank",)])
@example(events=[("edit", 1), ("rank",), ("come",), ("rank",)])
@example(events=[("withdraw", 4), ("rank",), ("take_back", 3, 2), ("rank",)])
@example(events=[("crash", 1), ("rank",), ("edit", 3), ("rank",)])
@hypothesis_settings(max_examples=60, deadline=None)
def test_what_is_remembered_and_what_changed_are_what_is_in_the_store(
    beginning: Path, tmp_path_factory: pytest.TempPathFactory, events: list[tuple[Any, ...]]
) -> None:
    path = tmp_path_factory.mktemp("life") / "caveat.db"
    shutil.copy(beginning, path)
    database = open_database(f"sqlite:///{path}")
    try:
        lived(Life(database), events)
    finally:
        database.close()
        shutil.rmtree(path.parent)


def test_what_is_remembered_is_the_same_on_either_database(database: Database) -> None:
    begun(database)
    helpful = Verdict.HELPFUL
    lived(
        Life(database),
        [
            ("rate", 1, 5, helpful), ("rank",), ("rate", 2, 2, helpful, 25), ("take_back", 3, 2), ("rank",),
            ("edit", 3), ("withdraw", 3), ("write",), ("state", 4, State.SUSPENDED), ("come",), ("rank",),
            ("rank_elsewhere",), ("decide", 4, Status.HIDDEN), ("decide", 2, Status.PENDING), ("wait", 59),
            ("rank",), ("crash", 1),
        ],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("event", "is_whole"),
    [
        (("rate", 1, 2, Verdict.NOT), False),
        (("edit", 1), False),
        (("write",), False),
        (("state", 2, State.CLOSED), False),
        (("take_back", 1, 2), True),
        (("rank_elsewhere",), True),
        (("wait", BELIEVED.seconds // 60), True),
    ],
)
def test_all_of_it_is_read_only_where_something_is_gone_or_another_ranked(
    database: Database, event: tuple[Any, ...], is_whole: bool
) -> None:
    begun(database)
    life = Life(database)
    life.rank()
    name, *arguments = event
    life.now += timedelta(seconds=1)
    getattr(life, name)(*arguments)
    with database.read() as session:
        found = read(session, life.now, life.memory)
    assert (found.whole == life.now) == is_whole


def test_where_a_person_was_quicker_than_the_ranking_their_word_is_read_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(database)
    life = Life(database)
    record = recording.record_statuses

    def late(*arguments: Any) -> list[int]:
        for thing in range(1, THINGS + 1):
            life.decide(thing, Status.HIDDEN)
        return record(*arguments)

    monkeypatch.setattr(recording, "record_statuses", late)
    life.rank()
    with database.read() as session:
        same(read(session, life.now, life.memory), read(session, life.now))
        assert {*session.scalars(select(Annotation.status))} == {Status.HIDDEN}


def test_a_status_its_numbers_and_its_line_in_the_log_are_written_together_or_not_at_all(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "MOVES", 1)
    begun(database)
    life = Life(database)
    statuses = set()
    for transactions in range(3):
        life.crash(transactions)
        with database.read() as session:
            moved = [one for one in session.scalars(select(Annotation)) if one.status != Status.NEEDS_RATINGS]
            assert len(moved) <= transactions
            for one in moved:
                assert one.standing["ratings"] == PEOPLE
                assert [line.action for line in log.history(session, one)] == ["submit", "status"]
            statuses.add(len(moved))
    assert len(statuses) > 1, "a part was written and a part was not"
    life.rank()
    assert rank_now(database, life.now, LIVELY).moved == ()
