"""Adding to what must not be annotated, and taking off it."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caveat.accounts.log import record
from caveat.accounts.models import Account, Entry, Role
from caveat.accounts.refused import Refused
from caveat.annotations import sparing
from caveat.annotations.models import Annotation, Status
from caveat.annotations.moderation import decide
from caveat.annotations.rulings import Decision, Ruling
from caveat.annotations.spared import refusal
from caveat.annotations.sparing import Done, listed, remove, search
from caveat.database import Database

from .desk_scene import NOW, URL, account, annotation, stored

ELSEWHERE = "https://www.blog.courier.example/story"


def scene(database: Database) -> tuple[Account, dict[str, Annotation]]:
    """A moderator, and some annotations by what is special about them."""
    with database.begin() as session:
        vera = account(session, "Vera")
        written = {
            "plain": annotation(session, vera),
            "elsewhere": annotation(session, vera, url=ELSEWHERE),
            "quoted": annotation(session, vera, Status.NOT_HELPFUL, exact="as ZOË MÜLLER's garden shows"),
            "named": annotation(session, vera, Status.PENDING, body="Zoe Muller did not say so."),
            "withdrawn": annotation(session, vera, Status.WITHDRAWN, body="Zoe Muller did not say so."),
        }
        return account(session, "Ines", Role.MODERATOR), written


def add(session: Session, by: Account, kind: str, what: str, reason: str, now: datetime) -> Done:
    """Both steps, at one moment."""
    return sparing.add(session, by, search(session, by, kind, what), reason, now)


def hidden(database: Database, written: dict[str, Annotation]) -> set[str]:
    return {name for name, one in written.items() if stored(database, one.uuid).status == Status.HIDDEN}


@pytest.mark.parametrize(
    ("kind", "what", "concerned"),
    [
        ("page", URL + "?utm_source=letter", {"plain", "quoted", "named"}),
        ("site", "courier.example", {"elsewhere"}),
        ("site", "https://courier.example/any/page", {"elsewhere"}),
        ("site", "ourier.example", set()),
        ("person", "Zoë Müller", {"quoted", "named"}),
        ("person", "Zoe Mull", set()),
    ],
)
def test_adding_hides_what_is_there_and_removing_restores_it(
    database: Database, kind: str, what: str, concerned: set[str]
) -> None:
    ines, written = scene(database)
    with database.begin() as session:
        done = add(session, ines, kind, what, "Asked for.", NOW)
    assert (hidden(database, written), done.annotations) == (concerned, len(concerned))
    with database.begin() as session:
        [entry] = listed(session)
        assert remove(session, ines, entry.kind, entry.key, NOW).annotations == len(concerned)
        assert listed(session) == []
    assert hidden(database, written) == set()
    assert stored(database, written["withdrawn"].uuid).status == Status.WITHDRAWN
    after = stored(database, written["quoted"].uuid)
    assert after.status == Status.NOT_HELPFUL


def test_what_is_hidden_would_be_refused_now(database: Database) -> None:
    ines, written = scene(database)
    with database.begin() as session:
        add(session, ines, "person", "Zoe Müller", "A private person.", NOW)
    with database.read() as session:
        for name, one in written.items():
            words = f"{one.exact} {one.body}"
            found = refusal(session, one.page.digest, "gazette.example", words)
            assert (found is not None) == (name in {"quoted", "named", "withdrawn"})


@pytest.mark.parametrize("kind", ["page", "site", "person"])
def test_what_was_written_edited_or_taken_back_while_it_was_looked_for_is_treated_as_it_is_then(
    database: Database, kind: str
) -> None:
    ines, written = scene(database)
    what = {"page": URL, "site": "gazette.example", "person": "Zoë Müller"}[kind]
    with database.read() as session:
        found = search(session, ines, kind, what)
    with database.begin() as session:
        vera = session.get_one(Account, written["plain"].account_id)
        later = annotation(session, vera, body="Zoe Muller was there.")
        record(session, NOW, vera, "submit", later)
        edited, gone = (session.get_one(Annotation, written[name].id) for name in ("plain", "named"))
        edited.body, edited.revision = "Zoe Muller, they say.", edited.revision + 1
        record(session, NOW, vera, "edit", edited)
        gone.status, gone.revision = Status.WITHDRAWN, gone.revision + 1
    with database.begin() as session:
        assert sparing.add(session, ines, found, "Asked for.", NOW).annotations == 3
    assert hidden(database, {**written, "later": later}) == {"later", "plain", "quoted"}


def test_looking_for_them_writes_nothing_and_keeps_no_writer_waiting(database: Database) -> None:
    ines, written = scene(database)
    with database.begin() as session, database.read() as looking:
        session.get_one(Annotation, written["plain"].id).body = "Changed."
        session.flush()
        assert search(looking, ines, "person", "Zoe Muller").annotations


def test_what_somebody_decided_since_stays_hidden_when_the_entry_goes(database: Database) -> None:
    ines, written = scene(database)
    with database.begin() as session:
        done = add(session, ines, "person", "Zoe Muller", "Asked for.", NOW)
        for ruling in (Ruling(Decision.RESTORE), Ruling(Decision.HIDE, "abuse")):
            revision = session.get_one(Annotation, written["named"].id).revision
            decide(session, ines, written["named"].uuid, revision, ruling, NOW)
    with database.begin() as session:
        assert remove(session, ines, "person", done.spared.key, NOW).annotations == 1
    assert hidden(database, written) == {"named"}


def test_the_log_never_holds_the_name_of_a_person(database: Database) -> None:
    ines, _ = scene(database)
    with database.begin() as session:
        key = add(session, ines, "person", "Zoe Muller", "Zoe Muller asked for it.", NOW).spared.key
        remove(session, ines, "person", key, NOW)
    with database.read() as session:
        entries = session.scalars(select(Entry)).all()
    assert [entry.action for entry in entries] == ["hide", "hide", "spare", "restore", "restore", "unspare"]
    told = " ".join(f"{entry.subject} {entry.reason} {entry.details}" for entry in entries).lower()
    assert "muller" not in told


@pytest.mark.parametrize(
    ("kind", "what", "reason", "pointer"),
    [
        ("page", "ftp://example.org", "Why.", "#/what"),
        ("page", "https://", "Why.", "#/what"),
        ("site", "localhost", "Why.", "#/what"),
        ("person", "Smith", "Why.", "#/what"),
        ("person", " ", "Why.", "#/what"),
        ("person", "x " * 200, "Why.", "#/what"),
        ("animal", "A bear", "Why.", "#/kind"),
        ("person", "Zoe Muller", "", "#/words"),
    ],
)
def test_what_cannot_be_spared_is_refused_by_field(
    database: Database, kind: str, what: str, reason: str, pointer: str
) -> None:
    with database.begin() as session:
        ines = account(session, "Ines", Role.MODERATOR)
        with pytest.raises(Refused) as refused:
            add(session, ines, kind, what, reason, NOW)
    assert (refused.value.status, refused.value.pointer) == (422, pointer)


def test_twice_is_refused_and_so_is_removing_what_is_not_there(database: Database) -> None:
    with database.begin() as session:
        ines = account(session, "Ines", Role.MODERATOR)
        add(session, ines, "site", "example.org", "Asked for.", NOW)
        with pytest.raises(Refused, match="already"):
            add(session, ines, "site", "www.example.org", "Asked for.", NOW)
        with pytest.raises(Refused, match="not on the list"):
            remove(session, ines, "site", "example.net", NOW)


def test_a_volunteer_can_do_neither(database: Database) -> None:
    with database.begin() as session:
        vera = account(session, "Vera")
        with pytest.raises(Refused, match="for moderators"):
            add(session, vera, "site", "example.org", "Asked for.", NOW)
        with pytest.raises(Refused, match="for moderators"):
            remove(session, vera, "site", "example.org", NOW)


def test_only_an_administrator_hides_more_than_so_many_by_one_entry(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sparing, "MOST_HIDDEN", 2)
    ines, written = scene(database)
    with pytest.raises(Refused, match="hide 3 annotations"), database.begin() as session:
        add(session, ines, "site", "gazette.example", "Asked for.", NOW)
    assert hidden(database, written) == set()
    with database.begin() as session:
        root = account(session, "Root", Role.ADMINISTRATOR)
        assert add(session, root, "site", "gazette.example", "Asked for.", NOW).annotations == 3
