"""How marks and cards look on each paper, as pixels: what is said by colour must be painted at all."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event
from typing import Any
from urllib.request import Request, urlopen

import pytest

from .conditions import as_print, colours, dark_system
from .pixels import Pixels, pixels
from .visit import Box, Visit
from .waiting import until

PAPERS = "http://gazette.example/papers.html"
FAMILIES = ("sources", "numbers", "wording", "reasoning", "credit")


def read(visit: Visit, paper: str) -> None:
    visit.open(f"{PAPERS}?{paper}")
    visit.press()
    visit.browser.close_popup()


def theme(visit: Visit) -> str | None:
    found = visit.shadow("root => root.querySelector('[data-theme]')?.dataset.theme ?? null")
    return None if found is None else str(found)


@pytest.mark.parametrize(
    ("paper", "wanted"),
    [
        ("white", "light"),
        ("dark", "dark"),
        ("sepia", "sepia"),
        ("oklch", "dark"),
        ("lab", "sepia"),
        ("p3", "dark"),
        ("mixed", "dark"),
        ("veil", "dark"),
        ("picture", "dark"),
        ("boxed", "light"),
        ("system", "light"),
    ],
)
def test_the_paper_that_the_text_stands_on_decides(visit: Visit, paper: str, wanted: str) -> None:
    read(visit, paper)
    assert theme(visit) == wanted


@pytest.mark.parametrize("paper", ["white", "dark", "sepia", "forced"])
def test_the_words_of_the_open_note_are_painted(visit: Visit, artefacts: Path, paper: str) -> None:
    with colours(visit.browser, paper):
        read(visit, "white" if paper == "forced" else paper)
        visit.bring_into_view(0)
        words = visit.boxes(0)[0]
        before = pixels(visit.browser, words)
        visit.click_on(0)
        visit.drawn()
        visit.browser.picture(artefacts / f"{visit.browser.name}-paper-{paper}.png")
        assert visit.boxes(0)[0] == words
        assert pixels(visit.browser, words).changed(before) > 0.5
        visit.browser.key("Escape")
        visit.gone()
        assert pixels(visit.browser, words) == before


def specimens(visit: Visit) -> dict[str, Pixels]:
    """The same letters over each family's line, and over none: what lies under the letters."""
    boxes = visit.browser.page(
        "(() => { const lines = document.querySelectorAll('#specimens p');"
        f" const families = [{', '.join(map(repr, FAMILIES))}], boxes = [];"
        " lines[0].scrollIntoView({ block: 'center', behavior: 'instant' });"
        " for (let at = 0; at < 6; at++) { const range = document.createRange();"
        "   range.selectNodeContents(lines[at].firstChild);"
        "   if (at < 5) CSS.highlights.set('caveat-' + families[at], new Highlight(range));"
        "   const box = range.getBoundingClientRect();"
        "   boxes[at] = [box.left, box.top, box.right, box.bottom]; }"
        " return boxes })()"
    )
    return {
        name: pixels(visit.browser, Box(left, bottom - 6, right, bottom + 8))
        for name, (left, _top, right, bottom) in zip((*FAMILIES, "none"), boxes, strict=True)
    }


@pytest.mark.parametrize("paper", ["white", "dark", "sepia", "forced"])
def test_each_family_has_a_line_of_its_own_without_colours(visit: Visit, artefacts: Path, paper: str) -> None:
    with colours(visit.browser, paper):
        read(visit, "white" if paper == "forced" else paper)
        seen = specimens(visit)
        visit.browser.picture(artefacts / f"{visit.browser.name}-lines-{paper}.png")
    shapes = {name: found.shape() for name, found in seen.items()}
    assert not any(map(any, shapes["none"]))
    for family in FAMILIES:
        assert any(map(any, shapes[family])), f"no line of {family}"
        others = [shapes[name] for name in FAMILIES if name != family]
        assert shapes[family] not in others, f"{family} has another family's line"


def test_marks_and_card_follow_a_page_that_turns_dark(visit: Visit) -> None:
    read(visit, "fading")
    visit.click_on(0)
    assert theme(visit) == "light"
    visit.browser.page("document.documentElement.classList.add('night')")
    until(lambda: theme(visit) == "dark", "dark card")
    until(lambda: bright(specimens(visit)["numbers"]), "bright lines")
    visit.browser.page("document.documentElement.classList.remove('night')")
    until(lambda: theme(visit) == "light", "light card")


def test_a_page_that_turned_dark_while_the_server_was_reading_has_marks_and_cards_for_the_dark(
    visit: Visit,
) -> None:
    asked, answered = Event(), Event()

    def late(question: Any) -> bytes:
        asked.set()
        answered.wait(15)
        request = Request(
            f"http://127.0.0.1:{visit.wire.server_port}/api/v1/analyses",
            json.dumps(question).encode(),
            {"Content-Type": "application/json"},
        )
        with urlopen(request) as answer:
            return bytes(answer.read())

    visit.wire.invented = late
    visit.open(f"{PAPERS}?white")
    visit.browser.press()
    until(asked.is_set, "question to the server")
    visit.browser.page("void (document.documentElement.className = 'dark')")
    answered.set()
    until(lambda: visit.state() == "read", "popup that has read")
    visit.browser.close_popup()
    until(lambda: theme(visit) == "dark", "cards for the dark")
    until(lambda: bright(specimens(visit)["numbers"]), "bright lines")


def bright(line: Pixels) -> bool:
    """Is the line much brighter than what it stands on?"""
    grey = line.grey()
    return max(map(max, grey)) > grey[0][0] + 100


def test_marks_and_card_follow_a_system_that_turns_dark(visit: Visit) -> None:
    read(visit, "system")
    assert theme(visit) == "light"
    with dark_system(visit.browser):
        until(lambda: theme(visit) == "dark", "dark card")
    until(lambda: theme(visit) == "light", "light card")


def test_the_readers_choice_of_a_theme_comes_before_the_pages(visit: Visit) -> None:
    read(visit, "white")
    visit.browser.background("chrome.storage.local.set({ theme: 'sepia' })")
    until(lambda: theme(visit) == "sepia", "card in sepia")
    visit.browser.background("chrome.storage.local.remove('theme')")
    until(lambda: theme(visit) == "light", "card in the page's theme")


def test_strong_lines_are_thicker_and_their_words_tinted(visit: Visit, artefacts: Path) -> None:
    read(visit, "white")
    fine = specimens(visit)
    visit.browser.background("chrome.storage.local.set({ stroke: 'strong' })")

    def stronger() -> dict[str, Pixels] | None:
        seen = specimens(visit)
        return seen if seen["sources"].changed(fine["sources"]) > 0.3 else None  # the tint

    strong = until(stronger, "strong lines")
    visit.browser.picture(artefacts / f"{visit.browser.name}-lines-strong.png")
    for family in FAMILIES:
        painted = [sum(map(sum, found[family].shape())) for found in (fine, strong)]
        assert painted[1] > painted[0], family


def test_print_keeps_the_marks_and_leaves_the_card(visit: Visit) -> None:
    read(visit, "dark")
    visit.click_on(0)
    visit.drawn()
    with as_print(visit.browser):
        assert visit.shadow("root => root.querySelector('.card').checkVisibility()") is False
        shapes = {name: found.shape() for name, found in specimens(visit).items()}
        assert all(any(map(any, shapes[family])) for family in FAMILIES)
