"""Test files of check-worthiness: found under their names, read in their formats, absent without noise."""

from __future__ import annotations

from pathlib import Path

import of_checkworthiness
import pytest
from readings import Readings

READ = [("Taxes rose.", True), ("Good evening.", False)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "test.jsonl",
            '{"text": "Taxes rose.", "label": "CFS"}\n{"text": "Good evening.", "label": "NFS"}\n',
        ),
        ("test.jsonl", '{"text": "Taxes rose.", "label": 1}\n{"text": "Good evening.", "label": 0}\n'),
        ("CT24_test_gold.tsv", "Sentence_id\tText\tclass_label\n1\tTaxes rose.\tYes\n2\tGood evening.\tNo\n"),
        ("groundtruth.csv", 'Sentence_id,Text,Verdict\n1,"Taxes rose.",1\n2,Good evening.,-1\n'),
    ],
)
def test_what_is_worth_checking_is_read_from_every_format(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    assert of_checkworthiness.sentences_of(tmp_path / name) == READ


def test_files_without_labels_have_no_rows(tmp_path: Path) -> None:
    (tmp_path / "test.tsv").write_text("Sentence_id\tText\n1\tTaxes rose.\n", "utf-8")
    assert of_checkworthiness.sentences_of(tmp_path / "test.tsv") == []


@pytest.mark.parametrize(
    ("file", "figures"),
    [
        ("claimbuster/test.jsonl", 2),
        ("claimbuster/groundtruth.jsonl", 2),
        ("checkthat2023_1b/test.jsonl", 2),
        ("checkthat2023_1b_en/CT23_1B_english_test_gold.jsonl", 2),
        ("checkthat2024_1_en/test.jsonl", 2),
        ("checkthat2024_1/crowd_test_arabic.jsonl", 0),
        ("checkthat2024_1_nl/test.jsonl", 0),
        ("claimbuster/train.jsonl", 0),
        ("elsewhere/test.jsonl", 0),
    ],
)
def test_test_files_are_measured_where_they_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, figures: int
) -> None:
    place = tmp_path / "data" / file
    place.parent.mkdir(parents=True)
    place.write_text('{"text": "Taxes rose.", "label": "Yes"}\n{"text": "Hi.", "label": "No"}\n', "utf-8")
    monkeypatch.setattr(of_checkworthiness, "SHARED", tmp_path)
    monkeypatch.setattr(of_checkworthiness, "_scores", lambda _readings, _name, data: [0.5 for _ in data])
    assert len(list(of_checkworthiness.kept_aside(Readings.__new__(Readings)))) == figures


def test_nothing_is_measured_where_there_is_no_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_checkworthiness, "SHARED", tmp_path / "nowhere")
    assert list(of_checkworthiness.kept_aside(Readings.__new__(Readings))) == []
