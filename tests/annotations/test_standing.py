"""Ranking what is in the store, and what the store then says."""

from __future__ import annotations

import io
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from caveat.accounts import log
from caveat.accounts.closing import close
from caveat.accounts.models import Account, Entry, Role
from caveat.annotations import allowance, recording, standing
from caveat.annotations.changing import withdraw
from caveat.annotations.earning import Became, Earned, earned
from caveat.annotations.known import Known, lines, read
from caveat.annotations.models import Annotation, Rater, Rating, Status, Switch, Verdict
from caveat.annotations.ranker import LEASE, Ranker, end_lease, take_lease
from caveat.annotations.ranking import Ratings, Rule, Settings, rank
from caveat.annotations.ranking import Status as Rank
from caveat.annotations.rating import rate, take_back
from caveat.annotations.standing import Ranked, is_due, rank_now
from caveat.database import Database
from caveat.journal import journal

from .community import NOW, judged, person, written

LATER = NOW + timedelta(minutes=1)
# What a community of hundreds is ranked by; admission and freeze as they are.
SIDES = Settings(rule=Rule.SIDES)


def community(database: Database) -> dict[str, int]:
    """Two camps of six who disagree on ten annotations, and two that both, or nobody, found helpful."""
    with database.begin() as session:
        author = person(session, Role.MODERATOR)
        later = person(session, Role.EDUCATOR)
        left, right = ([person(session) for _ in range(6)] for _ in range(2))
        for number in range(10):
            one = written(session, author)
            first, second = ("hhhhhh", "nnnnnn") if number % 2 else ("nnnnnn", "hhhhhh")
            judged(session, one, left + right, first + second)
        both, nobody = written(session, later), written(session, later)
        judged(session, both, left + right, "hhhhhh" + "hhhhhn")
        judged(session, nobody, left + right, "nnnnnn" + "nnnnnn")
        return {"both": both.id, "nobody": nobody.id, "rater": left[0].id, "prefix": both.page_id}


def test_what_both_sides_found_helpful_is_shown_and_says_why(database: Database) -> None:
    ids = community(database)
    ranked = rank_now(database, LATER, SIDES)
    assert set(ranked.moved) == {ids["both"], ids["nobody"]}
    with database.read() as session:
        both, nobody = (session.get_one(Annotation, ids[name]) for name in ("both", "nobody"))
        assert (both.status, both.status_since, both.revision) == (Status.HELPFUL, LATER, 2)
        assert both.reason == "Shown because 6 of 6 on one side and 5 of 6 on the other found it helpful."
        assert both.locked == LATER + timedelta(days=14)
        assert both.standing["ratings"] == 12
        assert sorted(side["helpful"] for side in both.standing["sides"]) == [5.0, 6.0]
        assert nobody.status == Status.NOT_HELPFUL
        assert ranked.prefixes == {both.page.prefix}
        [*_, line] = log.history(session, both)
        assert (line.action, line.account_id) == ("status", None)
        assert line.details == {"before": "needs-ratings", "after": "helpful"}
        assert list(log.check(session)) == []


def test_what_divides_people_waits_and_nobody_is_told_whom_it_divides(database: Database) -> None:
    community(database)
    rank_now(database, LATER, SIDES)
    with database.read() as session:
        statuses = session.scalars(select(Annotation.status).order_by(Annotation.id).limit(10)).all()
        assert set(statuses) == {Status.NEEDS_RATINGS}


def test_ranking_again_with_nothing_new_writes_nothing(database: Database) -> None:
    community(database)
    rank_now(database, LATER, SIDES)
    everything = select(Annotation.revision, Annotation.intercept, Annotation.reason).order_by(Annotation.id)
    with database.read() as session:
        before = session.execute(everything).all()
        lines = len(session.scalars(select(Entry.id)).all())
    assert rank_now(database, LATER + timedelta(minutes=1), SIDES).moved == ()
    with database.read() as session:
        assert session.execute(everything).all() == before
        assert len(session.scalars(select(Entry.id)).all()) == lines


