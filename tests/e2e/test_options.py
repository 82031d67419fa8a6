"""The options page: which server is asked, and when a change is taken."""

from __future__ import annotations

import pytest

from .visit import Visit
from .waiting import free_port, until


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
