"""Who is kept out: axe on a page of the extension, in light and in dark.

In: a way to ask a page for values. Out: what axe finds, with where. Goes wrong: axe-core is not installed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from .beside import ChromiumTab, Tab
from .browser import Browser
from .chromium import Chromium

AXE = Path(__file__).parents[2] / "extension" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def barriers(ask: Callable[[str], Any]) -> list[str]:
    """What axe finds that keeps somebody out, with where."""
    if not AXE.is_file():
        pytest.fail("axe-core is not installed; `npm ci` in extension/ installs it", pytrace=False)
    ask(f"(() => {{ {AXE.read_text()} }})()")
    found: list[str] = ask(
        f"axe.run(document, {{ runOnly: {json.dumps(RULES)} }}).then(({{ violations }}) =>"
        " violations.map(v => `${v.id}: ${v.nodes.map(n => n.target + ' ' + n.failureSummary).join('; ')}`))"
    )
    return found


@contextmanager
def in_the_dark(browser: Browser, dark: bool, place: Tab | None = None) -> Iterator[None]:
    """Pages as they are where the system is dark, or light."""
    if isinstance(browser, Chromium):
        page = place.page if isinstance(place, ChromiumTab) else browser.tab
        page.emulate_media(color_scheme="dark" if dark else "light")
        yield
        page.emulate_media(color_scheme="light")
    else:
        script = "Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', %d)"
        browser.chrome(script % (0 if dark else 1))  # type: ignore[attr-defined]
        yield
        browser.chrome(script % 1)  # type: ignore[attr-defined]
