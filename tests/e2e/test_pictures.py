"""Pictures for people: each page with its marks, cards, the popup, the lens; and the one of the README.

They land in tests/artefacts. With CAVEAT_SCREENSHOT set, the README's picture is also written to its
place in the repository, so that a change of looks is a change a person reviews.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest

from .chromium import Chromium
from .newsstand import Newsstand
from .test_lens import DESKTOP, PHONE, Lens, lens
from .visit import Visit
from .wire import Wire

__all__ = ["lens"]  # a fixture
README_PICTURE = Path(__file__).with_name("screenshots") / "reading.png"


@pytest.mark.parametrize("page", ["article", "dark", "strict"])
def test_a_page_with_marks_a_card_and_the_popup_can_be_seen(visit: Visit, artefacts: Path, page: str) -> None:
    name = f"{visit.browser.name}-{page}"
    visit.open(f"http://gazette.example/{page}.html")
    visit.press()
    visit.browser.popup_picture(artefacts / f"{name}-popup.png")
    visit.browser.close_popup()
    visit.browser.picture(artefacts / f"{name}.png")
    visit.click_on(2)
    visit.drawn()
    visit.browser.picture(artefacts / f"{name}-card.png")
    assert seen(artefacts / f"{name}-card.png") != seen(artefacts / f"{name}.png")


def test_a_real_page_with_marks_and_a_card_can_be_seen(visit: Visit, artefacts: Path, news_page: str) -> None:
    name = f"{visit.browser.name}-news-{news_page.split('/')[-2]}"
    visit.open(news_page)
    visit.press()
    visit.browser.close_popup()
    if marks := visit.marks():
        first = next((n for n, mark in enumerate(marks) if not mark.linked and not mark.quiet), 0)
        visit.rest_on(first)
        visit.drawn()
    visit.browser.picture(artefacts / f"{name}.png")
    assert seen(artefacts / f"{name}.png")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_lens_can_be_seen(lens: Lens, artefacts: Path, size: tuple[int, int], dark: bool) -> None:
    assert isinstance(lens.browser, Chromium)
    lens.browser.dark(dark)
    lens.browser.resize(*size)
    name = f"lens-{size[0]}-{'dark' if dark else 'light'}"
    lens.browser.picture(artefacts / f"{name}-empty.png")
    lens.sample()
    lens.browser.picture(artefacts / f"{name}.png")
    lens.click_on(2)
    lens.drawn()
    lens.browser.picture(artefacts / f"{name}-card.png")
    assert seen(artefacts / f"{name}-card.png") != seen(artefacts / f"{name}.png")


def test_the_picture_of_the_readme_can_be_made(
    chromium: Chromium, plain_chromium: Chromium, stand: Newsstand, server: int, artefacts: Path
) -> None:
    try:
        wire = Wire(server, port=5000)  # the address a reader's own popup names
    except OSError:
        wire = Wire(server)
    visit = Visit(chromium, stand, wire)
    chromium.background(f"chrome.storage.local.set({{ server: '{wire.address}' }})")
    chromium.resize(848, 760)
    visit.open("http://gazette.example/article.html")
    visit.press()
    chromium.popup_picture(artefacts / "popup.png")
    chromium.close_popup()
    number = next(n for n, mark in enumerate(visit.marks()) if "asked not to be named" in mark.words)
    visit.click_on(number)
    # The text from its first line on, without the page's own glossary beside our lines.
    chromium.page("scrollBy({ top: document.querySelector('.dropcap').getBoundingClientRect().top - 24 })")
    chromium.page("CSS.highlights.delete('gazette-glossary')")
    chromium.move(840, 740)
    visit.drawn()
    chromium.picture(artefacts / "page.png")
    wire.cut()
    compose(plain_chromium, artefacts / "page.png", artefacts / "popup.png", artefacts / "reading.png")
    if os.environ.get("CAVEAT_SCREENSHOT"):
        README_PICTURE.parent.mkdir(exist_ok=True)
        README_PICTURE.write_bytes((artefacts / "reading.png").read_bytes())
    assert seen(artefacts / "reading.png")


SHEET = """<!doctype html><style>
body { margin: 0; width: 1280px; height: 800px; background: #f1ece2; }
img { position: absolute; top: 20px; border-radius: 12px;
  box-shadow: 0 0 0 1px #d9d3c7, 0 10px 34px #00000022; }
</style><img style="left: 20px" src="data:image/png;base64,%s">
<img style="right: 20px" src="data:image/png;base64,%s">"""


def compose(browser: Chromium, page: Path, popup: Path, out: Path) -> None:
    """The page with the popup beside it, pixel for pixel, on one sheet of paper, 1280 wide."""
    browser.dark(False)
    browser.resize(1280, 800)
    browser.open("about:blank")
    browser.tab.set_content(SHEET % tuple(base64.b64encode(p.read_bytes()).decode() for p in (page, popup)))
    browser.tab.wait_for_function("[...document.images].every(image => image.complete && image.naturalWidth)")
    browser.picture(out)


def seen(path: Path) -> bytes:
    """The picture, which must be more than an empty sheet."""
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) > 5_000
    return data
