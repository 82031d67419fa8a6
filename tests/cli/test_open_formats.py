"""``caveat annotations export | import | dump``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result

import written
from caveat.accounts.models import Role
from caveat.annotations import collection
from caveat.annotations.formats import dump
from caveat.annotations.models import Annotation, Status
from caveat.cli.annotations import annotations_group
from caveat.cli.outcome import Exit
from caveat.database import Database, open_database, schema


def run(*arguments: str, **options: Any) -> Result:
    return CliRunner().invoke(annotations_group, [str(argument) for argument in arguments], **options)


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [n for n in os.environ if n.startswith(("CAVEAT_", "REDIS_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'one.db'}")
    monkeypatch.setenv("CAVEAT_PUBLIC_URL", "https://notes.example")


def opened(path: Path) -> Database:
    database = open_database(f"sqlite:///{path}")
    schema.upgrade(database)
    with database.begin() as session:
        written.account(session, "heron", Role.MODERATOR)
    return database


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Three that are shown, and one that is not."""
    database = opened(tmp_path / "one.db")
    with database.begin() as session:
        wren = written.account(session, "wren")
        for signal in ("bare-number", "outdated", "named-source"):
            written.annotation(session, wren, signal=signal, exact=f"Words for {signal}")
        written.annotation(session, wren, status=Status.PENDING, body="Not yet for readers")
    database.close()
    return tmp_path


def test_what_readers_are_shown_is_exported(store: Path) -> None:
    out = store / "annotations.jsonld"
    assert run("export", "--out", out).exit_code == 0
    document = orjson.loads(out.read_bytes())
    assert document["type"] == "AnnotationCollection"
    assert document["total"] == len(document["first"]["items"]) == 3
    assert all(
        each["id"].startswith("https://notes.example/annotations/") for each in document["first"]["items"]
    )
    assert b"Not yet" not in out.read_bytes()
    assert [path.name for path in store.glob(".annotations*")] == []


def test_without_a_file_it_goes_to_stdout(store: Path) -> None:
    assert store.exists()
    assert orjson.loads(run("export").stdout)["total"] == 3


def test_reviews_are_exported_without_credit(store: Path) -> None:
    out = store / "reviews.json"
    assert run("export", "--format", "claimreview", "--out", out).exit_code == 0
    feed = orjson.loads(out.read_bytes())
    names = [each["item"][0]["reviewRating"]["alternateName"] for each in feed["dataFeedElement"]]
    assert names == ["Bare number", "Out of date"]


