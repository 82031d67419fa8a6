"""Statements made by chance: what is right is never told, what is out beyond rounding always is.

A pipeline of sentences, quotations and figures is enough for that; the model knows nothing of numbers.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import spacy
from hypothesis import assume, given
from hypothesis import strategies as st
from spacy.language import Language

from caveat.facts import Facts, Finding
from caveat.facts.figures import Day, held

FACTS = Facts.load()
TODAY = date(2026, 5, 10)
MONTHS = [date(2026, month, 1).strftime("%B") for month in range(1, 13)]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
WORDS = ["zero", "one", "two", "three", "four", "five", "six"]
WORDS += ["seven", "eight", "nine", "ten", "eleven", "twelve"]


@pytest.fixture(scope="module")
def nlp() -> Language:
    made = spacy.blank("en")
    for component in ("sentencizer", "caveat_quotations", "caveat_figures"):
        made.add_pipe(component)
    return made


def told(nlp: Language, text: str, day: date = TODAY) -> list[Finding]:
    asked = nlp(text)._.figures
    return [found for one in asked if (found := held(one, Day(day, given=True), FACTS.countries))]


NUMBERS = st.one_of(st.integers(2, 99), st.integers(100, 9_999), st.integers(10_000, 9_000_000))
CHANGES = st.sampled_from(
    [
        "Output {rose} {share} {percent} from {a} to {b}.",
        "Output {rose} by {share} {percent}, from {a} in 2019 to {b} in 2024.",
        "Output {rose} {share} {percent} to {b} from {a}.",
        "Output {rose} {share} {percent} to {b}, compared with {a} a year earlier.",
        "Output {rose} from {a} to {b}, a change of {share} {percent}.",
        "Output {rose} from {a} tons to {b}, or {share} {percent}.",
        "Output {rose} from {a} to {b} ({share} {percent}).",
    ]
)
PERCENT = st.sampled_from(["%", "percent", "per cent"])


def _change(shape: str, a: int, b: int, share: str, percent: str) -> str:
    rose = "rose" if b > a else "fell"
    return shape.format(rose=rose, a=f"{a:,}", b=f"{b:,}", share=share, percent=percent)


@given(CHANGES, NUMBERS, NUMBERS, PERCENT, st.integers(0, 1))
def test_a_change_that_follows_from_its_numbers_is_never_told(
    nlp: Language, shape: str, a: int, b: int, percent: str, places: int
) -> None:
    share = abs(b - a) / a * 100
    assume(0.1 < share < 5_000)
    assert told(nlp, _change(shape, a, b, f"{share:.{places}f}", percent)) == []


# From 100 per cent on there are two ways to count, and small ones are told roughly.
SHARES = st.integers(12, 90)


@given(CHANGES, st.integers(20, 9_000_000), SHARES, SHARES, PERCENT, st.booleans())
def test_a_change_that_does_not_follow_from_its_numbers_is_told(
    nlp: Language, shape: str, a: int, share: int, said: int, percent: str, up: bool
) -> None:
    assume(max(share, said) > 1.35 * min(share, said) and abs(said - share) > 6)
    b = round(a * (1 + share / 100 if up else 1 - share / 100))
    (found,) = told(nlp, _change(shape, a, b, str(said), percent))
    assert found.variant == ("more" if up else "less")


@given(st.integers(1, 999), st.integers(2, 1_000), st.integers(-40, 40))
def test_a_share_is_told_where_it_is_out(nlp: Language, part: int, whole: int, off: int) -> None:
    assume(part <= whole and not 1_600 <= whole < 2_100)
    share = round(100 * part / whole)
    assert told(nlp, f"The motion had {part} of {whole} votes, or {share} percent.") == []
    assume(abs(off) > 2 and 0 < share + off <= 100)
    (found,) = told(nlp, f"The motion had {part} of {whole} votes, or {share + off} percent.")
    assert found.variant == "share"


PARTS = st.lists(st.integers(1, 12), min_size=2, max_size=3)
LISTS = st.sampled_from(
    [
        "The crash killed {n} people: {list}.",
        "{n} people ({list}) were hurt.",
        "{n} people – {list} – were hurt.",
    ]
)


@given(LISTS, PARTS, st.integers(-3, 3), st.booleans())
def test_parts_are_told_where_they_do_not_make_the_total(
    nlp: Language, shape: str, parts: list[int], off: int, spelled: bool
) -> None:
    items = [
        f"{WORDS[n] if spelled else n} {noun}"
        for n, noun in zip(parts, ("women", "men", "boys"), strict=False)
    ]
    listed = f"{', '.join(items[:-1])} and {items[-1]}"
    total = sum(parts)
    assert told(nlp, shape.format(n=total, list=listed)) == []
    assume(off and total + off > 1 and total / 2 <= total + off <= total * 2)
    assert [one.variant for one in told(nlp, shape.format(n=total + off, list=listed))] == ["total"]


DATES = st.dates(date(1930, 1, 1), date(2090, 12, 31))
WRITTEN = st.sampled_from(
    [
        "They met on {weekday}, {month} {day}, {year}.",
        "They met on {weekday} {day} {month} {year}.",
        "On {weekday}, the {day}th of {month} {year}, they met.",
        "They met on {day} {month} {year}, a {weekday}.",
        "They met on {month} {day}, {year} ({weekday}).",
    ]
)


@given(WRITTEN, DATES, st.integers(0, 6))
def test_a_weekday_is_told_where_the_date_has_another(
    nlp: Language, shape: str, day: date, weekday: int
) -> None:
    slots = {"month": MONTHS[day.month - 1], "day": day.day, "year": day.year}
    found = told(nlp, shape.format(weekday=WEEKDAYS[weekday], **slots))
    expected = [] if weekday == day.weekday() else [WEEKDAYS[day.weekday()].lower()]
    assert [one.variant for one in found] == expected


@given(DATES, st.integers(-60, 60), st.integers(0, 6))
def test_a_date_without_a_year_is_of_the_articles_days(
    nlp: Language, published: date, away: int, weekday: int
) -> None:
    day = published + timedelta(days=away)
    text = f"They met on {WEEKDAYS[weekday]}, {MONTHS[day.month - 1]} {day.day}."
    found = told(nlp, text, published)
    assert bool(found) == (weekday != day.weekday())


@given(DATES, st.integers(0, 105), st.integers(-60, 60))
def test_an_age_is_told_where_it_is_more_than_a_year_out(
    nlp: Language, published: date, age: int, off: int
) -> None:
    born = published.year - age
    said = age + off
    assume(said >= 0 and born >= 1800)
    found = told(nlp, f"Ada Holt, {said}, was born in {born}.", published)
    assert bool(found) == (said > age + 1 or said < age - 2)


@given(st.integers(1900, 2020), st.integers(20, 90), st.integers(-40, 40))
def test_an_age_at_death_is_held_against_both_years(nlp: Language, born: int, age: int, off: int) -> None:
    said = age + off
    assume(said > 0 and born + age < 2100)
    found = told(nlp, f"Ada Holt was born in {born} and died in {born + age} aged {said}.")
    assert bool(found) == (said > age + 1 or said < age - 2)


@given(DATES, st.integers(1, 99), st.integers(-50, 50))
def test_years_ago_are_counted_from_the_articles_day(
    nlp: Language, published: date, years: int, off: int
) -> None:
    then = published.year - years
    assume(then >= 1850)
    assert told(nlp, f"The mine closed {years} years ago, in {then}.", published) == []
    said = years + off
    assume(said > 0 and abs(off) > 1 + 0.1 * said)
    assert told(nlp, f"The mine closed {said} years ago, in {then}.", published)


@given(st.integers(1850, 2000), st.integers(2, 60), st.integers(-30, 30))
def test_a_span_of_years_is_counted(nlp: Language, first: int, years: int, off: int) -> None:
    assert told(nlp, f"She led it from {first} to {first + years}, {years} years.") == []
    said = years + off
    assume(said > 1 and abs(off) > 1 + 0.1 * said)
    assert told(nlp, f"She led it from {first} to {first + years}, {said} years.")


@given(
    st.sampled_from(sorted(FACTS.countries.by_name)), st.floats(0.5, 1.9), st.sampled_from([0.1, 10, 1000])
)
def test_a_country_is_told_only_by_an_order_of_magnitude(
    nlp: Language, name: str, grown: float, slip: float
) -> None:
    people = FACTS.countries.by_name[name].population
    assert told(nlp, f"{name} has a population of {round(people * grown):,}.") == []
    found = told(nlp, f"{name} has a population of {round(people * slip):,}.")
    assert [one.variant for one in found] == ["population"]
