"""The open dump: what is in it, what cannot be found out from it, and that it is whole or not there."""

from __future__ import annotations

import csv
import gzip
import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

import written
from caveat.accounts import log
from caveat.annotations.formats import dump
from caveat.annotations.models import Rating, Status, Switch, Verdict
from caveat.annotations.ranking import ratings_csv
from caveat.cli.streams import _Silence
from caveat.database import Database
from written import NOW

UNSEEN = "Only raters may read this"


@pytest.fixture
def store(database: Database) -> Database:
    """One annotation that is shown, one that waits, one that is hidden; four ratings; a log."""
    with database.begin() as session:
        wren, heron, stork = (written.account(session, name) for name in ("wren", "heron", "stork"))
        shown = written.annotation(session, wren, signal="named-source", intercept=0.41, factor=-0.1)
        waits = written.annotation(session, wren, status=Status.NEEDS_RATINGS, body=UNSEEN, exact=UNSEEN)
        written.annotation(session, wren, status=Status.HIDDEN, body=UNSEEN, exact=UNSEEN)
        for what, who, verdict in (
            (shown, heron, Verdict.HELPFUL), (shown, stork, Verdict.SOMEWHAT),
            (waits, heron, Verdict.NOT), (waits, stork, Verdict.HELPFUL),
        ):  # fmt: skip
            times = {"created": NOW, "changed": NOW}
            session.add(
                Rating(annotation_id=what.id, account_id=who.id, verdict=verdict, reasons=["clear"], **times)
            )
        log.record(session, NOW, wren, "submit", shown)
        log.record(session, NOW, heron, "appeal", shown, UNSEEN)
        log.record(session, NOW, None, "status", shown, before="needs-ratings", after="helpful")
        log.record(session, NOW, stork, "hide", waits, UNSEEN, to="hidden", reports=2)
    return database


def write(store: Database, out: Path, **after: float) -> Path:
    return dump.write(store, out, NOW + timedelta(**after), "https://l.example/by", _Silence()).folder


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with gzip.open(folder / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_dump_has_every_annotation_and_words_only_of_what_is_shown(store: Database, tmp_path: Path) -> None:
    found = rows(write(store, tmp_path), "annotations")
    assert [row["status"] for row in found] == ["helpful", "needs-ratings", "hidden"]
    assert (found[0]["author"], found[0]["signal"]) == ("wren", "named-source")
    assert float(found[0]["intercept"]) == 0.41
    assert found[0]["sources"] == "https://council.example/survey"
    for row in found[1:]:
        assert {row[name] for name in ("author", "page", "exact", "body", "sources")} == {""}


def test_nothing_that_is_not_for_everybody_is_in_it(store: Database, tmp_path: Path) -> None:
    folder = write(store, tmp_path)
    for file in folder.iterdir():
        data = file.read_bytes()
        text = gzip.decompress(data) if file.suffix == ".gz" else data
        assert UNSEEN.encode() not in text
        assert b"heron" not in text
        assert b"stork" not in text


def test_the_history_holds_changes_of_status_only(store: Database, tmp_path: Path) -> None:
    found = rows(write(store, tmp_path), "status-history")
    assert [(row["status"], row["by"]) for row in found] == [
        ("pending", "author"), ("helpful", "ratings"), ("hidden", "desk")
    ]  # fmt: skip


def test_the_ranking_reads_the_ratings(store: Database, tmp_path: Path) -> None:
    folder = write(store, tmp_path)
    ratings = ratings_csv.read(gzip.decompress((folder / "ratings.csv.gz").read_bytes()))
    assert len(ratings) == 4


def raters(folder: Path) -> list[str]:
    return [row["raterParticipantId"] for row in rows(folder, "ratings")]


def test_raters_keep_their_names_for_a_month_and_no_longer(store: Database, tmp_path: Path) -> None:
    first, next_day, next_month = (write(store, tmp_path, days=days) for days in (0, 1, 31))
    assert raters(first) == raters(next_day)
    assert len(set(raters(first))) == 2
    assert set(raters(first)).isdisjoint(raters(next_month))


def test_a_months_key_is_gone_with_the_month(store: Database, tmp_path: Path) -> None:
    write(store, tmp_path)
    with store.read() as session:
        key = session.get_one(Switch, dump.KEY).value["key"]
    folder = write(store, tmp_path, days=31)
    with store.read() as session:
        kept: Any = session.get_one(Switch, dump.KEY).value
    assert kept["month"] == "2026-04"
    assert key not in str(kept)
    assert not any(key.encode() in file.read_bytes() for file in folder.iterdir())


def test_the_manifest_has_each_files_digest_and_each_columns_meaning(store: Database, tmp_path: Path) -> None:
    folder = write(store, tmp_path)
    manifest = orjson.loads((folder / "manifest.json").read_bytes())
    assert manifest["rights"] == "https://l.example/by"
    for name in dump.COLUMNS:
        file = manifest["files"][f"{name}.csv.gz"]
        data = (folder / f"{name}.csv.gz").read_bytes()
        assert file["sha256"] == hashlib.sha256(data).hexdigest()
        assert file["bytes"] == len(data)
        found = rows(folder, name)
        assert file["lines"] == len(found)
        assert list(found[0]) == list(file["columns"])
        assert all(f"`{column}`" in (folder / "README.md").read_text("utf-8") for column in found[0])


def test_the_same_store_gives_the_same_bytes(store: Database, tmp_path: Path) -> None:
    first, second = write(store, tmp_path), write(store, tmp_path, seconds=1)
    for name in dump.COLUMNS:
        assert (first / f"{name}.csv.gz").read_bytes() == (second / f"{name}.csv.gz").read_bytes()


def test_a_dump_that_cannot_be_finished_is_not_there(
    store: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(dump, "_describe", full)
    with pytest.raises(OSError, match="No space"):
        write(store, tmp_path / "dumps")
    assert list((tmp_path / "dumps").iterdir()) == []


def test_only_the_newest_are_kept(store: Database, tmp_path: Path) -> None:
    made = [write(store, tmp_path, days=days) for days in range(4)]
    (tmp_path / "notes.txt").write_text("of somebody else")
    assert dump.forget_old(tmp_path, 2) == [made[1], made[0]]
    assert dump.dumps_in(tmp_path) == [made[3], made[2]]
    assert (tmp_path / "notes.txt").exists()
