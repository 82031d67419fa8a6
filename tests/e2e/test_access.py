"""Nobody is kept out: the notes in the page, the popup and the options, as axe sees them."""

from __future__ import annotations

from pathlib import Path

import pytest

from .axe import barriers, barriers_in_notes
from .beside import tab
from .visit import Visit
from .waiting import until

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
        visit.browser.key("n", alt=True)
        last = visit.opened_after(last).note
        visit.drawn()
        assert barriers_in_notes(visit.browser) == [], last


def test_the_popup_keeps_nobody_out(visit: Visit, dark: bool, artefacts: Path) -> None:
    visit.open(f"{GAZETTE}/article.html")
    visit.press()
    visit.browser.close_popup()
    number = visit.browser.background(
        "chrome.tabs.query({ active: true, currentWindow: true }).then(([page]) => chrome.tabs.create("
        "{ url: chrome.runtime.getURL(`popup.html?tab=${page.id}`) })).then(tab => tab.id)"
    )
    try:
        popup = tab(visit.browser, "popup.html")
        visit.browser.dark(dark)
        state = "document.querySelector('[data-state]')?.dataset.state"
        until(lambda: popup.evaluate(state) == "read", "popup that lists the notes")
        assert barriers(popup.evaluate) == []
        popup.picture(artefacts / f"{visit.browser.name}-popup-{'dark' if dark else 'light'}.png")
    finally:
        visit.browser.background(f"chrome.tabs.remove({number}).then(() => 1)")


def test_the_options_keep_nobody_out(visit: Visit, dark: bool, artefacts: Path) -> None:
    visit.browser.open_own("options.html")
    until(lambda: visit.browser.page("!!document.querySelector('#server')"), "options page")
    assert barriers(visit.browser.page) == []
    visit.browser.picture(artefacts / f"{visit.browser.name}-options-{'dark' if dark else 'light'}.png")
