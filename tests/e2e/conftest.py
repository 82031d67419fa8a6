"""The stage: a real server, the stand of pages, both browsers with the built extension.

Everything is started once and kept, whatever other tests come between. What is missing fails with the command
that gets it: an end-to-end test that quietly does not run proves nothing. Only the real news pages,
which are not part of the project, may be absent.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from .browser import Browser
from .chromium import BrowserMissingError, Chromium
from .firefox import Firefox
from .newsstand import Newsstand
from .service import serving
from .visit import Visit
from .wire import Wire

TOP = Path(__file__).parents[2]
BUILT = TOP / "extension" / "dist"
PAGES = Path(__file__).with_name("pages")
SHARED = Path(os.environ.get("CAVEAT_SHARED", TOP.parent / "shared"))

# Hosts that exist only here, and some that a press must refuse.
HOSTS = {
    "gazette.example": PAGES,
    "courier.example": PAGES,
    "news.example": SHARED / "pages",
    "mail.gmx.net": PAGES,
    "online-banking.harrow.example": PAGES,
    "wiki.internal": PAGES,
    "192.168.1.20": PAGES,
}


# A test has failed: what it left of its browser is not what the next one should find.
SPOILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # Browsers have faults of their own. What did not come is waited for once more, in a new browser,
            # and the summary says so; a test that fails in both fails.
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["LateError"]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.config.stash[SPOILED] = True
    return report


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The extension as it is shipped: a copy, so that a build in the meantime does not pull it away."""

    def copy(name: str) -> Path:
        if not (BUILT / name / "manifest.json").is_file():
            pytest.fail(f"extension/dist/{name} is not built; `make build` builds it", pytrace=False)
        return Path(shutil.copytree(BUILT / name, tmp_path_factory.mktemp("extension") / name))

    return copy


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Where pictures go: tests/artefacts, which git ignores."""
    folder = TOP / "tests" / "artefacts"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def server() -> Iterator[int]:
    """The port of a real server with the real engine."""
    with serving() as port:
        yield port


@pytest.fixture(scope="session")
def wire(server: int) -> Iterator[Wire]:
    wire = Wire(server)
    yield wire
    wire.cut()


@pytest.fixture(scope="session")
def stand() -> Iterator[Newsstand]:
    stand = Newsstand(HOSTS)
    yield stand
    stand.close()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


def started(start: Callable[[], Browser]) -> Browser:
    try:
        return start()
    except BrowserMissingError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def chromium(playwright: Playwright, built: Callable[[str], Path], stand: Newsstand) -> Iterator[Browser]:
    browser = started(lambda: Chromium(playwright, built("chrome"), stand.port))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox(built: Callable[[str], Path], stand: Newsstand) -> Iterator[Browser]:
    browser = started(lambda: Firefox(built("firefox"), stand.port))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def plain_chromium(playwright: Playwright, stand: Newsstand) -> Iterator[Chromium]:
    """A window without the extension: the lens needs none."""
    browser = started(lambda: Chromium(playwright, None, stand.port))
    assert isinstance(browser, Chromium)
    yield browser
    browser.close()


@pytest.fixture(scope="session", params=["chromium", "firefox"])
def browser(request: pytest.FixtureRequest) -> Browser:
    found: Browser = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def visit(browser: Browser, stand: Newsstand, wire: Wire, pytestconfig: pytest.Config) -> Iterator[Visit]:
    """A reader whose extension asks our server. After every test: no leak, no complaint."""
    if pytestconfig.stash.get(SPOILED, False):
        browser.restart()
        pytestconfig.stash[SPOILED] = False
    wire.mend()
    wire.invented = wire.played = None
    browser.close_popup()
    browser.resize(1280, 800)
    browser.open("http://gazette.example/blank.html")
    browser.background(
        "Promise.all([chrome.storage.session.remove('claims'), chrome.storage.local.clear()])"
        f".then(() => chrome.storage.local.set({{ server: '{wire.address}' }}))"
    )
    browser.complaints()
    for record in (stand.outside, stand.makers, stand.served, stand.expected, stand.visited):
        record.clear()
    wire.exchanges.clear()
    visit = Visit(browser, stand, wire)
    yield visit
    assert visit.leaks() == []
    assert visit.own_complaints() == []


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def dark(visit: Visit, request: pytest.FixtureRequest) -> Iterator[bool]:
    """Twice: on a system that is set to light, and on one that is set to dark."""
    visit.browser.dark(request.param)
    yield request.param
    visit.browser.dark(False)


def news_pages() -> list[str]:
    """The names of the real news pages, or one that says why there are none."""
    folder = SHARED / "pages"
    return sorted(p.name for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else ["absent"]


@pytest.fixture(params=news_pages())
def news_page(request: pytest.FixtureRequest) -> str:
    """The address of a real news page."""
    if request.param == "absent":
        pytest.skip("the real news pages are not here (CAVEAT_SHARED names their folder)")
    return f"http://news.example/{request.param}/"
