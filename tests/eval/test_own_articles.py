"""What the reading gave on our own labelled articles when the table was written, it still gives.

A value may move within the interval that was recorded with it; below that, something was broken. Where a
change is meant, ``python tests/eval --write`` records anew, and the difference is there to be read.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from labelled import FOLDER, UNSEEN, articles
from measures import MEASURES
from readings import Readings

RECORD = Path(__file__).with_name("record.json")
RECORDED: dict[str, list[float]] = json.loads(RECORD.read_text("utf-8")) if RECORD.is_file() else {}


@pytest.fixture(scope="module")
def measured() -> dict[str, float]:
    readings = Readings()
    return {f.measure: f.value for own, *_ in MEASURES.values() for f in own(readings)}


@pytest.mark.parametrize("measure", RECORDED)
def test_our_own_articles_are_read_no_worse(measured: dict[str, float], measure: str) -> None:
    value, low = RECORDED[measure]
    assert measured[measure] >= low, f"it was {value}"


def test_the_labelled_articles_are_whole() -> None:
    found = [*articles(), *articles(UNSEEN)]
    assert sum(len(article.sentences) for article in found) >= 300
    for article in found:
        folder = FOLDER / (UNSEEN if (FOLDER / UNSEEN / article.id).is_dir() else "") / article.id
        assert (folder / "article.txt").read_text("utf-8") == article.text + "\n"
        for sentence in article.sentences:
            spans = [place for _, place in (*sentence.names, *sentence.marks)]
            spans += [p for one in sentence.said for p in (one.source, one.cue, *one.content) if p]
            assert all(sentence.start <= start < end <= sentence.end for start, end in spans)
