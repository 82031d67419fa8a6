"""The pages around an account in a browser: for everybody, in light and in dark, and by keyboard alone.

A server whose store has a small community; each page is looked at as the person it is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from accounts.people import ASKED
from annotations.desk_scene import account, annotation, report
from caveat.accounts import invitations, roles, tokens
from caveat.accounts.models import Role, State
from caveat.annotations import complaints
from caveat.annotations.models import Status
from caveat.annotations.moderation import decide
from caveat.annotations.rulings import Decision, Ruling
from caveat.database import Database, open_database
from caveat.web.session import COOKIE, SCOPE

from .axe import barriers
from .chromium import Chromium
from .service import serving
from .test_desk import DESKTOP, PHONE, Moderator
from .waiting import until


@dataclass(frozen=True)
class Town:
    """A server, its store, and what its people's cookies are."""

    database: Database
    address: str
    cookies: dict[str, str]
    note: str
    vera: int


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    url = f"sqlite:///{tmp_path_factory.mktemp('town') / 'caveat.db'}"
    with serving(DATABASE_URL=url) as port:
        opened = open_database(url)
        yield _filled(opened, f"http://127.0.0.1:{port}")
        opened.close()


def _filled(database: Database, address: str) -> Town:
    now = datetime.now(UTC)
    with database.begin() as session:
        ines, omar = account(session, "Ines", Role.MODERATOR), account(session, "Omar", Role.MODERATOR)
        vera, ada = account(session, "Vera"), account(session, "Ada", Role.ADMINISTRATOR)
        for alias in ("Verena", "Veronica"):
            account(session, alias).vouched_by_id = vera.id
        roles.vouch(session, omar, vera, now, "I know her from the library.")
        shown = annotation(session, vera, Status.HELPFUL, created=now, exact="closed for repairs since March")
        report(session, shown, "opinion", at=now)
        shown.reason = "Shown because 7 of 9 on one side and 4 of 6 on the other found it helpful."
        annotation(session, vera, Status.PENDING, created=now)
        for n, ruling in enumerate((None, Ruling(Decision.UPHOLD, words="It is an opinion."), None)):
            one = annotation(
                session, vera, created=now - timedelta(hours=n), exact=f"the ferry ran {n + 2} times"
            )
            decide(session, ines, one.uuid, 1, Ruling(Decision.HIDE, "opinion"), now)
            if n < 2:
                complaints.appeal(session, vera, one, "The minutes say so; I gave the page.", now)
            if ruling:
                decide(session, omar, one.uuid, 2, ruling, now)
        for role in (Role.VOLUNTEER, Role.EDUCATOR):
            invitations.invite(session, ines, role, now)
        cookies = {
            who.alias or "": tokens.issue(session, who, "browser", SCOPE, now, timedelta(hours=1))[0]
            for who in (ines, vera, ada)
        }
        return Town(database, address, cookies, str(shown.uuid), vera.id)


class Visitor(Moderator):
    """Whoever is signed in, or nobody."""

    def __init__(self, browser: Chromium, town: Town) -> None:
        super().__init__(browser, town.address)
        self.town = town

    def become(self, alias: str | None) -> None:
        self.browser.context.clear_cookies()
        if alias is not None:
            cookie = {"name": COOKIE, "value": self.town.cookies[alias], "url": self.address}
            self.browser.context.add_cookies([cookie])  # type: ignore[list-item]

    def see(self, page: str, picture: Path) -> None:
        """It keeps nobody out, and nothing of it is beside the window."""
        assert barriers(self.browser.page) == [], page
        assert not self.browser.page("document.documentElement.scrollWidth > innerWidth"), page
        small = self.browser.page(
            "[...document.querySelectorAll('button, input, select, textarea, summary')]"
            ".filter(one => one.type !== 'hidden' && one.checkVisibility())"
            ".filter(one => { const { width, height } = one.getBoundingClientRect();"
            " return Math.min(width, height) < (one.matches('[type=checkbox], [type=radio]') ? 13 : 24) })"
            ".map(one => one.outerHTML)"
        )
        assert small == [], page
        self.browser.tab.screenshot(path=picture, full_page=True)


@pytest.fixture
def visitor(plain_chromium: Chromium, town: Town) -> Iterator[Visitor]:
    plain_chromium.dark(False)
    plain_chromium.resize(*DESKTOP)
    plain_chromium.complaints()
    yield Visitor(plain_chromium, town)
    assert plain_chromium.complaints() == []
    plain_chromium.context.clear_cookies()
    plain_chromium.dark(False)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_page_around_an_account_keeps_nobody_out(
    visitor: Visitor, town: Town, artefacts: Path, size: tuple[int, int], dark: bool
) -> None:
    visitor.browser.dark(dark)
    visitor.browser.resize(*size)
    for who, page, path in (
        (None, "sign-in", "/account/"),
        (None, "join", "/account/join"),
        (None, "new-password", "/account/new-password"),
        (None, "note", f"/a/{town.note}"),
        ("Vera", "account", "/account/"),
        ("Vera", "own", "/account/annotations/"),
        ("Vera", "connect", f"/connect/authorize?{urlencode(ASKED)}"),
        ("Vera", "delete", "/account/delete"),
        ("Ines", "account-moderator", "/account/"),
        ("Ines", "people", "/desk/people/?alias=ver"),
        ("Ines", "nobody", "/desk/people/?alias=nobody"),
        ("Ada", "person", f"/desk/people/{town.vera}"),
    ):
        visitor.become(who)
        visitor.go(path)
        name = f"{page}-{'dark' if dark else 'light'}-{'phone' if size == PHONE else 'desktop'}"
        visitor.see(page, artefacts / f"account-{name}.png")


