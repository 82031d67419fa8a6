"""``caveat train``: what goes in, what comes out, and what is said where something is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from caveat.cli import command
from caveat.reading.checkworthiness import Weights


def write(folder: Path, rows: list[object]) -> Path:
    (folder / "train.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


def row(number: int) -> dict[str, str]:
    worth = number % 2
    text = f"Wages fell by {number} percent." if worth else f"Good evening, number {number}."
    return {"text": text, "label": "CFS" if worth else "NFS", "file": f"debate {number % 7}"}


def train(data: Path, *more: str) -> tuple[int, str]:
    done = CliRunner().invoke(command, ["train", "checkworthiness", "--data", str(data), *more])
    return done.exit_code, done.output


def test_weights_and_figures_come_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    data = write(tmp_path, [row(n) for n in range(80)])
    status, said = train(data, "--output", str(tmp_path / "new"))
    assert status == 0
    assert "average precision" in said
    with (tmp_path / "new" / "weights.npz").open("rb") as file:
        assert 0 < Weights.load(file).threshold < 1


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    status, said = train(tmp_path / "nowhere")
    assert status == 2
    assert "nowhere is no folder" in said


def test_a_folder_without_the_file_says_which_file(tmp_path: Path) -> None:
    status, said = train(tmp_path)
    assert status == 2
    assert "holds no train.jsonl" in said


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": "Hello.", "label": "yes", "file": "a"}, "a label is one of CFS, UFS, NFS"),
        ({"text": " ", "label": "NFS", "file": "a"}, "no text is empty"),
        ({"text": "Hello."}, "the texts text, label, file"),
        (["Hello."], "should be an object"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, wrong: object, said: str) -> None:
    status, output = train(write(tmp_path, [row(1), wrong]))
    assert status == 2
    assert "line 2" in output
    assert said in output


def test_a_line_that_is_not_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_text('{"text": \n', encoding="utf-8")
    status, said = train(tmp_path)
    assert status == 2
    assert "line 1 is not JSON" in said


def test_too_few_debates_are_not_trained_on(tmp_path: Path) -> None:
    status, said = train(write(tmp_path, [{**row(n), "file": "one"} for n in range(20)]))
    assert status == 2
    assert "6 debates" in said
