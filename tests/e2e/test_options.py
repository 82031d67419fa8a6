"""The options page: which server is asked, and everything else that a reader chooses."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from .axe import barriers
from .beside import tab
from .visit import Visit
from .waiting import free_port, until

ARTICLE = "http://gazette.example/article.html"
KIND = {"signal": "vague-source", "name": "Vague source", "family": "sources"}


def choose(visit: Visit, address: str) -> str:
    """Type an address, press the button; what the page then says."""
    visit.browser.open_own("options.html")
    until(lambda: visit.browser.page("!!document.querySelector('#server')"), "options page")
    x, y = visit.browser.page(
        f"(() => {{ document.querySelector('#server').value = '{address}';"
        " const r = document.querySelector('button.main').getBoundingClientRect();"
        " return [r.x + r.width / 2, r.y + r.height / 2] })()"
    )
    visit.browser.click(x, y)
    said = "document.querySelector('[data-caveat=said]').textContent"
    return str(
        until(lambda: (s := visit.browser.page(said)) not in ("", "Trying …") and s, "word of the options")
    )


def kept(visit: Visit) -> str:
    return str(visit.browser.background("chrome.storage.local.get('server').then(({ server }) => server)"))


def test_a_server_that_answers_is_kept(visit: Visit, server: int) -> None:
    address = f"http://localhost:{server}"
    assert "is asked from now on" in choose(visit, f"{address}/")
    assert kept(visit) == address


def test_a_server_that_does_not_answer_changes_nothing(visit: Visit) -> None:
    assert "Nothing answers" in choose(visit, f"http://127.0.0.1:{free_port()}")
    assert kept(visit) == visit.wire.address


@pytest.mark.parametrize(
    "address", ["http://caveat.example", "https://me:secret@caveat.example", "", "caveat example"]
)
def test_an_address_that_is_not_safe_to_ask_is_refused_at_once(visit: Visit, address: str) -> None:
    assert choose(visit, address)
    assert kept(visit) == visit.wire.address


def test_another_server_than_caveats_is_told_apart(visit: Visit) -> None:
    class Greeting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<h1>It works!</h1>")

        def log_message(self, *args: Any) -> None:
            pass

    other = ThreadingHTTPServer(("127.0.0.1", 0), Greeting)
    Thread(target=other.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        assert "not a Caveat server" in choose(visit, f"http://127.0.0.1:{other.server_address[1]}")
    finally:
        other.shutdown()
        other.server_close()
    assert kept(visit) == visit.wire.address


def opened(visit: Visit) -> None:
    visit.browser.open_own("options.html")
    until(lambda: visit.browser.page("!!document.querySelector('[data-caveat=forget]')"), "options page")


def press(visit: Visit, selector: str) -> None:
    visit.browser.page(f"void document.querySelector({json.dumps(selector)}).click()")


def click(visit: Visit, selector: str) -> None:
    """Press as a person does: there are questions that a browser asks nobody else."""
    x, y = visit.browser.page(
        f"(() => {{ const found = document.querySelector({json.dumps(selector)});"
        " found.scrollIntoView({ block: 'center', behavior: 'instant' });"
        " const box = found.getBoundingClientRect();"
        " return [box.x + box.width / 2, box.y + box.height / 2] })()"
    )
    visit.browser.click(x, y)


def setting(visit: Visit, name: str) -> Any:
    kept = visit.browser.background(f"chrome.storage.local.get({name!r}).then(kept => JSON.stringify(kept))")
    return json.loads(kept).get(name)


def becomes(visit: Visit, name: str, value: Any) -> None:
    until(lambda: setting(visit, name) == value, f"{name} that is {value!r}")


def says(visit: Visit, section: str, words: str) -> None:
    said = f"document.querySelector('[data-caveat={section}] [data-caveat=said]').textContent"
    until(lambda: words in visit.browser.page(said), f"{section} that say {words!r}")


CHOICES = [
    ("kinds", "input[name=sources]", "off", ["sources"], "input[name=sources]", []),
    ("kinds", "input[name=quiet]", "quiet", False, "input[name=quiet]", True),
    ("marks", "input[value=sepia]", "theme", "sepia", "input[value=page]", "page"),
    ("marks", "input[value=strong]", "stroke", "strong", "input[value=fine]", "fine"),
    ("tell", "input[name=tell]", "tell", True, "input[name=tell]", False),
]


@pytest.mark.parametrize(
    ("section", "there", "name", "value", "back", "before"), CHOICES, ids=[c[2] for c in CHOICES]
)
def test_a_choice_is_kept_at_once_says_so_and_can_be_changed_back(
    visit: Visit, section: str, there: str, name: str, value: Any, back: str, before: Any
) -> None:
    opened(visit)
    click(visit, there)
    becomes(visit, name, value)
    says(visit, section, "Saved.")
    opened(visit)
    checked = visit.browser.page(f"document.querySelector('{there}').checked")
    assert checked is (value in (True, "sepia", "strong"))
    click(visit, back)
    becomes(visit, name, before)


def test_the_sample_shows_what_is_chosen(visit: Visit) -> None:
    opened(visit)
    sample = "document.querySelector('[data-caveat=sample]')"
    before = visit.browser.page(f"getComputedStyle({sample}).backgroundColor")
    press(visit, "input[value=dark]")
    until(
        lambda: visit.browser.page(f"getComputedStyle({sample}).backgroundColor") != before,
        "sample in other colours",
    )
    assert visit.browser.page(f"{sample}.querySelectorAll('.mark').length") == 5
    press(visit, "input[name=wording]")
    until(lambda: visit.browser.page(f"!{sample}.querySelector('.mark-wording')"), "sample with four lines")


def test_a_hidden_kind_is_shown_again_and_hidden_again_with_undo(visit: Visit) -> None:
    opened(visit)
    # Hidden on a card, while the options are open.
    visit.browser.background(f"chrome.storage.local.set({{ hidden: [{json.dumps(KIND)}] }}).then(() => 1)")
    until(lambda: visit.browser.page("!!document.querySelector('[data-signal=vague-source]')"), "hidden kind")
    press(visit, "[data-signal=vague-source] button")
    becomes(visit, "hidden", [])
    says(visit, "kinds", "“Vague source” is shown again.")
    press(visit, "[data-caveat=kinds] [data-caveat=undo]")
    becomes(visit, "hidden", [KIND])
    says(visit, "kinds", "As it was before.")


@pytest.mark.parametrize("typed", ["mail.google.com", "192.168.1.1", "not a site"])
def test_a_site_that_is_never_read_cannot_be_added(visit: Visit, typed: str) -> None:
    opened(visit)
    visit.browser.page(f"void (document.querySelector('#site').value = {typed!r})")
    press(visit, "[data-caveat=sites] form button")
    says(visit, "sites", "never read" if "." in typed else "not the address")
    assert setting(visit, "sites") is None


def test_the_keys_are_those_the_browser_has(visit: Visit) -> None:
    opened(visit)
    keys: dict[str, str] = visit.browser.background(
        "chrome.commands.getAll().then(all => Object.fromEntries(all.map(c => [c.name, c.shortcut])))"
    )
    assert len(keys) == 5
    # Chrome takes no more than four suggestions.
    without = ["add-note"] if visit.browser.name == "chromium" else []
    assert [name for name, key in keys.items() if not key] == without, (
        "keys that the browser keeps for itself are given to nobody"
    )
    shown = visit.browser.page("document.querySelector('[data-caveat=keys]').innerText")
    assert [key for key in keys.values() if key not in shown] == []
    assert "Add a note to the selected words" in shown
    assert ("none set" in shown) == bool(without)


def test_everything_is_deleted_only_after_it_was_said_twice(visit: Visit) -> None:
    visit.open(ARTICLE)
    visit.press()
    visit.browser.close_popup()
    assert visit.marks()
    visit.browser.background(
        f"chrome.storage.local.set({{ tell: true, theme: 'dark', hidden: [{json.dumps(KIND)}],"
        " sites: ['http://gazette.example'] }).then(() => 1)"
    )
    number = visit.browser.background(
        "chrome.tabs.create({ url: chrome.runtime.getURL('options.html'), active: false }).then(t => t.id)"
    )
    options = tab(visit.browser, "options.html")
    until(lambda: options.evaluate("!!document.querySelector('[data-caveat=forget-ask]')"), "options page")

    def press(name: str) -> None:
        options.evaluate(f"void document.querySelector('[data-caveat={name}]').click()")

    focused = "document.activeElement.dataset.caveat ?? ''"
    press("forget-ask")
    until(lambda: options.evaluate(focused) == "forget-no", "question whose safe answer has the keyboard")
    press("forget-no")
    until(lambda: "Nothing was deleted." in options.evaluate("document.body.innerText"), "word of it")
    assert setting(visit, "theme") == "dark"
    assert visit.marks()
    press("forget-ask")
    until(lambda: options.evaluate(focused) == "forget-no", "question")
    press("forget-yes")
    until(lambda: "Everything is deleted." in options.evaluate("document.body.innerText"), "word of it")
    for area in ("local", "session"):
        left = visit.browser.background(f"chrome.storage.{area}.get().then(kept => JSON.stringify(kept))")
        assert json.loads(left) == {}
    assert visit.marks() == []
    assert options.evaluate("document.querySelector('#server').value") == "http://127.0.0.1:5000"
    assert options.evaluate("document.querySelector('input[name=theme]:checked').value") == "page"
    visit.browser.background(f"chrome.tabs.remove({number}).then(() => 1)")


def test_the_options_keep_nobody_out_and_can_be_seen(visit: Visit, artefacts: Path, dark: bool) -> None:
    visit.browser.background(
        f"chrome.storage.local.set({{ hidden: [{json.dumps(KIND)}],"
        " sites: ['https://www.gazette.example', 'https://news.example'] }).then(() => 1)"
    )
    opened(visit)
    press(visit, "[data-signal=vague-source] button")
    says(visit, "kinds", "shown again")
    press(visit, "[data-caveat=forget-ask]")
    assert barriers(visit.browser.page) == []
    visit.browser.resize(820, 2600)
    visit.browser.picture(artefacts / f"{visit.browser.name}-options-{'dark' if dark else 'light'}.png")
