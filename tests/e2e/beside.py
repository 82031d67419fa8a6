"""The panel, opened as a tab that stays behind the page: no browser shows a side panel without a screen.

In: a `Browser`. Out: what the panel shows, keys and clicks in it, its picture. It follows the tab in
front of its window as a side panel does, and passes over its own. Goes wrong: `LateError`.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Page

from .browser import Browser
from .chromium import Chromium, Session
from .firefox import KEYS, Firefox
from .waiting import until


class Tab(Protocol):
    """Another tab of the window, at one of the extension's pages."""

    def evaluate(self, expression: str) -> Any:
        """A value from the page."""

    def front(self) -> None:
        """Bring it to the front and give it the keyboard."""

    def key(self, name: str) -> None:
        """Press a key in it: Tab, Enter or Space."""

    def picture(self, path: Path) -> None:
        """What is to be seen, as a PNG."""


class ChromiumTab:
    """A tab of Chromium, by its address."""

    def __init__(self, browser: Chromium, name: str) -> None:

        def found() -> Page | None:
            browser.root.send("Browser.getVersion")  # lets Playwright hear of new tabs
            return next((p for p in browser.context.pages[::-1] if f"/{name}" in p.url), None)

        self.page = until(found, f"tab with {name}")

    def evaluate(self, expression: str) -> Any:
        return self.page.evaluate(f"() => ({expression})")

    def front(self) -> None:
        self.page.bring_to_front()

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)

    def picture(self, path: Path) -> None:
        self.page.screenshot(path=path)


class FirefoxTab:
    """A tab of Firefox, by its address."""

    def __init__(self, browser: Firefox, name: str) -> None:
        self.bidi = browser.bidi
        assert self.bidi is not None

        def found() -> str | None:
            tree = self.bidi.call("browsingContext.getTree", maxDepth=0)["contexts"]
            return next((c["context"] for c in tree[::-1] if f"/{name}" in c["url"]), None)

        self.context = until(found, f"tab with {name}")

    def evaluate(self, expression: str) -> Any:
        return self.bidi.evaluate(expression, self.context)

    def front(self) -> None:
        self.bidi.call("browsingContext.activate", context=self.context)

    def key(self, name: str) -> None:
        key = KEYS[name]
        actions = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        keys = {"type": "key", "id": "keys", "actions": actions}
        self.bidi.call("input.performActions", context=self.context, actions=[keys])

    def picture(self, path: Path) -> None:
        data = self.bidi.call("browsingContext.captureScreenshot", context=self.context)["data"]
        path.write_bytes(base64.b64decode(data))


def tab(browser: Browser, name: str) -> Tab:
    """The tab at one of the extension's pages, once it is there."""
    return ChromiumTab(browser, name) if isinstance(browser, Chromium) else FirefoxTab(browser, name)


OPENED = "chrome.tabs.create({ url: chrome.runtime.getURL('panel.html'), active: false }).then(t => t.id)"


class Panel:
    """The panel of the window."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.open()

    def open(self) -> None:
        """Open it: at first, and where it has gone with its browser."""
        self.number = self.browser.background(OPENED)
        self.tab = tab(self.browser, "panel.html")
        until(lambda: self.state() or None, "panel that shows something")

    def ask(self, expression: str) -> Any:
        return self.tab.evaluate(expression)

    def state(self) -> str:
        return str(self.ask("document.querySelector('[data-state]')?.dataset.state ?? ''"))

    def when(self, state: str) -> None:
        """Wait until the panel is in a state."""
        until(lambda: self.state() == state, f"panel that is {state!r} (it says: {self.text()!r})")

    def text(self) -> str:
        return str(self.ask("document.body.innerText"))

    def listed(self) -> list[str]:
        """The notes in the list, in order."""
        found: list[str] = self.ask(
            "[...document.querySelectorAll('li[data-note]')].map(i => i.dataset.note)"
        )
        return found

    def current(self) -> str | None:
        """The note that is marked as open in the page."""
        found: str | None = self.ask("document.querySelector('li[aria-current=true]')?.dataset.note ?? null")
        return found

    def press(self, selector: str) -> None:
        """Press a button of the panel."""
        self.ask(f"document.querySelector({selector!r}).click()")

    def front(self) -> None:
        """Bring the panel's tab before the page, with the keyboard."""
        self.tab.front()
        seen = "document.visibilityState === 'visible' && document.hasFocus()"
        until(lambda: self.ask(seen), "panel in front")

    def behind(self) -> None:
        """Bring the page to the front again."""
        self.browser.background(
            "chrome.tabs.query({ currentWindow: true })"
            ".then(([first]) => chrome.tabs.update(first.id, { active: true })).then(() => 1)"
        )

    def again(self) -> None:
        """Close the panel and open it anew."""
        self.browser.background(f"chrome.tabs.remove({self.number}).then(() => 1)")
        self.open()


@contextmanager
def beside(browser: Browser) -> Iterator[Panel]:
    """The panel, for as long as it is needed."""
    panel = Panel(browser)
    try:
        yield panel
    finally:
        browser.background(f"chrome.tabs.remove({panel.number}).then(() => 1)")


@contextmanager
def opened_from_popup(browser: Browser) -> Iterator[Callable[[str], Any]]:
    """The real panel, opened with the popup's button; a way to ask it for values."""
    button = "document.querySelector('[data-caveat=beside]')"
    if isinstance(browser, Chromium):
        browser.popup_click(f"document => {button}")
        panel = until(
            lambda: next((t for t in browser._targets() if "/panel.html" in t["url"]), None), "panel"
        )
        session = Session(browser.root, panel["targetId"])
        try:
            yield session.evaluate
        finally:
            browser.root.send("Target.closeTarget", {"targetId": panel["targetId"]})
    elif isinstance(browser, Firefox):
        # A script's click is no person's unless the browser is told that it is.
        browser.popup(
            "(() => { const held = content.windowUtils.setHandlingUserInput(true);"
            f" try {{ {button}.click() }} finally {{ held.destruct() }} }})()"
        )
        find = "SidebarController.browser.contentDocument.getElementById('webext-panels-browser')"
        until(lambda: browser.chrome(f"!!({find})"), "sidebar")
        try:
            yield lambda expression: browser._beside("sidebar", find, expression)
        finally:
            browser.chrome("SidebarController.hide()")
