"""``caveat facts``: how old the tables are, and making one anew without a line of code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from caveat.cli import command
from caveat.facts import Facts
from caveat.facts.offices import packaged


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def facts(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["facts", *arguments])


def corrected(folder: Path, before: str, after: str) -> Path:
    file = folder / "holders.csv"
    text = facts("source").stdout_bytes.decode()
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    return file


def test_status_says_how_old_a_table_is_and_where_it_comes_from() -> None:
    table, *_ = json.loads(facts("status", "--format", "json").stdout)
    assert table["table"] == "offices"
    assert table["rows"] > 200
    assert table["complete_to"] <= table["as_of"]
    assert table["taken_from"] == "ships with Caveat"
    assert table["licence"]
    said = facts("status").stdout
    assert said.startswith("offices\n")
    assert table["version"] in said


def test_a_line_corrected_in_a_copy_is_used_from_then_on(tmp_path: Path, data_folder: Path) -> None:
    shipped = Facts.load(data_folder)
    file = corrected(tmp_path, "Angela Merkel,", "Angela Dorothea Merkel,")
    done = facts("build", str(file))
    assert done.exit_code == 0, done.output
    own = Facts.load(data_folder)
    assert "Angela Dorothea Merkel" in [term.person for term in own.offices.terms("Chancellor", "Germany")]
    assert own.version != shipped.version
    table, *_ = json.loads(facts("status", "--format", "json").stdout)
    assert table["taken_from"].endswith("offices.json")


def test_what_is_wrong_is_said_with_file_and_line_and_nothing_is_written(
    tmp_path: Path, data_folder: Path
) -> None:
    file = corrected(tmp_path, "2005-11-22,2021-12-08", "2005-11-22,1999-12-08")
    done = facts("build", str(file))
    assert done.exit_code == 2
    assert f"{file}, line " in done.output
    assert "end 1999-12-08 is before start 2005-11-22" in done.output
    assert not data_folder.exists()


def test_a_build_can_be_written_anywhere(tmp_path: Path, data_folder: Path) -> None:
    out = tmp_path / "new" / "holders.json"
    assert facts("build", "--out", str(out)).exit_code == 0
    assert out.read_bytes() == packaged()
    assert [each.name for each in out.parent.iterdir()] == ["holders.json"]
    assert not data_folder.exists()


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = facts("build", str(tmp_path / "nothing.csv"))
    assert done.exit_code == 2
    assert "nothing.csv cannot be read: No such file" in done.output


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = facts("build", "--out", str(tmp_path / "file" / "holders.json"))
    assert done.exit_code == 2
    assert "Name another place with --out" in done.output


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\x00", packaged()[:5000], b'["a foreign file"]'])
def test_a_damaged_table_of_the_data_folder_is_left_aside_and_status_says_so(
    data_folder: Path, content: bytes
) -> None:
    file = data_folder / "facts" / "offices.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    assert Facts.load(data_folder) == Facts.load() or Facts.load(data_folder).version == Facts.load().version
    table, *_ = json.loads(facts("status", "--format", "json").stdout)
    assert table["taken_from"] == "ships with Caveat"
    assert f"A newer file cannot be used: {file}" in table["to_do"]
