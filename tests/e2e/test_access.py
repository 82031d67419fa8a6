"""Nobody is kept out of the notes in the page, as axe sees them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from .axe import barriers, barriers_in_notes
from .beside import ChromiumTab, Tab, tab
from .conditions import forced_colours
from .pixels import pictured
from .visit import Box, Visit
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
        visit.browser.command("next-note")
        last = visit.opened_after(last).note
        visit.drawn()
        assert barriers_in_notes(visit.browser) == [], last


def test_the_list_of_notes_and_a_card_keep_nobody_out_in_the_systems_own_colours(visit: Visit) -> None:
    visit.open(f"{GAZETTE}/article.html")
    visit.press()
    visit.browser.close_popup()
    with forced_colours(visit.browser):
        assert barriers_in_notes(visit.browser) == []
        visit.browser.command("next-note")
        visit.opened_after(None)
        visit.drawn()
        assert barriers_in_notes(visit.browser) == []


STATES = {
    "refused": "http://mail.gmx.net/mail.html",
    "none": f"{GAZETTE}/no-article.html",
    "unread": f"{GAZETTE}/french.html",
    "offline": f"{GAZETTE}/article.html",
    "read": f"{GAZETTE}/article.html",
}

# The middle of the main button, where its letters are.
MAIN = """(() => { const r = document.querySelector('button.main')?.getBoundingClientRect();
  return r ? [r.left + 12, r.top + 4, r.right - 12, r.bottom - 4] : null })()"""


def edges(row: list[bool]) -> int:
    """How often a line goes from paper to ink or back."""
    return sum(a != b for a, b in pairwise(row))


@contextmanager
def popup(visit: Visit, state: str, paper: str) -> Iterator[Tab]:
    """The popup over a page, as a tab of its own, where axe can look at it."""
    # With a line more than most have: of notes that are hidden.
    visit.browser.background("chrome.storage.local.set({ off: ['numbers'] }).then(() => 1)")
    visit.browser.open(STATES[state])
    visit.stand.outside.clear()  # a browser may try https first
    if state == "offline":
        visit.wire.cut()
    visit.browser.press()
    until(lambda: visit.state() == state, f"popup that is {state}")
    visit.browser.close_popup()
    number = visit.browser.background(
        "chrome.tabs.query({ active: true, currentWindow: true }).then(([t]) => chrome.tabs.create("
        "{ url: chrome.runtime.getURL('popup.html?tab=' + t.id), active: false })).then(t => t.id)"
    )
    found = tab(visit.browser, "popup.html?tab=")
    visit.browser.dark(paper == "dark")
    try:
        until(lambda: found.evaluate(f"!!document.querySelector('[data-state={state}]')"), f"{state} again")
        found.front()
        with worn(visit, found, paper):
            yield found
    finally:
        visit.browser.dark(False)
        visit.browser.background(f"chrome.tabs.remove({number}).then(() => 1)")


@contextmanager
def worn(visit: Visit, found: Tab, paper: str) -> Iterator[None]:
    """The system's own colours, where they are asked for: Chromium has them for each tab."""
    if paper != "forced":
        yield
    elif isinstance(found, ChromiumTab):
        found.page.emulate_media(forced_colors="active")
        yield
    else:
        with forced_colours(visit.browser):
            yield


@pytest.mark.parametrize("paper", ["light", "dark", "forced"])
@pytest.mark.parametrize("state", STATES)
def test_the_popup_keeps_nobody_out_whatever_it_has_to_say(
    visit: Visit, artefacts: Path, state: str, paper: str
) -> None:
    with popup(visit, state, paper) as found:
        assert barriers(found.evaluate) == []
        assert found.evaluate("document.body.offsetHeight") <= 600  # no browser shows more
        path = artefacts / f"{visit.browser.name}-popup-{state}-{paper}.png"
        found.picture(path)
        main = found.evaluate(MAIN)
        if main:
            rows = pictured(visit.browser, path, Box(*main)).shape()
            assert max(map(edges, rows)) > 10, "the main button's letters are not to be seen"
