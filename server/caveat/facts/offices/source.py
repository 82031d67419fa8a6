"""The readable source of the table: one holder a line, in a file that anybody can correct.

In: the bytes of a CSV file with the columns of ``COLUMNS`` (README.md says what they mean), before them
lines ``# sources: ...`` and ``# licence: ...``; and the day it is. Out: the ``OfficeTable`` and warnings.
What can go wrong: ``WrongSource`` with everything that is wrong, each with its line and what to do.

A row that is not certain is worse than none, so the checks are strict: two people in an office of one, an end
before its start, a row without an end that nobody vouches for.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from caveat.facts.offices.table import How, Kind, Office, OfficeTable, Term, When

COLUMNS = (
    "office",
    "place",
    "class",
    "person",
    "aliases",
    "start",
    "end",
    "how",
    "as_of",
    "verified",
    "source",
)
LONGEST_GAP = 60  # days between two holders that are not worth a word: nobody checks that near a change
_SEVERAL = "|"
_NOBODY = (How.VACANT, How.UNKNOWN)


class WrongSource(ValueError):
    """A source that no table can be made of; one line for everything that is wrong with it."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Built:
    """A table, and what somebody should look at."""

    table: OfficeTable
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row that can be read, and where it stands."""

    number: int
    office: Office
    kind: Kind
    term: Term

    def __str__(self) -> str:
        who = self.term.person or self.term.how
        return f"line {self.number} ({self.office.title}, {self.office.place}: {who})"


class _WrongRow(ValueError):
    """What is wrong with one row."""


def build(data: bytes, today: date) -> Built:
    """The table that a source describes. Raises ``WrongSource``."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongSource([f"the file is not UTF-8 text (byte {error.start}): save it as UTF-8"]) from None
    notes, rows = _read(text)
    problems: list[str] = []
    lines: list[_Line] = []
    for number, cells in rows:
        try:
            lines.append(_line(number, cells, today))
        except _WrongRow as wrong:
            problems.append(f"line {number}: {wrong}")
    lines.sort(key=_order)
    held = {office: tuple(group) for office, group in groupby(lines, key=lambda line: line.office)}
    for group in held.values():
        problems += _conflicts(group)
    for name in ("sources", "licence"):
        if not notes.get(name):
            problems.append(f"there is no line '# {name}: ...' above the columns: say it there")
    if problems:
        raise WrongSource(problems)
    table = OfficeTable(
        {office: tuple(line.term for line in group) for office, group in held.items()},
        {office: group[0].kind for office, group in held.items()},
        notes["sources"],
        notes["licence"],
    )
    return Built(
        OfficeTable.decode(table.encode()),  # what is handed on is what a reader of the file will have
        tuple(warning for group in held.values() for warning in _gaps(group)),
    )


def _order(line: _Line) -> tuple[str, str, date, date]:
    """By place and office as a person looks them up, then by time."""
    return line.office.place, line.office.title, line.term.start.earliest, line.term.last_day


def _read(text: str) -> tuple[dict[str, str], list[tuple[int, dict[str, str]]]]:
    """What is said above the columns, and the rows by line. Raises ``WrongSource``."""
    notes: dict[str, str] = {}
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if cells[0].startswith("#"):
                name, _, value = ", ".join(cells).strip("#, ").partition(":")
                notes[name.strip().casefold()] = value.strip()
            elif header is None:
                header = cells
                if missing := [name for name in COLUMNS if name not in header]:
                    raise WrongSource(
                        [
                            f"line {reader.line_num}: the column {', '.join(missing)} is missing; "
                            f"the columns are {','.join(COLUMNS)}"
                        ]
                    )
            elif len(cells) != len(header):
                raise WrongSource(
                    [
                        f"line {reader.line_num}: there are {len(cells)} cells, and {len(header)} columns; "
                        'a text with a comma in it stands between "quotation marks"'
                    ]
                )
            else:
                rows.append((reader.line_num, dict(zip(header, cells, strict=True))))
    except csv.Error as error:
        raise WrongSource([f"line {reader.line_num}: this is no CSV ({error})"]) from None
    if header is None or not rows:
        raise WrongSource([f"there is no row; the columns are {','.join(COLUMNS)}"])
    return notes, rows


