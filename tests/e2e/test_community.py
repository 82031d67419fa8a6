"""The whole walk of a note with nothing played: written, rated, ranked, decided at the desk, and then read.

A real server on a real store, Chromium and Firefox with the extension for whoever writes and whoever reads, a
window without it for the moderator. The three who rate are programs with tokens, as anybody's may be.
"""

from __future__ import annotations

import json
import os
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from caveat.accounts import invitations, joining, passwords, tokens
from caveat.accounts.models import Role
from caveat.annotations.page_identity import digest
from caveat.database import open_database

from .beside import ChromiumTab, Panel, beside, tab
from .browser import Browser
from .chromium import Chromium
from .newsstand import Newsstand
from .service import COMMAND, serving
from .test_options import click
from .test_volunteers import ARTICLE, BOTH, OWN, fill, kept, on, press_within, within
from .visit import Visit
from .waiting import until
from .wire import Wire

PASSWORD = "nine herons over the sound"  # noqa: S105 (nobody's)
BODY = "The contractor threatened once, in May; the second letter is about another contract."
SOURCE = "https://records.example/harrow/letters"
RATERS = ("heron", "tern", "wren")
SHOWN = "A moderator found it helpful; raters are too few yet."


@dataclass(frozen=True)
class Town:
    """A server with a small community: osprey writes, three rate, avocet moderates, curlew runs it."""

    port: int
    store: str
    tokens: dict[str, str]

    def ask(self, method: str, path: str, by: str | None = None, sent: Any = None) -> Any:
        """What the API answers a program."""
        headers = {"Content-Type": "application/json"}
        if by is not None:
            headers["Authorization"] = f"Bearer {self.tokens[by]}"
        body = None if sent is None else json.dumps(sent).encode()
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v1{path}", body, headers, method=method
        )
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return json.loads(answer.read())

    def written_by(self, alias: str) -> None:
        """What a program wrote about the article."""
        draft = {
            "client_id": "a-programs-own",
            "page": {"url": ARTICLE, "title": "Tidal barrage at Harrow Sound to open in spring"},
            "target": {"exact": BOTH, "prefix": "", "suffix": " that the barrage"},
            "signal": "vague-source",
            "body": "The board's minutes name three engineers.",
            "sources": [],
        }
        assert self.ask("POST", "/annotations", alias, draft)["status"] == "pending"

    def rank(self) -> str:
        """What the command says that ranks the store."""

        def ranked() -> str | None:  # nothing while the server is at it itself
            done = subprocess.run(
                [COMMAND, "annotations", "rank"],
                env=os.environ | {"DATABASE_URL": self.store},
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )
            return done.stdout + done.stderr if done.returncode == 0 else None

        return until(ranked, "ranking", 60)


@contextmanager
def founded(folder: Path, extension: str) -> Iterator[Town]:
    """The town a month after everybody came, each by an invitation."""
    store = f"sqlite:///{folder / 'caveat.db'}"
    with serving(DATABASE_URL=store, CAVEAT_CHROME_EXTENSION_IDS=extension) as port:
        now = datetime.now(UTC)
        then = now - timedelta(days=30)
        secrets = {}
        database = open_database(store)
        with database.begin() as session:
            curlew = joining.add(session, "curlew", Role.ADMINISTRATOR, then, passwords.keep(PASSWORD))
            # Writing is earned by rating where others write. The first are chosen.
            roles = {"avocet": Role.MODERATOR, "osprey": Role.EDUCATOR, "heron": Role.EDUCATOR}
            for alias in ("avocet", "osprey", *RATERS):
                code = invitations.invite(session, curlew, roles.get(alias, Role.VOLUNTEER), then)
                account = joining.join(session, code, alias, then, passwords.keep(PASSWORD))
                lifetime = timedelta(days=1)
                secrets[alias], _ = tokens.issue(session, account, "a program", "annotate", now, lifetime)
        database.close()
        yield Town(port, store, secrets)


@pytest.fixture
def town(tmp_path: Path, browser: Browser) -> Iterator[Town]:
    # Firefox's extension comes back to an address that says whose it is; Chromium's is told to the server.
    with founded(tmp_path, browser.id if isinstance(browser, Chromium) else "") as town:
        yield town


