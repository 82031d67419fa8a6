"""The readable source of the office holders: what a line may say, and what is said where it is wrong."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from caveat.facts.offices import How, Office, When
from caveat.facts.offices.source import COLUMNS, Built, WrongSource, build

TODAY = date(2026, 11, 26)
HEAD = "# sources: a register\n# licence: CC0\n" + ",".join(COLUMNS) + "\n"
LINK = "https://example.org/list"


def row(
    person: str,
    start: str,
    end: str = "",
    *,
    how: str = "",
    as_of: str = "",
    kind: str = "head-of-government",
) -> str:
    return f"Prime Minister,Sylvania,{kind},{person},,{start},{end},{how},{as_of},a register,{LINK}"


def made(*rows: str) -> Built:
    return build((HEAD + "\n".join(rows)).encode(), TODAY)


def problem(*rows: str) -> str:
    with pytest.raises(WrongSource) as wrong:
        made(*rows)
    return str(wrong.value)


def test_a_line_becomes_a_term() -> None:
    line = "Prime Minister,Sylvania,head-of-government,Ann Lee,Annie Lee | A. Lee,2001-05,2004,,,a register,"
    (term,) = made(line + LINK).table.terms("Prime Minister", "Sylvania")
    assert term.names == ("Ann Lee", "Annie Lee", "A. Lee")
    assert term.start == When(date(2001, 5, 1), date(2001, 5, 31))
    assert term.end == When(date(2004, 1, 1), date(2004, 12, 31))


def test_the_order_of_lines_and_a_mark_at_the_start_of_the_file_do_not_matter() -> None:
    rows = (row("Ann Lee", "2001", "2004"), row("Bob Ray", "2004", "2008"))
    one, other = made(*rows), build(("\ufeff" + HEAD + "\r\n".join(reversed(rows))).encode(), TODAY)
    assert one == other


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row("Ann Lee", "2004", "2001")], "line 4: end 2001 is before start 2004"),
        ([row("Ann Lee", "04.05.2001", "2004")], "start is '04.05.2001': write a day (2007-12-03)"),
        ([row("Ann Lee", "2001-02-30", "2004")], "start is '2001-02-30'"),
        (
            [row("Ann Lee", "2001")],
            "a row without an end needs the day (2025-10-03) until which that is known",
        ),
        ([row("Ann Lee", "2001", as_of="2027-01-01")], "as_of 2027-01-01 is after today (2026-11-26)"),
        ([row("Ann Lee", "2001", as_of="2000-01-01")], "as_of 2000-01-01 is before start 2001"),
        ([row("Ann Lee", "2001", "2004", as_of="2004-01-01")], "a row with an end needs no as_of"),
        ([row("Ann Lee", "2001", "2004", kind="boss")], "class is 'boss'; it is one of head-of-government"),
        ([row("Ann Lee", "2001", "2004", how="vacant")], "how is 'vacant', so there is no person"),
        ([row("", "2001", "2004")], "person is empty: name somebody, or say in how"),
        ([row("Ann Lee", "2001", "2004", how="maybe")], "how is 'maybe'; it is one of '', 'acting'"),
        ([row("Ann Lee", "2001", "2004").replace(LINK, "a book")], "give a link that a reader can open"),
        ([row("Ann Lee", "2001", "2004") + ",more"], "there are 12 cells, and 11 columns"),
        (
            [row("Ann Lee", "2001-01-01", "2004-05-01"), row("Bob Ray", "2004-04-01", "2008")],
            "line 5 (Prime Minister, Sylvania: Bob Ray): it starts 2004-04-01, while line 4 (Prime Minister, "
            "Sylvania: Ann Lee) ends 2004-05-01",
        ),
        (
            [row("Ann Lee", "2001", as_of="2026-01-01"), row("Bob Ray", "2004", "2008")],
            "line 4 (Prime Minister, Sylvania: Ann Lee): it has no end, but line 5",
        ),
        (
            [row("Ann Lee", "2001", "2004"), row("Ann Lee", "2001", "2004")],
            "the same person and start stand in line 4; remove one",
        ),
        (
            [row("Ann Lee", "2001", "2004"), row("Bob Ray", "2004", "2008", kind="minister")],
            "class is minister, but head-of-government in line 4",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(rows: list[str], said: str) -> None:
    assert said in problem(*rows)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    assert problem(row("Ann Lee", "2001"), row("", "2001", "2004")).count("line ") == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe", "not UTF-8 text"),
        (b"", "there is no row"),
        (b"office,place\nPM,Sylvania\n", "the column class, person"),
        ((",".join(COLUMNS) + "\n" + row("Ann Lee", "2001", "2004")).encode(), "no line '# sources: ...'"),
    ],
)
def test_a_file_that_is_no_source_is_told_why(data: bytes, said: str) -> None:
    with pytest.raises(WrongSource) as wrong:
        build(data, TODAY)
    assert said in str(wrong.value)


@pytest.mark.parametrize("how", ["acting", "shared"])
def test_two_may_hold_an_office_where_one_is_acting_or_both_share_it(how: str) -> None:
    built = made(
        row("Ann Lee", "2001-01-01", "2004-01-01", how="shared" if how == "shared" else ""),
        row("Bob Ray", "2003-01-01", "2003-02-01", how=how),
    )
    assert built.warnings == ()


def test_years_that_touch_are_no_conflict() -> None:
    assert made(row("Ann Lee", "2001", "2004"), row("Bob Ray", "2004", "2008")).warnings == ()


def test_a_gap_is_warned_of_unless_a_line_says_what_is_known_of_it() -> None:
    before, after = row("Ann Lee", "2001-01-01", "2004-01-01"), row("Bob Ray", "2004-05-01", "2008")
    assert "nothing is said about the 121 days before it" in made(before, after).warnings[0]
    for how in ("vacant", "unknown"):
        assert made(before, row("", "2004-01-01", "2004-05-01", how=how), after).warnings == ()


def test_a_day_is_covered_where_the_table_knows_who_held_the_office_or_that_nobody_did() -> None:
    table = made(
        row("Ann Lee", "2001-01-01", "2004-01-01"),
        row("", "2004-01-02", "2005-01-01", how="vacant"),
        row("", "2005-01-02", "2006-01-01", how="unknown"),
        row("Bob Ray", "2006-01-02", as_of="2020-01-01"),
    ).table
    days = {
        date(2000, 12, 31): False,
        date(2001, 1, 1): True,
        date(2004, 6, 1): True,
        date(2005, 6, 1): False,
        date(2020, 1, 1): True,
        date(2020, 1, 2): False,
    }
    assert {day: table.covers("Prime Minister", "Sylvania", day) for day in days} == days
    assert [term.how for term in table.terms("Prime Minister", "Sylvania")] == [How.FULL, How.FULL]
    assert not table.covers("Chancellor", "Sylvania", date(2002, 1, 1))
    assert table.offices() == (Office("Prime Minister", "Sylvania"),)


def test_an_end_known_to_the_year_covers_no_day_after_the_successor_was_last_vouched_for() -> None:
    table = made(row("Ann Lee", "2001", "2026"), row("Bob Ray", "2026", as_of="2026-07-01")).table
    assert table.covers("Prime Minister", "Sylvania", date(2026, 7, 1))
    assert not table.covers("Prime Minister", "Sylvania", date(2026, 7, 2))


@given(
    st.one_of(
        st.dates().map(date.isoformat),
        st.dates().map(lambda day: day.isoformat()[:7]),
        st.dates().map(lambda day: day.isoformat()[:4]),
    )
)
def test_a_date_is_kept_as_exactly_as_it_was_written(written: str) -> None:
    when = When.parse(written)
    assert str(when) == written
    assert when.earliest <= when.latest


@example(" 123")
@example("2001-2-03")
@example("2001-00")
@given(st.text(alphabet="0123456789-/ T²", max_size=12))
def test_what_is_no_date_is_refused_and_never_guessed(written: str) -> None:
    try:
        when = When.parse(written)
    except ValueError:
        return
    assert str(when) == written
