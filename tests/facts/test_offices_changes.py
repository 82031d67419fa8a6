"""Who held office around changes that everybody remembers; in a table."""

from __future__ import annotations

from datetime import date

import pytest

from caveat.facts.offices import How, OfficeTable, packaged

TABLE = OfficeTable.decode(packaged())

# title, place, a day, who held it then (several where one acts, nobody where it was vacant, None: any three)
CASES = [
    ("President", "United States", "1993-01-19", {"George H. W. Bush"}),
    ("President", "United States", "1993-01-21", {"Bill Clinton"}),
    ("President", "United States", "2005-06-01", {"George W. Bush"}),
    ("President", "United States", "2021-01-21", {"Joe Biden"}),
    ("President", "United States", "2025-07-21", {"Donald Trump"}),
    ("Secretary of State", "United States", "2018-04-10", {"John J. Sullivan"}),
    ("Secretary of Defense", "United States", "2019-07-01", {"Mark Esper"}),
    ("Speaker of the House", "United States", "2023-10-10", {"Patrick McHenry"}),
    ("Director of the FBI", "United States", "2017-06-01", {"Andrew McCabe"}),
    ("Chairman of the Joint Chiefs of Staff", "United States", "2025-07-21", {"Dan Caine"}),
    ("Commander", "United States European Command", "2025-07-21", {"Alexus Grynkewich"}),
    ("Supreme Allied Commander Europe", "NATO", "2025-07-02", {"Christopher Cavoli"}),
    ("Supreme Allied Commander Europe", "NATO", "2025-07-21", {"Alexus Grynkewich"}),
    ("Secretary General", "NATO", "2024-09-30", {"Jens Stoltenberg"}),
    ("Secretary General", "NATO", "2024-10-02", {"Mark Rutte"}),
    ("Secretary General", "United Nations", "2006-12-31", {"Kofi Annan"}),
    ("Secretary General", "United Nations", "2017-01-02", {"António Guterres"}),
    ("Chancellor", "Germany", "2021-12-07", {"Angela Merkel"}),
    ("Chancellor", "Germany", "2025-07-21", {"Friedrich Merz"}),
    ("President", "Germany", "2012-03-01", {"Horst Seehofer"}),
    ("Prime Minister", "United Kingdom", "1990-11-27", {"Margaret Thatcher"}),
    ("Prime Minister", "United Kingdom", "2007-06-28", {"Gordon Brown"}),
    ("Prime Minister", "United Kingdom", "2022-10-01", {"Liz Truss"}),
    ("Monarch", "United Kingdom", "2022-09-09", {"Charles III"}),
    ("Prime Minister", "Australia", "2007-11-23", {"John Howard"}),
    ("Prime Minister", "Australia", "2007-12-04", {"Kevin Rudd"}),
    ("President", "Russia", "2010-01-01", {"Dmitry Medvedev"}),
    ("Prime Minister", "Russia", "2010-01-01", {"Vladimir Putin"}),
    ("President", "Ukraine", "2014-03-01", {"Oleksandr Turchynov"}),
    ("President", "Egypt", "2011-06-01", set()),
    ("Prime Minister", "Turkey", "2019-01-01", set()),
    ("President", "Lebanon", "2023-01-01", set()),
    ("President", "Brazil", "2016-06-01", {"Dilma Rousseff", "Michel Temer"}),
    ("President", "South Korea", "2025-01-15", {"Yoon Suk Yeol", "Han Duck-soo", "Choi Sang-mok"}),
    ("Prime Minister", "Greece", "2015-09-01", {"Vassiliki Thanou"}),
    ("Prime Minister", "Bulgaria", "2023-01-01", {"Galab Donev"}),
    ("Prime Minister", "Israel", "2022-08-01", {"Yair Lapid"}),
    ("Prime Minister", "Japan", "2007-10-01", {"Yasuo Fukuda"}),
    ("President", "Argentina", "2001-12-25", {"Adolfo Rodríguez Saá"}),
    ("President", "Poland", "2010-04-11", {"Bronisław Komorowski"}),
    ("President", "Switzerland", "2024-06-01", {"Viola Amherd"}),
    ("Member of the Presidency", "Bosnia and Herzegovina", "2024-01-01", None),
    ("President of the European Commission", "European Union", "2019-11-30", {"Jean-Claude Juncker"}),
    ("Managing Director", "IMF", "2011-06-01", {"John Lipsky"}),
    ("President", "European Central Bank", "2012-07-26", {"Mario Draghi"}),
    ("Pope", "Holy See", "2013-03-14", {"Francis"}),
    ("Pope", "Holy See", "2025-05-09", {"Leo XIV"}),
    ("Chair", "Federal Reserve", "2008-09-15", {"Ben Bernanke"}),
    ("Governor", "Bank of England", "2016-06-24", {"Mark Carney"}),
]


@pytest.mark.parametrize(("title", "place", "day", "who"), CASES)
def test_the_table_has_what_everybody_remembers(
    title: str, place: str, day: str, who: set[str] | None
) -> None:
    on = date.fromisoformat(day)
    held = [term for term in TABLE.terms(title, place) if term.may_hold_on(on)]
    assert TABLE.covers(title, place, on)
    if who is None:
        assert len(held) == 3
        assert {term.how for term in held} == {How.SHARED}
    else:
        assert {term.person for term in held} == who


@pytest.mark.parametrize(
    ("title", "place", "day"),
    [
        ("Prime Minister", "Georgia", "1999-01-01"),  # a hole that is known
        ("Prime Minister", "Serbia", "1999-01-01"),  # before the first line
        ("President", "Peru", "2026-05-01"),  # somebody whom we do not know
        ("Chancellor", "Germany", "2026-11-26"),  # later than anybody vouched for
        ("Prime Minister", "Atlantis", "2020-01-01"),
    ],
)
def test_the_table_says_what_it_does_not_know(title: str, place: str, day: str) -> None:
    assert not TABLE.covers(title, place, date.fromisoformat(day))
