"""To another page and back: browsers put a page by whole and show it again as it was left."""

from __future__ import annotations

import threading

import pytest

from .beside import beside
from .visit import Visit, mismatches
from .waiting import until

LIVING = "http://gazette.example/living.html"
OTHER = "http://gazette.example/strict.html"
BADGE = (
    "chrome.tabs.query({ active: true, currentWindow: true })"
    ".then(([tab]) => chrome.action.getBadgeText({ tabId: tab.id }))"
)

WORN = "root => root.querySelector('[data-theme]')?.dataset.theme ?? ''"


def leave_and_come_back(visit: Visit) -> None:
    """By the back button; the page must be the one that was left, not a new one."""
    visit.browser.page("void (window.isTheSame = true)")
    visit.open(OTHER)
    visit.browser.page("void setTimeout(() => history.back())")
    until(lambda: visit.browser.page("location.pathname") == "/living.html", "page that was left")
    visit.settle()
    until(lambda: visit.browser.page("window.isTheSame === true"), "page as the browser put it by")


def test_the_marks_and_the_badge_are_there_again_and_nothing_is_asked(visit: Visit) -> None:
    visit.open(LIVING)
    visit.press()
    visit.browser.close_popup()
    marks, badge = visit.marks(), visit.browser.background(BADGE)
    assert marks
    assert badge
    leave_and_come_back(visit)
    assert visit.marks() == marks
    until(lambda: visit.browser.background(BADGE) == badge, "badge of the page that was left")
    assert visit.click_on(0).parts["message"]
    visit.browser.key("Escape")
    visit.gone()
    visit.browser.page("rebuild()")
    assert visit.marks_when(lambda now: len(now) == len(marks)) == marks
    assert len(visit.wire.analyses) == 1


def test_a_page_that_came_back_wears_what_was_chosen_meanwhile(visit: Visit) -> None:
    visit.open(LIVING)
    visit.press()
    visit.browser.close_popup()
    visit.browser.page("void (window.isTheSame = true)")
    visit.open(OTHER)
    visit.browser.background("chrome.storage.local.set({ theme: 'sepia' }).then(() => 1)")
    visit.browser.page("void setTimeout(() => history.back())")
    until(lambda: visit.browser.page("window.isTheSame === true"), "page that was left")
    until(lambda: visit.shadow(WORN) == "sepia", "cards in sepia")


@pytest.mark.parametrize("cleared", [False, True], ids=["marked", "cleared"])
def test_a_press_works_on_a_page_that_came_back(visit: Visit, cleared: bool) -> None:
    visit.open(LIVING)
    exchange = visit.press()
    if cleared:
        visit.browser.popup_click("d => d.querySelector('[data-caveat=clear]')")
        visit.popup_says("The marks are gone")
    leave_and_come_back(visit)
    if cleared:
        assert visit.marks() == []
        exchange = visit.press()
        assert visit.state() == "read"
    else:
        visit.browser.press()
        visit.popup_says("Sent to")
    assert mismatches(exchange, visit.marks()) == []
    assert len(visit.wire.analyses) == 1 + cleared


def test_the_panel_follows_to_the_other_page_and_back(visit: Visit) -> None:
    visit.open(LIVING)
    with beside(visit.browser) as panel:
        visit.press()
        visit.browser.close_popup()
        panel.when("notes")
        listed = panel.listed()
        visit.browser.page("void (window.isTheSame = true)")
        visit.browser.open(OTHER)
        panel.when("empty")
        visit.browser.page("void setTimeout(() => history.back())")
        until(lambda: visit.browser.page("location.pathname") == "/living.html", "page that was left")
        panel.when("notes")
        assert panel.listed() == listed
        assert visit.click_on(0).note in listed


@pytest.mark.parametrize("patience", [50, 200], ids=lambda ms: f"after {ms} ms")
def test_a_page_that_is_left_while_it_is_read_keeps_no_other_from_being_read(
    visit: Visit, patience: int
) -> None:
    visit.open("http://gazette.example/long.html")
    visit.wire.invented = lambda _: b"{}"  # at once: no answer may come in a later test
    visit.browser.press()
    until(visit.state, "popup that reads")
    visit.browser.page(f"new Promise(done => setTimeout(done, {patience})).then(() => 1)")
    visit.browser.close_popup()
    visit.open(OTHER)
    visit.wire.invented = None
    visit.browser.press()
    until(lambda: visit.state() == "read", "popup that has read the page that came")
    assert visit.marks()


def test_what_the_server_says_of_a_page_that_was_left_is_not_shown_on_the_next(visit: Visit) -> None:
    is_left = threading.Event()
    visit.wire.invented = lambda _: b"{}" if is_left.wait(20) else b""  # it would show on the button
    visit.open(LIVING)
    visit.browser.press()
    visit.popup_says("Reading it")
    visit.browser.close_popup()
    visit.open(OTHER)
    is_left.set()
    until(lambda: visit.wire.analyses, "answer to the page that was left")
    visit.wire.invented = None
    visit.browser.page("new Promise(done => setTimeout(done, 500)).then(() => 1)")
    assert visit.marks() == []
    assert visit.browser.background(BADGE) == ""
    assert mismatches(visit.press(), visit.marks()) == []
