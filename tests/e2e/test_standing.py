"""Where a card stands: on none of its words and inside the window, whatever page, window and zoom."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conditions import large_letters, zoomed
from .pixels import pixels
from .visit import Box, Card, Visit
from .waiting import until

ARTICLE = "http://gazette.example/article.html"
PAPERS = "http://gazette.example/papers.html"


def read(visit: Visit, address: str = ARTICLE) -> None:
    visit.open(address)
    visit.press()
    visit.browser.close_popup()


def window(visit: Visit) -> Box:
    width, height = visit.browser.page(
        "[visualViewport.width * visualViewport.scale, visualViewport.height * visualViewport.scale]"
    )
    return Box(0, 0, width, height)


def step(visit: Visit, last: str | None = None) -> Card:
    """The next note by keyboard: where a mouse points under a zoom is the driver's own affair."""
    visit.browser.command("next-note")
    return visit.opened_after(last)


def number_of(visit: Visit) -> int:
    """Which mark has the open card."""
    count = visit.shadow("root => root.querySelector('.count').textContent")
    return int(str(count).split()[0]) - 1


def misplaced(visit: Visit, card: Card, number: int) -> list[str]:
    room, faults = window(visit), []
    if any(card.box.overlaps(box) for box in visit.boxes(number)):
        faults.append(f"{card.box} is on {visit.boxes(number)}")
    if card.box.left < -0.5 or card.box.top < -0.5:
        faults.append(f"{card.box} begins outside the window")
    if card.box.right > room.right + 0.5 or card.box.bottom > room.bottom + 0.5:
        faults.append(f"{card.box} ends outside the window {room}")
    return faults


WINDOWS = {
    "desktop": (1280, 800),
    "phone": (360, 640),
    "small-phone": (320, 568),
    "phone-on-its-side": (640, 360),
    "large-phone": (412, 915),
}


@pytest.mark.parametrize("name", WINDOWS)
def test_cards_stand_beside_their_words_in_every_window(visit: Visit, artefacts: Path, name: str) -> None:
    visit.browser.resize(*WINDOWS[name])
    read(visit)
    last = None
    for _ in range(6):
        card = step(visit, last)
        last = card.note
        assert misplaced(visit, card, number_of(visit)) == []
        assert card.box.bottom - card.box.top >= 120
    visit.drawn()
    visit.browser.picture(artefacts / f"{visit.browser.name}-standing-{name}.png")


@pytest.mark.parametrize("factor", [2, 0.5])
def test_cards_stand_beside_their_words_under_the_browsers_zoom(
    visit: Visit, artefacts: Path, factor: float
) -> None:
    read(visit)
    with zoomed(visit.browser, factor):
        last = None
        for _ in range(6):
            card = step(visit, last)
            last = card.note
            assert misplaced(visit, card, number_of(visit)) == []
        visit.drawn()
        visit.browser.picture(artefacts / f"{visit.browser.name}-standing-zoom-{factor}.png")


def test_an_open_card_follows_a_zoom(visit: Visit) -> None:
    read(visit)
    card = step(visit)
    with zoomed(visit.browser, 2):
        until(lambda: (c := visit.card()) and not misplaced(visit, c, 0), "card beside its words, enlarged")
    until(lambda: (c := visit.card()) and c.box == card.box, "card where it stood")


DEEDS = {
    "zoomed html": "document.documentElement.style.zoom = '1.5'",
    "zoomed body": "document.body.style.zoom = '0.8'",
    "transformed html": "document.documentElement.style.transform = 'translate(40px, 60px) scale(0.9)'",
    "transformed body": "document.body.style.transform = 'translate(40px, 60px) scale(1.2)'",
    "scrolled sideways": "document.body.style.marginLeft = '900px', document.body.style.width = '1100px',"
    " scrollTo(880, 0)",
    "right to left": "document.documentElement.dir = 'rtl'",
    "right to left, scrolled sideways": "document.documentElement.dir = 'rtl',"
    " document.body.style.width = '2400px', scrollTo(-600, 0)",
    "scrolled inside the body": "document.documentElement.style.cssText = 'height: 100%; overflow: hidden',"
    " document.body.style.cssText += '; height: 100%; overflow: auto; margin: 0'",
    "filtered and clipped": "document.documentElement.style.cssText = 'filter: sepia(.2); contain: paint'",
}