@pytest.fixture
def there(browser: Browser, stand: Newsstand, town: Town) -> Iterator[Visit]:
    """Somebody whose extension asks the town's server."""
    wire = Wire(town.port)
    visit = Visit(browser, stand, wire)
    arrive(visit)
    try:
        yield visit
    finally:
        wire.cut()
        browser.restart()  # who is signed in here is nobody in the next test


def arrive(visit: Visit) -> None:
    """Begin with an empty profile, at the town's server."""
    visit.browser.restart()
    visit.browser.open("http://gazette.example/blank.html")
    visit.browser.background(f"chrome.storage.local.set({{ server: '{visit.wire.address}' }}).then(() => 1)")
    visit.browser.complaints()
    for record in (visit.stand.outside, visit.stand.makers, visit.stand.served):
        record.clear()
    visit.wire.exchanges.clear()


def window(browser: Chromium, address: str) -> Page:
    """The window in which the server asks whether the extension may act for somebody."""

    def opened() -> Page | None:
        browser.root.send("Browser.getVersion")  # lets Playwright hear of new windows
        return next((p for p in browser.context.pages if p.url.startswith(address)), None)

    return until(opened, "window of the server", 30)


def sign_in(page: Page, alias: str) -> None:
    page.fill("[name=alias]", alias)
    page.fill("[name=password]", PASSWORD)
    page.click("button:has-text('Sign in')")


def allow(browser: Browser, server: str, alias: str, picture: Path) -> None:
    """Sign in at the server's own page, and agree there."""
    if isinstance(browser, Chromium):
        page = window(browser, server)
        sign_in(page, alias)
        page.wait_for_selector("text=asks to act for you")
        assert alias in page.inner_text("main")
        page.screenshot(path=picture)
        page.click("[value=allow]")
        return
    asked = tab(browser, "account/")
    until(lambda: asked.evaluate("!!document.querySelector('[name=password]')"), "form to sign in")
    asked.evaluate(
        "(() => { const form = document.querySelector('[name=password]').form;"
        f" form.alias.value = {alias!r}; form.password.value = {PASSWORD!r}; form.requestSubmit() }})()"
    )
    asked = tab(browser, "connect/authorize")
    until(lambda: asked.evaluate("!!document.querySelector('[value=allow]')"), "question")
    said = asked.evaluate("document.body.innerText")
    assert "Caveat in Firefox" in said
    assert alias in said
    asked.picture(picture)
    asked.evaluate("document.querySelector('[value=allow]').click()")


def connect(visit: Visit, alias: str, artefacts: Path) -> None:
    """By the button in the options, with the server's own pages."""
    visit.browser.open_own("options.html")
    there = "document.querySelector('[data-caveat=take-part]')?.dataset.connected"
    until(lambda: visit.browser.page(there) == "false", "options page")
    click(visit, "[data-caveat=connect]")
    allow(visit.browser, visit.wire.address, alias, artefacts / f"{visit.browser.name}-walk-1-connect.png")
    until(lambda: visit.browser.page(there) == "true", "connection", 30)
    said = "document.querySelector('[data-caveat=connected]').textContent"
    until(lambda: alias in visit.browser.page(said), "alias")


def picture(panel: Panel, path: Path) -> None:
    """As wide as a panel is, where the browser lets one tab be so."""
    panel.front()
    if isinstance(panel.tab, ChromiumTab):
        panel.tab.page.set_viewport_size({"width": 400, "height": 1200})
    panel.tab.picture(path.with_name(f"{panel.browser.name}-{path.name}"))


def begin(visit: Visit, panel: Panel, words: str, signal: str) -> None:
    """Read the page, select words of it, and say something of them."""
    visit.press()
    visit.browser.close_popup()
    panel.when("notes")
    visit.browser.page(
        "(() => { const words = [...document.querySelectorAll('p')]"
        f".find(p => p.textContent.includes({words!r})).firstChild;"
        f" const at = words.data.indexOf({words!r});"
        f" getSelection().setBaseAndExtent(words, at, words, at + {len(words)}) }})()"
    )
    panel.press("[data-caveat=begin]")
    until(lambda: panel.ask("!!document.querySelector('[data-caveat=write]')"), "form")
    fill(panel, "[data-caveat=write] select", signal)
    fill(panel, "[data-caveat=write] textarea", BODY)