def exported(store: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A file of what one store exports, and another store."""
    out = store / "annotations.jsonld"
    run("export", "--out", out)
    opened(store / "two.db").close()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{store / 'two.db'}")
    return out, store / "two.db"


def test_export_import_export_is_the_same(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, other = exported(store, monkeypatch)
    done = run("import", out, "--as", "heron", "--yes")
    assert done.exit_code == 0, done.output
    assert "Imported 3; 0 were there already; 0 were refused." in done.output
    database = opened(other)
    with database.begin() as session:
        found = session.query(Annotation).all()
        assert {one.status for one in found} == {Status.PENDING}
        assert {one.author.alias for one in found} == {"heron"}
        for one in found:
            one.status = Status.HELPFUL
        assert collection.extent(session, None).total == 3
    database.close()
    again = run("export", "--out", store / "again.jsonld")
    assert again.exit_code == 0
    first, second = (
        orjson.loads(path.read_bytes())["first"]["items"] for path in (out, store / "again.jsonld")
    )
    own = ("id", "via", "created", "creator")
    for one, copy in zip(first, second, strict=True):
        assert copy["via"] == [one["id"]]
        assert {k: v for k, v in one.items() if k not in own} == {
            k: v for k, v in copy.items() if k not in own
        }


def test_the_same_file_twice_imports_nothing_twice(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, _ = exported(store, monkeypatch)
    run("import", out, "--as", "heron", "--yes")
    assert "Imported 0; 3 were there already" in run("import", out, "--as", "heron", "--yes").output


def test_a_dry_run_says_what_would_happen_and_does_nothing(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, other = exported(store, monkeypatch)
    said = run("import", out, "--as", "heron", "--dry-run")
    assert said.exit_code == 0
    assert "3 annotations can be imported; 0 are refused." in said.output
    assert "not kept of 3: who wrote it" in said.output
    unasked = run("import", out, "--as", "heron")
    assert unasked.exit_code == Exit.USAGE
    assert "use --yes" in unasked.output
    database = opened(other)
    with database.read() as session:
        assert session.query(Annotation).count() == 0
    database.close()


def test_every_refusal_is_named_with_its_place(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, _ = exported(store, monkeypatch)
    good = orjson.loads(out.read_bytes())["first"]["items"][0]
    context = {"@context": "http://www.w3.org/ns/anno.jsonld"}
    lines = [
        orjson.dumps({**good, **context}), b"{", b"",
        orjson.dumps({**good, **context, "target": "mailto:a@b"}),
        orjson.dumps({"@type": "ClaimReview"}), orjson.dumps([1]),
    ]  # fmt: skip
    file = store / "lines.jsonl"
    file.write_bytes(b"\n".join(lines))
    done = run("import", file, "--as", "heron", "--yes")
    assert done.exit_code == Exit.SOME_FAILED
    assert "Imported 1;" in done.output
    assert "line 2: This is not JSON" in done.output
    assert "line 4: This must be a page's address" in done.output
    assert "line 5: claimReviewed is missing" in done.output
    assert "line 6: An annotation is a JSON object" in done.output


def test_reviews_of_others_are_imported(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, other = exported(store, monkeypatch)
    review = {
        "@context": "https://schema.org", "@type": "ClaimReview", "url": "https://checks.example/1",
        "claimReviewed": "Most drivers are happy", "author": {"name": "Check Desk"},
        "itemReviewed": {"@type": "Claim", "appearance": [written.BRIDGE, "https://other.example/story"]},
        "reviewRating": {"alternateName": "Half true", "ratingValue": 3},
    }  # fmt: skip
    done = run("import", "-", "--as", "heron", "--yes", input=orjson.dumps({"@graph": [review]}))
    assert "Imported 2;" in done.output, done.output
    database = opened(other)
    with database.read() as session:
        assert {one.signal for one in session.query(Annotation)} == {"checked-before"}
    database.close()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "neither JSON"), (b"Dear all,\nhello", "neither JSON"), (b"{}", "no annotation"),
     (b"[]", "no annotation"),
     (b"[" * 5_000 + b"]" * 5_000, "neither JSON")],
)  # fmt: skip
def test_a_file_that_is_none_is_refused(store: Path, content: bytes, said: str) -> None:
    file = store / "file"
    file.write_bytes(content)
    done = run("import", file, "--as", "heron", "--yes")
    assert done.exit_code == Exit.USAGE
    assert said in done.output


def test_nesting_never_ends_the_program(store: Path) -> None:
    for depth in (50, 200, 900):
        for begin, end in ((b"[", b"]"), (b'{"first":', b"}"), (b'{"items":[', b"]}"), (b'{"@graph":', b"}")):
            half = depth // 2
            file = store / "deep"
            file.write_bytes(begin * half + b"1" + end * half)
            done = run("import", file, "--as", "heron", "--yes")
            assert done.exit_code in (Exit.SOME_FAILED, Exit.USAGE), (depth, begin, done.exception)


@pytest.mark.parametrize("typed", ["Heron", " HERON", "h\u00e9ron"])
def test_an_alias_may_be_typed_as_a_person_types_it(
    store: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    out, _ = exported(store, monkeypatch)
    assert "Imported 3" in run("import", out, "--as", typed, "--yes").output


def test_an_alias_that_nobody_has_is_refused(store: Path) -> None:
    done = run("import", store / "one.db", "--as", "nobody")
    assert done.exit_code == Exit.USAGE
    assert "'nobody'" in done.output


def test_a_dump_goes_where_it_is_told(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("dump").exit_code == Exit.USAGE
    monkeypatch.setenv("CAVEAT_DUMP_FOLDER", str(store / "dumps"))
    done = run("dump")
    assert "4 lines of annotations" in done.output
    (made,) = dump.dumps_in(store / "dumps")
    assert str(made) in done.output


def test_a_place_that_cannot_be_written_is_named(store: Path) -> None:
    for arguments in (("export", "--out", store / "none" / "x"), ("dump", "--out", store / "one.db")):
        done = run(*arguments)
        assert done.exit_code == Exit.USAGE
        assert "Traceback" not in done.output