def test_raters_learn_where_they_stand_and_earn_writing(database: Database) -> None:
    ids = community(database)
    rank_now(database, LATER, SIDES)
    with database.begin() as session:
        rater = session.get_one(Rater, ids["rater"])
        assert (rater.ratings, rater.impact, rater.writes) == (12, 2, False)
        assert rater.factor != 0.0
        # Three more that were found helpful later than this rater said so.
        for one in session.scalars(select(Annotation).order_by(Annotation.id).limit(10)).all()[1::2][:3]:
            one.status, one.status_since = Status.SETTLED, LATER + timedelta(minutes=1)
            one.revision += 1
    rank_now(database, LATER + timedelta(minutes=2), SIDES)
    with database.read() as session:
        rater = session.get_one(Rater, ids["rater"])
        assert (rater.impact, rater.writes) == (5, True)
        assert allowance.writing(session, session.get_one(Account, ids["rater"]), LATER).may


def test_below_thirty_raters_the_machine_decides_nothing(database: Database) -> None:
    ids = community(database)
    with database.begin() as session:
        decided = session.get_one(Annotation, ids["both"])
        decided.status, decided.reason = Status.HELPFUL, "A moderator found it helpful."
        decided.revision += 1
    assert rank_now(database, LATER).moved == ()
    with database.read() as session:
        assert session.get_one(Annotation, ids["both"]).reason == "A moderator found it helpful."
        assert "A moderator decides" in session.get_one(Annotation, ids["nobody"]).reason


@pytest.mark.parametrize("days", [6, 13])
def test_new_accounts_do_not_count_and_many_of_them_freeze_everything(database: Database, days: int) -> None:
    ids = community(database)
    with database.begin() as session:
        for account in session.scalars(select(Account).where(Account.role == Role.VOLUNTEER)):
            account.created = NOW - timedelta(days=days)
    assert rank_now(database, LATER, SIDES).moved == ()
    with database.read() as session:
        assert session.get_one(Annotation, ids["both"]).status == Status.NEEDS_RATINGS
        assert "younger than 14 days" in session.get_one(Annotation, ids["both"]).reason


