"""What a reader does with a note: calls it not useful, hides its kind, copies a link to its words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from .axe import barriers_in_notes
from .beside import beside
from .firefox import Firefox
from .visit import Mark, Visit
from .waiting import until

ARTICLE = "http://gazette.example/article.html"
STACKED = "http://gazette.example/stacked.html"
ON_PAGE = "root => root.activeElement?.dataset.caveat ?? ''"


@pytest.fixture
def answer(visit: Visit) -> Any:
    """What the server said of an article that was just read, its marks painted and no card open."""
    visit.open(ARTICLE)
    answer = visit.press().answer
    visit.browser.close_popup()
    return answer


def press(visit: Visit, name: str) -> None:
    """Click a button of the card, or of what stands in its place."""
    find = f"root => {{ const b = root.querySelector('[data-caveat={name}]')?.getBoundingClientRect();"
    spot = until(
        lambda: visit.shadow(f"{find} return b?.width ? [b.x + b.width / 2, b.y + b.height / 2] : null }}"),
        f"button {name}",
    )
    visit.browser.click(*spot)


def more(visit: Visit, name: str) -> None:
    """Click what is behind the card's "More"."""
    press(visit, "more")
    press(visit, name)


def says(visit: Visit, name: str) -> str:
    return str(visit.shadow(f"root => root.querySelector('[data-caveat={name}]')?.textContent ?? ''"))


def kept(visit: Visit, name: str) -> Any:
    """What the browser keeps under a name."""
    return visit.browser.background(
        f"chrome.storage.local.get({name!r}).then(kept => kept[{name!r}] ?? null)"
    )


def badge(visit: Visit) -> str:
    return str(
        visit.browser.background(
            "chrome.tabs.query({ active: true, currentWindow: true })"
            ".then(([tab]) => chrome.action.getBadgeText({ tabId: tab.id }))"
        )
    )


def questions(answer: Any, without: set[str] = frozenset()) -> str:  # type: ignore[assignment]
    """How many notes ask something, but for those signals."""
    notes = [*answer["notes"], *answer["page_notes"]]
    levels = [answer["signals"][n["signal"]]["level"] for n in notes if n["signal"] not in without]
    return str(levels.count("question") or "")


def unlinked(marks: list[Mark]) -> int:
    """The last mark that is in no link of the page."""
    return next(n for n in range(len(marks) - 1, 0, -1) if not marks[n].linked)


@pytest.mark.usefixtures("answer")
def test_a_note_that_is_not_useful_goes_and_its_undoing_stands_in_its_place(
    visit: Visit,
) -> None:
    before, sent = visit.marks(), len(visit.wire.exchanges)
    card = visit.click_on(unlinked(before))
    more(visit, "not-useful")
    visit.marks_when(lambda marks: len(marks) == len(before) - 1)
    assert visit.card() is None
    assert "gone and stays away" in says(visit, "taken")
    assert visit.shadow(ON_PAGE) == "undo"
    (entry,) = kept(visit, "notUseful")
    assert re.fullmatch("[0-9a-f]{64}", entry)
    press(visit, "undo")
    assert visit.opened_after(None).note == card.note
    assert visit.marks() == before
    assert kept(visit, "notUseful") == []
    assert len(visit.wire.exchanges) == sent


@pytest.mark.usefixtures("answer")
def test_a_card_under_a_passing_pointer_does_not_take_the_way_back_along(visit: Visit) -> None:
    before = visit.marks()
    number = unlinked(before)
    visit.click_on(number)
    more(visit, "not-useful")
    visit.marks_when(lambda marks: len(marks) == len(before) - 1)
    visit.rest_on(unlinked(visit.marks()))
    visit.browser.move(5, 5)
    visit.gone()
    assert visit.shadow(ON_PAGE) == "undo"
    visit.browser.key("Enter")
    visit.opened_after(None)
    assert visit.marks() == before


@pytest.mark.usefixtures("answer")
def test_a_note_that_was_not_useful_stays_away_when_the_article_is_read_again(
    visit: Visit, artefacts: Path
) -> None:
    before = visit.marks()
    number = unlinked(before)
    visit.click_on(number)
    more(visit, "not-useful")
    visit.marks_when(lambda marks: len(marks) == len(before) - 1)
    visit.browser.picture(artefacts / f"{visit.browser.name}-taken.png")
    visit.open(ARTICLE)
    visit.press()
    assert visit.marks() == before[:number] + before[number + 1 :]
    assert "Hidden by you: 1" in visit.popup_text()


