"""The moderation desk in a browser: the queue by keyboard alone, keeping nobody out, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from annotations.desk_scene import account, annotation, appeal, report
from caveat.accounts import tokens
from caveat.accounts.models import Role
from caveat.annotations.models import Rater, Rating, Status, Verdict
from caveat.annotations.moderation import decide
from caveat.annotations.rulings import Decision, Ruling
from caveat.database import Database, open_database
from caveat.web.session import COOKIE, SCOPE

from .axe import barriers
from .chromium import Chromium
from .service import serving
from .waiting import until

DESKTOP, PHONE = (1280, 900), (360, 740)


class Moderator:
    """Somebody at the desk who has a keyboard and no mouse."""

    def __init__(self, browser: Chromium, address: str) -> None:
        self.browser = browser
        self.address = address

    def go(self, path: str) -> None:
        self.browser.open(self.address + path)

    def words(self) -> str:
        """What the page says; nothing before it is complete."""
        return str(self.browser.page("document.readyState === 'complete' ? document.body.innerText : ''"))

    def path(self) -> str:
        return str(self.browser.page("location.pathname"))

    def tab_to(self, selector: str) -> None:
        """Press Tab until the focus is there, as somebody without a mouse does."""
        for _ in range(200):
            self.browser.key("Tab")
            if self.browser.page(f"document.activeElement.matches({selector!r})"):
                assert self.browser.page("document.activeElement.matches(':focus-visible')")
                return
        raise AssertionError(f"Tab never comes to {selector}")

    def press(self, key: str, expected: str) -> None:
        """A key that leads to a page with these words."""
        self.browser.key(key)
        until(lambda: expected in self.words(), f"page that says {expected!r}")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[tuple[Database, str]]:
    """A store with a small community's week, and its server's address."""
    url = f"sqlite:///{tmp_path / 'caveat.db'}"
    with serving(DATABASE_URL=url) as port:
        opened = open_database(url)
        _fill(opened)
        yield opened, f"http://127.0.0.1:{port}"
        opened.close()


def _fill(database: Database) -> None:
    now = datetime.now(UTC)
    with database.begin() as session:
        vera, max_ = account(session, "Vera"), account(session, "Max")
        omar = account(session, "Omar", Role.MODERATOR)
        private = annotation(
            session,
            vera,
            body="The man in the second paragraph lives at 12 Mill Lane; ask him yourself.",
            exact="a resident of Mill Lane, who did not want to be named",
            title="Bridge reopens after a year, and nobody asked those who live beside it",
            created=now - timedelta(days=3),
        )
        report(
            session,
            private,
            "private",
            "That is my neighbour. Please take it away.",
            times=2,
            at=now - timedelta(days=2),
        )
        for n, verdict in enumerate((Verdict.HELPFUL, Verdict.HELPFUL, Verdict.NOT, Verdict.SOMEWHAT)):
            rater = account(session, f"Rater {n}")
            session.add(Rater(account_id=rater.id, side=n % 2))
            mine = {"annotation_id": private.id, "account_id": rater.id}
            session.add(Rating(**mine, verdict=verdict, reasons=[], created=now, changed=now))
        annotation(
            session,
            max_,
            Status.PENDING,
            body="CHEAP TICKETS FOR THE RIVER CRUISE HERE, everybody talks about them today!",
            exact="the ferry ran twice an hour",
            sources=("https://bit.ly/3abc", "javascript:alert(1)"),
            created=now,
            held=True,
        )
        appealed = annotation(
            session, vera, Status.HELPFUL, exact="closed for repairs since March", created=now
        )
        decide(session, omar, appealed.uuid, 1, Ruling(Decision.HIDE, "opinion"), now)
        appeal(session, appealed, "The council's minutes say it in so many words; I gave the page.", at=now)


@pytest.fixture
def ines(plain_chromium: Chromium, store: tuple[Database, str]) -> Iterator[Moderator]:
    """A moderator who is signed in."""
    database, address = store
    now = datetime.now(UTC)
    with database.begin() as session:
        me = account(session, "Ines", Role.MODERATOR)
        secret, _ = tokens.issue(session, me, "browser", SCOPE, now, timedelta(hours=1))
    plain_chromium.context.add_cookies([{"name": COOKIE, "value": secret, "url": address}])
    plain_chromium.dark(False)
    plain_chromium.resize(*DESKTOP)
    plain_chromium.complaints()
    yield Moderator(plain_chromium, address)
    assert plain_chromium.complaints() == []
    plain_chromium.context.clear_cookies()
    plain_chromium.dark(False)


def test_the_queue_is_emptied_by_keyboard_alone_and_a_slip_is_undone(ines: Moderator) -> None:
    ines.go("/desk/")
    ines.press("n", "12 Mill Lane")

    ines.tab_to("#reason")
    for key in ("h", "k"):  # no shortcuts in fields
        ines.browser.key(key)
    ines.browser.key("ArrowDown")
    ines.tab_to("#words")
    ines.browser.tab.keyboard.type("hkoan")
    assert ines.path().startswith("/desk/annotations/")
    assert ines.browser.page("document.querySelector('#words').value") == "hkoan"
    ines.tab_to("[value=hide]")
    ines.press("Enter", "You hid it")
    ines.press("z", "You restored it")

    ines.tab_to("[data-keys-toggle]")
    ines.press("Enter", "Shortcuts are off.")
    ines.browser.key("n")
    ines.go("/desk/")  # and they stay off
    ines.browser.key("n")
    assert ines.browser.page("document.querySelectorAll('[aria-keyshortcuts]').length") == 0
    assert ines.path() == "/desk/"

    ines.tab_to(".queue h2 a")
    ines.press("Enter", "The most urgent of the others")
    ines.tab_to("[value=uphold], [value=approve]")
    ines.browser.key("Tab", shift=True)
    ines.browser.tab.keyboard.type("The minutes are about another bridge.")
    ines.tab_to("[value=uphold], [value=approve]")
    ines.press("Enter", "You ")
    ines.tab_to("[data-keys-toggle]")
    ines.press("Enter", "Shortcuts are on.")
    ines.press("n", "One annotation")
    ines.tab_to("[value=overturn], [value=approve]")
    ines.press("Enter", "Nothing waits.")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_page_of_the_desk_keeps_nobody_out(
    ines: Moderator, artefacts: Path, size: tuple[int, int], dark: bool
) -> None:
    name = f"{'dark' if dark else 'light'}-{'phone' if size == PHONE else 'desktop'}"
    ines.browser.dark(dark)
    ines.browser.resize(*size)
    ines.go("/desk/")
    ines.press("n", "12 Mill Lane")
    one = ines.path()
    pages = {"queue": "/desk/", "annotation": one, "spared": "/desk/spared", "brake": "/desk/brake"}
    for page, path in {**pages, "log": "/desk/log", "check": "/desk/log/check"}.items():
        ines.go(path)
        assert barriers(ines.browser.page) == [], page
        assert not ines.browser.page("document.documentElement.scrollWidth > innerWidth"), page
        ines.browser.tab.screenshot(path=artefacts / f"desk-{page}-{name}.png", full_page=True)
