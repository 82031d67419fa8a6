"""Nobody is kept out of the notes in the page, as axe sees them."""

from __future__ import annotations

import pytest

from .axe import barriers_in_notes
from .visit import Visit

GAZETTE = "http://gazette.example"


@pytest.mark.usefixtures("dark")
@pytest.mark.parametrize("page", ["article.html", "dark.html"])
def test_the_list_of_notes_and_every_card_keep_nobody_out(visit: Visit, page: str) -> None:
    visit.open(f"{GAZETTE}/{page}")
    notes = visit.press().answer["notes"]
    visit.browser.close_popup()
    assert barriers_in_notes(visit.browser) == []
    last = None
    for _ in notes:
        visit.browser.command("next-note")
        last = visit.opened_after(last).note
        visit.drawn()
        assert barriers_in_notes(visit.browser) == [], last
