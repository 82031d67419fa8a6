"""Pages that a server renders and an application takes over: neither it nor the marks notice the other."""

from __future__ import annotations

import subprocess

import pytest

from .conftest import PAGES, TOP
from .test_living_pages import look_time, read
from .visit import Visit
from .waiting import until

ADDRESS = "http://gazette.example/hydrated.html"
EXTENSION = TOP / "extension"


@pytest.fixture(scope="module")
def application() -> str:
    """The page's application as one script."""
    esbuild = EXTENSION / "node_modules" / ".bin" / "esbuild"
    if not esbuild.is_file():
        pytest.fail("esbuild is not installed; `npm ci` in extension/ installs it", pytrace=False)
    bundled = subprocess.run(
        [esbuild, PAGES / "hydrated.js", "--bundle", "--format=iife"],
        env={"NODE_PATH": str(EXTENSION / "node_modules")},
        capture_output=True,
        check=True,
        text=True,
    )
    return bundled.stdout


def wake(visit: Visit, application: str) -> None:
    """The application comes and takes the page over."""
    visit.browser.page(f"(() => {{ {application}; wake(); }})()")
    applaud(visit, 1)


def applaud(visit: Visit, times: int) -> None:
    """A click on the page's own button, as often as this by now."""
    button = "document.querySelector('#app button')"
    x, y = visit.browser.page(
        f"(() => {{ {button}.scrollIntoView({{ block: 'center' }});"
        f" const r = {button}.getBoundingClientRect();"
        " return [r.x + r.width / 2, r.y + r.height / 2] })()"
    )
    visit.browser.click(x, y)
    until(
        lambda: visit.browser.page(f"{button}.textContent") == f"Applaud: {times}", "page that takes a click"
    )


def test_a_page_that_is_taken_over_while_it_is_marked_keeps_its_marks_and_works(
    visit: Visit, application: str
) -> None:
    marks = read(visit, ADDRESS)
    wake(visit, application)
    look_time(visit)
    assert visit.marks() == marks
    visit.browser.page("anew()")
    applaud(visit, 2)
    assert visit.marks_when(lambda now: len(now) == len(marks)) == marks
    assert visit.click_on(0).parts["message"]
    assert len(visit.wire.analyses) == 1
    assert visit.browser.complaints() == []


def test_a_page_that_was_taken_over_is_marked_and_goes_on_working(visit: Visit, application: str) -> None:
    visit.open(ADDRESS)
    wake(visit, application)
    visit.press()
    visit.browser.close_popup()
    marks = visit.marks()
    assert len(marks) >= 3
    visit.browser.page("void (window.first = document.querySelector('article p').firstChild), anew()")
    until(lambda: visit.browser.page("!first.isConnected"), "other nodes")
    assert visit.marks_when(lambda now: len(now) == len(marks)) == marks
    applaud(visit, 2)
    assert visit.click_on(0).parts["message"]
    assert len(visit.wire.analyses) == 1
    assert visit.browser.complaints() == []


def test_a_page_that_is_taken_over_while_the_server_reads_is_marked(visit: Visit, application: str) -> None:
    visit.open(ADDRESS)
    visit.browser.press()
    wake(visit, application)
    visit.browser.page("anew()")
    until(lambda: len(visit.wire.analyses) == 1, "question to the server")
    notes = visit.wire.analyses[0].answer["notes"]
    visit.marks_when(lambda now: len(now) >= len(notes))
    applaud(visit, 2)
    assert visit.browser.complaints() == []
