"""A reader's visit to pages: press, look at the marks, open cards, read the popup.

In: a `Browser`, the page stand, the wire to the server. Out: what is to be seen, as plain data in
the words of the design. Goes wrong: `LateError`, naming what did not appear.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .browser import Browser
from .newsstand import Newsstand
from .waiting import LateError, until
from .wire import Exchange, Wire

EYES = Path(__file__).with_name("eyes.js").read_text()
UNSEEN = re.compile(r"[\s\u00ad\u200b\u2060\ufeff]+")  # white space folds on a page; soft hyphens do not show


# What Firefox notes of any page that is left while an extension waits there for the browser.
LEFT = ("after context unloaded", "while context is inactive")


def visible(words: str) -> str:
    """Words as far as an eye can tell them apart, white space aside."""
    return UNSEEN.sub("", words)


@dataclass(frozen=True)
class Mark:
    """One painted range."""

    family: str
    quiet: bool
    words: str
    before: str  # the visible characters that stand before it in the page
    linked: bool  # begins inside a link of the page, where a click belongs to the link


@dataclass(frozen=True)
class Box:
    """A rectangle of the viewport."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)


@dataclass(frozen=True)
class Card:
    """The open card."""

    note: str
    signal: str
    pinned: bool
    box: Box
    parts: dict[str, str]  # message, why, question


CARD = """root => {
  const card = root.querySelector('[data-caveat=card]');
  if (!card) return null;
  const { left, top, right, bottom } = card.getBoundingClientRect(), parts = {};
  for (const name of ['message', 'why', 'question']) {
    parts[name] = card.querySelector(`[data-caveat=${name}]`)?.textContent ?? '';
  }
  const { note, signal, pinned } = card.dataset;
  return { note, signal, pinned: pinned === 'true', parts, box: [left, top, right, bottom] };
}"""


class Visit:
    """One reader with one browser."""

    def __init__(self, browser: Browser, stand: Newsstand, wire: Wire) -> None:
        self.browser = browser
        self.stand = stand
        self.wire = wire

    # Going somewhere

    def open(self, url: str) -> None:
        """Open a page and wait until its own scripts have left its body alone for a while."""
        self.browser.open(url)
        self.settle()

    def settle(self) -> None:
        """Wait until the page is done building itself."""
        seen = [None]

        def quiet() -> bool:
            now = self.browser.page(
                "new Promise(done => setTimeout(done, 60))"
                ".then(() => document.readyState + document.body.innerHTML)"
            )
            seen.append(now)
            return bool(seen[-1] == seen[-2] and now.startswith("complete"))

        until(quiet, "page that keeps still")

    def body(self) -> str:
        return str(self.browser.page("document.body.innerHTML"))

    def press(self) -> Exchange:
        """Press the button and wait for the answer to be painted; the exchange on the wire."""
        before = len(self.wire.analyses)
        self.browser.press()
        try:
            until(lambda: len(self.wire.analyses) > before, "request to the server")
            until(lambda: self.state() not in ("", "progress"), "popup that is done")
        except LateError as late:
            raise LateError(f"{late} (the popup says: {self.popup_text()!r})") from late
        return self.wire.analyses[-1]

    # The popup

    def popup_text(self) -> str:
        return str(self.browser.popup("document.body.innerText") or "")

    def state(self) -> str:
        """How far the popup is, in its own word."""
        return str(self.browser.popup("document.querySelector('[data-state]')?.dataset.state ?? ''") or "")

    def popup_says(self, words: str, seconds: float = 15) -> str:
        """Wait until the popup says this; its whole text."""

        def said() -> str | None:
            text = self.popup_text()
            return text if words.lower() in text.lower() else None

        return until(said, f"popup that says {words!r} (it says: {self.popup_text()!r})", seconds)

    # Marks

    def marks(self) -> list[Mark]:
        """The painted ranges in reading order."""
        found = self.browser.page(
            f"(() => {{ const found = {EYES}, out = [];"
            " for (const { range, ...mark } of found) out.push(mark); return out })()"
        )
        return [Mark(**mark) for mark in found]

    def marks_when(self, so: Callable[[list[Mark]], bool]) -> list[Mark]:
        """Wait until the marks are so."""
        return until(lambda: (m := self.marks()) is not None and so(m) and m, "marks as they should be")

    def boxes(self, number: int) -> list[Box]:
        """Where a mark's lines stand in the viewport."""
        found = self.browser.page(
            f"(() => {{ const out = []; for (const b of {EYES}[{number}].range.getClientRects())"
            " out.push([b.left, b.top, b.right, b.bottom]); return out })()"
        )
        return [Box(*box) for box in found if box[2] > box[0]]

    def bring_into_view(self, number: int) -> None:
        """Scroll until a mark stands at a third of the window."""
        self.browser.page(
            f"(() => {{ const box = {EYES}[{number}].range.getBoundingClientRect();"
            " scrollBy({ top: box.top - innerHeight / 3, behavior: 'instant' }) })()"
        )

    # Cards

    def card(self) -> Card | None:
        """The open card, or None."""
        found = self.browser.shadow(CARD)
        if found is None:
            return None
        return Card(found["note"], found["signal"], found["pinned"], Box(*found["box"]), found["parts"])

    def shadow(self, function: str) -> Any:
        return self.browser.shadow(function)

    def rest_on(self, number: int) -> Card:
        """Move the mouse onto a mark and let it rest there until the card shows."""
        x, y = self.middle(number)
        self.browser.move(x - 3, y)
        self.browser.move(x, y)
        return until(self.card, f"card for mark {number} under the mouse")

    def click_on(self, number: int) -> Card:
        """Click a mark and wait for the card that stays."""
        x, y = self.middle(number)
        self.browser.click(x, y)
        return until(lambda: (c := self.card()) and c.pinned and c, f"card that stays for mark {number}")

    def middle(self, number: int) -> tuple[float, float]:
        """A point on the letters of a mark, scrolled into view."""
        self.bring_into_view(number)
        box = self.boxes(number)[0]
        return (box.left + min((box.right - box.left) / 2, 40), (box.top + box.bottom) / 2)

    def opened_after(self, last: str | None) -> Card:
        """Wait for a card of another note than ``last``."""
        return until(lambda: (c := self.card()) and c.note != last and c, f"card after that of note {last}")

    def gone(self) -> None:
        """Wait until no card is open."""
        until(lambda: self.card() is None, "page without a card")

    def drawn(self) -> None:
        """Wait until nothing of the card is still fading in."""
        fading = "root => root.querySelector('[data-caveat=card]').getAnimations().length"
        until(lambda: self.shadow(fading) == 0, "card that is drawn")

    # What must hold on every visit

    def leaks(self) -> list[str]:
        """What the browser asked for anywhere but at the stand and the server."""
        return list(self.stand.outside)

    def own_complaints(self) -> list[str]:
        """Errors that come from the extension, whichever page it is on."""
        return [
            c
            for c in self.browser.complaints()
            if ("-extension://" in c or c.startswith(("popup", "background")))
            and not any(note in c for note in LEFT)
        ]


