"""``caveat factchecks index | match``: what a person and a program get."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from caveat.cli import command
from caveat.facts.factchecks.matching import Encoder

CHECK = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checker.example/moon",
    "claimReviewed": "The moon landing was filmed in a studio in Ashmere.",
    "author": {"@type": "Organization", "name": "The Checker"},
    "datePublished": "2024-05-06",
    "reviewRating": {"@type": "Rating", "alternateName": "Not so"},
}


@pytest.fixture(autouse=True)
def _without_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(Encoder, "find", lambda: None)


@pytest.fixture
def feed(tmp_path: Path) -> str:
    path = tmp_path / "feed.jsonl"
    path.write_text(json.dumps(CHECK), "utf-8")
    return str(path)


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(command, ["factchecks", *arguments], input=stdin)


def test_what_was_imported_is_found_line_by_line_in_order(feed: str) -> None:
    run("import", feed)
    lines = [
        {"id": 7, "text": "Was the moon landing filmed in Ashmere?"},
        {"id": "b", "text": "Soup."},
    ]

    ran = run("match", "--jsonl", "-", stdin="\n\n".join(map(json.dumps, lines)))

    first, second = map(json.loads, ran.stdout.splitlines())
    assert first["id"] == 7
    assert first["hits"] == [
        {"url": CHECK["url"], "claim": CHECK["claimReviewed"], "score": 1.0, "published": False}
    ]
    assert second == {"id": "b", "hits": []}
    assert ran.exit_code == 0


def test_a_file_of_lines_is_read_and_a_bad_line_is_answered_too(feed: str, tmp_path: Path) -> None:
    run("import", feed)
    file = tmp_path / "lines.jsonl"
    lines = ['{"id": 1, "text": "moon landing"}', "nonsense", '{"id": 3}', "[1]", '{"id": 5, "text": ""}']
    file.write_text("\n".join(lines), "utf-8")

    ran = run("match", "--jsonl", str(file), "--top", "1")

    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, None, 3, None, 5]
    assert ["error" in answer for answer in answers] == [False, True, True, True, False]
    assert ran.exit_code == 1
    assert "3 lines" in ran.stderr


def test_words_are_matched_for_a_person(feed: str) -> None:
    run("import", feed)

    ran = run("match", "The moon landing was filmed in a studio.")

    assert CHECK["url"] in ran.stdout
    assert "The Checker, 2024-05-06 [Not so]" in ran.stdout
    assert "No fact check is near" in run("match", "Soup.").stdout


def test_without_the_extra_it_says_how_to_find_by_meaning(feed: str) -> None:
    assert "caveat[match]" in run("import", feed).stderr
    assert "caveat[match]" in run("match", "moon").stderr
    assert "caveat[match]" in run("match", "--help").stdout


def test_without_an_index_it_says_what_to_do() -> None:
    ran = run("match", "moon")

    assert ran.exit_code == 4
    assert "caveat factchecks import" in ran.stderr


def test_an_import_can_leave_the_index_for_later_and_matching_says_so(feed: str, tmp_path: Path) -> None:
    run("import", feed)
    more = tmp_path / "more.json"
    more.write_text(json.dumps(CHECK | {"claimReviewed": "The moon is made of cheese."}), "utf-8")
    run("import", "--no-index", str(more))

    assert "caveat factchecks index" in run("match", "moon").stderr
    assert "Indexed 2 checks" in run("index").stderr
    assert "up to date" in run("index").stderr
    assert "Indexed 2 checks" in run("index", "--anew").stderr


@pytest.mark.parametrize("arguments", [[], ["moon", "--jsonl", "-"], ["moon", "--top", "0"]])
def test_it_says_what_to_match_with(arguments: list[str]) -> None:
    assert run("match", *arguments).exit_code == 2
