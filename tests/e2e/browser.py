"""What a test may ask of a browser, whichever browser it is.

In: JavaScript expressions and ordinary user input. Out: JSON values, pictures. Goes wrong:
`ScriptError` where the browser reports an exception; everything else is a timeout of the driver.

A "place" is where a script runs: the page itself, the extension's popup, its background, or the
closed shadow root of its cards.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

# The one element the extension may add: a child of <html> beside <head> and <body>.
HOST = "[...document.documentElement.children].find(e => e.localName.includes('caveat'))"


class ScriptError(RuntimeError):
    """A script of the test threw."""


class Browser(Protocol):
    """One window with one tab and the extension installed, driven as a person would."""

    name: str
    greetings: list[str]  # what the extension opened by itself when it was installed

    def restart(self) -> None:
        """Begin anew, with an empty profile."""

    def crash(self) -> None:
        """End from one moment to the next, as when the power goes, and begin again with the same profile."""

    def stop_background(self) -> None:
        """End the extension's background, as the browser does when nothing has happened for a while."""

    def choose(self, item: str) -> None:
        """What the browser does when one of the extension's items is chosen in the menu of a selection."""

    def open(self, url: str) -> None:
        """Go to a page and wait for its load event."""

    def open_own(self, name: str) -> None:
        """Go to one of the extension's own pages."""

    def press(self) -> None:
        """Click the extension's button in the toolbar; the browser grants activeTab for it."""

    def close_popup(self) -> None:
        """Close the popup, if it is open."""

    def page(self, expression: str) -> Any:
        """A value from the page's own world."""

    def popup(self, expression: str) -> Any:
        """A value from the open popup; None while there is none."""

    def background(self, expression: str) -> Any:
        """A value from the extension's background, where `chrome` is at hand."""

    def shadow(self, function: str) -> Any:
        """What `function` makes of the cards' closed shadow root; None while there is none."""

    def shadow_kind(self) -> str | None:
        """Whether the cards' shadow root is open or closed; None while there is none."""

    def move(self, x: float, y: float) -> None:
        """Move the mouse to a point of the viewport."""

    def click(self, x: float, y: float) -> None:
        """Click at a point of the viewport."""

    def key(self, name: str, shift: bool = False, alt: bool = False, ctrl: bool = False) -> None:
        """Press a key: a character, or Escape, Enter, Tab, ArrowRight, ..."""

    def command(self, name: str) -> None:
        """Press the keys that the browser keeps for one of the extension's commands."""

    def popup_click(self, function: str) -> None:
        """A real click in the popup on the element that `function` returns for its document."""

    def resize(self, width: int, height: int) -> None:
        """Make the viewport this big."""

    def dark(self, on: bool) -> None:
        """What the system says about light and dark."""

    def picture(self, path: Path) -> None:
        """The viewport as a PNG."""

    def popup_picture(self, path: Path) -> None:
        """The popup as a PNG."""

    def complaints(self) -> list[str]:
        """Errors and uncaught exceptions since the last call, each with where it came from."""

    def close(self) -> None:
        """End the browser and remove its profile."""