def test_what_a_person_decided_meanwhile_stands(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = community(database)
    rank = standing.rank

    def slow(*arguments: object) -> object:
        with database.begin() as session:
            both = session.get_one(Annotation, ids["both"])
            withdraw(session, both.author, both, None, LATER)
        return rank(*arguments)

    monkeypatch.setattr(standing, "rank", slow)
    assert ids["both"] not in rank_now(database, LATER, SIDES).moved
    with database.read() as session:
        both = session.get_one(Annotation, ids["both"])
        assert (both.status, both.reason) == (Status.WITHDRAWN, "Its author took it back.")


def test_what_is_hidden_or_held_stays_so(database: Database) -> None:
    ids = community(database)
    with database.begin() as session:
        both, nobody = (session.get_one(Annotation, ids[name]) for name in ("both", "nobody"))
        both.status, both.reason = Status.HIDDEN, "Spam."
        nobody.status, nobody.locked, nobody.reason = Status.PENDING, NOW, "A moderator looks at it."
    assert rank_now(database, LATER, SIDES).moved == ()
    with database.read() as session:
        assert session.get_one(Annotation, ids["both"]).reason == "Spam."
        assert session.get_one(Annotation, ids["nobody"]).reason == "A moderator looks at it."


def test_friends_whom_one_volunteer_brought_in_have_one_voice_until_a_moderator_vouches(
    database: Database,
) -> None:
    ids = community(database)
    with database.begin() as session:
        first = session.get_one(Account, ids["rater"])
        friends = [session.get_one(Account, first.id + number) for number in range(1, 6)]
        for friend in friends:
            friend.vouched_by_id = first.id
        moderator = session.scalars(select(Account.id).where(Account.role == Role.MODERATOR)).one()
    assert ids["both"] not in rank_now(database, LATER, SIDES).moved
    with database.begin() as session:
        both = session.get_one(Annotation, ids["both"])
        assert sorted(side["ratings"] for side in both.standing["sides"]) == [1, 6]
        session.get_one(Account, friends[0].id).vouched_by_id = moderator
    assert ids["both"] in rank_now(database, LATER, SIDES).moved


@pytest.mark.parametrize(
    ("vouchers", "volunteers", "first"),
    [
        ({1: None, 2: 1, 3: 1}, {2, 3}, [1, 2, 3]),  # a moderator let them in
        ({1: None, 2: 1, 3: 2, 4: 3, 5: 2}, {2, 3, 4, 5}, [1, 2, 2, 2, 2]),  # and 2 brought its friends
        ({1: None, 2: 1, 3: 2, 4: 1}, {2, 3, 4}, [1, 2, 2, 4]),
        ({5: 9, 9: 5, 7: 9}, {5, 7, 9}, [9, 9, 9]),  # nobody can come in so, but nothing may turn for ever
        ({}, set(), []),
    ],
)
def test_whom_volunteers_brought_in_is_of_the_line_of_who_came_first(
    vouchers: dict[int, int | None], volunteers: set[int], first: list[int]
) -> None:
    assert lines(vouchers, volunteers).tolist() == first


@pytest.mark.parametrize("is_vouched", [True, False])
def test_who_came_alone_and_was_not_vouched_for_counts_no_more_after_leaving(
    database: Database, is_vouched: bool
) -> None:
    with database.begin() as session:
        boss, one = person(session, Role.ADMINISTRATOR), person(session)
        one.vouched_by_id, one.subject = boss.id if is_vouched else None, "https://login.example one"
        one_id = one.id

    def counts() -> bool:
        with database.read() as session:
            raters = read(session, NOW).raters
            return bool(raters.vouched[raters.ids.tolist().index(one_id)])

    assert counts() == is_vouched
    with database.begin() as session:
        close(session, session.get_one(Account, one_id), NOW)
    assert counts() == is_vouched


def test_an_empty_store_is_ranked_too(database: Database) -> None:
    with database.read() as session:
        assert not is_due(session, NOW)
    assert rank_now(database, NOW).moved == ()


@pytest.mark.usefixtures("plans")
def test_it_is_due_after_a_rating_and_every_hour(database: Database) -> None:
    with database.begin() as session:
        one = written(session, person(session, writes=True))
        rater = person(session)
        rate(session, rater, one, Verdict.HELPFUL, [], NOW)
        assert is_due(session, NOW)
        read = NOW + timedelta(seconds=31)
        session.add(Switch(name="ranking", value={"mu": 0.0, "read": read.isoformat()}, changed=read))
    with database.read() as session:
        assert not is_due(session, read)
        assert not is_due(session, read + timedelta(minutes=59))
        assert is_due(session, read + timedelta(minutes=60))
    with database.begin() as session:
        rating = session.get_one(Rating, (one.id, rater.id))
        rating.changed = read - timedelta(seconds=20)  # committed while it was read
    with database.read() as session:
        assert is_due(session, read)


# --- Taken back ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("plans")
def test_a_rating_that_was_taken_back_makes_a_ranking_due(database: Database) -> None:
    read = NOW + timedelta(minutes=10)
    with database.begin() as session:
        one, rater = written(session, person(session, writes=True)), person(session)
        rate(session, rater, one, Verdict.HELPFUL, [], NOW)
        session.add(Switch(name="ranking", value={"mu": 0.0, "read": read.isoformat()}, changed=read))
    with database.begin() as session:
        assert not is_due(session, read)
        take_back(session, session.get_one(Account, rater.id), session.get_one(Annotation, one.id), read)
    with database.read() as session:
        assert session.get(Rating, (one.id, rater.id)) is None
        assert is_due(session, read)


def unrated(database: Database, id_: int, keep: int = 0) -> None:
    """Have all but ``keep`` of its raters take back their ratings."""
    with database.begin() as session:
        one = session.get_one(Annotation, id_)
        for rating in session.scalars(select(Rating).where(Rating.annotation_id == id_)).all()[keep:]:
            take_back(session, session.get_one(Account, rating.account_id), one, LATER)


def test_what_has_no_rating_any_more_needs_ratings_again(database: Database) -> None:
    ids = community(database)
    rank_now(database, LATER, SIDES)
    unrated(database, ids["both"])
    later = LATER + timedelta(minutes=1)
    ranked = rank_now(database, later, SIDES)
    assert ranked.moved == (ids["both"],)
    with database.read() as session:
        both = session.get_one(Annotation, ids["both"])
        assert (both.status, both.status_since, both.locked) == (Status.NEEDS_RATINGS, later, None)
        assert (both.reason, both.standing, both.intercept) == (recording.UNRATED, None, None)
        assert ranked.prefixes == {both.page.prefix}
        assert session.get_one(Rater, ids["rater"]).impact == 1, "foresaw only the other one now"
    assert rank_now(database, later + timedelta(minutes=1), SIDES).moved == ()


def test_the_last_rating_that_is_taken_back_is_noticed_even_where_there_is_no_other(
    database: Database,
) -> None:
    with database.begin() as session:
        one, rater = written(session, person(session, writes=True)), person(session)
        rate(session, rater, one, Verdict.HELPFUL, [], NOW)
    rank_now(database, LATER)
    unrated(database, one.id)
    with database.read() as session:
        assert is_due(session, LATER)
    rank_now(database, LATER)
    with database.read() as session:
        one = session.get_one(Annotation, one.id)
        assert (one.status, one.reason, one.standing) == (Status.NEEDS_RATINGS, recording.UNRATED, None)
        assert session.get_one(Rater, rater.id).ratings == 0


def test_what_is_locked_or_a_moderators_stays_without_ratings(database: Database) -> None:
    ids = community(database)
    rank_now(database, LATER, SIDES)
    unrated(database, ids["both"])
    assert rank_now(database, LATER).moved == (), "where moderators decide"
    with database.begin() as session:
        both = session.get_one(Annotation, ids["both"])
        both.locked = LATER
    assert rank_now(database, LATER, SIDES).moved == ()


# --- Withdrawn ----------------------------------------------------------------------------------


def fated(database: Database, is_ranked_first: bool, keep: int, name: str = "nobody") -> list[Rank]:
    """What the record of the author of two says of them, when one is withdrawn."""
    ids = community(database)
    unrated(database, ids[name], keep)
    if is_ranked_first:
        rank_now(database, LATER, SIDES)
    with database.begin() as session:
        one = session.get_one(Annotation, ids[name])
        withdraw(session, one.author, one, None, LATER)
    fates: list[Rank] = []

    def seen(ratings: Ratings, became: Became, place: Any) -> Earned:
        own = np.bincount(became.account)[became.account] == 2
        fates.extend(Rank(int(each)) for each in became.fate[own])
        return earned(ratings, became, place)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(standing, "earned", seen)
        rank_now(database, LATER + timedelta(minutes=1), SIDES)
    return fates


@pytest.mark.parametrize("is_ranked_first", [False, True])
def test_withdrawing_does_not_save_ones_record_from_what_raters_found(
    database: Database, is_ranked_first: bool
) -> None:
    assert fated(database, is_ranked_first, 12) == [Rank.HELPFUL, Rank.NOT_HELPFUL]


def test_withdrawing_what_was_found_helpful_keeps_it_in_ones_record(database: Database) -> None:
    assert fated(database, True, 12, "both") == [Rank.HELPFUL, Rank.NOT_HELPFUL]


def test_withdrawing_before_it_was_judged_counts_nothing(database: Database) -> None:
    assert fated(database, False, 3) == [Rank.HELPFUL, Rank.NEEDS_RATINGS]


def test_what_a_moderator_declined_stays_in_the_record_of_who_withdraws_it(database: Database) -> None:
    with database.begin() as session:
        author = person(session, Role.EDUCATOR)
        first, second = written(session, author), written(session, author)
        for one in (first, second):
            one.status = Status.NOT_HELPFUL
            one.revision += 1
            session.flush()
            withdraw(session, author, one, None, NOW)
        third = written(session, author)
        third.status, third.status_since = Status.NOT_HELPFUL, LATER
        third.revision += 1
        # Somebody who had earned writing before.
        rated = [written(session, person(session, Role.EDUCATOR)) for _ in range(5)]
        for one in rated:
            judged(session, one, [author], "h", NOW - timedelta(days=2))
            one.status, one.status_since = Status.SETTLED, NOW - timedelta(days=1)
            one.revision += 1
    rank_now(database, LATER)
    with database.read() as session:
        assert not session.get_one(Rater, author.id).writes


# --- The thread ---------------------------------------------------------------------------------


def ranker(database: Database, told: list[str], now: datetime = LATER, pause: float = 60.0) -> Ranker:
    def out_of_date(prefixes: Iterable[str]) -> None:
        told.extend(prefixes)

    return Ranker(database, lambda: now, out_of_date, journal("error", io.BytesIO()), pause)


def test_of_eight_processes_one_has_the_lease(database: Database) -> None:
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(lambda n: take_lease(database, f"p{n}", NOW), range(8)))
    assert sum(taken) == 1
    holder = f"p{taken.index(True)}"
    assert take_lease(database, holder, NOW)
    assert not take_lease(database, "another", NOW + LEASE - timedelta(seconds=1))
    later = NOW + LEASE + timedelta(seconds=1)
    assert take_lease(database, "another", later)
    end_lease(database, holder, NOW)  # which is not its any more
    assert not take_lease(database, holder, later)
    end_lease(database, "another", later)
    assert take_lease(database, holder, later)


