"""Submitting, changing and taking back annotations."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from caveat.accounts import log
from caveat.accounts.models import Account, Role, State
from caveat.accounts.refused import Refused
from caveat.annotations import allowance, drafts
from caveat.annotations.changing import draft_of, edit, settle, withdraw
from caveat.annotations.complaints import report
from caveat.annotations.drafts import Cited, Draft
from caveat.annotations.models import Annotation, Page, Spared, Status, Switch, Verdict, Wording
from caveat.annotations.rating import rate
from caveat.annotations.submission import Similar, submit
from caveat.database import Database

from .community import NOW, URL, draft, person, written

SOURCE = Cited("https://statistics.example/traffic/2025", "Traffic in 2025")


def refused(database: Database, draft: Draft, **who: Any) -> Refused:
    """Why a draft was not taken."""
    with pytest.raises(Refused) as caught, database.begin() as session:
        submit(session, person(session, writes=True, **who), draft, NOW)
    return caught.value


# --- What may be said ---------------------------------------------------------------------------

WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({"body": ""}, "#/body"),
    "spaces": ({"body": " \n\t "}, "#/body"),
    "too much": ({"body": "x" * 1_001}, "#/body"),
    "what nobody sees": ({"body": "a\x00b"}, "#/body"),
    "an escape of a terminal": ({"body": "a\x1b[31mb"}, "#/body"),
    "letters turned around": ({"body": "pay\u202egnp.exe"}, "#/body"),
    "an isolate": ({"body": "a\u2066b"}, "#/body"),
    "a signal that is none": ({"signal": "liar"}, "#/signal"),
    "a language that is none": ({"language": "en us"}, "#/language"),
    "no words": ({"exact": " "}, "#/target/exact"),
    "a whole page": ({"exact": "x" * 1_001}, "#/target/exact"),
    "words with a null": ({"exact": "a\x00b"}, "#/target/exact"),
    "words turned around": ({"exact": "a\u202eb"}, "#/target/exact"),
    "too much around them": ({"prefix": "x" * 65}, "#/target/prefix"),
    "a place before the page": ({"start": -1}, "#/target/start"),
    "a script for a page": ({"url": "javascript:alert(1)"}, "#/page/url"),
    "a file": ({"url": "file:///etc/passwd"}, "#/page/url"),
    "an address that is too long": ({"url": "https://news.example/" + "x" * 5_000}, "#/page/url"),
    "a script for a source": ({"sources": (Cited("javascript:alert(1)"),)}, "#/sources/0/url"),
    "a disguised script": ({"sources": (Cited("java\tscript:alert(1)"),)}, "#/sources/0/url"),
    "data for a source": ({"sources": (SOURCE, Cited("data:text/html,<script>"))}, "#/sources/1/url"),
    "a name before a host": ({"sources": (Cited("https://bank.example@evil.example/"),)}, "#/sources/0/url"),
    "the page itself": ({"sources": (Cited(URL + "?utm_source=x"),)}, "#/sources/0/url"),
    "a source turned around": ({"sources": (Cited("https://a.example/\u202e"),)}, "#/sources/0/url"),
    "six sources": ({"sources": tuple(Cited(f"https://a{n}.example/") for n in range(6))}, "#/sources"),
    "no source for a fact": ({"signal": "outdated"}, "#/sources"),
    "a client's name with a space": ({"client_id": "a b"}, "#/client_id"),
    "a client's name that is too long": ({"client_id": "x" * 65}, "#/client_id"),
}


@pytest.fixture(scope="module")
def scratch() -> Any:
    """A store for rules that have nothing to do with which database it is."""
    from caveat.database import open_database, schema

    opened = open_database("sqlite://")
    schema.upgrade(opened)
    yield opened
    opened.close()


@pytest.mark.parametrize(("changes", "pointer"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named(scratch: Database, changes: dict[str, Any], pointer: str) -> None:
    error = refused(scratch, draft(**changes))
    assert (error.status, error.pointer) == (422, pointer)
    for value in changes.values():
        assert str(value) not in error.detail or len(str(value)) < 4


RIGHT: dict[str, dict[str, Any]] = {
    "markup, which is text": {"body": "<script>alert(1)</script> & <b>"},
    "a thousand characters": {"body": "é" * 1_000},
    "two paragraphs": {"body": "One.\n\nTwo."},
    "Hebrew": {"body": "המועצה ספרה חצי מזה ב-2025."},
    "a fact with its source": {"signal": "missing-context", "sources": (SOURCE,)},
    "five sources": {"sources": tuple(Cited(f"https://a{n}.example/") for n in range(5))},
    "a signal of a detector": {"signal": "vague-source"},
}


@pytest.mark.parametrize("changes", RIGHT.values(), ids=RIGHT)
def test_what_is_right_is_kept_as_it_is(scratch: Database, changes: dict[str, Any]) -> None:
    with scratch.begin() as session:
        kept = written(session, person(session, writes=True), **changes)
        assert kept.body == changes.get("body", kept.body)
        assert [Cited(s.url, s.title) for s in kept.sources] == list(changes.get("sources", ()))
        assert (kept.status, kept.revision) == (Status.PENDING, 1)


def test_line_ends_and_margins_are_put_right(scratch: Database) -> None:
    with scratch.begin() as session:
        kept = written(session, person(session, writes=True), body="  One.\r\nTwo.\rThree.\n\n\n\nFour. ")
        assert kept.body == "One.\nTwo.\nThree.\n\nFour."


def test_a_source_that_is_named_twice_is_kept_once(scratch: Database) -> None:
    again = Cited(SOURCE.url + "?utm_medium=mail", "Again")
    with scratch.begin() as session:
        kept = written(session, person(session, writes=True), sources=(SOURCE, again))
        assert [source.title for source in kept.sources] == ["Traffic in 2025"]


@pytest.mark.parametrize(
    ("came", "kept"),
    [
        ("https://news.example/a?utm_source=mail&id=7#top", "https://news.example/a?id=7"),
        ("http://www.news.example/b", "http://www.news.example/b"),
        ("https://alice:secret@news.example/c", "https://alice@news.example/c"),
        ("https://m.news.example/d", "https://news.example/d"),
    ],
)
def test_of_the_address_only_the_page_is_kept(scratch: Database, came: str, kept: str) -> None:
    with scratch.begin() as session:
        page = written(session, person(session, writes=True), url=came).page
        assert page.url == kept
        assert page.prefix == page.digest[:5]


def test_one_page_at_two_addresses_is_one_page(database: Database) -> None:
    with database.begin() as session:
        author = person(session, writes=True)
        first = written(session, author)
        second = written(session, author, url="http://m.news.example/2026/05/bridge-reopens/?fbclid=x#a")
        assert first.page_id == second.page_id


@given(st.text(max_size=200))
def test_what_was_put_right_once_is_right_and_hides_nothing(text: str) -> None:
    try:
        kept = drafts.plain(text, 200, "#/body")
    except Refused:
        return
    assert drafts.plain(kept, 200, "#/body") == kept
    assert kept.split() == text.split()
    assert all(unicodedata.category(letter) != "Cc" or letter in "\n\t" for letter in kept)


# --- Once ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("plans")
def test_the_same_submission_twice_is_one_annotation(database: Database) -> None:
    once = draft()
    with database.begin() as session:
        author = person(session, writes=True)
        first = submit(session, author, once, NOW)
    with database.begin() as session:
        second = submit(session, session.get_one(Account, author.id), once, NOW)
        assert (first.is_new, second.is_new) == (True, False)
        assert second.annotation.id == first.annotation.id


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """What eight threads get that start together."""
    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(act, range(8)))


def test_eight_at_once_with_one_name_are_one_annotation(database: Database) -> None:
    with database.begin() as session:
        author = person(session, writes=True)
    once = draft()

    def act(_: int) -> tuple[int, bool]:
        with database.begin() as session:
            submitted = submit(session, session.get_one(Account, author.id), once, NOW)
            found = submitted.annotation.id, submitted.is_new
        return found

    results = at_once(act)
    assert len({id_ for id_, _ in results}) == 1
    assert sum(is_new for _, is_new in results) == 1
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Annotation)) == 1


def test_eight_authors_at_once_on_a_new_page_make_one_page_and_find_each_other(database: Database) -> None:
    with database.begin() as session:
        authors = [person(session, writes=True).id for _ in range(8)]

    def act(at: int) -> bool:
        try:
            with database.begin() as session:
                submit(session, session.get_one(Account, authors[at]), draft(exact="The same words"), NOW)
        except Similar:
            return False
        return True

    assert sum(at_once(act)) == 1
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Page)) == 1


def test_eight_at_once_do_not_get_past_a_days_limit(database: Database) -> None:
    with database.begin() as session:
        author = person(session, writes=True, days=1)

    def act(_: int) -> int:
        try:
            with database.begin() as session:
                submit(session, session.get_one(Account, author.id), draft(), NOW)
        except Refused as error:
            return error.status
        return 201

    assert sorted(at_once(act)) == [201] * 3 + [429] * 5


# --- What others said already -------------------------------------------------------------------

WORDS = "The bridge carried 9,000 cars a day before it was closed"
ALIKE: dict[str, tuple[dict[str, Any], bool]] = {
    "the same words": ({}, True),
    "in other capitals and spaces": ({"exact": WORDS.upper().replace(" ", "  ")}, True),
    "a part of them": ({"exact": "9,000 cars a day"}, True),
    "more than them": ({"exact": f"Before: {WORDS}, the council said"}, True),
    "most of them, further on": ({"exact": WORDS[10:] + " for repairs.", "start": 110}, True),
    "the last of them": ({"exact": WORDS[45:] + " and then opened again for good", "start": 145}, False),
    "other words": ({"exact": "It reopens in May", "start": 400}, False),
    "another signal": ({"signal": "undated"}, False),
    "another page": ({"url": "https://news.example/2026/05/other-story-of-today"}, False),
}


@pytest.mark.parametrize(("changes", "is_alike"), ALIKE.values(), ids=ALIKE)
def test_who_says_it_again_is_offered_what_is_there(
    scratch: Database, changes: dict[str, Any], is_alike: bool
) -> None:
    given = {"exact": WORDS, "start": 100, "url": f"{URL}?case={abs(hash(str(changes)))}"}
    with scratch.begin() as session:
        first = written(session, person(session, writes=True), **given)
    if not is_alike:
        with scratch.begin() as session:
            written(session, person(session, writes=True), **given | changes)
        return
    error = refused(scratch, draft(**given | changes))
    assert isinstance(error, Similar)
    assert (error.status, len(error.similar)) == (409, 1)
    with scratch.begin() as session:
        other = written(session, person(session, writes=True), **given | changes, anyway=True)
        assert other.id != first.id


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.HIDDEN, Status.NOT_HELPFUL, Status.SETTLED])
def test_what_is_no_more_stands_in_nobodys_way(scratch: Database, status: Status) -> None:
    given = {"exact": WORDS, "url": f"{URL}/{status}-as-it-was-then"}
    with scratch.begin() as session:
        written(session, person(session, writes=True), **given).status = status
    with scratch.begin() as session:
        written(session, person(session, writes=True), **given)


# --- Who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "writes", "may"),
    [
        (Role.VOLUNTEER, False, False),
        (Role.VOLUNTEER, True, True),
        (Role.EDUCATOR, False, True),
        (Role.MODERATOR, False, True),
        (Role.ADMINISTRATOR, False, True),
    ],
)
def test_writing_is_earned_or_comes_with_a_role(
    scratch: Database, role: Role, writes: bool, may: bool
) -> None:
    with scratch.begin() as session:
        account = person(session, role, writes=writes)
        allowed = allowance.writing(session, account, NOW)
        assert allowed.may == may
        if not may:
            with pytest.raises(Refused, match="5 more of your ratings") as caught:
                submit(session, account, draft(), NOW)
            assert caught.value.status == 403


def test_who_is_suspended_neither_writes_nor_takes_back(scratch: Database) -> None:
    with scratch.begin() as session:
        author = person(session, writes=True)
        own = written(session, author)
        author.state = State.SUSPENDED
        for act in (
            lambda: submit(session, author, draft(), NOW),
            lambda: edit(session, author, own, draft_of(own), 1, NOW),
            lambda: withdraw(session, author, own, 1, NOW),
        ):
            with pytest.raises(Refused, match="suspended") as caught:
                act()
            assert caught.value.status == 403


def test_while_the_brake_is_on_nothing_is_taken_and_the_reason_is_said(scratch: Database) -> None:
    value = {"stopped": ["submissions"], "reason": "Somebody floods us.", "by": None}
    with scratch.begin() as session:
        switch = session.merge(Switch(name="brake", value=value, changed=NOW))
        author = person(session, writes=True)
        with pytest.raises(Refused, match="Somebody floods us") as caught:
            submit(session, author, draft(), NOW)
        assert caught.value.status == 503
        session.delete(switch)


@pytest.mark.parametrize(("days", "most"), [(60, 10), (13, 3)])
def test_a_day_has_room_for_so_many(scratch: Database, days: int, most: int) -> None:
    with scratch.begin() as session:
        author = person(session, writes=True, days=days)
        for number in range(most):
            written(session, author, url=f"https://news.example/{days}/story-{number}-of-the-day")
        with pytest.raises(Refused, match=f"{most} annotations within a day") as caught:
            submit(session, author, draft(), NOW + timedelta(hours=23))
        assert caught.value.status == 429
        written(session, author, NOW + timedelta(hours=25))


def test_a_page_has_room_for_so_many_a_day(scratch: Database) -> None:
    url = "https://news.example/a-page-that-everybody-writes-of"
    with scratch.begin() as session:
        for _ in range(10):
            author = person(session, writes=True)
            for _ in range(3):
                written(session, author, url=url)
        with pytest.raises(Refused, match="30 annotations were written about this page") as caught:
            submit(session, person(session, writes=True), draft(url=url), NOW)
        assert caught.value.status == 429


@pytest.mark.parametrize(
    ("kind", "key", "changes"),
    [
        ("site", "example.net", {"url": "https://blog.example.net/a-private-diary-of-mine"}),
        ("person", "jo bloggs", {"exact": "Jo  Bloggs said so", "url": f"{URL}/1-2-3-jo"}),
        ("person", "jo bloggs", {"body": "This is about JO BLOGGS.", "url": f"{URL}/1-2-3-bo"}),
    ],
)
def test_what_is_spared_is_refused_with_its_reason(
    scratch: Database, kind: str, key: str, changes: dict[str, Any]
) -> None:
    with scratch.begin() as session:
        session.merge(Spared(kind=kind, key=key, shown=key, reason="A private matter.", created=NOW))
    error = refused(scratch, draft(**changes))
    assert error.status == 403
    assert error.detail.endswith("A private matter.")


# --- Afterwards ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("plans")
def test_an_edit_keeps_the_wording_before(database: Database) -> None:
    with database.begin() as session:
        author = person(session, writes=True)
        own = written(session, author, sources=(SOURCE, Cited("https://a.example/b")))
    later = NOW + timedelta(minutes=59)
    with database.begin() as session:
        own = session.get_one(Annotation, own.id)
        new = replace(draft_of(own), body="Better.", sources=(Cited("https://b.example/c", "C"), SOURCE))
        edit(session, session.get_one(Account, author.id), own, new, 1, later)
    with database.read() as session:
        own = session.get_one(Annotation, own.id)
        assert (own.body, own.revision, own.edited) == ("Better.", 2, later)
        assert [source.title for source in own.sources] == ["C", "Traffic in 2025"]
        old = session.get_one(Wording, (own.id, 1))
        assert old.body == "The council counted half as many in 2025."
        assert [source["url"] for source in old.sources] == [SOURCE.url, "https://a.example/b"]
        lines = log.history(session, own)
        assert [line.action for line in lines] == ["submit", "edit"]
        assert "Better" not in str([line.details for line in lines])


def test_an_edit_that_changes_nothing_is_none(scratch: Database) -> None:
    with scratch.begin() as session:
        author = person(session, writes=True)
        own = written(session, author, sources=(SOURCE,))
        edit(session, author, own, draft_of(own), 1, NOW)
        assert (own.revision, own.edited) == (1, None)


@pytest.mark.parametrize(
    ("status", "minutes", "changes", "revision", "expected"),
    [
        (Status.PENDING, 61, {"body": "New."}, 1, 409),
        (Status.HELPFUL, 5, {"body": "New."}, 1, 409),
        (Status.HIDDEN, 5, {"body": "New."}, 1, 409),
        (Status.PENDING, 5, {"body": "New."}, 2, 412),
        (Status.PENDING, 5, {"body": ""}, 1, 422),
        (Status.PENDING, 61, {"exact": "Other words"}, 1, 409),
        (Status.HELPFUL, 5, {"url": "https://news.example/another-page-of-today"}, 1, 409),
        (Status.PENDING, 5, {"url": "javascript:alert(1)"}, 1, 422),
    ],
)
def test_an_edit_that_comes_too_late_or_asks_too_much_is_refused(
    scratch: Database, status: Status, minutes: int, changes: dict[str, Any], revision: int, expected: int
) -> None:
    with scratch.begin() as session:
        author = person(session, writes=True)
        own = written(session, author)
        own.status = status
        session.flush()
        later = NOW + timedelta(minutes=minutes)
        with pytest.raises(Refused) as caught:
            edit(session, author, own, replace(draft_of(own), **changes), revision, later)
        assert caught.value.status == expected


ELSEWHERE = "https://news.example/another-page-of-today"


@pytest.mark.usefixtures("plans")
@pytest.mark.parametrize(
    "changes", [{"exact": "Other words"}, {"start": 7}, {"prefix": "and "}, {"url": ELSEWHERE}]
)
def test_until_somebody_judges_it_an_annotation_can_go_to_other_words(
    database: Database, changes: dict[str, Any]
) -> None:
    with database.begin() as session:
        author = person(session, writes=True)
        own = written(session, author)
        new = replace(draft_of(own), **changes)
        edit(session, author, own, new, 1, NOW)
    with database.read() as session:
        own = session.get_one(Annotation, own.id)
        assert draft_of(own) == new
        assert (own.quote_digest, own.revision, own.edited) == (new.quote_digest, 2, NOW)
        assert [line.action for line in log.history(session, own)] == ["submit", "move"]


@pytest.mark.usefixtures("plans")
@pytest.mark.parametrize("said", ["rating", "report"])
def test_what_was_said_of_it_on_its_words_is_not_taken_elsewhere(database: Database, said: str) -> None:
    with database.begin() as session:
        author, other = person(session, writes=True), person(session)
        own = written(session, author)
        if said == "rating":
            rate(session, other, own, Verdict.HELPFUL, [], NOW)
        else:
            report(session, own, "spam", "", NOW)
        with pytest.raises(Refused, match="stays with them") as caught:
            edit(session, author, own, replace(draft_of(own), url=ELSEWHERE), None, NOW)
        assert (caught.value.status, caught.value.pointer) == (409, "#/target")
        edit(session, author, own, replace(draft_of(own), body="Better."), None, NOW)


def test_what_is_spared_is_not_annotated_by_a_move_either(scratch: Database) -> None:
    with scratch.begin() as session:
        author = person(session, writes=True)
        own = written(session, author)
        session.add(Spared(kind="site", key="spared.example", shown="x", reason="A diary.", created=NOW))
        session.flush()
        with pytest.raises(Refused, match="A diary") as caught:
            edit(session, author, own, replace(draft_of(own), url="https://spared.example/1"), 1, NOW)
        assert caught.value.status == 403


# The revisions of an annotation that was rated first, then edited, then moved on by a ranking.
@pytest.mark.usefixtures("plans")
@pytest.mark.parametrize(("seen", "is_of_it"), [(1, False), (2, False), (3, True), (4, True), (5, False)])
def test_who_saw_the_wording_may_change_it_wherever_it_stands_now(
    database: Database, seen: int, is_of_it: bool
) -> None:
    with database.begin() as session:
        author = person(session, writes=True)
        own = written(session, author)
        rate(session, person(session), own, Verdict.HELPFUL, [], NOW)
        edit(session, author, own, replace(draft_of(own), body="Better."), 1, NOW)
        own.status, own.revision = Status.HELPFUL, 4
        session.flush()
        if is_of_it:
            withdraw(session, author, own, seen, NOW)
            assert (own.status, own.stood, own.revision) == (Status.WITHDRAWN, Status.HELPFUL, 5)
        else:
            with pytest.raises(Refused, match="Look at it again") as caught:
                withdraw(session, author, own, seen, NOW)
            assert caught.value.status == 412


def test_a_ranking_that_comes_first_is_no_conflict(database: Database) -> None:
    with database.begin() as session:
        author = person(session, writes=True)
        own = written(session, author)
    with database.begin() as session:
        mine = session.get_one(Annotation, own.id)
        if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time
            with database.begin() as other:
                it = other.get_one(Annotation, own.id)
                it.status, it.revision = Status.HELPFUL, 2
        withdraw(session, session.get_one(Account, author.id), mine, 1, NOW)
        assert mine.status == Status.WITHDRAWN


def test_only_its_author_edits_and_withdraws(scratch: Database) -> None:
    with scratch.begin() as session:
        own = written(session, person(session, writes=True))
        for other in (person(session, writes=True), person(session, Role.MODERATOR)):
            for act in (
                lambda by=other: edit(session, by, own, draft_of(own), 1, NOW),
                lambda by=other: withdraw(session, by, own, 1, NOW),
            ):
                with pytest.raises(Refused) as caught:
                    act()
                assert caught.value.status == 403


def test_of_eight_edits_at_once_one_wins_and_the_others_are_told(database: Database) -> None:
    with database.begin() as session:
        author = person(session, writes=True)
        own = written(session, author)

    def act(at: int) -> int:
        try:
            with database.begin() as session:
                mine = session.get_one(Annotation, own.id)
                new = replace(draft_of(mine), body=f"Wording {at}.")
                edit(session, session.get_one(Account, author.id), mine, new, 1, NOW)
        except Refused as error:
            return error.status
        return 200

    assert sorted(at_once(act)) == [200] + [412] * 7
    with database.read() as session:
        assert session.get_one(Annotation, own.id).revision == 2


@pytest.mark.usefixtures("plans")
def test_what_was_withdrawn_stays_so_and_asking_twice_is_no_error(database: Database) -> None:
    with database.begin() as session:
        author = person(session, writes=True)
        own = written(session, author)
        withdraw(session, author, own, 1, NOW)
        withdraw(session, author, own, 1, NOW)
        assert (own.status, own.revision) == (Status.WITHDRAWN, 2)
        assert [line.action for line in log.history(session, own)] == ["submit", "withdraw"]


def test_what_a_moderator_hid_is_not_withdrawn(scratch: Database) -> None:
    with scratch.begin() as session:
        author = person(session, writes=True)
        own = written(session, author)
        own.status = Status.HIDDEN
        session.flush()
        with pytest.raises(Refused, match="appeal") as caught:
            withdraw(session, author, own, None, NOW)
        assert caught.value.status == 409


@pytest.mark.parametrize("role", [None, Role.MODERATOR, Role.ADMINISTRATOR])
def test_what_is_shown_is_settled_by_its_author_or_a_moderator(scratch: Database, role: Role | None) -> None:
    with scratch.begin() as session:
        author = person(session, writes=True)
        own = written(session, author)
        own.status = Status.HELPFUL
        session.flush()
        by = author if role is None else person(session, role)
        settle(session, by, own, " It now says 4,500. ", 1, NOW)
        settle(session, by, own, "It now says 4,500.", 1, NOW)
        assert (own.status, own.correction, own.revision) == (Status.SETTLED, "It now says 4,500.", 2)


def test_settling_is_no_way_around_the_raters(scratch: Database) -> None:
    with scratch.begin() as session:
        author = person(session, writes=True)
        own = written(session, author)
        with pytest.raises(Refused) as caught:
            settle(session, author, own, "It now says 4,500.", 1, NOW)
        assert (caught.value.status, own.status) == (409, Status.PENDING)
        with pytest.raises(Refused) as caught:
            settle(session, person(session, writes=True), own, "No.", 1, NOW)
        assert caught.value.status == 403
