"""The server does not answer: the page says so in a card of its own, and another try is a press away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .axe import barriers_in_notes
from .visit import Visit
from .waiting import until

ARTICLE = "http://gazette.example/article.html"


def says(visit: Visit, name: str) -> str:
    words = visit.shadow(f"root => root.querySelector('[data-caveat={name}]')?.textContent ?? ''")
    return str(words or "")


def press(visit: Visit, name: str) -> None:
    spot: Any = visit.shadow(
        f"root => {{ const box = root.querySelector('[data-caveat={name}]').getBoundingClientRect();"
        " return [box.x + box.width / 2, box.y + box.height / 2] }"
    )
    visit.browser.click(*spot)


@pytest.fixture
def unanswered(visit: Visit) -> Visit:
    """A page whose article was found, and no server."""
    visit.open(ARTICLE)
    visit.wire.cut()
    visit.browser.press()
    until(lambda: visit.state() == "offline", "popup that says so")
    visit.browser.close_popup()
    until(lambda: "does not answer" in says(visit, "trouble"), "card that says so")
    return visit


def test_a_press_on_the_card_tries_again_and_the_marks_come(unanswered: Visit) -> None:
    before = unanswered.body()
    unanswered.wire.mend()
    press(unanswered, "retry")
    unanswered.marks_when(lambda marks: len(marks) > 5)
    until(lambda: not says(unanswered, "trouble"), "page without the card")
    assert len(unanswered.wire.analyses) == 1
    assert unanswered.body() == before


def test_a_try_that_fails_too_says_so_again(unanswered: Visit) -> None:
    press(unanswered, "retry")
    until(lambda: "does not answer" in says(unanswered, "trouble"), "card that says so again")
    assert unanswered.marks() == []


@pytest.mark.parametrize("way", ["close", "Escape"])
def test_the_card_goes_when_it_is_sent_away(unanswered: Visit, way: str) -> None:
    if way == "Escape":
        unanswered.browser.key("Escape")
    else:
        press(unanswered, "close")
    until(lambda: unanswered.browser.page("!document.querySelector('caveat-notes')"), "page without the card")


def test_a_script_of_the_page_cannot_press_it(unanswered: Visit) -> None:
    unanswered.wire.mend()
    unanswered.shadow("root => root.querySelector('[data-caveat=retry]').click()")
    unanswered.browser.page("new Promise(done => setTimeout(done, 500)).then(() => 1)")
    assert unanswered.wire.exchanges == []


@pytest.mark.usefixtures("dark")
def test_it_keeps_nobody_out_and_can_be_seen(unanswered: Visit, artefacts: Path, dark: bool) -> None:
    assert barriers_in_notes(unanswered.browser) == []
    unanswered.browser.picture(
        artefacts / f"{unanswered.browser.name}-trouble-{'dark' if dark else 'light'}.png"
    )
