"""The privacy page, from the options and from the server: to be read by anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from .axe import barriers
from .beside import tab
from .visit import Visit
from .waiting import until

SHOWN = "[...document.querySelectorAll('article')].filter(a => a.checkVisibility()).map(a => a.id).join()"


def test_the_options_lead_to_the_privacy_page_in_the_readers_language(visit: Visit) -> None:
    visit.browser.open_own("options.html")
    until(lambda: visit.browser.page("!!document.querySelector('a[href^=privacy]')"), "options page")
    visit.browser.page("document.querySelector('a[href^=privacy]').click()")
    shown = "location.pathname === '/privacy.html' && document.readyState === 'complete'"
    until(lambda: visit.browser.page(shown), "privacy page")
    assert visit.browser.page(SHOWN) == "en"


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_privacy_page_keeps_nobody_out_in_either_language(
    visit: Visit, artefacts: Path, language: str
) -> None:
    visit.browser.open_own(f"privacy.html#{language}")
    until(lambda: visit.browser.page(SHOWN) == language, "the language that was asked for")
    assert barriers(tab(visit.browser, "privacy.html").evaluate) == []
    visit.browser.picture(artefacts / f"{visit.browser.name}-privacy-{language}.png")


def test_the_server_has_the_same_page(visit: Visit) -> None:
    visit.browser.open_own("privacy.html")
    own = until(lambda: visit.browser.page("document.body?.innerText"), "privacy page")
    visit.browser.open(f"{visit.wire.address}/privacy")
    assert visit.browser.page("document.body.innerText") == own
