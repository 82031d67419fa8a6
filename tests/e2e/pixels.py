"""What is painted, pixel by pixel: a test that only asks the style sheet would miss what no browser draws.

In: a `Browser` at a page without a strict policy, whose canvas decodes the picture. Out: rows of grey
values or colours.
"""

from __future__ import annotations

import base64
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .browser import Browser
from .visit import Box

Colour = tuple[int, int, int]

DECODE = """(async () => {
  const bytes = Uint8Array.from(atob('%s'), c => c.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const scale = picture.width / innerWidth, [left, top, right, bottom] = %s.map(n => Math.round(n * scale));
  const canvas = new OffscreenCanvas(right - left, bottom - top), context = canvas.getContext('2d');
  context.drawImage(picture, -left, -top);
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
  let hex = '';
  for (let at = 0; at < data.length; at++) if (at %% 4 < 3) hex += data[at].toString(16).padStart(2, '0');
  return [width, height, hex];
})()"""


@dataclass(frozen=True)
class Pixels:
    """A rectangle of the window as it was painted."""

    rows: tuple[tuple[Colour, ...], ...]

    def changed(self, other: Pixels) -> float:
        """The part of the pixels that are another colour in ``other``."""
        pairs = [
            (a, b)
            for mine, theirs in zip(self.rows, other.rows, strict=True)
            for a, b in zip(mine, theirs, strict=True)
        ]
        return sum(a != b for a, b in pairs) / len(pairs)

    def grey(self) -> list[list[float]]:
        """As somebody sees it who sees no colours."""
        return [[0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in row] for row in self.rows]

    def shape(self) -> list[list[bool]]:
        """Where something is painted that is not the paper, whichever colour it has."""
        grey = self.grey()
        paper = grey[0][0]
        most = max(abs(value - paper) for row in grey for value in row)
        return [[abs(value - paper) > most / 3 > 3 for value in row] for row in grey]


def pixels(browser: Browser, box: Box) -> Pixels:
    """A rectangle of the window."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "seen.png")
        browser.picture(path)
        return pictured(browser, path, box)


def pictured(browser: Browser, path: Path, box: Box) -> Pixels:
    """A rectangle of a picture that is as wide as the window."""
    data = base64.b64encode(path.read_bytes()).decode()
    width, height, found = browser.page(DECODE % (data, [box.left, box.top, box.right, box.bottom]))
    flat = bytes.fromhex(found)
    colours = [(flat[at], flat[at + 1], flat[at + 2]) for at in range(0, len(flat), 3)]
    assert len(colours) == width * height
    return Pixels(tuple(tuple(colours[row * width : (row + 1) * width]) for row in range(height)))
