"""What the table answers when it is asked who holds an office, and when it keeps silent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caveat.facts.offices import people
from caveat.facts.offices.check import OfficeCheck
from caveat.facts.offices.question import OfficeQuestion
from caveat.facts.offices.source import build
from caveat.reading import rules

ROWS = """# sources: made up for this test, of real names
# licence: CC0
office,place,class,person,aliases,start,end,how,as_of,verified,source
Chancellor,Germany,head-of-government,Angela Merkel,,2005-11-22,2021-12-08,,,x,https://example.org/merkel
Chancellor,Germany,head-of-government,Olaf Scholz,,2021-12-08,2025-05-06,,,x,https://example.org/scholz
Chancellor,Germany,head-of-government,Friedrich Merz,,2025-05-06,,,2025-10-03,x,https://example.org/merz
President,United States,head-of-state,George Bush,George H. W. Bush,1989-01-20,1993-01-20,,,x,https://example.org/1
President,United States,head-of-state,Bill Clinton,,1993-01-20,2001-01-20,,,x,https://example.org/2
President,United States,head-of-state,George W. Bush,George Bush,2001-01-20,2009-01-20,,,x,https://example.org/3
President,United States,head-of-state,Barack Obama,,2009-01-20,2017-01-20,,,x,https://example.org/4
President,United States,head-of-state,Donald Trump,,2017-01-20,2021-01-20,,,x,https://example.org/5
President,United States,head-of-state,Joe Biden,,2021-01-20,2025-01-20,,,x,https://example.org/6
President,United States,head-of-state,Donald Trump,,2025-01-20,,,2025-10-03,x,https://example.org/5
President,Ukraine,head-of-state,Petro Poroshenko,,2014-06-07,2019-05-20,,,x,https://example.org/p
President,Ukraine,head-of-state,Volodymyr Zelenskyy,,2019-05-20,,,2025-10-03,x,https://example.org/z
President,Russia,head-of-state,Vladimir Putin,,2000-05-07,2008-05-07,,,x,https://example.org/put
President,Russia,head-of-state,Dmitry Medvedev,,2008-05-07,2012-05-07,,,x,https://example.org/med
President,Russia,head-of-state,Vladimir Putin,,2012-05-07,,,2025-10-03,x,https://example.org/put
Prime Minister,Russia,head-of-government,Vladimir Putin,,2008-05-08,2012-05-07,,,x,https://example.org/put
President,Poland,head-of-state,Lech Kaczyński,,2005-12-23,2010-04-10,,,x,https://example.org/k
President,Poland,head-of-state,,,2010-04-10,2010-08-06,unknown,,x,https://example.org/k
President,Poland,head-of-state,Bronisław Komorowski,,2010-08-06,2015-08-06,,,x,https://example.org/k
Prime Minister,Turkey,head-of-government,Binali Yıldırım,,2016-05-24,2018-07-09,,,x,https://example.org/y
Prime Minister,Turkey,head-of-government,,,2018-07-09,,vacant,2025-10-03,x,https://example.org/y
Commander,United States European Command,military,Alexus Grynkewich,,2025-07-01,,,2025-10-03,x,https://example.org/g
"""
TABLE = build(ROWS.encode(), date(2026, 11, 26)).table
CHECK = OfficeCheck(TABLE)


def asked(title: str, place: str | None, person: str, day: str, *, dated: bool = True, **more: object) -> str:
    """Which message is shown, with whom; "" where nothing is asked."""
    question = OfficeQuestion(0, 0, title, place, person, **more)  # type: ignore[arg-type]
    found = CHECK.answer(question, date.fromisoformat(day), dated=dated)
    return f"{found.variant}: {found.slots.get('holder', '')}" if found else ""


@pytest.mark.parametrize(
    ("title", "place", "person", "day", "answer"),
    [
        ("chancellor", "Germany", "Angela Merkel", "2025-07-21", "office: Friedrich Merz"),
        ("chancellor", "Germany", "Merkel", "2025-07-21", "office: Friedrich Merz"),
        ("chancellor", None, "Angela Merkel", "2025-07-21", "office: Friedrich Merz"),
        ("chancellor", "Germany", "Olaf Scholz", "2015-07-21", "office-later: Angela Merkel"),
        ("president", "United States", "Barack Obama", "2019-02-05", "office: Donald Trump"),
        ("president", "United States", "George W. Bush", "2015-06-01", "office: Barack Obama"),
        ("president", "Ukraine", "Petro Poroshenko", "2022-02-05", "office: Volodymyr Zelenskyy"),
        ("prime minister", "Turkey", "Binali Yildirim", "2020-02-05", "office-nobody: "),
        ("commander", "United States European Command", "Alexus Greenkwich", "2025-07-21",
         "office-spelling: Alexus Grynkewich"),
    ],
)  # fmt: skip
def test_somebody_else_is_on_record(
    title: str, place: str | None, person: str, day: str, answer: str
) -> None:
    assert asked(title, place, person, day) == answer


@pytest.mark.parametrize(
    ("title", "place", "person", "day", "because"),
    [
        ("chancellor", "Germany", "Angela Merkel", "2015-07-21", "it is true"),
        ("chancellor", "Germany", "Angela Merkel", "2022-01-20", "within 60 days of leaving"),
        ("chancellor", "Germany", "Friedrich Merz", "2025-03-20", "within 60 days of coming"),
        ("chancellor", "Germany", "Angela Merkel", "2004-07-21", "before the table begins"),
        ("president", "United States", "Bill Clinton", "2019-07-21", "over fifteen years ago: a story"),
        ("president", "United States", "Joe Biden", "2004-07-21", "over fifteen years to come: a namesake"),
        ("chancellor", "Germany", "Friedrich Merz", "2027-07-21", "beyond the record, and may still hold it"),
        ("chancellor", "Germany", "Angela Merkel", "2027-07-21", "too far beyond the record"),
        ("president", "United States", "Donald Trump", "2025-12-21", "beyond it, and he came back once"),
        ("president", None, "Barack Obama", "2019-02-05", "a courtesy title"),
        ("president", "United States", "George Bush", "2004-06-01", "one of two of that name, and true"),
        ("president", "United States", "Bush", "2015-06-01", "two people of one surname"),
        ("president", "United States", "George Bush", "2015-06-01", "two people of one name"),
        ("president", "Ukraine", "Volodymyr Zelenskiy", "2022-05-23", "another spelling of the holder"),
        ("president", "Ukraine", "Wolodymyr Selenskyj", "2022-05-23", "spelled as in German"),
        ("president", "Russia", "Vladimir Putin", "2010-05-23", "leads the place in another office"),
        ("president", "Poland", "Lech Kaczyński", "2010-07-23", "a hole in the table"),
        ("president", "Germany", "Angela Merkel", "2025-07-21", "an office the table has not"),
        ("chancellor", "Germany", "Marianne Roth", "2015-07-21", "somebody the table has not"),
        ("commander", "United States European Command", "Alexander Hollis", "2025-07-21", "not near"),
        ("commander", "United States European Command", "Alexus Grynkewich", "2025-07-21", "the same"),
        ("president", None, "Putin", "2010-05-23", "a surname without a place"),
        ("head", "Germany", "Angela Merkel", "2025-07-21", "no office in particular"),
    ],
)  # fmt: skip
def test_nothing_is_asked_where_a_doubt_is_left(
    title: str, place: str | None, person: str, day: str, because: str
) -> None:
    assert asked(title, place, person, day) == "", because


def test_a_year_that_is_over_makes_it_history() -> None:
    assert asked("chancellor", "Germany", "Angela Merkel", "2025-07-21", years=(2025, 2030))
    assert not asked("chancellor", "Germany", "Angela Merkel", "2025-07-21", years=(2015,))


def test_a_month_long_over_makes_a_past_sentence_history_but_one_to_come_is_none() -> None:
    assert asked("chancellor", "Germany", "Angela Merkel", "2025-07-21", past=True, months=(7, 8))
    assert not asked("chancellor", "Germany", "Angela Merkel", "2025-07-21", past=True, months=(3,))
    assert asked("chancellor", "Germany", "Angela Merkel", "2025-07-21", months=(11,))


def test_a_page_without_a_date_is_told_so() -> None:
    assert asked("chancellor", "Germany", "Angela Merkel", "2025-07-21", dated=False) == (
        "office-undated: Friedrich Merz"
    )


def test_beyond_its_end_the_record_says_how_far_it_goes() -> None:
    found = CHECK.answer(
        OfficeQuestion(0, 0, "chancellor", "Germany", "Angela Merkel"), date(2026, 3, 1), dated=True
    )
    assert found is not None
    assert (found.variant, found.slots["day"]) == ("office-older", "3 October 2025")
    assert asked("chancellor", "Germany", "Angela Merkel", "2026-03-01", dated=False) == (
        "office-older-undated: Friedrich Merz"
    )


def test_the_record_of_both_stands_beside_the_words() -> None:
    found = CHECK.answer(
        OfficeQuestion(0, 0, "chancellor", "Germany", "Olaf Scholz"), date(2015, 7, 21), dated=True
    )
    assert found is not None
    assert [(e.title, e.url, e.date) for e in found.evidence] == [
        (
            "Chancellor, Germany: Angela Merkel, 22 November 2005 to 8 December 2021",
            "https://example.org/merkel",
            None,
        ),
        (
            "Chancellor, Germany: Olaf Scholz, 8 December 2021 to 6 May 2025",
            "https://example.org/scholz",
            None,
        ),
    ]
    assert found.slots["start"] == "8 December 2021"


@given(st.sampled_from([(o, t) for o in TABLE.offices() for t in TABLE.terms(*o)]), st.integers(-59, 12_000))
def test_nobody_is_asked_about_within_their_own_term_or_sixty_days_of_it(
    held: tuple[tuple[str, str], object], days: int
) -> None:
    (title, place), term = held
    last = term.last_day + timedelta(59)  # type: ignore[attr-defined]
    day = min(term.start.earliest + timedelta(days), last)  # type: ignore[attr-defined]
    person: str = term.person  # type: ignore[attr-defined]
    assert CHECK.answer(OfficeQuestion(0, 0, title.lower(), place, person), day, dated=True) is None


def test_every_title_that_can_be_read_means_an_office_or_a_body() -> None:
    titles = set(rules.read("offices")["titles"])
    known = set(CHECK._titles) | {name.rpartition(", ")[0] for name in CHECK._bodies}
    assert titles == known


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("Lech Wałęsa", "Lech Walesa", True),
        ("Park Geun-hye", "Park Geunhye", True),
        ("Shinzo Abe", "Abe Shinzō", True),
        ("George Bush", "George W. Bush", True),
        ("George W. Bush", "George H. W. Bush", True),  # it may
        ("Boris Johnson", "Boris Tadić", False),
        ("Kim Jong Il", "Kim Jong Un", False),
    ],
)
def test_names_are_one_where_the_shorter_has_no_word_that_the_longer_has_not(
    a: str, b: str, one: bool
) -> None:
    assert people.are_one(people.words_of(a), people.words_of(b)) is one


@pytest.mark.parametrize(
    ("a", "b", "near"),
    [
        ("Alexus Greenkwich", "Alexus Grynkewich", True),
        ("Olaf Scholtz", "Olaf Scholz", True),
        ("Angela Merkle", "Angela Merkel", True),
        ("Stefan Löfven", "Stefan Loefven", False),
        ("Boris Johnson", "Boris Jansen", False),
        ("John Major", "John Mayer", False),
        ("Friedrich Merz", "Friedrich Merkel", False),
    ],
)
def test_a_spelling_is_near_where_few_letters_of_the_surname_differ(a: str, b: str, near: bool) -> None:
    assert people.nearly(people.words_of(a), people.words_of(b), 0.34, 5) is near


@given(st.text("abcde", max_size=8), st.text("abcde", max_size=8))
def test_letters_to_change_are_as_many_from_either_side(a: str, b: str) -> None:
    assert people.distance(a, b) == people.distance(b, a) <= max(len(a), len(b))
    assert (people.distance(a, b) == 0) == (a == b)
