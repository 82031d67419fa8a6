"""Ratings out of a CSV file, and a ranking into one.

In: the columns ``noteId``, ``raterParticipantId`` and ``helpfulNum`` (1, 0.5 or 0) in any order, among any
others; UTF-8, with a header. Ids are whatever is written there, compared letter by letter; files in which
all are numbers come out in the order of numbers. Out: ``noteId,intercept,factor,ratings,status,reason``,
the status in Community Notes' words.
What can go wrong: ``WrongFile``, which names line and field, what is there and what would do.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from caveat.annotations.ranking.evidence import Status
from caveat.annotations.ranking.ranked import Ranking
from caveat.annotations.ranking.ratings import VALUES, Ratings, WrongRatings
from caveat.annotations.ranking.reasons import reason

NOTE, RATER, VALUE = "noteId", "raterParticipantId", "helpfulNum"
COLUMNS = (NOTE, RATER, VALUE)
WRITTEN = ("noteId", "intercept", "factor", "ratings", "status", "reason")
WORDS = {Status.HELPFUL: "CRH", Status.NOT_HELPFUL: "CRNH", Status.NEEDS_RATINGS: "NMR"}
LONGEST_ID = 200  # Community Notes' have 64 letters; what is longer is no id
_SHOWN = 40  # letters of a wrong value in a message


class WrongFile(ValueError):
    """The file cannot be read as ratings."""


def read(data: bytes) -> Ratings:
    """The ratings in a file's bytes. Raises ``WrongFile``."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise WrongFile(
            f"line {line} is not UTF-8 text: byte {error.start} is 0x{data[error.start]:02x}. Convert the "
            "file first, for example: iconv -f WINDOWS-1252 -t UTF-8"
        ) from None
    rows = csv.reader(io.StringIO(text, newline=""))
    notes: dict[str, int] = {}
    raters: dict[str, int] = {}
    note, rater, value, lines = [], [], [], []
    for line, (note_id, rater_id, number) in _rows(rows):
        note.append(notes.setdefault(note_id, len(notes)))
        rater.append(raters.setdefault(rater_id, len(raters)))
        value.append(number)
        lines.append(line)
    if not value:
        raise WrongFile(f"it holds no ratings: under its header it needs lines such as 17,4,{VALUES[0]:g}.")
    note_ids, rater_ids = _ids(notes), _ids(raters)
    # Sorted once each: a million ids of 64 letters side by side would be a quarter of a gigabyte.
    note_order, rater_order = np.argsort(note_ids), np.argsort(rater_ids)
    try:
        ratings = Ratings.of(np.argsort(note_order)[note], np.argsort(rater_order)[rater], value)
    except WrongRatings as error:
        first, second = error.rows
        raise WrongFile(
            f"line {lines[second]} rates again what line {lines[first]} rated: {NOTE} "
            f"{_short(str(note_ids[note[first]]))} by {RATER} {_short(str(rater_ids[rater[first]]))}. "
            "Keep one of the two."
        ) from None
    return replace(ratings, notes=note_ids[note_order], raters=rater_ids[rater_order])


def _rows(rows: Iterator[list[str]]) -> Iterator[tuple[int, tuple[str, str, float]]]:
    """Each line's number and three fields. Raises ``WrongFile``."""
    lines = _lines(rows)
    _, header = next(lines, (1, []))
    names = [name.strip() for name in header]
    if missing := [name for name in COLUMNS if name not in names]:
        there = f"has {_short(', '.join(names), 120)}" if any(names) else "is empty"
        raise WrongFile(
            f"line 1 is to name the columns {', '.join(COLUMNS)}; it {there}: {', '.join(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} missing."
        )
    places = [names.index(name) for name in COLUMNS]
    known = {f"{value:g}": value for value in VALUES} | {"1.0": 1.0, "0.0": 0.0, ".5": 0.5}
    for line, row in lines:
        if not row:
            continue
        if len(row) != len(names):
            raise WrongFile(
                f"line {line} has {len(row)} field{'' if len(row) == 1 else 's'} where the header has "
                f"{len(names)}."
            )
        note, rater, said = (row[place].strip() for place in places)
        for name, id_ in ((NOTE, note), (RATER, rater)):
            if not id_:
                raise WrongFile(f"line {line}, {name}: it is empty; every rating needs one.")
            if len(id_) > LONGEST_ID:
                raise WrongFile(
                    f"line {line}, {name}: an id has at most {LONGEST_ID} letters; this has {len(id_):,}."
                )
        value = known[said] if said in known else _number(said)
        if value not in VALUES:
            raise WrongFile(
                f"line {line}, {VALUE}: {_short(said)!r} is no rating; it is 1 (helpful), 0.5 (somewhat) "
                "or 0 (not helpful)."
            )
        yield line, (note, rater, value)


def _lines(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line on which each begins. Raises ``WrongFile``."""
    reader = rows
    before = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise WrongFile(f"line {before + 1} is no CSV: {error}.") from None
        yield before + 1, row
        before = reader.line_num  # type: ignore[attr-defined]


def _number(said: str) -> float:
    try:
        return float(said)
    except ValueError:
        return float("nan")


def _ids(found: Iterable[str]) -> np.ndarray:
    """Ids as an array: numbers where all are written as numbers are, else text."""
    ids = list(found)
    if all(len(id_) < 19 and id_.isascii() and id_.isdigit() and str(int(id_)) == id_ for id_ in ids):
        return np.array([int(id_) for id_ in ids], np.int64)
    return np.array(ids)


def _short(said: str, letters: int = _SHOWN) -> str:
    return said if len(said) <= letters else said[: letters - 1] + "…"


def write(ranking: Ranking) -> str:
    """The ranking as CSV."""
    out = io.StringIO(newline="")
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(WRITTEN)
    known, counts = ranking.known, ranking.known.ratings
    lines.writerows(
        (
            note,
            f"{known.intercept[place]:.6f}",
            f"{known.factor[place]:.6f}",
            counts[place],
            WORDS[Status(int(ranking.status[place]))],
            reason(ranking, place),
        )
        for place, note in enumerate(ranking.notes.tolist())
    )
    return out.getvalue()