def test_a_turn_ranks_what_is_due_and_tells_which_lookups_are_out_of_date(database: Database) -> None:
    told: list[str] = []
    assert ranker(database, told).turn() is None
    community(database)
    take_lease(database, "another", LATER)
    assert ranker(database, told).turn() is None
    end_lease(database, "another", LATER)
    ranked = ranker(database, told).turn()
    assert ranked is not None
    assert ranked.ranking.rule == Rule.QUEUE
    assert told == []


def rankers(database: Database) -> tuple[Ranker, Ranker]:
    """Two processes that find a ranking due whenever they look."""
    ticks = count()

    def clock() -> datetime:
        return NOW + timedelta(milliseconds=next(ticks))

    lines = journal("error", io.BytesIO())
    return Ranker(database, clock, lambda _: None, lines), Ranker(database, clock, lambda _: None, lines)


def test_whoever_ranked_last_has_the_next_turn_and_others_stand_back_once(database: Database) -> None:
    community(database)
    first, second = rankers(database)
    assert first.turn() is not None
    assert second.turn() is None, "it is the other's first"
    assert first.turn() is not None
    assert second.turn() is None, "it was taken meanwhile"
    assert second.turn() is not None, "nobody came for it"
    assert first.turn() is None, "it is the second's now"
    second.close()
    assert first.turn() is not None, "given up"