@pytest.mark.parametrize("deed", DEEDS)
def test_cards_stand_beside_their_words_whatever_the_page_does_with_its_root(visit: Visit, deed: str) -> None:
    visit.open(PAPERS + "?white")
    visit.browser.page(f"void ({DEEDS[deed]})")
    visit.press()
    visit.browser.close_popup()
    last = None
    for _ in range(4):
        card = step(visit, last)
        last = card.note
        assert misplaced(visit, card, number_of(visit)) == []
        assert card.box.right - card.box.left == pytest.approx(372, abs=1)  # as large as everywhere


def test_a_card_follows_words_that_scroll_inside_a_box(visit: Visit) -> None:
    visit.open(PAPERS + "?white")
    visit.browser.page("document.querySelector('article').style.cssText = 'height: 240px; overflow: auto'")
    visit.press()
    visit.browser.close_popup()
    step(visit)
    below = visit.boxes(0)[0].bottom
    visit.browser.page("document.querySelector('article').scrollBy({ top: 30, behavior: 'instant' })")
    assert visit.boxes(0)[0].bottom < below

    def beside() -> bool:
        card = visit.card()
        return card is not None and abs(card.box.top - visit.boxes(0)[0].bottom - 10) < 1

    until(beside, "card that has followed its words")


def test_a_sheet_gives_way_to_words_that_scroll_under_it(visit: Visit) -> None:
    visit.browser.resize(360, 640)
    read(visit)
    step(visit)
    visit.browser.page(
        "(() => { const space = document.body.appendChild(document"
        ".createElement('div')); space.style.height = '2000px' })()"
    )
    for _ in range(12):
        visit.browser.page("scrollBy({ top: -40, behavior: 'instant' })")
        until(lambda: (c := visit.card()) and not misplaced(visit, c, 0), "sheet off its words")


def test_a_card_for_a_reader_of_large_letters_is_large_and_scrolls(visit: Visit, artefacts: Path) -> None:
    read(visit)
    card = step(visit)
    with large_letters(visit.browser):
        visit.browser.resize(1280, 600)
        wide = 1.9 * (card.box.right - card.box.left)
        large = until(lambda: (c := visit.card()) and c.box.right - c.box.left > wide and c, "large card")
        assert misplaced(visit, large, 0) == []
        visit.browser.picture(artefacts / f"{visit.browser.name}-standing-large-letters.png")


def test_a_page_that_smothers_what_is_not_its_own_shows_the_card_all_the_same(
    visit: Visit, artefacts: Path
) -> None:
    visit.open("http://gazette.example/smothering.html")
    visit.press()
    visit.browser.close_popup()
    before = visit.body()
    card = step(visit)
    visit.drawn()
    visit.browser.picture(artefacts / f"{visit.browser.name}-smothering.png")
    assert misplaced(visit, card, 0) == []
    assert card.box.right - card.box.left == pytest.approx(372, abs=1)
    x, y = (card.box.left + card.box.right) / 2, (card.box.top + card.box.bottom) / 2
    assert visit.browser.page(f"document.elementFromPoint({x}, {y}).localName") == "caveat-notes"
    # Its own white, under no veil: the paper of a light card, as everywhere.
    corner = Box(card.box.left + 4, card.box.top + 40, card.box.left + 12, card.box.top + 60)
    seen = {colour for row in pixels(visit.browser, corner).rows for colour in row}
    assert seen == {(255, 255, 255)}
    assert visit.body() == before


def test_a_card_stands_above_a_popover_of_the_page(visit: Visit) -> None:
    read(visit)
    visit.browser.page(
        "(() => { const veil = document.createElement('div'); veil.popover = 'manual';"
        " veil.style.cssText = 'inset: 0; width: 100vw; height: 100vh; pointer-events: none';"
        " document.documentElement.append(veil); veil.showPopover() })()"
    )
    card = step(visit)
    x, y = card.box.left + 20, card.box.top + 20
    assert visit.browser.page(f"document.elementFromPoint({x}, {y}).localName") == "caveat-notes"
