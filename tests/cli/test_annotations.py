"""``caveat annotations rank``: ratings in, a ranking out, and what is said where a file is wrong."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from annotations.community import judged, person, written
from caveat.accounts.models import Role
from caveat.annotations import standing
from caveat.annotations.ranker import take_lease
from caveat.annotations.standing import Ranked
from caveat.cache.keys import PAGES
from caveat.cli import command
from caveat.database import Database
from services import RedisServer

HEADER = "noteId,raterParticipantId,helpfulNum\n"


def rank(data: bytes | str, *more: str) -> Result:
    sent = data if isinstance(data, bytes) else data.encode()
    return CliRunner().invoke(command, ["annotations", "rank", "--ratings", "-", *more], input=sent)


def community(notes: int = 30, raters: int = 20) -> str:
    """Two halves who disagree about every third annotation, and agree about the others."""
    return HEADER + "".join(
        f"{note},{rater},{(note % 3 == 0 and (rater + note) % 2) or note % 3 == 1:d}\n"
        for note in range(notes)
        for rater in range(raters)
        if (7 * note + 3 * rater) % 5 < 3
    )


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_line_an_annotation_comes_out() -> None:
    done = rank(community())
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "noteId,intercept,factor,ratings,status,reason"
    out = rows(done.stdout)
    assert [row["noteId"] for row in out] == [str(note) for note in range(30)]
    assert {row["status"] for row in out} <= {"CRH", "CRNH", "NMR"}
    assert all(row["status"] == "CRH" for row in out if int(row["noteId"]) % 3 == 1)
    assert not any(row["status"] == "CRH" for row in out if int(row["noteId"]) % 3 != 1)
    assert all(row["ratings"] == "12" and row["reason"].endswith(".") for row in out)
    assert "30 annotations by 360 ratings of 20 raters" in done.stderr


def test_it_goes_into_a_file(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(community(), "utf-8")
    out = tmp_path / "notes.csv"
    done = CliRunner().invoke(
        command, ["annotations", "rank", "--ratings", str(tmp_path / "ratings.csv"), "--out", str(out)]
    )
    assert done.exit_code == 0
    assert done.stdout == ""
    assert out.read_text("utf-8") == rank(community()).stdout


@pytest.mark.parametrize(
    ("rule", "said"),
    [("original", "original"), ("original-sides", "original-sides"), ("sides", "sides"), ("auto", "queue")],
)
def test_a_rule_can_be_chosen(rule: str, said: str) -> None:
    done = rank(community(), "--rule", rule)
    assert done.exit_code == 0
    assert f"Rule: {said}." in done.stderr


def test_below_the_size_for_a_machine_auto_shows_nothing() -> None:
    assert {row["status"] for row in rows(rank(community(), "--rule", "auto").stdout)} == {"NMR"}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("\ufeff" + community(), id="a byte order mark"),
        pytest.param(community().replace("\n", "\r\n"), id="Windows' line ends"),
        pytest.param(community() + "\n\n", id="empty lines at the end"),
        pytest.param(community().rstrip("\n"), id="no line end at the end"),
        pytest.param(community().replace(",1\n", ",1.0\n").replace(",0\n", ", 0.0\n"), id="decimals"),
        pytest.param(
            "".join(f"x,{','.join(reversed(line.split(',')))}\n" for line in community().splitlines()),
            id="other columns, another order",
        ),
        pytest.param(
            community().splitlines()[0] + "\n" + "\n".join(reversed(community().splitlines()[1:])),
            id="other lines first",
        ),
    ],
)
def test_the_same_ratings_written_otherwise_rank_the_same(data: str) -> None:
    assert rank(data).stdout == rank(community()).stdout


def test_ids_are_kept_as_they_are_written() -> None:
    out = rank(HEADER + '0017,"a, b",1\n17,é,0\n1850000000000000000123,x,1\n')
    assert [row["noteId"] for row in rows(out.stdout)] == ["0017", "17", "1850000000000000000123"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "line 1 is to name the columns noteId, raterParticipantId, helpfulNum; it is empty"),
        ("\n", "it is empty"),
        (HEADER, "holds no ratings"),
        ("1,2,1\n", "helpfulNum are missing"),
        ("noteId,raterParticipantId\n1,2\n", "has noteId, raterParticipantId: helpfulNum is missing"),
        (
            "noteId;raterParticipantId;helpfulNum\n1;2;1\n",
            "noteId, raterParticipantId, helpfulNum are missing",
        ),
        (HEADER + "1,2,1\n1,3,0.7\n", "line 3, helpfulNum: '0.7' is no rating"),
        (HEADER + "1,2,HELPFUL\n", "line 2, helpfulNum: 'HELPFUL' is no rating; it is 1 (helpful)"),
        (HEADER + "1,2,\n", "line 2, helpfulNum: '' is no rating"),
        (HEADER + "1,2,nan\n", "line 2, helpfulNum: 'nan' is no rating"),
        (HEADER + "1,2,-1\n", "line 2, helpfulNum: '-1' is no rating"),
        (HEADER + "1,2,1e400\n", "line 2, helpfulNum: '1e400' is no rating"),
        (HEADER + ",2,1\n", "line 2, noteId: it is empty"),
        (HEADER + "1, ,1\n", "line 2, raterParticipantId: it is empty"),
        (HEADER + f"{'9' * 5000},2,1\n", "line 2, noteId: an id has at most 200 letters; this has 5,000"),
        (HEADER + "1,2\n", "line 2 has 2 fields where the header has 3"),
        (HEADER + "1,2,1,4\n", "line 2 has 4 fields where the header has 3"),
        (HEADER + "1,2,1\n5,2,1\n1,2,0\n", "line 4 rates again what line 2 rated: noteId 1 by"),
        (HEADER + '1,"2\n\n3",1\n7,2,x\n', "line 5, helpfulNum: 'x'"),
        (HEADER + f'1,"{"x" * 200_000}",1\n', "line 2 is no CSV"),
        (HEADER.encode() + b"1,2,1\n1,\xe9,1\n", "line 3 is not UTF-8 text: byte 45 is 0xe9"),
        (HEADER.encode("utf-16"), "line 1 is not UTF-8 text"),
        (b"\x00" * 40, "are missing"),
    ],
)
def test_a_wrong_file_is_refused_with_line_and_field(data: bytes | str, said: str) -> None:
    done = rank(data)
    assert done.exit_code == 2
    assert "standard input" in done.stderr
    assert said in done.stderr
    assert done.stdout == ""


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["annotations", "rank", "--ratings", str(tmp_path / "none.csv")])
    assert done.exit_code == 2
    assert "none.csv: there is no such file" in done.stderr


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    done = rank(community(), "--out", str(tmp_path / "nowhere" / "notes.csv"))
    assert done.exit_code == 2
    assert "notes.csv: it cannot be written" in done.stderr


def test_help_says_what_the_statuses_and_rules_are() -> None:
    said = CliRunner().invoke(command, ["annotations", "rank", "--help"]).stdout
    for word in ("CRH", "CRNH", "NMR", "original-sides", "auto", "helpfulNum", "Examples"):
        assert word in said


def test_without_a_file_it_ranks_the_store_and_says_what_changed(
    database_url: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    with database.begin() as session:
        judged(session, written(session, person(session, Role.MODERATOR)), [person(session)], "h")
    done = CliRunner().invoke(command, ["annotations", "rank"])
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("1 annotations by 0 ratings of 0 raters")
    assert done.stdout.endswith("Rule: queue. 0 statuses changed.\n")


@pytest.mark.parametrize("is_there", [True, False])
def test_servers_that_share_a_redis_are_told_what_changed(
    database_url: str, redis: RedisServer, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("REDIS_URL", redis.url)

    def rank_now(*arguments: Any) -> Ranked:
        return replace(ranked(*arguments), moved=(1,), prefixes=frozenset({"abcde"}))

    ranked = standing.rank_now
    monkeypatch.setattr(standing, "rank_now", rank_now)
    key = PAGES + "abcde"
    client = redis.client()
    client.set(key, b"kept")
    if not is_there:
        redis.kill()
    done = CliRunner().invoke(command, ["annotations", "rank"])
    assert done.exit_code == 0, done.output
    assert "1 status changed" in done.stdout
    if is_there:
        assert client.get(key) is None
    else:
        assert "a minute late" in done.stderr


def test_while_a_server_ranks_the_command_waits_its_turn(
    database_url: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    assert take_lease(database, "a server", datetime.now(UTC))
    done = CliRunner().invoke(command, ["annotations", "rank"])
    assert done.exit_code == 4
    assert "A server is ranking at this moment" in done.stderr


def test_the_store_is_ranked_by_its_own_rule() -> None:
    done = CliRunner().invoke(command, ["annotations", "rank", "--rule", "sides"])
    assert done.exit_code == 2
    assert "--rule and --out go with --ratings" in done.stderr
