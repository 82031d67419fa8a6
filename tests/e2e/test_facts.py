"""The whole way of a fact: a server reads with its tables, a reader sees in the card what is on record."""

from __future__ import annotations

from pathlib import Path

from .test_volunteers import on, within
from .visit import Visit

PAGE = "http://gazette.example/records.html"


def test_a_day_that_a_calendar_has_otherwise_is_asked_about(visit: Visit, artefacts: Path) -> None:
    visit.open(PAGE)
    answer = visit.press().answer
    visit.browser.close_popup()
    (note,) = [note for note in answer["notes"] if note["signal"] == "conflicts-record"]
    visit.click_on(on(visit, note["quote"]["exact"]))
    assert "Friday" in within(visit, "[data-caveat=message]")
    assert note["evidence"][0]["title"] in within(visit, "[data-caveat=record]")
    visit.drawn()
    visit.browser.picture(artefacts / f"{visit.browser.name}-real-record.png")
