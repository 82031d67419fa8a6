"""The table of office holders that ships: consistent in itself, and what its source says."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from caveat.facts.offices import SOURCE, How, Kind, Office, OfficeTable, packaged
from caveat.facts.offices.source import build
from caveat.facts.tables import DamagedTable

TODAY = date(2026, 11, 26)
TABLE = OfficeTable.decode(packaged())
TERMS = [(office, term) for office in TABLE.offices() for term in TABLE.terms(*office)]


def test_what_ships_is_a_fresh_build_of_its_source() -> None:
    built = build(packaged(SOURCE), TODAY)
    assert built.table.encode() == packaged(), "run: caveat facts build, as README.md beside the source says"
    assert built.warnings == ()


def test_the_source_is_sorted_as_a_person_looks_things_up() -> None:
    rows = [line.split(",") for line in packaged(SOURCE).decode().splitlines() if not line.startswith("#")][
        1:
    ]
    keys = [(row[1], row[0]) for row in rows]
    assert keys == sorted(keys)


def test_no_two_hold_an_office_of_one_for_longer_than_a_handover() -> None:
    for office in TABLE.offices():
        alone = [term for term in TABLE.terms(*office) if term.how is How.FULL]
        for earlier, later in pairwise(alone):
            assert earlier.end, (office, earlier.person)
            assert earlier.end.earliest <= later.start.latest, (office, earlier.person, later.person)


def test_nobody_is_vouched_for_beyond_what_can_be_known() -> None:
    for office, term in TERMS:
        assert term.start.earliest <= (term.as_of or term.last_day), (office, term.person)
        assert not term.as_of or term.as_of <= TODAY, (office, term.person)
        assert (term.end is None) == (term.as_of is not None), (office, term.person)


def test_a_name_belongs_to_one_person_of_an_office_unless_both_are_known_by_it() -> None:
    # "George Bush" is father or son: a check has to see that, so both rows carry the name.
    for office in TABLE.offices():
        owners: dict[str, set[str]] = {}
        for term in TABLE.terms(*office):
            for name in term.names:
                owners.setdefault(name.casefold(), set()).add(term.person)
        shared = {name for name, people in owners.items() if len(people) > 1}
        assert shared <= {"george bush"}, (office, shared)


def test_names_are_clean() -> None:
    for office, term in TERMS:
        for name in term.names:
            assert name == " ".join(name.split()), (office, name)
            assert not set(name) & set("|;()[]_0123456789"), (office, name)
        assert term.person not in term.aliases, (office, term.person)


@pytest.mark.parametrize("kind", Kind)
def test_there_are_offices_of_each_kind(kind: Kind) -> None:
    assert kind in TABLE.kinds.values()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data[:-40], "malformed|truncated"),
        (lambda data: data.replace(b"Angela Merkel", b"Angela Murkel"), "not what its version was made from"),
        (lambda data: data.replace(b"holders 1", b"holders 2"), "'caveat office holders 2'"),
        (lambda _: b"[]", "Expected `object`"),
        (lambda _: b"\xff", "."),
    ],
)
def test_a_damaged_table_is_refused(change: object, said: str) -> None:
    with pytest.raises(DamagedTable, match=said):
        OfficeTable.decode(change(packaged()))  # type: ignore[operator]


def test_the_version_changes_with_the_content() -> None:
    rows = packaged(SOURCE).decode().splitlines()
    office = Office("Chancellor", "Germany")
    fewer = build("\n".join(row for row in rows if "Angela Merkel" not in row).encode(), TODAY).table
    assert fewer.version != TABLE.version
    assert len(fewer.terms(*office)) == len(TABLE.terms(*office)) - 1