def send(panel: Panel) -> None:
    until(lambda: not panel.ask("document.querySelector('[data-caveat=send]').disabled"), "note to be sent")
    panel.press("[data-caveat=send]")


def sent(visit: Visit, panel: Panel) -> None:
    """The server has it: no draft is left."""
    drafts = lambda: [key for key in kept(visit) if key.startswith("draft:")]  # noqa: E731
    until(lambda: drafts() == [], f"note that was sent (the panel says: {panel.text()!r})")


def write(visit: Visit, panel: Panel, artefacts: Path) -> None:
    """A note on words that nobody wrote about."""
    begin(visit, panel, OWN, "missing-context")
    panel.press("[data-caveat=add-source]")
    until(lambda: panel.ask("!!document.querySelector('.source input')"), "field for a source")
    fill(panel, ".source input", SOURCE)
    picture(panel, artefacts / "walk-2-form.png")
    send(panel)
    sent(visit, panel)


def rate_in_the_panel(visit: Visit, panel: Panel, artefacts: Path) -> None:
    """What others wrote waits there."""
    panel.press("[data-room=rate]")
    until(lambda: panel.ask("!!document.querySelector('[data-caveat=queue] [data-verdict]')"), "queue")
    assert "by heron" in panel.text()
    picture(panel, artefacts / "walk-3-queue.png")
    panel.press("[data-verdict=somewhat]")
    (rating,) = until(lambda: [e for e in visit.wire.exchanges if e.method == "PUT"] or None, "rating")
    assert rating.status == 200, rating.received
    # Taken back, and given again.
    until(lambda: panel.ask("!!document.querySelector('[data-caveat=take-rating-back]')"), "way back")
    panel.press("[data-caveat=take-rating-back]")
    (gone,) = until(lambda: [e for e in visit.wire.exchanges if e.method == "DELETE"] or None, "way back")
    assert gone.status == 204, gone.received
    panel.press("[data-verdict=somewhat]")
    *_, again = until(lambda: [e for e in visit.wire.exchanges if e.method == "PUT"][1:] or None, "rating")
    assert again.status == 200, again.received


def decide(moderator: Chromium, town: Town, artefacts: Path) -> None:
    """At the desk, by its forms."""
    moderator.context.clear_cookies()
    moderator.open(f"http://127.0.0.1:{town.port}/desk/?why=rated")
    page = moderator.tab
    sign_in(page, "avocet")
    page.click(f".queue h2 a:has-text({json.dumps(OWN)})")
    assert "3 of 3 raters found it helpful" in page.inner_text("main")
    page.screenshot(path=artefacts / "walk-4-desk.png", full_page=True)
    page.click("[value=show]")
    page.wait_for_selector("text=You found it helpful")
    moderator.context.clear_cookies()