def test_a_kind_is_hidden_and_brought_back_with_the_keyboard_alone(visit: Visit, answer: Any) -> None:
    before = visit.marks()
    visit.browser.click(5, 5)
    visit.browser.command("next-note")
    card = visit.opened_after(None)
    walk(visit, "more")
    visit.browser.key("Enter")
    walk(visit, "hide-kind")
    visit.browser.key("Enter")
    until(lambda: visit.shadow(ON_PAGE) == "undo", "focus on the way back")
    family = answer["signals"][card.signal]["family"]
    left = [n for n in answer["notes"] if n["signal"] != card.signal]
    visit.marks_when(lambda marks: len(marks) == len(left))
    assert badge(visit) == questions(answer, {card.signal})
    assert [(k["signal"], k["family"]) for k in kept(visit, "hidden")] == [(card.signal, family)]
    visit.browser.key("Enter")
    assert visit.opened_after(None).note == card.note
    assert visit.shadow(ON_PAGE) == "card"
    assert visit.marks() == before
    until(lambda: badge(visit) == questions(answer), "badge as before")
    visit.browser.key("Escape")
    visit.gone()
    assert visit.shadow("root => root.activeElement === null"), "the focus is back in the page"


def walk(visit: Visit, name: str) -> None:
    """Press Tab until a button of the card has the focus."""
    for _ in range(30):
        if visit.shadow(ON_PAGE) == name:
            return
        visit.browser.key("Tab")
        assert visit.shadow("root => root.activeElement?.closest('.card') != null"), "Tab left the card"
    raise AssertionError(f"Tab never reached {name}")


@pytest.mark.parametrize(
    ("chosen", "by"),
    [
        ("{ off: ['sources'] }", lambda signal: signal["family"] == "sources"),
        ("{ quiet: false }", lambda signal: signal["level"] == "quiet"),
        (
            "{ hidden: [{ signal: 'vague-source', name: 'Vague source', family: 'sources' }] }",
            lambda signal: signal["id"] == "vague-source",
        ),
    ],
    ids=["family", "quiet", "kind"],
)
def test_what_is_chosen_elsewhere_is_followed_at_once_and_the_panel_shows_it_again(
    visit: Visit, answer: Any, chosen: str, by: Any
) -> None:
    before, sent = visit.marks(), len(visit.wire.exchanges)
    gone = {id for id, signal in answer["signals"].items() if by(signal)}
    hidden = [n for n in [*answer["notes"], *answer["page_notes"]] if n["signal"] in gone]
    with beside(visit.browser) as panel:
        panel.when("notes")
        listed = panel.listed()
        visit.browser.background(f"chrome.storage.local.set({chosen}).then(() => 1)")
        wanted = len([n for n in answer["notes"] if n["signal"] not in gone])
        visit.marks_when(lambda marks: len(marks) == wanted)
        until(lambda: f"Hidden by you: {len(hidden)}" in panel.text(), "panel that says how many are hidden")
        assert not {n["id"] for n in hidden} & set(panel.listed())
        until(lambda: badge(visit) == questions(answer, gone), "number of what is left on the button")
        panel.press("[data-caveat=hidden] summary")
        panel.press("[data-caveat=hidden] button")
        until(lambda: panel.listed() == listed, "panel with all notes again")
        assert visit.marks() == before
    assert len(visit.wire.exchanges) == sent


@pytest.mark.parametrize("told", [True, False], ids=["allowed", "not allowed"])
def test_the_server_hears_of_it_only_where_its_reader_lets_it(visit: Visit, answer: Any, told: bool) -> None:
    visit.browser.background(f"chrome.storage.local.set({{ tell: {str(told).lower()} }}).then(() => 1)")
    sent = len(visit.wire.exchanges)
    card = visit.click_on(unlinked(visit.marks()))
    more(visit, "not-useful")
    until(lambda: "gone" in says(visit, "taken"), "word that it is gone")
    if told:
        until(lambda: len(visit.wire.exchanges) > sent, "word to the server")
        (exchange,) = visit.wire.exchanges[sent:]
        assert (exchange.method, exchange.path, exchange.status) == ("POST", "/api/v1/feedback", 204)
        assert exchange.question == {"signal": card.signal, "engine": answer["engine"]}
        assert not {"cookie", "referer"} & {name.lower() for name in exchange.headers}
    else:
        until(lambda: kept(visit, "notUseful"), "note that is remembered")
        assert len(visit.wire.exchanges) == sent


def pasted(visit: Visit) -> str:
    """What is on the clipboard, pasted into a field of the page."""
    visit.browser.page(
        "(() => { const field = document.body.appendChild(document.createElement('textarea'));"
        " field.spellcheck = false;"  # or Chromium fetches a dictionary
        " field.focus({ preventScroll: true }) })()"
    )
    visit.browser.key("v", ctrl=True)
    field = "document.body.querySelector(':scope > textarea')"
    text = until(lambda: visit.browser.page(f"{field}.value") or None, "pasted text")
    visit.browser.page(f"{field}.remove()")
    return str(text)


