"""Cards for fingers, keyboards and eyes that want less motion."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from .browser import Browser
from .chromium import Chromium
from .conditions import colours
from .firefox import Firefox
from .pixels import pixels
from .visit import Box, Visit
from .waiting import until

ARTICLE = "http://gazette.example/article.html"
PAPERS = "http://gazette.example/papers.html"


def read(visit: Visit, address: str = ARTICLE) -> None:
    visit.open(address)
    visit.press()
    visit.browser.close_popup()


def tap(browser: Browser, x: float, y: float) -> None:
    """A finger on the screen, and off again."""
    if isinstance(browser, Chromium):
        cdp = browser.tab_session
        cdp.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    elif isinstance(browser, Firefox):
        down, up = {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}
        move = {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0}
        finger = {"type": "pointer", "id": "finger", "parameters": {"pointerType": "touch"}}
        actions = [{**finger, "actions": [move, down, up]}]
        browser.bidi.call("input.performActions", context=browser.tab, actions=actions)


@contextmanager
def touch_screen(browser: Browser) -> Iterator[None]:
    if isinstance(browser, Chromium):
        browser.tab_session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        yield
    finally:
        if isinstance(browser, Chromium):
            browser.tab_session.send("Emulation.setTouchEmulationEnabled", {"enabled": False})


def test_a_tap_on_the_words_opens_their_card_and_a_tap_elsewhere_closes_it(visit: Visit) -> None:
    visit.browser.resize(360, 640)
    with touch_screen(visit.browser):
        read(visit)
        x, y = visit.middle(0)
        tap(visit.browser, x, y)
        card = until(visit.card, "card after a tap")
        assert card.pinned
        tap(visit.browser, (card.box.left + card.box.right) / 2, card.box.top + 60)
        assert visit.card() == card
        line = visit.boxes(0)[0]
        tap(visit.browser, 4, line.bottom + 4)
        visit.gone()


TARGETS = """root => {
  const small = [];
  for (const target of root.querySelectorAll('.card a, .card button')) {
    const { width, height } = target.getBoundingClientRect();
    if (width < 24 || height < 23.9) small.push(`${target.textContent}: ${width} x ${height}`);
  }
  return small;
}"""


@pytest.mark.parametrize("width", [1280, 360])
def test_everything_on_a_card_is_large_enough_for_a_finger(visit: Visit, width: int) -> None:
    visit.browser.resize(width, 800)
    read(visit)
    last = None
    for _ in range(len(visit.marks())):
        visit.browser.command("next-note")
        last = visit.opened_after(last).note
        visit.shadow("root => root.querySelector('[data-caveat=more]').click()")
        until(lambda: visit.shadow("root => !root.querySelector('[data-caveat=offers]').hidden"), "offers")
        assert visit.shadow(TARGETS) == []


@pytest.mark.parametrize("paper", ["white", "dark", "sepia", "forced"])
def test_the_focus_shows_on_every_paper(visit: Visit, paper: str) -> None:
    with colours(visit.browser, paper):
        read(visit, f"{PAPERS}?{'white' if paper == 'forced' else paper}")
        visit.browser.command("next-note")
        visit.opened_after(None)
        visit.drawn()
        button = visit.shadow(
            "root => { const b = root.querySelector('[data-caveat=next]').getBoundingClientRect();"
            " return [b.left - 5, b.top - 5, b.right + 5, b.bottom + 5] }"
        )
        before = pixels(visit.browser, Box(*button))
        for _ in range(2):
            visit.browser.key("Tab")
        focused = "root => root.activeElement?.dataset.caveat"
        until(lambda: visit.shadow(focused) == "next", "focus on the button")
        after = pixels(visit.browser, Box(*button))
        assert after.changed(before) > 0.1
        grey, paper_grey = after.grey(), before.grey()[0][0]
        assert max(abs(value - paper_grey) for row in grey for value in row) > 60


def test_who_wants_less_motion_gets_none(visit: Visit) -> None:
    """Firefox's profile asks for less motion throughout."""
    if isinstance(visit.browser, Chromium):
        visit.browser.tab.emulate_media(reduced_motion="reduce")
    try:
        read(visit)
        assert visit.browser.page("matchMedia('(prefers-reduced-motion: reduce)').matches")
        visit.click_on(0)
        style = "root => getComputedStyle(root.querySelector('.card')).animationName"
        assert visit.shadow(style) == "none"
    finally:
        if isinstance(visit.browser, Chromium):
            visit.browser.tab.emulate_media(reduced_motion="no-preference")
