"""The model against Community Notes' own scorer: what it made of the same ratings, over five seeds."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from caveat.annotations.ranking import THEIRS, Ranking, Rule, Settings, rank, ratings_csv

SHARED = Path(os.environ.get("CAVEAT_SHARED", Path(__file__).parents[4] / "shared"))
CASES = sorted(path.parent for path in (SHARED / "notes").glob("*/expected.csv"))
pytestmark = pytest.mark.skipif(
    not CASES,
    reason=f"{SHARED / 'notes'}, what Community Notes' scorer made of ratings, is absent",
)

FARTHEST = 0.03
ALIKE = {"B_small": 0.995, "C_tiny": 0.96}  # Spearman; the original's own seeds agree to .990 and .969


def expected(case: Path) -> list[dict[str, str]]:
    """The scorer's rows, in the order of ours."""
    with (case / "expected.csv").open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: int(row["noteId"]))


ORIGINAL = Settings(rule=Rule.ORIGINAL)


def ranked(case: Path, settings: Settings) -> Ranking:
    return rank(ratings_csv.read((case / "ratings.csv").read_bytes()), settings=settings)


def ranks(values: np.ndarray) -> np.ndarray:
    return np.argsort(np.argsort(values))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_intercepts_are_the_originals(case: Path) -> None:
    theirs = np.array([float(row["internalNoteIntercept"]) for row in expected(case)])
    ours = ranked(case, ORIGINAL).known.intercept
    assert np.corrcoef(ranks(theirs), ranks(ours))[0, 1] >= ALIKE.get(case.name, 0.96)
    assert np.abs(theirs - ours).max() <= FARTHEST


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize(("settings", "column"), [(ORIGINAL, "status_core"), (THEIRS, "status_full")])
def test_statuses_are_the_originals_where_its_own_seeds_agree(
    case: Path, settings: Settings, column: str
) -> None:
    ranking = ranked(case, settings)
    for row, status in zip(expected(case), ranking.status, strict=True):
        if row["status_stable"] == "True":
            assert ratings_csv.WORDS[int(status)] == row[column], row


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_sides_ratings_are_the_originals(case: Path) -> None:
    known = ranked(case, THEIRS).known
    for place, row in enumerate(expected(case)):
        theirs = sorted([int(row["n_pos"]), int(row["n_neg"])])
        assert sorted(known.count[:, place].tolist()) == theirs
        assert known.ratings[place] == int(row["numRatings"])