@pytest.mark.parametrize("words", ["Many fear", "many experts say"])
def test_a_copied_link_leads_to_the_words(visit: Visit, words: str) -> None:
    visit.open(STACKED)
    visit.press()
    visit.browser.close_popup()
    number = next(n for n, m in enumerate(visit.marks()) if m.words == words)
    visit.click_on(number)
    more(visit, "copy-link")
    until(lambda: "Copied." in says(visit, "told"), "word that it is copied")
    assert visit.shadow(ON_PAGE) == "copy-link", "the focus is where it was"
    link = pasted(visit)
    assert link.startswith(f"{STACKED}#:~:text=")
    visit.open("http://gazette.example/blank.html")
    visit.open(link)
    assert visit.browser.page("'fragmentDirective' in document")
    until(lambda: visit.browser.page("scrollY") > 0, "page that is scrolled")
    place = (
        "(() => { const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);"
        f" for (let n; n = walker.nextNode();) {{ const at = n.data.indexOf({words!r}); if (at < 0) continue;"
        f" const range = new Range(); range.setStart(n, at); range.setEnd(n, at + {len(words)});"
        " const { top, bottom } = range.getBoundingClientRect(); return [top, bottom, innerHeight] } })()"
    )
    top, bottom, height = visit.browser.page(place)
    assert top >= 0
    assert bottom <= height


def test_notes_on_the_same_words_are_all_reached_from_any_of_them(visit: Visit) -> None:
    visit.open(STACKED)
    notes = visit.press().answer["notes"]
    visit.browser.close_popup()
    meeting = [
        (a["id"], b["id"]) for a in notes for b in notes if a["start"] < b["end"] and b["start"] < a["end"]
    ]
    together = {a: sorted({b for x, b in meeting if x == a}) for a, _ in meeting}
    stacks = {tuple(ids) for ids in together.values() if len(ids) > 1}
    assert len(stacks) >= 2, together
    other = "root => [...root.querySelectorAll('[data-caveat=other]')].map(b => b.dataset.note)"
    by_mouse: set[str] = set()
    for number in range(len(visit.marks())):
        card = visit.click_on(number)
        by_mouse.add(card.note)
        for note in visit.shadow(other):
            assert note in together[card.note]
            by_mouse.add(note)
        assert {card.note, *visit.shadow(other)} == set(together[card.note])
        visit.browser.key("Escape")
        visit.gone()
    assert by_mouse == {n["id"] for n in notes}
    card = visit.click_on(next(n for n, m in enumerate(visit.marks()) if m.words == "Everyone knows"))
    press(visit, "other")
    assert visit.opened_after(card.note).note in together[card.note]
    visit.browser.key("Escape")
    visit.gone()
    listed = "root => [...root.querySelectorAll('[data-caveat=notes] button')].map(b => b.dataset.note)"
    assert visit.shadow(listed) == [n["id"] for n in sorted(notes, key=lambda n: (n["start"], -n["end"]))]


def test_a_step_where_nothing_was_read_does_nothing(visit: Visit) -> None:
    visit.open(ARTICLE)
    before = visit.browser.page("document.documentElement.outerHTML")
    visit.browser.command("next-note")
    visit.settle()
    assert visit.browser.page("document.documentElement.outerHTML") == before
    assert visit.wire.exchanges == []


def test_the_panels_keys_open_it_and_close_it_again(firefox: Firefox) -> None:
    firefox.open("http://gazette.example/blank.html")
    for opened in (True, False):
        firefox.command("panel")
        until(lambda wanted=opened: firefox.chrome("SidebarController.isOpen") == wanted, "sidebar")  # type: ignore[misc]


@pytest.mark.usefixtures("answer")
def test_a_card_names_the_keys_that_the_browser_has_for_a_step(visit: Visit) -> None:
    visit.click_on(unlinked(visit.marks()))
    title = "root => root.querySelector('[data-caveat=next]').title"
    keys = visit.browser.background(
        "chrome.commands.getAll().then(all => all.find(c => c.name === 'next-note').shortcut)"
    )
    assert visit.shadow(title) == (f"Next note ({keys})" if keys else "Next note")


def test_the_list_is_announced_once(visit: Visit, answer: Any) -> None:
    said = "root => root.querySelector('.said').textContent"
    wanted = f"Caveat: {len(answer['notes'])} notes on this page"
    until(lambda: visit.shadow(said) == wanted, "announcement")
    visit.browser.background("chrome.storage.local.set({ off: ['sources'] }).then(() => 1)")
    visit.marks_when(lambda marks: len(marks) < len(answer["notes"]))
    assert visit.shadow(said) == wanted


def test_the_open_card_and_what_is_behind_more_keep_nobody_out(
    visit: Visit, dark: bool, artefacts: Path
) -> None:
    page = "dark.html" if dark else "stacked.html"
    visit.open(f"http://gazette.example/{page}")
    visit.press()
    visit.browser.close_popup()
    marks = visit.marks()
    visit.click_on(unlinked(marks))
    more(visit, "copy-link")
    until(lambda: "Copied." in says(visit, "told"), "word that it is copied")
    visit.drawn()
    assert barriers_in_notes(visit.browser) == []
    visit.browser.picture(artefacts / f"{visit.browser.name}-card-more-{'dark' if dark else 'light'}.png")
    press(visit, "not-useful")
    until(lambda: "gone" in says(visit, "taken"), "word that it is gone")
    assert barriers_in_notes(visit.browser) == []
    visit.browser.picture(artefacts / f"{visit.browser.name}-taken-{'dark' if dark else 'light'}.png")
