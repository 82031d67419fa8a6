"""The first day: a page that opens once, when Caveat is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from .axe import barriers
from .browser import Browser
from .visit import Visit
from .waiting import until

SCREEN = "document.querySelector('[data-caveat=welcome]')?.dataset.screen ?? ''"


def when(visit: Visit, screen: int) -> None:
    until(lambda: visit.browser.page(SCREEN) == str(screen), f"screen {screen}")


def press(visit: Visit, name: str) -> None:
    visit.browser.page(f"void document.querySelector('[data-caveat={name}]').click()")


@pytest.fixture
def welcome(visit: Visit) -> Visit:
    visit.browser.open_own("welcome.html")
    when(visit, 1)
    return visit


def test_it_opened_once_when_the_extension_was_installed(browser: Browser) -> None:
    assert browser.greetings == ["welcome.html"]


def test_three_screens_are_turned_both_ways_and_nothing_is_sent(welcome: Visit) -> None:
    press(welcome, "next")
    when(welcome, 2)
    assert "Never" in welcome.browser.page("document.body.innerText")
    press(welcome, "next")
    when(welcome, 3)
    assert welcome.browser.page("document.querySelector('#server').value") == welcome.wire.address
    press(welcome, "back")
    when(welcome, 2)
    assert welcome.wire.exchanges == []


def test_arrow_keys_turn_it_and_the_heading_has_the_keyboard(welcome: Visit) -> None:
    welcome.browser.page("document.querySelector('[data-caveat=next]').focus()")
    welcome.browser.key("ArrowRight")
    when(welcome, 2)
    until(
        lambda: welcome.browser.page("document.activeElement.localName") == "h1", "heading with the keyboard"
    )
    welcome.browser.key("Tab")
    welcome.browser.key("ArrowLeft")
    when(welcome, 1)


def test_the_server_is_tried_here_as_in_the_options(welcome: Visit) -> None:
    press(welcome, "next")
    when(welcome, 2)
    press(welcome, "next")
    when(welcome, 3)
    welcome.browser.page("void document.querySelector('form button').click()")
    said = "document.querySelector('[data-caveat=said]').textContent"
    until(lambda: "is asked from now on" in welcome.browser.page(said), "word of the server")
    assert [e.path for e in welcome.wire.exchanges] == ["/api/v1/signals"]


@pytest.mark.parametrize("name", ["skip", "done"])
def test_it_can_be_skipped_and_ends_without_taking_the_window_along(welcome: Visit, name: str) -> None:
    if name == "done":
        for screen in (2, 3):
            press(welcome, "next")
            when(welcome, screen)
    press(welcome, name)  # the only tab of its window
    until(lambda: welcome.browser.page("!!document.querySelector('[data-caveat=options]')"), "options")


def test_the_options_lead_back_to_it(visit: Visit) -> None:
    visit.browser.open_own("options.html")
    link = "document.querySelector('a[href=\"welcome.html\"]')"
    until(lambda: visit.browser.page(f"!!{link}"), "link to the first day")
    visit.browser.page(f"void {link}.click()")
    when(visit, 1)


def test_it_keeps_nobody_out_and_can_be_seen(visit: Visit, artefacts: Path, dark: bool) -> None:
    visit.browser.open_own("welcome.html")
    for screen in (1, 2, 3):
        when(visit, screen)
        assert barriers(visit.browser.page) == []
        name = f"{visit.browser.name}-welcome-{screen}-{'dark' if dark else 'light'}.png"
        visit.browser.picture(artefacts / name)
        if screen < 3:
            press(visit, "next")