def test_what_is_wrong_with_a_form_keeps_nobody_out_either(
    visitor: Visitor, town: Town, artefacts: Path
) -> None:
    visitor.become("Ada")
    visitor.go(f"/desk/people/{town.vera}")
    visitor.browser.page("document.querySelector('#suspend-words').required = false")
    visitor.tab_to("[value=suspend]")
    visitor.press("Enter", "Say why")
    visitor.see("person", artefacts / "account-person-wrong.png")
    visitor.become(None)
    visitor.go("/account/join#" + "A" * 20)
    visitor.tab_to("#password")
    visitor.browser.tab.keyboard.type("seven ferries at noon")
    visitor.browser.page("document.querySelector('#alias').required = false")
    visitor.press("Enter", "does not hold")
    visitor.see("join", artefacts / "account-join-wrong.png")
    # A refused form is a 403 or 422, of which the browser complains by itself.
    assert all("status of 4" in complaint for complaint in visitor.browser.complaints())


def test_somebody_is_found_suspended_and_restored_by_keyboard_alone(visitor: Visitor, town: Town) -> None:
    visitor.become("Ines")
    visitor.go("/desk/")
    visitor.tab_to("nav.desk a[href='/desk/people/']")
    visitor.press("Enter", "Alias, or how it begins")
    visitor.tab_to("#alias")
    visitor.browser.tab.keyboard.type("veroni")
    visitor.press("Enter", "What was done about them")
    visitor.tab_to("#suspend-words")
    visitor.browser.tab.keyboard.type("A campaign.")
    visitor.tab_to("[value=suspend]")
    visitor.press("Enter", "They are suspended.")
    visitor.tab_to("#restore-words")
    visitor.browser.tab.keyboard.type("A mistake.")
    visitor.tab_to("[value=restore]")
    visitor.press("Enter", "Their suspension is over.")
    with town.database.read() as session:
        assert account(session, "Veronica").state == State.ACTIVE


def test_an_author_appeals_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.become("Vera")
    visitor.go("/account/")
    visitor.tab_to("a[href='/account/annotations/']")
    visitor.press("Enter", "Appeal: why should it stand?")
    waiting = "It waits for a moderator"
    before = visitor.words().count(waiting)
    visitor.tab_to("textarea[name=words]")
    visitor.browser.tab.keyboard.type("The minutes say so.")
    visitor.tab_to("form[action*=appeal] button")
    visitor.browser.key("Enter")
    until(lambda: visitor.words().count(waiting) == before + 1, "appeal that waits")
    assert visitor.browser.page("location.hash").startswith("#n-")


def test_an_invitations_code_goes_into_the_form_and_out_of_the_address(
    visitor: Visitor, artefacts: Path
) -> None:
    visitor.become("Ines")
    visitor.go("/account/")
    visitor.tab_to("form[action='/account/invitations'] button")
    visitor.press("Enter", "Your invitation")
    visitor.see("once", artefacts / "account-once.png")
    code, link = visitor.browser.page("[...document.querySelectorAll('.code')].map(one => one.textContent)")

    visitor.become(None)
    asked: list[str] = []
    visitor.browser.tab.on("request", lambda request: asked.append(request.url.partition("#")[0]))
    visitor.browser.open(link)
    until(lambda: visitor.browser.page("location.hash") == "", "clean address")
    assert visitor.browser.page("document.querySelector('#invitation').value") == code
    assert visitor.browser.page("document.activeElement.id") == "alias"
    visitor.browser.tab.keyboard.type("Zora Neal")
    visitor.browser.key("Tab")
    visitor.browser.tab.keyboard.type("seven ferries at noon")
    visitor.press("Enter", "Your account")
    assert "Zora Neal" in visitor.words()
    assert asked
    assert not any(code in address for address in asked)

    visitor.browser.open(link)  # signed in already: it leads on, and leaves the code behind
    until(lambda: visitor.path() == "/account/", "account page")
    assert code not in visitor.browser.page("location.href")


@pytest.mark.parametrize(
    "fragment", ["content", "<img src=x>", "%00", "A" * 41, "javascript:alert(1)//AAAAAA"]
)
def test_what_is_no_code_is_left_alone(visitor: Visitor, fragment: str) -> None:
    visitor.become(None)
    visitor.go("/account/")
    visitor.go(f"/account/join#{fragment}")
    assert "Join" in visitor.words()
    assert visitor.browser.page("document.querySelector('#invitation').value") == ""


def test_without_script_the_code_is_pasted(visitor: Visitor, town: Town) -> None:
    with town.database.begin() as session:
        code = invitations.invite(session, account(session, "Ines"), Role.VOLUNTEER, datetime.now(UTC))
    assert visitor.browser.context.browser is not None
    context = visitor.browser.context.browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"{town.address}/account/join#{code}")
        assert page.input_value("#invitation") == ""
        page.fill("#invitation", code)
        page.fill("#alias", "Without Script")
        page.fill("#password", "seven ferries at noon")
        page.click("main button")
        assert "Without Script" in page.inner_text("main")
        page.goto(f"{town.address}/account/annotations/")
        assert "You have written nothing yet." in page.inner_text("main")
    finally:
        context.close()
