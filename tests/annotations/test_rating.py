"""Rating others' annotations, reporting them, appealing for one's own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from caveat.accounts.models import Account, Role, State
from caveat.accounts.refused import Refused
from caveat.annotations import complaints, lookup, queue, rules
from caveat.annotations.changing import draft_of, edit
from caveat.annotations.models import Annotation, Appeal, Rater, Rating, Report, Status, Switch, Verdict
from caveat.annotations.rating import rate, take_back
from caveat.database import Database

from .community import NOW, judged, person, written

HELPFUL, NOT = Verdict.HELPFUL, Verdict.NOT
LATER = NOW + timedelta(minutes=5)


@pytest.mark.usefixtures("plans")
def test_the_first_rating_makes_it_need_more(database: Database) -> None:
    with database.begin() as session:
        one = written(session, person(session, writes=True))
        rate(session, person(session), one, HELPFUL, ["clear"], NOW)
        assert (one.status, one.revision) == (Status.NEEDS_RATINGS, 2)
        rate(session, person(session), one, NOT, ["opinion"], NOW)
        assert (one.status, one.revision) == (Status.NEEDS_RATINGS, 2)


def test_eight_first_ratings_at_once_are_all_kept(database: Database) -> None:
    with database.begin() as session:
        one = written(session, person(session, writes=True))
        raters = [person(session).id for _ in range(8)]

    def act(rater: int) -> None:
        with database.begin() as session:
            it, by = session.get_one(Annotation, one.id), session.get_one(Account, rater)
            rate(session, by, it, HELPFUL, [], NOW)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(act, raters))
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Rating)) == 8
        assert session.get_one(Annotation, one.id).revision == 2


def test_eight_times_the_same_rating_at_once_is_one(database: Database) -> None:
    with database.begin() as session:
        one, rater = written(session, person(session, writes=True)), person(session)

    def act(_: int) -> None:
        with database.begin() as session:
            it, by = session.get_one(Annotation, one.id), session.get_one(Account, rater.id)
            rate(session, by, it, HELPFUL, [], NOW)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(act, range(8)))
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Rating)) == 1


def test_what_a_moderator_holds_is_not_moved_by_ratings(database: Database) -> None:
    with database.begin() as session:
        one = written(session, person(session, writes=True))
        one.locked = NOW
        session.flush()
        rate(session, person(session), one, HELPFUL, [], NOW)
        assert one.status == Status.PENDING


def test_a_change_of_mind_is_kept_and_the_same_again_changes_nothing(database: Database) -> None:
    with database.begin() as session:
        one, rater = written(session, person(session, writes=True)), person(session)
        rate(session, rater, one, HELPFUL, ["clear"], NOW)
        rate(session, rater, one, HELPFUL, ["clear"], LATER)
        assert session.get_one(Rating, (one.id, rater.id)).changed == NOW
        changed = rate(session, rater, one, NOT, ["opinion"], LATER)
        assert (changed.verdict, changed.reasons, changed.changed) == (NOT, ["opinion"], LATER)
        assert changed.created == NOW


def test_once_it_is_locked_a_mind_is_not_changed_any_more(database: Database) -> None:
    with database.begin() as session:
        one, rater, other = written(session, person(session, writes=True)), person(session), person(session)
        rate(session, rater, one, HELPFUL, [], NOW)
        one.status, one.locked = Status.HELPFUL, LATER
        session.flush()
        rate(session, rater, one, NOT, [], NOW)
        with pytest.raises(Refused) as caught:
            rate(session, rater, one, HELPFUL, [], LATER)
        assert caught.value.status == 409
        rate(session, rater, one, NOT, [], LATER)  # as it was
        rate(session, other, one, NOT, [], LATER)  # tells where they stand, and moves nothing


@pytest.mark.usefixtures("plans")
def test_a_rating_can_be_taken_back_once_or_twice(database: Database) -> None:
    with database.begin() as session:
        one, rater = written(session, person(session, writes=True)), person(session)
        take_back(session, rater, one, NOW)  # there is none yet
        assert one.rating_taken_back is None
        rate(session, rater, one, HELPFUL, [], NOW)
        revision = one.revision
        take_back(session, rater, one, LATER)
        take_back(session, rater, one, LATER)
        session.refresh(one)
        assert (one.rating_taken_back, one.revision) == (LATER, revision)
        assert lookup.these(session, [one.id], rater)[0].rating is None
        assert [seen.annotation.id for seen in queue.waiting(session, rater, LATER)] == [one.id]
        rate(session, rater, one, NOT, [], LATER)


def test_once_it_is_locked_or_over_no_rating_is_taken_back(database: Database) -> None:
    with database.begin() as session:
        one, rater, other = written(session, person(session, writes=True)), person(session), person(session)
        rate(session, rater, one, HELPFUL, [], NOW)
        one.status, one.locked = Status.HELPFUL, LATER
        session.flush()
        with pytest.raises(Refused, match="long enough ago"):
            take_back(session, rater, one, LATER)
        take_back(session, other, one, LATER)  # has none
        one.status = Status.SETTLED
        session.flush()
        with pytest.raises(Refused, match="It is settled"):
            take_back(session, rater, one, NOW)
        assert session.get(Rating, (one.id, rater.id)) is not None


def test_eight_who_take_back_one_rating_at_once_take_it_back(database: Database) -> None:
    with database.begin() as session:
        one, rater = written(session, person(session, writes=True)), person(session)
        rate(session, rater, one, HELPFUL, [], NOW)

    def act(_: int) -> None:
        with database.begin() as session:
            it, by = session.get_one(Annotation, one.id), session.get_one(Account, rater.id)
            take_back(session, by, it, LATER)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(act, range(8)))
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Rating)) == 0


def test_an_edit_makes_ratings_of_the_wording_before_count_no_more(database: Database) -> None:
    with database.begin() as session:
        author, rater = person(session, writes=True), person(session)
        one = written(session, author)
        rate(session, rater, one, HELPFUL, [], NOW)
        edit(session, author, one, replace(draft_of(one), body="Other."), 2, LATER)
        assert lookup.these(session, [one.id], rater)[0].rating is None
        assert [seen.annotation.id for seen in queue.waiting(session, rater, LATER)] == []
        rate(session, rater, one, HELPFUL, [], LATER)
        assert lookup.these(session, [one.id], rater)[0].rating is not None


@pytest.mark.parametrize("status", [Status.HIDDEN, Status.WITHDRAWN, Status.SETTLED])
def test_what_is_over_is_not_rated(database: Database, status: Status) -> None:
    with database.begin() as session:
        one = written(session, person(session, writes=True))
        one.status = status
        session.flush()
        with pytest.raises(Refused) as caught:
            rate(session, person(session), one, HELPFUL, [], NOW)
        assert caught.value.status == 409


def test_nobody_rates_their_own(database: Database) -> None:
    with database.begin() as session:
        author = person(session, Role.ADMINISTRATOR)
        with pytest.raises(Refused) as caught:
            rate(session, author, written(session, author), HELPFUL, [], NOW)
        assert caught.value.status == 403


@pytest.mark.parametrize(
    ("verdict", "reasons", "pointer"),
    [
        (HELPFUL, ["opinion"], "#/reasons/0"),
        (NOT, ["wrong-words", "clear"], "#/reasons/1"),
        (Verdict.SOMEWHAT, ["clear", "opinion", "nonsense"], "#/reasons/2"),
    ],
)
def test_reasons_go_with_their_verdict(
    database: Database, verdict: Verdict, reasons: list[str], pointer: str
) -> None:
    with database.begin() as session:
        one = written(session, person(session, writes=True))
        with pytest.raises(Refused) as caught:
            rate(session, person(session), one, verdict, reasons, NOW)
        assert (caught.value.status, caught.value.pointer) == (422, pointer)


def test_a_days_ratings_are_limited_and_more_so_for_the_new(database: Database) -> None:
    with database.begin() as session:
        author, rater = person(session, writes=True), person(session, days=2)
        for number in range(30):
            url = f"https://news.example/a-day/{number}-stories-of-today"
            moderator = author if number < 10 else person(session, Role.MODERATOR)
            rate(session, rater, written(session, moderator, url=url), HELPFUL, [], NOW)
        more = written(session, person(session, writes=True))
        with pytest.raises(Refused, match="30 ratings within a day") as caught:
            rate(session, rater, more, HELPFUL, [], NOW)
        assert caught.value.status == 429
        rate(session, rater, more, HELPFUL, [], NOW + timedelta(hours=25))


def test_the_brake_and_a_suspension_stop_ratings(database: Database) -> None:
    with database.begin() as session:
        one, rater = written(session, person(session, writes=True)), person(session)
        rater.state = State.SUSPENDED
        with pytest.raises(Refused, match="suspended"):
            rate(session, rater, one, HELPFUL, [], NOW)
        value = {"stopped": ["ratings"], "reason": "A brigade.", "by": None}
        session.add(Switch(name="brake", value=value, changed=NOW))
        with pytest.raises(Refused, match="A brigade") as caught:
            rate(session, person(session), one, HELPFUL, [], NOW)
        assert caught.value.status == 503


# --- The queue ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("plans")
def test_the_queue_has_what_one_neither_wrote_nor_rated(database: Database) -> None:
    with database.begin() as session:
        author, rater = person(session, writes=True), person(session, writes=True)
        own, rated, waits = written(session, rater), written(session, author), written(session, author)
        helpful = written(session, author)
        helpful.status = Status.HELPFUL
        rate(session, rater, rated, HELPFUL, [], NOW)
    with database.read() as session:
        rater = session.get_one(Account, rater.id)
        assert [seen.annotation.id for seen in queue.waiting(session, rater, NOW)] == [waits.id]
        assert own.id not in {seen.annotation.id for seen in queue.waiting(session, author, NOW)} - {own.id}


def test_the_queue_begins_with_what_ones_own_side_said_little_of(database: Database) -> None:
    with database.begin() as session:
        author, rater = person(session, writes=True), person(session)
        session.add(Rater(account_id=rater.id, side=1))
        heard, unheard = written(session, author), written(session, author)
        pleased = {"helpful": 4.0, "ratings": 5}
        nobody = {"helpful": 0.0, "ratings": 0}
        heard.standing = {"ratings": 10, "sides": [pleased, pleased]}
        unheard.standing = {"ratings": 5, "sides": [pleased, nobody]}
        session.flush()
        found = [seen.annotation.id for seen in queue.waiting(session, rater, NOW)]
        assert found == [unheard.id, heard.id]


# --- Reports and appeals ------------------------------------------------------------------------


@pytest.mark.usefixtures("plans")
def test_a_report_keeps_what_is_said_and_nothing_of_who_says_it(database: Database) -> None:
    with database.begin() as session:
        one = written(session, person(session, writes=True))
        for kind in rules.REPORTS:
            complaints.report(session, one, kind, "", NOW)
        kept = complaints.report(session, one, "spam", " An <b>advertisement</b>. ", NOW)
        assert kept.words == "An <b>advertisement</b>."
        assert {column.name for column in Report.__table__.columns}.isdisjoint({"account_id", "address"})


@pytest.mark.parametrize(
    ("kind", "words", "pointer"),
    [("dislike", "", "#/kind"), ("spam", "x" * 1_001, "#/words"), ("spam", "a\u202eb", "#/words")],
)
def test_a_report_that_is_wrong_is_refused(database: Database, kind: str, words: str, pointer: str) -> None:
    with database.begin() as session:
        one = written(session, person(session, writes=True))
        with pytest.raises(Refused) as caught:
            complaints.report(session, one, kind, words, NOW)
        assert caught.value.pointer == pointer


@pytest.mark.usefixtures("plans")
def test_an_author_appeals_once(database: Database) -> None:
    with database.begin() as session:
        author = person(session, writes=True)
        one = written(session, author)
        one.status = Status.HIDDEN
        session.flush()
        complaints.appeal(session, author, one, "It is about the figure.", NOW)
        complaints.appeal(session, author, one, "It is about the figure.", NOW)
        with pytest.raises(Refused) as caught:
            complaints.appeal(session, author, one, "And another thing.", NOW)
        assert caught.value.status == 409
        mine = Appeal.annotation_id == one.id
        assert session.scalar(select(func.count()).select_from(Appeal).where(mine)) == 1


def test_only_the_author_appeals_and_only_what_was_decided(database: Database) -> None:
    with database.begin() as session:
        author = person(session, writes=True)
        one = written(session, author)
        with pytest.raises(Refused) as caught:
            complaints.appeal(session, author, one, "Why?", NOW)
        assert caught.value.status == 409
        with pytest.raises(Refused) as caught:
            complaints.appeal(session, person(session), one, "Why?", NOW)
        assert caught.value.status == 403


def test_what_somebody_may_see_depends_on_who_they_are(database: Database) -> None:
    with database.begin() as session:
        author, reader, moderator = (
            person(session, writes=True),
            person(session),
            person(session, Role.MODERATOR),
        )
        one = written(session, author)
        expected = {
            Status.PENDING: (False, True, True, True),
            Status.NEEDS_RATINGS: (False, True, True, True),
            Status.HELPFUL: (True, True, True, True),
            Status.NOT_HELPFUL: (False, True, True, True),
            Status.HIDDEN: (False, False, True, True),
            Status.WITHDRAWN: (False, False, True, True),
            Status.SETTLED: (True, True, True, True),
        }
        for status, sees in expected.items():
            one.status = status
            session.flush()
            viewers = (None, reader, author, moderator)
            assert tuple(lookup.one(session, one.uuid, who) is not None for who in viewers) == sees, status


@pytest.mark.usefixtures("plans")
def test_all_of_a_pages_annotations_come_in_one_query(database: Database) -> None:
    from sqlalchemy import event

    with database.begin() as session:
        author = person(session, writes=True)
        shown = [written(session, author) for _ in range(8)]
        for one in shown:
            judged(session, one, [person(session)], "h")
            one.status = Status.HELPFUL
    asked: list[str] = []
    with database.read() as session:
        viewer = session.get_one(Account, author.id)
        event.listen(database.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
        for who in (None, viewer):
            asked.clear()
            found = lookup.of_pages(session, shown[0].page.prefix, who)
            assert len(found) == 8
            assert all(seen.annotation.author.alias and seen.annotation.page.title == "" for seen in found)
            assert [len(seen.annotation.sources) for seen in found] == [0] * 8
            # The brake's switch, the pages, and all of it.
            assert len([statement for statement in asked if "annotations" in statement]) == 1
            assert len(asked) <= 3
