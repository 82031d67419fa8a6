"""Conditions a reader reads under: the system's colours, the browser's zoom. Each ends with its block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from .browser import Browser
from .chromium import Chromium
from .firefox import Firefox
from .waiting import until


@contextmanager
def forced_colours(browser: Browser) -> Iterator[None]:
    """The reader's system chooses all colours, as Windows' contrast themes do."""
    _force(browser, on=True)
    try:
        yield
    finally:
        _force(browser, on=False)


def _force(browser: Browser, *, on: bool) -> None:
    if isinstance(browser, Chromium):
        browser.tab.emulate_media(forced_colors="active" if on else "none")
    elif isinstance(browser, Firefox):
        browser.chrome(f"Services.prefs.setIntPref('browser.display.document_color_use', {2 if on else 0})")
    asked = f"matchMedia('(forced-colors: active)').matches === {str(on).lower()}"
    until(lambda: browser.page(asked), "forced colours")


@contextmanager
def colours(browser: Browser, paper: str) -> Iterator[None]:
    """The system's colours where a test's paper is called forced, the page's elsewhere."""
    if paper == "forced":
        with forced_colours(browser):
            yield
    else:
        yield


@contextmanager
def dark_system(browser: Browser) -> Iterator[None]:
    """The reader's system is dark."""
    _dark(browser, on=True)
    try:
        yield
    finally:
        _dark(browser, on=False)


def _dark(browser: Browser, *, on: bool) -> None:
    browser.dark(on)
    asked = f"matchMedia('(prefers-color-scheme: dark)').matches === {str(on).lower()}"
    until(lambda: browser.page(asked), "dark system")


@contextmanager
def large_letters(browser: Browser) -> Iterator[None]:
    """The reader's own setting for letters is twice what browsers come with."""
    _letters(browser, 32)
    try:
        yield
    finally:
        _letters(browser, 16)


def _letters(browser: Browser, size: int) -> None:
    if isinstance(browser, Chromium):
        browser.tab_session.send("Page.enable")
        browser.tab_session.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
    elif isinstance(browser, Firefox):
        browser.chrome(f"Services.prefs.setIntPref('font.size.variable.x-western', {size})")


@contextmanager
def as_print(browser: Browser) -> Iterator[None]:
    """The page in the window as it would be printed."""
    _print(browser, on=True)
    try:
        yield
    finally:
        _print(browser, on=False)


def _print(browser: Browser, *, on: bool) -> None:
    if isinstance(browser, Chromium):
        browser.tab.emulate_media(media="print" if on else "screen")
    elif isinstance(browser, Firefox):
        browser.chrome(f"gBrowser.selectedBrowser.browsingContext.mediumOverride = '{'print' if on else ''}'")
    until(lambda: browser.page(f"matchMedia('print').matches === {str(on).lower()}"), "page as print")


@contextmanager
def zoomed(browser: Browser, factor: float) -> Iterator[None]:
    """The browser's own zoom of the page, as Ctrl and plus set it."""
    before = browser.page("innerWidth")
    _zoom(browser, factor)
    try:
        until(lambda: abs(browser.page("innerWidth") * factor - before) < factor * 2, f"zoom of {factor}")
        yield
    finally:
        _zoom(browser, 1)
        until(lambda: browser.page("innerWidth") == before, "no zoom")


def _zoom(browser: Browser, factor: float) -> None:
    tab = "chrome.tabs.query({ active: true, currentWindow: true })"
    browser.background(f"{tab}.then(([tab]) => chrome.tabs.setZoom(tab.id, {factor}))")
