"""Check-worthiness: how well sentences are ranked, on news, debates, tweets and test files where they lie."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from figures import Counts, Figure, f1, interval
from readings import Readings
from sets import SHARED, own, rows

from caveat.reading.checkworthiness import Weights

# Test files of check-worthiness in English: where they may lie, and goals for F1 and average precision.
KEPT_ASIDE = (
    ("claimbuster", ("claimbuster/*test*", "claimbuster/groundtruth*"), (0.92, 0.97)),
    ("CheckThat! 2023", ("checkthat2023_1*/*test*",), (0.86, None)),
    ("CheckThat! 2024", ("checkthat2024_1*/*test*",), (0.70, None)),
)
OTHER_LANGUAGE = re.compile(r"[_-](ar|arabic|es|spanish|nl|dutch)(?![a-z])")
TEXT, LABEL = ("text", "sentence", "tweet_text"), ("label", "class_label", "verdict", "check_worthiness")
WORTH = frozenset({"cfs", "yes", "1", "1.0", "true", "checkworthy", "check-worthy"})
TRAINED_ON = ("20160926", "20161010", "20161019")  # three debates that stand in ClaimBuster too


def sentences_of(file: Path) -> list[tuple[str, bool]]:
    """Texts of a JSON-lines, TSV or CSV file and whether they are worth checking; half a row is left out."""
    text = file.read_text(encoding="utf-8-sig")
    if file.suffix == ".jsonl":
        found = [json.loads(line) for line in text.splitlines() if line.strip()]
    else:
        marks = {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if file.suffix == ".tsv" else {}
        found = list(csv.DictReader(io.StringIO(text), **marks))
    lowered = [{str(key).lower(): value for key, value in row.items()} for row in found]
    pairs = [
        (
            next((r[k] for k in TEXT if r.get(k)), ""),
            next((r[k] for k in LABEL if r.get(k) is not None), None),
        )
        for r in lowered
    ]
    return [(str(said), str(label).lower() in WORTH) for said, label in pairs if said and label is not None]


def checkworthiness(readings: Readings) -> Iterator[Figure]:
    """How well the score ranks: our own news sentences."""
    scored = []
    for article, analysis in own(readings):
        by_start = {s.start: s.checkworthiness for s in analysis.sentences}
        scored += [(by_start[s.start], s.check) for s in article.sentences if s.start in by_start]
    yield ranked("check-worthiness, own articles: average precision", scored)


def tweets(readings: Readings) -> Iterator[Figure]:
    """How well the score ranks tweets."""
    data = rows("checkthat2021_1a_tweets", "dev.jsonl")
    if data:
        scored = zip(_scores(readings, "tweets", data), data, strict=True)
        yield ranked(
            "check-worthiness, tweets dev: average precision", [(x, row["label"] == "1") for x, row in scored]
        )


def debates(readings: Readings) -> Iterator[Figure]:
    """How well the score ranks the sentences that fact checkers looked at, debate by debate."""
    data = [row for row in rows("checkthat2019_1", "train.jsonl") if not row["id"].startswith(TRAINED_ON)]
    if not data:
        return
    files: dict[str, list[tuple[float, bool]]] = {}
    for row, score in zip(data, _scores(readings, "debates", data), strict=True):
        files.setdefault(row["id"].rpartition(":")[0], []).append((score, bool(row["label"])))
    precisions = [average_precision(pairs) for pairs in files.values() if any(right for _, right in pairs)]
    low, high = interval(precisions, lambda some: sum(some) / len(some))
    value, best = sum(precisions) / len(precisions), "best .166 on its test files"
    yield Figure("check-worthiness, debates 2016-18: MAP", value, low, high, 0.18, best,
                 f"{len(precisions)} debates")  # fmt: skip


def kept_aside(readings: Readings) -> Iterator[Figure]:
    """Test files nobody looked at, from the model's own threshold; where they are not here, nothing."""
    threshold = Weights.load().threshold
    for name, places, goals in KEPT_ASIDE:
        files = [file for place in places for file in sorted(SHARED.joinpath("data").glob(place))]
        for file in files:
            here = f"{file.parent.name}/{file.name}"
            if file.suffix not in {".jsonl", ".tsv", ".csv"} or OTHER_LANGUAGE.search(here):
                continue
            data = sentences_of(file)
            if not any(worth for _, worth in data):
                continue  # published without labels
            scores = _scores(readings, re.sub(r"\W+", "-", here), [{"text": text} for text, _ in data])
            scored = [(x, worth) for x, (_, worth) in zip(scores, data, strict=True)]
            counts = [Counts(int(s >= threshold and w), int(s >= threshold), int(w)) for s, w in scored]
            measure = f"check-worthiness, {name} ({here})"
            yield f1(f"{measure}: F1 from {threshold:.2f}", counts, goals[0])
            yield ranked(f"{measure}: average precision", scored, goals[1])


def _scores(readings: Readings, name: str, data: Sequence[dict[str, Any]]) -> list[float]:
    docs = readings.docs(name, [row["text"] for row in data])
    return [max((s.checkworthiness for s in doc._.stated), default=0.0) for doc in docs]


def ranked(measure: str, scored: Sequence[tuple[float, bool]], goal: float | None = None) -> Figure:
    low, high = interval(scored, average_precision)
    share = sum(right for _, right in scored) / len(scored)
    return Figure(
        measure, average_precision(scored), low, high, goal, "", f"{share:.0%} of {len(scored)} are"
    )


def average_precision(scored: Sequence[tuple[float, bool]]) -> float:
    ordered = sorted(scored, key=lambda pair: -pair[0])
    right, sum_ = 0, 0.0
    for rank, (_, wanted) in enumerate(ordered, 1):
        if wanted:
            right += 1
            sum_ += right / rank
    return sum_ / right if right else 0.0
