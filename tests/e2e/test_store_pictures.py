"""The five pictures for the stores, 1280 by 800, into tests/artefacts/store: real pages, real notes.

Not kept in the repository: whoever publishes makes them anew, in the looks of that version.
"""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from .beside import beside
from .chromium import Chromium
from .newsstand import Newsstand
from .test_pictures import seen
from .visit import Visit
from .waiting import until
from .wire import Wire

STORE = Path(__file__).parents[2] / "extension" / "store"
WIDTH, HEIGHT = 1280, 800
POPUP = "position: absolute; top: 12px; right: 24px; border-radius: 12px; box-shadow: 0 6px 30px #0004"
PANEL = "position: absolute; top: 0; right: 0; border-left: 1px solid #cfc8bb"


@pytest.fixture
def reader(chromium: Chromium, stand: Newsstand, server: int) -> Iterator[Visit]:
    """A reader whose server is at the address it has at home, where that is free."""
    try:
        wire = Wire(server, port=5000)
    except OSError:
        wire = Wire(server)
    chromium.background(
        f"chrome.storage.local.clear().then(() => chrome.storage.local.set({{ server: '{wire.address}' }}))"
    )
    chromium.resize(WIDTH, HEIGHT)
    chromium.dark(False)
    yield Visit(chromium, stand, wire)
    chromium.dark(False)
    wire.cut()


@pytest.fixture
def folder(artefacts: Path) -> Path:
    found = artefacts / "store"
    found.mkdir(exist_ok=True)
    return found


# The test page holds what is hard to read: signs that not every machine has letters for, the page's own
# highlights, a drawing and a column beside. Here it is an article, from its headline on.
PLAIN = """(() => {
  const unlettered = p => /\\p{Emoji_Presentation}/u.test(p.textContent);
  for (const p of document.querySelectorAll('article p')) if (unlettered(p)) p.remove();
  for (const other of document.querySelectorAll('figure, aside')) other.remove();
  document.querySelector('.columns')?.style.setProperty('justify-content', '%s');
  document.querySelector('.columns')?.style.setProperty('grid-template-columns', 'minmax(0, 680px)');
  CSS.highlights.delete('gazette-glossary');
})()"""


def read(reader: Visit, page: str = "article", where: str = "center") -> None:
    """Press on a page with its article in the middle, or at the start of the line."""
    reader.open(f"http://gazette.example/{page}.html")
    reader.browser.page(PLAIN % where)
    reader.press()


def click(reader: Visit, words: str) -> None:
    """Open the card of a mark, with the mouse out of the picture."""
    reader.click_on(next(n for n, mark in enumerate(reader.marks()) if words in mark.words))
    reader.browser.move(WIDTH - 4, HEIGHT - 4)
    reader.drawn()


def beneath(plain: Chromium, page: Path, other: Path, style: str, out: Path) -> None:
    """A picture with another upon it, pixel for pixel."""
    plain.dark(False)
    plain.resize(WIDTH, HEIGHT)
    plain.open("about:blank")
    under, over = (base64.b64encode(path.read_bytes()).decode() for path in (page, other))
    plain.tab.set_content(
        "<style>body { margin: 0 } img { display: block }</style>"
        f'<img src="data:image/png;base64,{under}">'
        f'<img style="{style}" src="data:image/png;base64,{over}">'
    )
    plain.tab.wait_for_function("[...document.images].every(image => image.complete && image.naturalWidth)")
    plain.picture(out)


def whole(path: Path) -> bytes:
    """The picture, as large as the stores want it."""
    data = seen(path)
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (WIDTH, HEIGHT)
    return data


def test_an_article_with_its_marks(
    reader: Visit, plain_chromium: Chromium, folder: Path, tmp_path: Path
) -> None:
    read(reader, where="start")
    reader.browser.popup_picture(tmp_path / "popup.png")
    reader.browser.close_popup()
    reader.browser.picture(tmp_path / "page.png")
    out = folder / "article.png"
    beneath(plain_chromium, tmp_path / "page.png", tmp_path / "popup.png", POPUP, out)
    assert whole(out)


def test_an_open_card(reader: Visit, folder: Path) -> None:
    read(reader)
    reader.browser.close_popup()
    click(reader, "asked not to be named")
    reader.browser.picture(folder / "card.png")
    assert whole(folder / "card.png")


def test_the_panel_beside_the_article(
    reader: Visit, plain_chromium: Chromium, folder: Path, tmp_path: Path
) -> None:
    chromium = reader.browser
    chromium.resize(WIDTH - 400, HEIGHT)
    reader.open("http://gazette.example/blank.html")
    with beside(chromium) as panel:
        panel.behind()
        read(reader)
        chromium.close_popup()
        panel.when("notes")
        chromium.picture(tmp_path / "page.png")
        panel.tab.page.set_viewport_size({"width": 399, "height": HEIGHT})  # type: ignore[attr-defined]
        panel.front()
        until(lambda: panel.listed(), "list of notes")
        panel.tab.picture(tmp_path / "panel.png")
    beneath(plain_chromium, tmp_path / "page.png", tmp_path / "panel.png", PANEL, folder / "panel.png")
    assert whole(folder / "panel.png")


def test_a_dark_page(reader: Visit, folder: Path) -> None:
    reader.browser.dark(True)  # type: ignore[attr-defined]
    read(reader, "dark")
    reader.browser.close_popup()
    click(reader, "A senior official")
    reader.browser.picture(folder / "dark.png")
    assert whole(folder / "dark.png")


def test_the_options(reader: Visit, folder: Path) -> None:
    reader.browser.open_own("options.html")
    until(lambda: reader.browser.page("document.querySelector('h1')?.textContent"), "options page")
    reader.browser.picture(folder / "options.png")
    assert whole(folder / "options.png")


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_picture_has_its_words_in_the_listing(language: str) -> None:
    words = tomllib.loads((STORE / f"{language}.toml").read_text(encoding="utf-8"))["pictures"]
    assert set(words) == {"article", "card", "panel", "dark", "options"}
