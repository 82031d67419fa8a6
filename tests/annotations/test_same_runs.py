"""A claim is known again on another page by the same numbers, in the extension as on the server."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caveat.annotations.runs import KEPT, LEAST, WORDS, marks_of, runs

SCRIPT = Path(__file__).parents[2] / "extension" / "dist" / "bench" / "runs.mjs"
CLAIM = "The harbour board paid 1,140 pounds for every metre of the new wall in 2025"
TEXTS = [
    "",
    "five words are not enough",
    CLAIM,
    CLAIM.upper(),
    "Straße, “naïve” café; ﬁve ½ ²² Ⅷ words — and_more_of them ΣΟΦΟΣ İstanbul",
    "数字 と 文字 が 混ざる 文 です ね",
    "emoji 😀 split 👩‍👩‍👧 nothing but words count here",
    "a\u0301 e\u0301 combining marks are one letter after folding here",
]

words = st.lists(st.text("abcdef", min_size=1, max_size=4), min_size=LEAST, max_size=20)


def test_the_extension_comes_to_the_same_numbers() -> None:
    if not SCRIPT.is_file() or shutil.which("node") is None:
        pytest.skip("Node, or what `make build` makes in extension/dist, is not here")
    asked = "\n".join(map(json.dumps, TEXTS))
    there = subprocess.run(["node", SCRIPT], input=asked, capture_output=True, text=True, check=True)
    assert [json.loads(line) for line in there.stdout.splitlines()] == [runs(text) for text in TEXTS]


@pytest.mark.parametrize(
    "elsewhere",
    [
        f"On Monday the Courier wrote: {CLAIM}, and nobody asked why.",
        CLAIM.replace("The harbour", "“The  harbour").replace("wall in", "wall” in"),
        CLAIM.replace("1,140 pounds", "1,140 pounds sterling"),
    ],
    ids=["within a sentence", "other signs", "a word more"],
)
def test_a_claim_is_found_in_another_text(elsewhere: str) -> None:
    assert set(marks_of(CLAIM)) & set(runs(elsewhere))


def test_another_claim_about_the_same_thing_is_not_found() -> None:
    other = "The harbour board paid 90 pounds a day for each worker on the old wall in 2019"
    assert not set(marks_of(CLAIM)) & set(runs(other))


def test_a_quotation_that_is_no_claim_is_not_looked_for() -> None:
    assert marks_of("Many experts say so, and so do critics"[:30]) == []
    assert marks_of(" ".join(CLAIM.split()[: LEAST - 2])) == []


@given(words, words, words)
def test_every_mark_of_a_quotation_is_a_run_of_any_text_that_holds_it(
    before: list[str], quote: list[str], after: list[str]
) -> None:
    text = " ".join([*before, *quote, *after])
    marks = marks_of(" ".join(quote))
    assert 1 <= len(marks) <= KEPT
    assert set(marks) <= set(runs(text))
    assert all(0 <= number < 2**53 for number in marks)
    assert len(runs(text)) == len(text.split()) - WORDS + 1
