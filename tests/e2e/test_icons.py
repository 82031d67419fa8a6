"""The icons are what Chromium draws of icons/icon.svg.

With CAVEAT_ICONS set they are drawn anew and written to their place, so that a change of the drawing is a
change a person reviews. The mark stands on a light card with an edge, so that a toolbar may be light or dark.
"""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import pytest

from .chromium import Chromium

ICONS = Path(__file__).parents[2] / "extension" / "icons"
# Pixels, and how many of them the card takes: Chrome's store wants a margin around the largest.
SIZES = {16: 16, 32: 32, 48: 48, 96: 96, 128: 96}

SHEET = """<style>body { margin: 0; display: grid; place-items: center; height: 100vh } img { display: block }
</style><img width="%d" height="%d" src="data:image/svg+xml;base64,%s">"""

PIXELS = """Promise.all(%s.map(async data => {
  const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + data)).blob());
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return [image.width, image.height, ...context.getImageData(0, 0, image.width, image.height).data];
}))"""


def drawn(browser: Chromium, size: int) -> bytes:
    """The icon of a size, as a PNG."""
    browser.open("about:blank")
    browser.resize(size, size)
    card, svg = SIZES[size], base64.b64encode((ICONS / "icon.svg").read_bytes()).decode()
    browser.tab.set_content(SHEET % (card, card, svg))
    browser.tab.wait_for_function("document.images[0].complete")
    return browser.tab.screenshot(omit_background=True)


@pytest.mark.parametrize("size", SIZES)
def test_an_icon_is_what_the_drawing_says(plain_chromium: Chromium, size: int) -> None:
    fresh, kept = drawn(plain_chromium, size), ICONS / f"{size}.png"
    if os.environ.get("CAVEAT_ICONS"):
        kept.write_bytes(fresh)
    both = json.dumps([base64.b64encode(png).decode() for png in (fresh, kept.read_bytes())])
    new, old = plain_chromium.page(PIXELS % both)
    assert new[:2] == old[:2] == [size, size]
    # Another release of Chromium may smooth an edge in another way; another drawing differs by far more.
    assert sum(abs(a - b) for a, b in zip(new, old, strict=True)) / len(new) < 4


def test_the_manifest_names_every_icon_there_is() -> None:
    manifest = json.loads((ICONS.parent / "manifest.json").read_text())
    assert manifest["icons"] == {str(size): f"icons/{size}.png" for size in SIZES}
    assert sorted(p.name for p in ICONS.glob("*.png")) == sorted(f"{size}.png" for size in SIZES)
