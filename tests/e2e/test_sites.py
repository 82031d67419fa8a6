"""Sites that is read without a press: chosen by the reader, allowed by the browser, and nothing else.

In Firefox the permission is the real one, asked for with a real click. No window without a screen lets
anybody answer Chromium's question: there the extension is loaded with the permission already given.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from .browser import Browser
from .chromium import Chromium
from .conftest import started
from .firefox import Firefox
from .newsstand import Newsstand
from .test_living_pages import badge, look_time
from .visit import Visit, mismatches
from .waiting import until

SITE = "http://gazette.example"
LIVING = f"{SITE}/living.html"
GIVEN = [f"{SITE}/*", "http://mail.gmx.net/*"]


@pytest.fixture(scope="module")
def allowed_chromium(
    playwright: Playwright, built: Callable[[str], Path], stand: Newsstand
) -> Iterator[Browser]:
    """Chromium, whose extension has the permission for two sites from the start."""
    folder = built("chrome")
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["host_permissions"] += GIVEN
    (folder / "manifest.json").write_text(json.dumps(manifest))
    browser = started(lambda: Chromium(playwright, folder, stand.port))
    yield browser
    browser.close()


@pytest.fixture(scope="module", params=["allowed_chromium", "firefox"])
def browser(request: pytest.FixtureRequest) -> Browser:
    found: Browser = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def chosen(visit: Visit) -> Iterator[Visit]:
    """A visit with one chosen site."""
    if isinstance(visit.browser, Firefox):
        add(visit, SITE)
    else:
        choose(visit, SITE)
    visit.browser.open("about:blank")
    yield visit
    taken_back(visit)


def choose(visit: Visit, *sites: str) -> None:
    """Put sites on the list, whatever the browser allows."""
    visit.browser.background(f"chrome.storage.local.set({{ sites: {json.dumps(sites)} }}).then(() => 1)")


def add(visit: Visit, site: str) -> None:
    """Type a site in the options and press the button, as a reader does."""
    options(visit)
    visit.browser.page(f"void (document.querySelector('#site').value = {site!r})")
    click(visit, "[data-caveat=sites] form button")
    until(lambda: sites(visit) == [site], "site on the list")


def options(visit: Visit) -> None:
    visit.browser.open_own("options.html")
    until(lambda: visit.browser.page("!!document.querySelector('#site')"), "options page")


def click(visit: Visit, selector: str) -> None:
    """A real click: without one no browser asks for a permission."""
    find = f"document.querySelector({selector!r})"
    until(lambda: visit.browser.page(f"!!{find}"), selector)
    x, y = visit.browser.page(
        f"(() => {{ {find}.scrollIntoView({{ block: 'center' }}); const r = {find}.getBoundingClientRect();"
        " return [r.x + r.width / 2, r.y + r.height / 2] })()"
    )
    visit.browser.click(x, y)


def taken_back(visit: Visit) -> None:
    """Whatever a test was allowed ends with it."""
    if isinstance(visit.browser, Firefox):
        visit.browser.background(f"chrome.permissions.remove({{ origins: {json.dumps(GIVEN)} }})")


def sites(visit: Visit) -> list[str]:
    found = visit.browser.background(
        "chrome.storage.local.get('sites').then(({ sites }) => JSON.stringify(sites ?? []))"
    )
    return list(json.loads(found))


def title(visit: Visit) -> str:
    return str(
        visit.browser.background(
            "chrome.tabs.query({ active: true, currentWindow: true })"
            ".then(([tab]) => chrome.action.getTitle({ tabId: tab.id }))"
        )
    )


def read(visit: Visit, number: int) -> None:
    """Wait for this many questions to the server, and for the marks of the last."""
    until(lambda: len(visit.wire.analyses) == number, f"question {number} to the server")
    visit.marks_when(lambda marks: len(marks) > 1)


def test_a_page_of_a_chosen_site_is_read_once_when_it_has_loaded(chosen: Visit) -> None:
    chosen.open(LIVING)
    read(chosen, 1)
    until(lambda: badge(chosen).isdigit(), "number on the button")
    assert "questions about this page" in title(chosen)
    assert mismatches(chosen.wire.analyses[0], chosen.marks()) == []
    look_time(chosen)
    assert len(chosen.wire.analyses) == 1


def test_a_press_on_a_page_that_was_read_asks_for_nothing_again(chosen: Visit) -> None:
    chosen.open(LIVING)
    read(chosen, 1)
    chosen.browser.press()
    text = chosen.popup_says("worth a question")
    assert "gazette.example is read without a press" in text
    assert len(chosen.wire.analyses) == 1


def test_a_site_that_was_not_chosen_waits_for_a_press(chosen: Visit) -> None:
    chosen.open("http://courier.example/living.html")
    look_time(chosen)
    chosen.browser.page("turnTo('/living.html?2')")
    look_time(chosen)
    assert chosen.wire.exchanges == []
    assert chosen.marks() == []


def test_a_page_loaded_anew_is_read_anew(chosen: Visit) -> None:
    chosen.open(LIVING)
    read(chosen, 1)
    chosen.open(LIVING)
    read(chosen, 2)


def test_a_place_within_a_page_is_not_another_page(chosen: Visit) -> None:
    chosen.open(LIVING)
    read(chosen, 1)
    chosen.browser.page("location.hash = 'ticker'")
    look_time(chosen)
    assert len(chosen.wire.analyses) == 1
    assert len(chosen.marks()) > 1


def test_another_article_without_a_load_is_read_too_once_it_is_there(chosen: Visit) -> None:
    chosen.open(LIVING)
    read(chosen, 1)
    chosen.browser.page("turnTo('/living.html?2')")
    read(chosen, 2)
    assert "The ferry is late" in chosen.wire.analyses[1].question["text"]
    assert mismatches(chosen.wire.analyses[1], chosen.marks()) == []


def test_an_article_that_comes_late_is_waited_for(chosen: Visit) -> None:
    chosen.open(f"{SITE}/late.html")
    read(chosen, 1)
    assert "lights on the Harrow quay" in chosen.wire.analyses[0].question["text"]


def test_a_page_without_an_article_says_nothing(chosen: Visit) -> None:
    chosen.open(f"{SITE}/no-article.html")
    look_time(chosen)
    assert chosen.wire.exchanges == []
    assert (badge(chosen), title(chosen)) == ("", "Read this page with Caveat")


def test_a_page_that_is_refused_is_not_read_even_on_a_chosen_site(chosen: Visit) -> None:
    choose(chosen, "http://mail.gmx.net")
    chosen.browser.open("http://mail.gmx.net/living.html")
    chosen.stand.outside.clear()  # a browser may try https first
    look_time(chosen)
    assert chosen.wire.exchanges == []
    assert chosen.browser.page("document.documentElement.children.length") == 2


def test_a_server_that_is_down_shows_on_the_button_and_a_press_tries_again(chosen: Visit) -> None:
    chosen.wire.cut()
    chosen.open(LIVING)
    until(lambda: badge(chosen) == "!", "exclamation mark on the button")
    assert "does not answer" in title(chosen)
    assert chosen.marks() == []
    chosen.browser.press()
    chosen.popup_says("does not answer")
    chosen.wire.mend()
    chosen.browser.popup_click(
        "d => [...d.querySelectorAll('button')].find(b => b.textContent === 'Try again')"
    )
    chosen.popup_says("worth a question")
    until(lambda: badge(chosen).isdigit(), "number on the button")


def test_a_permission_taken_away_in_the_browser_takes_the_site_off_the_list(chosen: Visit) -> None:
    if isinstance(chosen.browser, Chromium):
        # Here the permission cannot be taken away: one that was never there has the same end.
        choose(chosen, SITE, "http://courier.example")
        chosen.browser.background("chrome.permissions.onRemoved.dispatch({ origins: [] })")
        until(lambda: sites(chosen) == [SITE], "shorter list")
        return
    taken_back(chosen)
    until(lambda: sites(chosen) == [], "empty list")
    chosen.open(LIVING)
    look_time(chosen)
    assert chosen.wire.exchanges == []


def test_a_site_taken_off_the_list_comes_back_with_undo(chosen: Visit) -> None:
    options(chosen)
    click(chosen, "[data-caveat=sites] .entries button")
    until(lambda: sites(chosen) == [], "empty list")
    focused = "document.activeElement.dataset.caveat ?? ''"
    until(lambda: chosen.browser.page(focused) == "undo", "undo with the keyboard")
    click(chosen, "[data-caveat=sites] [data-caveat=undo]")
    until(lambda: sites(chosen) == [SITE], "site on the list")
    chosen.open(LIVING)
    read(chosen, 1)


def test_a_site_is_chosen_in_the_popup_and_given_back_there(visit: Visit) -> None:
    if not isinstance(visit.browser, Firefox):
        choose(visit, SITE)  # no window without a screen answers Chromium's question
    visit.open(LIVING)
    if isinstance(visit.browser, Firefox):
        visit.press()
        visit.browser.popup_press("d => d.querySelector('[data-caveat=always] button')")
        until(lambda: sites(visit) == [SITE], "site on the list")
        visit.popup_says("is read without a press")
        visit.browser.close_popup()
        visit.browser.open("about:blank")
        visit.wire.exchanges.clear()
        visit.open(LIVING)
    read(visit, 1)
    visit.browser.press()
    visit.popup_says("Only when I press")
    visit.browser.popup_click("d => d.querySelector('[data-caveat=always] button')")
    visit.popup_says("is read when you press")
    assert sites(visit) == []
    visit.browser.close_popup()
    visit.open(LIVING)
    look_time(visit)
    assert len(visit.wire.analyses) == 1


def test_the_number_comes_back_with_a_page_that_comes_back_with_its_marks(visit: Visit) -> None:
    visit.open(LIVING)
    visit.press()
    visit.browser.close_popup()
    before = badge(visit)
    assert before
    visit.browser.page("void (location.href = '/blank.html')")
    until(lambda: visit.browser.page("document.title") == "Blank", "other page")
    until(lambda: badge(visit) == "", "button without a number")
    visit.browser.page("history.back()")
    until(lambda: "Bridge" in visit.browser.page("document.title"), "page before")
    # Firefox keeps the page whole. Chromium is driven without that, and loads it anew: no marks, no number.
    is_kept = visit.browser.page("document.querySelector('caveat-notes') !== null")
    assert is_kept or isinstance(visit.browser, Chromium)
    until(lambda: badge(visit) == (before if is_kept else ""), "button as the page is")
    assert len(visit.wire.analyses) == 1