def _line(number: int, cells: dict[str, str], today: date) -> _Line:
    """One row. Raises ``_WrongRow``."""
    for name in ("office", "place", "verified", "source"):
        if not cells[name]:
            raise _WrongRow(f"{name} is empty")
    if not cells["source"].startswith(("https://", "http://")):
        raise _WrongRow(f"source is {cells['source']!r}: give a link that a reader can open")
    try:
        how = How(cells["how"])
    except ValueError:
        known = ", ".join(repr(str(each)) for each in How)
        raise _WrongRow(f"how is {cells['how']!r}; it is one of {known}") from None
    try:
        kind = Kind(cells["class"])
    except ValueError:
        raise _WrongRow(f"class is {cells['class']!r}; it is one of {', '.join(Kind)}") from None
    if (how in _NOBODY) == bool(cells["person"]):
        raise _WrongRow(
            "person is empty: name somebody, or say in how that the office was vacant, or unknown"
            if not cells["person"]
            else f"how is {str(how)!r}, so there is no person to name"
        )
    start = _when("start", cells)
    end = _when("end", cells) if cells["end"] else None
    return _Line(
        number,
        Office(cells["office"], cells["place"]),
        kind,
        Term(
            cells["person"],
            tuple(alias for each in cells["aliases"].split(_SEVERAL) if (alias := each.strip())),
            start,
            end,
            how,
            _vouched(cells["as_of"], start, end, today),
            cells["verified"],
            cells["source"],
        ),
    )


def _when(name: str, cells: dict[str, str]) -> When:
    try:
        return When.parse(cells[name])
    except ValueError:
        raise _WrongRow(
            f"{name} is {cells[name]!r}: write a day (2007-12-03), a month (2007-12) or a year (2007)"
        ) from None


def _vouched(written: str, start: When, end: When | None, today: date) -> date | None:
    """The day until which a row without an end is known to be so."""
    if end:
        if end.latest < start.earliest:
            raise _WrongRow(f"end {end} is before start {start}")
        if written:
            raise _WrongRow("a row with an end needs no as_of: empty one of the two")
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise _WrongRow(
            f"as_of is {written!r}: a row without an end needs the day (2025-10-03) until which that is known"
        ) from None
    if day > today:
        raise _WrongRow(f"as_of {day} is after today ({today}): nobody can know that yet")
    if day < start.earliest:
        raise _WrongRow(f"as_of {day} is before start {start}")
    return day


def _conflicts(lines: Sequence[_Line]) -> Iterator[str]:
    """What cannot be in the lines of one office, which are in the order of their start."""
    for line in lines:
        if line.kind != lines[0].kind:
            yield f"{line}: class is {line.kind}, but {lines[0].kind} in line {lines[0].number}"
    seen: dict[tuple[str, When], _Line] = {}
    for line in lines:
        first = seen.setdefault((line.term.person, line.term.start), line)
        if first is not line and line.term.person:
            yield f"{line}: the same person and start stand in line {first.number}; remove one"
    alone = [line for line in lines if line.term.how in (How.FULL, How.VACANT)]
    for earlier, later in pairwise(alone):
        if earlier.term.person and earlier.term.end is None:
            yield f"{earlier}: it has no end, but {later} starts {later.term.start}; give it one"
        elif _surely_ends(earlier.term) > later.term.start.latest:
            yield (
                f"{later}: it starts {later.term.start}, while {earlier} ends {earlier.term.end}; one of the "
                "dates is not right, or in how one is acting or both are shared"
            )


def _surely_ends(term: Term) -> date:
    return term.end.earliest if term.end else term.last_day


def _gaps(lines: Sequence[_Line]) -> Iterable[str]:
    """Stretches of an office that no line says anything about."""
    known = lines[0]
    for line in lines[1:]:
        days = (line.term.start.earliest - known.term.last_day) / timedelta(days=1)
        if days > LONGEST_GAP:
            yield (
                f"{line}: nothing is said about the {days:.0f} days before it; add who held the office, or a "
                "line without a person whose how is vacant or unknown"
            )
        if line.term.last_day > known.term.last_day:
            known = line