def mismatches(exchange: Exchange, marks: list[Mark]) -> list[str]:
    """Where the painted words are not the words of the analysis, in words for a person.

    Each note's words must be painted under its own family, once, in order, after the words that the
    analysis says stand before them. A note may be painted in parts where something that is no text
    of the article lies between.
    """
    text = exchange.question["text"]
    answer = exchange.answer
    faults: list[str] = []
    unused = list(marks)
    for note in sorted(answer["notes"], key=lambda n: (n["start"], -n["end"])):
        if text[note["start"] : note["end"]] != note["quote"]["exact"]:
            faults.append(f"{note['id']}: the analysis quotes {note['quote']['exact']!r} from elsewhere")
        signal = answer["signals"][note["signal"]]
        family, quiet = signal["family"], signal["level"] == "quiet"
        wanted = visible(note["quote"]["exact"])
        parts = _take(unused, family, quiet, wanted)
        if not parts:
            faults.append(f"{note['id']} {note['signal']}: {note['quote']['exact']!r} is not painted")
            continue
        before = visible(text[: note["start"]].rpartition("\n")[2])[-20:]
        if not parts[0].before.endswith(before):
            faults.append(
                f"{note['id']}: {wanted!r} is painted after {parts[0].before!r}, not after {before!r}"
            )
    faults += [f"painted, and in no note: {mark}" for mark in unused]
    return faults


def _take(unused: list[Mark], family: str, quiet: bool, wanted: str) -> list[Mark]:
    """Remove and return the ranges that together show the wanted words."""
    own = [m for m in unused if m.family == family and m.quiet == quiet]
    for first in range(len(own)):
        words = ""
        for last in range(first, len(own)):
            words += visible(own[last].words)
            if words == wanted:
                for mark in own[first : last + 1]:
                    unused.remove(mark)
                return own[first : last + 1]
            if not wanted.startswith(words):
                break
    return []
