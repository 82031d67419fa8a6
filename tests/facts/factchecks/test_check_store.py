"""The store of checks: ids that stay, tombstones, generations, and readers beside a writer."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caveat.facts.factchecks import FactCheck, Store, StoreFault

LAKE = FactCheck(
    url="https://checks.example/lake",
    claim="The lake of Harrow lost half of its water in 2023.",
    publisher="Harrow Checks",
    publisher_site="checks.example",
    published="2024-02-03",
    rating="Half of it",
    appearances=("https://news.example/a", "https://news.example/b"),
)
BRIDGE = replace(LAKE, url="https://checks.example/bridge", claim="The bridge cost nine million.")


def test_a_store_that_nobody_made_is_empty_and_is_not_made_by_looking(store: Store) -> None:
    assert (store.count(), store.generation, list(store.after()), store.get([1])) == (0, 0, [], {})
    assert store.remove(LAKE.url) == 0
    assert not store.path.parent.exists()


def test_what_is_kept_comes_back_as_it_was(store: Store) -> None:
    assert store.keep([LAKE, BRIDGE]).new == 2
    assert list(store.after()) == [(1, LAKE), (2, BRIDGE)]
    assert list(store.after(1)) == [(2, BRIDGE)]
    assert store.get([2, 77]) == {2: BRIDGE}


def test_the_same_again_changes_nothing(store: Store) -> None:
    store.keep([LAKE])
    before = store.generation
    assert store.keep([LAKE]).same == 1
    assert store.generation == before


@pytest.mark.parametrize(
    "again",
    [
        replace(LAKE, url="http://www.checks.example/lake/?utm_source=feed#top"),
        replace(LAKE, claim="the lake of Harrow  lost half of its water in 2023"),
    ],
    ids=["by another way to the page", "with another full stop"],
)
def test_a_check_is_known_by_its_page_and_its_claim(store: Store, again: FactCheck) -> None:
    store.keep([LAKE])
    assert store.keep([again]).replaced == 1
    assert list(store.after()) == [(1, again)]


@pytest.mark.parametrize(
    "other", [replace(LAKE, url="https://checks.example/lake?id=2"), replace(LAKE, claim=BRIDGE.claim)]
)
def test_another_page_or_another_claim_is_another_check(store: Store, other: FactCheck) -> None:
    store.keep([LAKE])
    assert store.keep([other]).new == 1


def test_a_newer_version_takes_the_place_of_the_older_one_and_keeps_its_id(store: Store) -> None:
    store.keep([LAKE, BRIDGE])
    newer = replace(LAKE, rating="A third of it", modified="2024-05-06")
    assert store.keep([newer]).replaced == 1
    assert store.get([1]) == {1: newer}
    assert store.keep([LAKE]).older == 1
    assert store.get([1]) == {1: newer}


def test_what_a_person_removed_stays_away_until_it_is_taken_back(store: Store) -> None:
    store.keep([LAKE, BRIDGE])
    assert store.remove(LAKE.url) == 1
    assert store.keep([LAKE]).removed == 1
    assert store.keep([replace(LAKE, rating="Other words")]).removed == 1
    assert list(store.after()) == [(2, BRIDGE)]
    assert store.remove(LAKE.url, undo=True) == 1
    assert [id_ for id_, _ in store.after()] == [1, 2]


def test_what_its_checker_took_back_is_not_shown_and_can_come_again(store: Store) -> None:
    store.keep([LAKE])
    assert store.keep([replace(LAKE, retracted=True)]).retracted == 1
    assert store.count() == 0
    assert store.keep([LAKE]).replaced == 1
    assert list(store.after()) == [(1, LAKE)]
    assert store.keep([replace(BRIDGE, retracted=True)]).new == 0


def test_whoever_built_something_is_told_what_changed_since(store: Store) -> None:
    store.keep([LAKE, BRIDGE])
    built = store.generation
    assert list(store.changed(built)) == []
    store.remove(LAKE.url)
    newer = replace(BRIDGE, rating="Eight")
    tower = replace(LAKE, claim="The tower leans.")
    store.keep([newer, tower])
    assert list(store.changed(built)) == [(1, None), (2, newer), (3, tower)]


def test_readers_go_on_while_an_import_writes(store: Store) -> None:
    store.keep([LAKE])
    seen: list[list[int]] = []

    def records() -> object:
        yield BRIDGE
        seen.append([id_ for id_, _ in store.after()])

    store.keep(records())  # type: ignore[arg-type]
    assert seen == [[1]]
    assert store.count() == 2


def test_of_a_batch_that_fails_nothing_is_kept(store: Store) -> None:
    def records() -> object:
        yield LAKE
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.keep(records())  # type: ignore[arg-type]
    assert (store.count(), store.generation) == (0, 0)
    assert store.keep([LAKE]).new == 1


def test_a_store_that_is_locked_is_said_to_be(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.keep([LAKE])
    monkeypatch.setattr("caveat.facts.factchecks.store._WAIT", 0.01)
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreFault, match="another program is writing to it"):
        store.keep([BRIDGE])
    assert store.count() == 1
    other.close()


def test_a_full_disk_is_said_to_be_full_and_what_was_kept_stays(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.keep([LAKE])
    many = [replace(BRIDGE, claim=f"The bridge cost {n} million. {'x' * 5_000}") for n in range(200)]
    opened = sqlite3.connect

    def small(*arguments: object, **options: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = opened(*arguments, **options)  # type: ignore[call-overload]
        connection.execute("PRAGMA max_page_count = 30")
        return connection

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(StoreFault, match="disk is full"):
        store.keep(many)
    assert list(store.after()) == [(1, LAKE)]


@pytest.mark.parametrize("content", [b"no database, but long enough to be taken for one" * 50])
def test_a_file_that_is_no_store_is_left_alone(store: Store, content: bytes) -> None:
    store.path.parent.mkdir(parents=True)
    store.path.write_bytes(content)
    for use in (lambda: store.keep([LAKE]), store.count):
        with pytest.raises(StoreFault, match="no store of fact checks"):
            use()
    assert store.path.read_bytes() == content


def test_a_store_of_a_later_version_is_left_alone(store: Store) -> None:
    store.keep([LAKE])
    connection = sqlite3.connect(store.path)
    connection.execute("PRAGMA user_version = 9")
    connection.close()
    for use in (lambda: store.keep([LAKE]), store.count):
        with pytest.raises(StoreFault, match="version 9"):
            use()


@settings(deadline=None)
@given(st.text(), st.text())
def test_a_key_can_be_made_of_any_text(claim: str, rest: str) -> None:
    record = replace(
        LAKE, url="https://checks.example/" + rest.encode("utf-8", "ignore").decode(), claim=claim
    )
    assert record.key == replace(record, rating="other").key
