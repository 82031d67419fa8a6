"""``caveat factchecks``: importing, and looking after what was imported."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from caveat.cli import factchecks_import
from caveat.cli.factchecks import factchecks
from caveat.cli.outcome import Exit
from caveat.facts.factchecks import Store, StoreFault
from caveat.facts.factchecks.importing import Import


def run(*arguments: object, **options: Any) -> Result:
    return CliRunner().invoke(factchecks, [str(argument) for argument in arguments], **options)


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [n for n in os.environ if n.startswith(("CAVEAT_", "REDIS_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(factchecks_import, "bring_up_to_date", lambda: None)  # test_matching.py is about it


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


def review(number: int, **more: object) -> dict[str, object]:
    return {
        "@type": "ClaimReview",
        "url": f"https://checks.example/{number}",
        "claimReviewed": f"The Mill of Größe {number} burns.",
        "datePublished": f"2024-01-{number:02}",
        "author": {"@type": "Organization", "name": "Mill Watch"},
        "reviewRating": {"alternateName": "No"},
        "sdLicense": "https://licence.example/",
    } | more


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """Two that are good."""
    path = tmp_path / "feed.json"
    path.write_text(json.dumps([review(1), review(2, inLanguage="en")]), encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """One that is good, one that is none of ours, and thirty that are bad."""
    path = tmp_path / "bad.json"
    written = [review(3), {"@type": "MediaReview"}, *[{"@type": "ClaimReview"}] * 30]
    path.write_text("\n".join(map(json.dumps, written)), encoding="utf-8")
    return path


def test_a_file_is_imported_and_what_became_of_it_is_said(feed: Path, store: Store) -> None:
    done = run("import", feed)
    assert (done.exit_code, done.stderr) == (Exit.READ, "")
    assert done.stdout == "Read 2 checks: 2 new, 0 newer versions, 0 known already.\n"
    assert store.count() == 2
    assert run("import", feed).stdout == "Read 2 checks: 0 new, 0 newer versions, 2 known already.\n"


def test_stdin_is_imported(feed: Path, store: Store) -> None:
    assert run("import", "-", input=feed.read_bytes()).exit_code == Exit.READ
    assert store.count() == 2


def test_a_folder_is_imported(feed: Path, store: Store) -> None:
    assert run("import", feed.parent).exit_code == Exit.READ
    assert store.count() == 2


def test_what_is_refused_is_told_with_line_and_reason(feed: Path, bad: Path, store: Store) -> None:
    done = run("import", feed, bad)
    assert done.exit_code == Exit.SOME_FAILED
    assert store.count() == 3
    told = done.stderr.splitlines()
    assert told[0] == f"  {bad}, line 3: It does not say which claim was checked (claimReviewed)."
    assert len(told) == 21
    assert told[20] == "  … and 10 more; --report FILE lists all."
    assert done.stdout == (
        "Read 3 checks: 3 new, 0 newer versions, 0 known already. Refused 30: 30 no claim. "
        "1 media review is not read.\n"
    )


def test_a_report_has_all_that_is_refused(bad: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.jsonl"
    done = run("import", bad, "--report", report)
    assert done.stderr.splitlines()[-1] == f"  … and 10 more; all are in {report}."
    lines = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert [line["line"] for line in lines] == list(range(2, 33))
    assert lines[0] == {
        "file": str(bad),
        "line": 2,
        "kind": "media review",
        "reason": "A review of a picture or film (MediaReview) is not read.",
    }


def test_a_dry_run_keeps_nothing(feed: Path, bad: Path, store: Store) -> None:
    done = run("import", feed, bad, "--dry-run")
    assert done.stdout.startswith("3 checks can be imported. Refused 30")
    assert not store.path.exists()


def test_what_became_of_a_file_as_json(feed: Path, bad: Path) -> None:
    done = run("import", "--format", "json", feed, bad)
    assert json.loads(done.stdout) == {
        "found": 3,
        "kept": {"new": 3, "replaced": 0, "same": 0, "older": 0, "removed": 0, "retracted": 0},
        "refused": {"no claim": 30},
        "passed_over": {"media review": 1},
        "files": 2,
    }


def test_a_file_that_is_not_there_is_said_before_anything_is_imported(feed: Path, store: Store) -> None:
    done = run("import", feed, "nowhere.json")
    assert (done.exit_code, done.stderr) == (Exit.USAGE, "Error: nowhere.json: there is no such file.\n")
    assert not store.path.exists()


def test_a_folder_without_files_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("import", tmp_path / "empty").exit_code == Exit.USAGE


def test_a_report_that_cannot_be_written_is_said_before_anything_is_imported(
    feed: Path, store: Store
) -> None:
    assert run("import", feed, "--report", feed.parent / "no" / "where").exit_code == Exit.USAGE
    assert not store.path.exists()


def test_a_store_that_fails_is_told_with_what_was_kept(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise StoreFault("the disk is full. What was kept stays.")

    monkeypatch.setattr(Store, "keep", fail)
    done = run("import", feed)
    assert done.exit_code == Exit.INCOMPLETE
    assert "Read 0 checks" in done.stderr
    assert "the disk is full. What was kept stays." in done.stderr


def test_ctrl_c_says_that_the_same_again_goes_on(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Import, "run", stop)
    done = run("import", feed)
    assert "Stopped. Read 0 checks" in done.stderr
    assert "The same again goes on." in done.stderr


def test_checks_are_listed_by_words_the_newest_first(feed: Path) -> None:
    run("import", feed)
    shown = run("list", "mill", "GRÖSSE").stdout
    assert shown == (
        "2024-01-02  Mill Watch: The Mill of Größe 2 burns. [No]\n"
        "            https://checks.example/2\n"
        "2024-01-01  Mill Watch: The Mill of Größe 1 burns. [No]\n"
        "            https://checks.example/1\n"
    )
    assert run("list", "--most", "1", "--format", "json").stdout.count("\n") == 1
    nothing = run("list", "lake")
    assert (nothing.stdout, nothing.stderr) == ("", "No check holds all of these words; fewer find more.\n")


def test_where_nothing_was_imported_a_list_says_how() -> None:
    shown = run("list")
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert shown.stderr == "There are none yet: caveat factchecks import FILE\n"


def test_a_check_is_shown_by_its_address(feed: Path) -> None:
    run("import", feed)
    shown = run("show", "https://checks.example/1").stdout
    for part in ("The Mill of Größe 1 burns.", "Mill Watch", "2024-01-01", "https://licence.example/"):
        assert part in shown
    assert json.loads(run("show", "--format", "json", "https://checks.example/1").stdout)["rating"] == "No"


def test_a_check_that_was_removed_comes_back_only_when_that_is_undone(feed: Path, store: Store) -> None:
    run("import", feed)
    url = "https://checks.example/1"
    assert run("remove", url).stdout == "1 removed.\n"
    assert "1 that a person removed" in run("import", feed).stdout
    assert store.count() == 1
    assert run("remove", "--undo", url).stdout == "1 shown again.\n"
    assert store.count() == 2


@pytest.mark.parametrize("command", ["show", "remove"])
def test_an_address_that_is_not_there_is_said_not_to_be(command: str) -> None:
    done = run(command, "https://checks.example/9")
    assert done.exit_code == Exit.SOME_FAILED
    assert done.stderr.startswith("https://checks.example/9: no check of this address.")


def test_what_is_there_is_counted(feed: Path) -> None:
    assert json.loads(run("stats", "--format", "json").stdout)["checks"] == 0
    run("import", feed)
    run("remove", "https://checks.example/1")
    found = json.loads(run("stats", "--format", "json").stdout)
    assert (found["checks"], found["removed"], found["languages"]) == (1, 1, {"en": 1})
    assert found["licences"] == {"https://licence.example/": 1}
    assert found["publishers"] == {"checks.example": 1}
    shown = run("stats").stdout
    assert "last published   2024-01-02" in shown
    assert "        1  https://licence.example/" in shown


def test_a_damaged_store_is_told_and_not_a_trace(store: Store) -> None:
    store.path.parent.mkdir(parents=True)
    store.path.write_bytes(b"no store" * 500)
    for command in (["stats"], ["list", "x"], ["show", "x"], ["remove", "x"]):
        done = run(*command)
        assert (done.exit_code, "no store of fact checks" in done.stderr) == (Exit.INCOMPLETE, True)
