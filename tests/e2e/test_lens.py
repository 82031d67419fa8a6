"""The lens: the same marks and cards in a page of the server, without an extension."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .chromium import Chromium
from .newsstand import Newsstand
from .visit import Visit, mismatches
from .waiting import until
from .wire import Exchange, Wire

DESKTOP, PHONE = (1280, 800), (360, 740)


class Lens(Visit):
    """A reader at the lens."""

    def state(self) -> str:
        return str(self.browser.page("document.querySelector('[data-caveat=lens]')?.dataset.state ?? ''"))

    def words(self) -> str:
        return str(self.browser.page("document.body.innerText"))

    def press_button(self, name: str) -> None:
        """A real click on the button that is called so."""
        box = self.browser.page(
            "(() => { const buttons = [...document.querySelectorAll('button')];"
            f" const button = buttons.find(b => b.innerText.trim() === '{name}');"
            " button.scrollIntoView({ block: 'center', behavior: 'instant' });"
            " const r = button.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] })()"
        )
        self.browser.click(*box)

    def sample(self) -> Exchange:
        self.press_button("Try our sample article")
        until(lambda: self.state() == "read", "sample that is read")
        return self.wire.analyses[-1]

    def paste(self, text: str) -> None:
        self.browser.page("document.querySelector('textarea').focus()")
        assert isinstance(self.browser, Chromium)
        self.browser.tab.keyboard.insert_text(text)

    def too_wide(self) -> bool:
        """Whether the page can be scrolled to the side."""
        return bool(self.browser.page("document.documentElement.scrollWidth > innerWidth"))


@pytest.fixture
def lens(plain_chromium: Chromium, stand: Newsstand, wire: Wire) -> Iterator[Lens]:
    wire.mend()
    plain_chromium.dark(False)
    plain_chromium.resize(*DESKTOP)
    asked: list[str] = []
    listen = lambda request: asked.append(request.url)  # noqa: E731
    plain_chromium.tab.on("request", listen)
    plain_chromium.open(f"{wire.address}/lens/")
    stand.outside.clear()
    wire.exchanges.clear()
    lens = Lens(plain_chromium, stand, wire)
    until(lambda: lens.state() == "empty", "lens")
    yield lens
    plain_chromium.tab.remove_listener("request", listen)
    assert [url for url in asked if not url.startswith(wire.address)] == []
    assert lens.leaks() == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_sample_shows_ten_signals_marked_at_their_words(
    lens: Lens, size: tuple[int, int], dark: bool
) -> None:
    assert isinstance(lens.browser, Chromium)
    lens.browser.dark(dark)
    lens.browser.resize(*size)
    assert not lens.too_wide()
    exchange = lens.sample()
    assert len({note["signal"] for note in exchange.answer["notes"]}) >= 10
    assert mismatches(exchange, lens.marks()) == []
    assert not lens.too_wide()
    card = lens.click_on(1)
    assert not any(card.box.overlaps(box) for box in lens.boxes(1))
    assert card.box.left >= 0
    assert card.box.right <= size[0]
    assert not lens.too_wide()
    lens.browser.key("Escape")
    lens.gone()
    assert lens.browser.complaints() == []


def test_every_note_of_the_lens_is_reached_by_keyboard(lens: Lens) -> None:
    notes = sorted(lens.sample().answer["notes"], key=lambda n: (n["start"], -n["end"]))
    seen: list[str] = []
    for _ in notes:
        lens.browser.key("n", alt=True)
        seen.append(lens.opened_after(seen[-1] if seen else None).note)
    assert seen == [note["id"] for note in notes]
    lens.browser.key("Escape")
    lens.gone()


def test_the_list_of_the_lens_opens_a_card_from_the_keyboard(lens: Lens) -> None:
    lens.sample()
    wanted = lens.browser.page(
        "(() => { const li = document.querySelectorAll('[data-caveat=list] li')[2];"
        " li.querySelector('button').focus(); return li.dataset.note })()"
    )
    lens.browser.key("Enter")
    assert lens.opened_after(None).note == wanted


def test_pasted_words_are_read_with_markup_left_as_words(lens: Lens) -> None:
    image = "<img src=x onerror=alert(1)>"
    text = f"\N{WATER WAVE} Many experts say so.\n\n<b>Critics have warned</b> that {image} may fall."
    lens.paste(text)
    lens.press_button("Read")
    until(lambda: lens.state() == "read", "text that is read")
    exchange = lens.wire.analyses[-1]
    assert exchange.question["text"] == text
    assert mismatches(exchange, lens.marks()) == []
    paper = lens.browser.page("document.querySelector('[data-caveat=paper]').innerText")
    assert image in paper
    assert lens.browser.page("document.querySelectorAll('[data-caveat=paper] img').length") == 0


def test_an_empty_lens_asks_for_a_text_and_asks_nobody_else(lens: Lens) -> None:
    lens.press_button("Read")
    until(lambda: "Paste a text first" in lens.words(), "request for a text")
    assert lens.wire.exchanges == []


def test_a_text_that_is_not_english_gets_an_honest_answer(lens: Lens) -> None:
    lens.paste("Le conseil du port a déclaré que le barrage ouvrira au printemps, selon le rapport.")
    lens.press_button("Read")
    until(lambda: lens.state() == "unread", "honest answer")
    assert lens.wire.analyses[-1].answer["unread"]["message"] in lens.words()


def test_a_server_that_went_down_keeps_the_text_and_a_retry_works(lens: Lens) -> None:
    lens.paste("Many experts say that the bridge could fall. Critics have warned the council.")
    lens.wire.cut()
    lens.press_button("Read")
    until(lambda: lens.state() == "problem", "word that the server is down")
    lens.wire.mend()
    lens.press_button("Try again")
    until(lambda: lens.state() == "read", "text that is read")
    assert lens.marks() != []