def test_nobody_takes_a_ranking_for_dead_that_takes_longer_than_its_lease(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    community(database)
    now = NOW
    monkeypatch.setattr(standing.recording, "MOVES", 1)
    monkeypatch.setattr(standing, "rank", lambda *a: rank(*a[:4], SIDES))
    first = Ranker(database, lambda: now, lambda _: slow(), journal("error", io.BytesIO()))
    taken = []

    def slow() -> None:
        nonlocal now
        now += LEASE * 0.6
        taken.append(take_lease(database, "another", now))

    assert first.turn() is not None
    assert taken == [False, False]
    assert now - NOW > LEASE


def test_a_turn_remembers_what_it_read_until_another_process_ranks(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    community(database)
    remembered: list[bool] = []
    rank_now = standing.rank_now

    def noticed(*arguments: Any, before: Known | None, **more: Any) -> Ranked:
        remembered.append(before is not None)
        return rank_now(*arguments, before=before, **more)

    monkeypatch.setattr(standing, "rank_now", noticed)
    first, second = rankers(database)
    for one in (first, first, second, second, first, first):
        one.turn()
    assert remembered == [False, True, False, False]


def test_while_ratings_are_stopped_nothing_is_ranked(database: Database) -> None:
    community(database)
    with database.begin() as session:
        value = {"stopped": ["ratings"], "reason": "A brigade.", "by": None}
        session.add(Switch(name="brake", value=value, changed=NOW))
    assert ranker(database, []).turn() is None


def test_the_thread_ranks_and_ends_when_it_is_told(database: Database) -> None:
    from services import eventually

    community(database)
    running = ranker(database, [], pause=0.01)
    running.attend()
    running.attend()

    def ranked() -> bool:
        with database.read() as session:
            return session.get(Switch, "ranking") is not None

    eventually(ranked, "the thread ranks")
    running.close()
    running.attend()  # closed is closed


def test_a_turn_that_fails_is_journalled_and_the_next_one_tries_again(database: Database) -> None:
    from services import eventually

    community(database)
    lines = io.BytesIO()
    failed = [False]

    def clock() -> datetime:
        if not failed[0]:
            failed[0] = True
            raise RuntimeError("no time")
        return LATER

    running = Ranker(database, clock, lambda _: None, journal("info", lines), 0.01)
    running.attend()
    eventually(lambda: b'"event":"ranked"' in lines.getvalue(), "the second turn ranks")
    running.close()
    assert b"ranking failed" in lines.getvalue()
