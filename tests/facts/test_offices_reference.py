"""The table against another one, made of other sources: where they differ by over a month, somebody looked.

``office_deviations.toml`` names each such difference with the reason; one that is not named there, and
a name that is no difference any more, fail.
"""

from __future__ import annotations

import csv
import os
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest

from caveat.facts.offices import OfficeTable, Term, When, packaged

SHARED = Path(os.environ.get("CAVEAT_SHARED", Path(__file__).parents[3] / "shared"))
REFERENCE = SHARED / "facts" / "office_holders_reference.csv"
DEVIATIONS = tomllib.loads(Path(__file__).with_name("office_deviations.toml").read_text(encoding="utf-8"))
CLOSE = 30  # days
TABLE = OfficeTable.decode(packaged())
LETTERS = str.maketrans("łŁøØđĐðÐıß", "lLoOdDdDis")


@dataclass(frozen=True)
class Row:
    """What the other table says of one term."""

    place: str
    office: str
    person: str
    names: frozenset[str]
    link: str
    start: date
    end: date | None
    as_of: date

    @property
    def key(self) -> str:
        return f"{self.place}: {self.office}: {self.person} from {self.start}"


def plain(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.translate(LETTERS))
    return "".join(letter for letter in letters if letter.isalpha()).casefold()


def rows() -> Iterator[Row]:
    """The other table under our titles and places; terms that follow one another are one."""
    titles, places = DEVIATIONS["titles"], DEVIATIONS["places"]
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        read = [
            Row(
                places.get(row["office"], row["jurisdiction"]),
                titles.get(row["office"], row["office"]),
                row["person"],
                frozenset(plain(name) for name in (row["person"], *row["aliases"].split(";")) if name),
                row["qid"],
                date.fromisoformat(row["start"]),
                date.fromisoformat(row["end"]) if row["end"] else None,
                date.fromisoformat(row["as_of"]),
            )
            for row in csv.DictReader(file)
        ]
    read.sort(key=lambda row: (row.place, row.office, row.link or row.person, row.start))
    for _, group in groupby(read, key=lambda row: (row.place, row.office, row.link or row.person)):
        first, *others = group
        for row in others:
            if first.end and abs((row.start - first.end).days) <= 1:
                first = Row(**{**first.__dict__, "end": row.end, "as_of": row.as_of})
            else:
                yield first
                first = row
        yield first


def ours(row: Row) -> list[Term]:
    """Our terms of the same person in the same office, those that follow one another as one."""
    joined: list[Term] = []
    for term in TABLE.terms(row.office, row.place):
        known = row.names & {plain(name) for name in term.names}
        if not known and not (row.link and term.source.endswith(f"/{row.link}")):
            continue
        if joined and (end := joined[-1].end) and (term.start.earliest - end.latest).days <= 1:
            start = min(joined[-1].start, term.start, key=lambda when: when.earliest)
            joined[-1] = Term(**{**{name: getattr(term, name) for name in Term.__slots__}, "start": start})
        else:
            joined.append(term)
    return joined


def apart(day: date, when: When) -> int:
    """Days between a day and the nearest one that a date may mean."""
    return max((when.earliest - day).days, (day - when.latest).days, 0)


def differs(row: Row, term: Term) -> bool:
    if apart(row.start, term.start) > CLOSE:
        return True
    if row.end and term.end:
        return apart(row.end, term.end) > CLOSE
    if row.end:
        return True
    return bool(term.end) and term.end.latest <= row.as_of  # type: ignore[union-attr]


@pytest.mark.skipif(
    not REFERENCE.exists(), reason="the other table is not here (CAVEAT_SHARED names its folder)"
)
def test_each_difference_of_over_a_month_has_been_looked_at() -> None:
    found = {row.key for row in rows() if all(differs(row, term) for term in ours(row))}
    explained = {key for reason in DEVIATIONS["reason"] for key in reason["rows"]}
    assert found - explained == set()
    assert explained - found == set()


def test_each_difference_has_one_reason() -> None:
    keys = [key for reason in DEVIATIONS["reason"] for key in reason["rows"]]
    assert len(keys) == len(set(keys))
    assert all(reason["why"] for reason in DEVIATIONS["reason"])
