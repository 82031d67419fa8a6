"""A page of 100,000 words: what is read of it, and that it says so."""

from __future__ import annotations

from .visit import Visit, mismatches

LONG = "http://gazette.example/long.html"


def test_only_the_first_part_of_a_very_long_page_is_read_and_the_popup_says_so(visit: Visit) -> None:
    visit.open(LONG)
    before = visit.body()
    exchange = visit.press()
    visit.popup_says("only the first part was read")
    assert 150_000 < len(exchange.question["text"]) <= 200_000
    assert mismatches(exchange, visit.marks()) == []
    assert visit.body() == before