def test_a_note_goes_from_its_author_to_a_reader_without_an_account(
    there: Visit, town: Town, plain_chromium: Chromium, artefacts: Path
) -> None:
    look_up = f"/pages/{digest(ARTICLE)[:5]}"
    town.written_by("heron")
    connect(there, "osprey", artefacts)
    assert all(asked.startswith("CONNECT") for asked in there.stand.outside)
    there.stand.outside.clear()
    there.open(ARTICLE)
    with beside(there.browser) as panel:
        write(there, panel, artefacts)
        rate_in_the_panel(there, panel, artefacts)
    assert there.own_complaints() == []

    (mine,) = town.ask("GET", "/me", "osprey")["annotations"]
    assert (mine["target"]["exact"], mine["body"]) == (OWN, BODY)
    assert town.ask("GET", look_up) == {"pages": {}}, "nobody has found it helpful yet"
    for rater in RATERS:
        waiting = town.ask("GET", "/queue", rater)["annotations"]
        assert mine["id"] in [each["id"] for each in waiting]
        rating = {"verdict": "helpful", "reasons": ["good-sources"]}
        town.ask("PUT", f"/annotations/{mine['id']}/rating", rater, rating)
    assert "Rule: queue" in town.rank()
    assert town.ask("GET", look_up) == {"pages": {}}, "raters are too few: a person decides"
    decide(plain_chromium, town, artefacts)
    assert "0 statuses changed" in town.rank(), "what a person decided stands"

    arrive(there)  # a reader, who has no account
    there.open(ARTICLE)
    there.press()
    there.browser.close_popup()
    card = there.click_on(on(there, OWN))
    assert card.signal == "missing-context"
    assert "by osprey: found helpful." in within(there, "[data-caveat=by]")
    assert within(there, "[data-caveat=written]") == BODY
    assert within(there, "[data-caveat=reason]") == SHOWN
    assert "records.example" in within(there, "[data-caveat=sources]")
    assert within(there, "[data-caveat=rating]") == ""
    there.drawn()
    there.browser.picture(artefacts / f"{there.browser.name}-walk-5-card.png")
    asked = sorted((e.method, e.path) for e in there.wire.exchanges)
    assert asked == [("GET", "/api/v1/claims"), ("GET", f"/api/v1{look_up}"), ("POST", "/api/v1/analyses")]
    assert all({"Authorization", "Cookie"}.isdisjoint(e.headers) for e in there.wire.exchanges)
    press_within(there, "[data-caveat=report]")
    press_within(there, "[data-caveat=report-send]")
    report = until(lambda: next((e for e in there.wire.exchanges if "report" in e.path), None), "report")
    assert (report.status, report.question) == (204, {"kind": "private", "words": ""})
    assert {"Authorization", "Cookie"}.isdisjoint(report.headers)
    assert there.leaks() == []
    assert there.own_complaints() == []


def test_an_author_hears_what_others_said_and_may_change_and_take_back_their_own(
    there: Visit, town: Town, artefacts: Path
) -> None:
    def mine() -> Any:
        return town.ask("GET", "/me", "osprey")["annotations"][0]

    def do(panel: Panel, what: str) -> None:
        until(lambda: panel.ask(f"!!document.querySelector('[data-caveat=own] [data-caveat={what}]')"), what)
        panel.press(f"[data-caveat=own] [data-caveat={what}]")
        until(lambda: panel.ask("!!document.querySelector('[data-caveat=own-send]')"), "form for it")

    town.written_by("heron")
    connect(there, "osprey", artefacts)
    there.open(ARTICLE)
    with beside(there.browser) as panel:
        begin(there, panel, BOTH, "vague-source")
        send(panel)
        similar = "document.querySelector('[data-caveat=similar]')?.innerText ?? ''"
        until(lambda: "by heron" in panel.ask(similar), "what heron said of the same words")
        picture(panel, artefacts / "walk-similar.png")
        panel.press("[data-caveat=anyway]")
        sent(there, panel)
        assert (mine()["body"], mine()["status"]) == (BODY, "pending")

        do(panel, "edit")
        fill(panel, ".sure textarea", "Once, in May.")
        panel.press("[data-caveat=own-send]")
        until(lambda: mine()["body"] == "Once, in May.", "changed note")
        until(lambda: "Once, in May." in panel.text(), "changed note in the panel")
        do(panel, "withdraw")
        panel.press("[data-caveat=own-send]")
        until(lambda: mine()["status"] == "withdrawn", "note that is taken back")

    town.tokens["the extension"] = kept(there)["account"]["token"]
    assert town.ask("GET", "/me", "the extension")["alias"] == "osprey"
    there.browser.open_own("options.html")
    until(lambda: there.browser.page("!!document.querySelector('[data-caveat=disconnect]')"), "options page")
    click(there, "[data-caveat=disconnect]")

    def ended() -> bool:
        try:
            town.ask("GET", "/me", "the extension")
        except urllib.error.HTTPError as error:
            return error.code == 401
        return False

    until(ended, "token that holds no more")
    assert there.own_complaints() == []
