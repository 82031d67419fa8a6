"""ClaimBuster: sentences of the presidential debates of 1960 to 2016, labelled by a crowd.

In: a folder with ``train.jsonl``, a sentence a line: ``{"id", "text", "label", "file"}``, where the label is
CFS (check-worthy), UFS (factual, unimportant) or NFS (not factual) and the file is the debate's. Out: the
sentences in their order. Raises ``WrongData``, which names the line and what is wrong with it.

Arslan, Hassan, Li, Tremayne, "A Benchmark Dataset of Check-worthy Factual Claims", ICWSM 2020, CC BY 4.0,
doi:10.5281/zenodo.3609356.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

FILE = "train.jsonl"
LABELS = ("CFS", "UFS", "NFS")
CHECK_WORTHY = LABELS[0]
_FEWEST_DEBATES = 6  # they are kept aside in five folds
_FIELDS = ("text", "label", "file")


class WrongData(ValueError):
    """The data set is not here, or is not what it should be."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """The data set, a column each."""

    texts: list[str]
    labels: list[str]
    debates: list[str]
    digest: str  # of the file, for the record


def read(folder: Path) -> Sentences:
    """Read and check the whole file."""
    file = folder / FILE
    if not folder.is_dir():
        raise WrongData(f"{folder} is no folder. Give the folder that holds ClaimBuster's {FILE}.")
    if not file.is_file():
        raise WrongData(
            f"{folder} holds no {FILE}. It should be ClaimBuster's crowd-sourced sentences, one a line."
        )
    data = file.read_bytes()
    rows = [_row(file, number, line) for number, line in enumerate(data.splitlines(), 1) if line.strip()]
    found = Sentences(
        [text for text, _, _ in rows],
        [label for _, label, _ in rows],
        [debate for _, _, debate in rows],
        hashlib.sha256(data).hexdigest(),
    )
    if (
        len(set(found.debates)) < _FEWEST_DEBATES
        or len({label == CHECK_WORTHY for label in found.labels}) < 2
    ):
        raise WrongData(
            f"{file} holds {len(rows)} sentences of {len(set(found.debates))} debates. Training needs "
            f"{_FEWEST_DEBATES} debates at least, and both check-worthy sentences and others."
        )
    return found


def _row(file: Path, number: int, line: bytes) -> tuple[str, str, str]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise WrongData(f"{file}, line {number} is not JSON: {error}") from error
    if not isinstance(row, dict) or not all(isinstance(row.get(field), str) for field in _FIELDS):
        raise WrongData(f"{file}, line {number} should be an object with the texts {', '.join(_FIELDS)}.")
    if row["label"] not in LABELS or not row["text"].strip():
        raise WrongData(
            f"{file}, line {number}: a label is one of {', '.join(LABELS)}, and no text is empty; "
            f"here the label is {row['label'][:20]!r}."
        )
    return row["text"], row["label"], row["file"]
