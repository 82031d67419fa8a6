"""The panel beside the page: every note of the article in front, both ways, and out to other places."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from .axe import barriers
from .beside import ChromiumTab, Panel, beside, opened_from_popup, tab
from .visit import Visit
from .waiting import until

ARTICLE = "http://gazette.example/article.html"


@pytest.fixture
def panel(visit: Visit) -> Iterator[Panel]:
    visit.browser.background("chrome.storage.session.clear().then(() => 1)")
    visit.open(ARTICLE)
    with beside(visit.browser) as panel:
        yield panel


def read(visit: Visit, panel: Panel) -> Any:
    """Press the toolbar's button; the analysis, once the panel lists it."""
    answer = visit.press().answer
    visit.browser.close_popup()
    panel.when("notes")
    return answer


def test_nothing_is_listed_or_sent_before_the_press(visit: Visit, panel: Panel) -> None:
    panel.when("empty")
    assert "Read this page" in panel.text()
    assert visit.wire.exchanges == []


def test_all_notes_are_listed_those_on_the_whole_article_first(visit: Visit, panel: Panel) -> None:
    answer = read(visit, panel)
    in_text = sorted(answer["notes"], key=lambda n: (n["start"], n["end"]))
    assert panel.listed() == [n["id"] for n in [*answer["page_notes"], *in_text]]
    coverage, text = answer["coverage"], panel.text()
    assert f"{coverage['claims']} claims, {coverage['named']} with a named source, " in text
    for note in [*answer["page_notes"], *in_text]:
        assert note["message"] in text
        assert note["question"] in text


def test_the_panels_own_button_asks_for_the_toolbar_until_the_page_is_open_to_it(
    visit: Visit, panel: Panel
) -> None:
    visit.browser.open("about:blank")  # whatever was allowed before ends here
    visit.open(ARTICLE)
    panel.when("empty")
    panel.press("[data-caveat=read]")
    panel.when("toolbar")
    assert visit.wire.exchanges == []
    read(visit, panel)
    panel.press("[data-caveat=clear]")
    panel.when("empty")
    assert visit.marks() == []
    panel.press("[data-caveat=read]")
    panel.when("notes")
    assert visit.marks() != []


def test_a_family_is_hidden_with_the_keyboard_and_stays_so_in_this_session(
    visit: Visit, panel: Panel
) -> None:
    answer = read(visit, panel)
    families = {
        n["id"]: answer["signals"][n["signal"]]["family"] for n in [*answer["notes"], *answer["page_notes"]]
    }
    before = panel.listed()
    panel.front()
    focused = "document.activeElement.dataset.family ?? ''"
    while not panel.ask(focused):
        assert panel.ask("document.activeElement.localName") != "a", "the kinds come before the notes"
        panel.tab.key("Tab")
    family = panel.ask(focused)
    panel.tab.key("Space")
    left = [note for note in before if families[note] != family]
    assert until(lambda: (found := panel.listed()) != before and found, "shorter list") == left
    assert panel.ask("document.activeElement.ariaPressed") == "false"
    panel.behind()
    panel.again()
    panel.when("notes")
    assert panel.listed() == left


def test_a_press_on_a_note_opens_its_card_in_the_page(visit: Visit, panel: Panel) -> None:
    answer = read(visit, panel)
    note = answer["notes"][-1]["id"]
    panel.press(f"[data-note={note}] button")
    assert until(visit.card, "card").note == note
    until(lambda: panel.current() == note, "the same note marked in the panel")


def test_a_card_opened_in_the_page_marks_its_line_in_the_panel(visit: Visit, panel: Panel) -> None:
    read(visit, panel)
    last = len(visit.marks()) - 1
    card = visit.click_on(next(n for n in range(last, 0, -1) if not visit.marks()[n].linked))
    until(lambda: panel.current() == card.note, "note marked in the panel")
    panel.front()
    until(
        lambda: panel.ask(
            "(({ top, bottom }) => top >= 0 && bottom <= innerHeight)"
            "(document.querySelector('[aria-current=true]').getBoundingClientRect())"
        ),
        "marked note in view",
    )


def test_a_closed_card_is_no_longer_marked(visit: Visit, panel: Panel) -> None:
    read(visit, panel)
    visit.click_on(2)
    until(panel.current, "note marked in the panel")
    visit.browser.key("Escape")
    until(lambda: panel.current() is None, "panel without a marked note")


def test_the_panel_follows_the_tab_in_front(visit: Visit, panel: Panel) -> None:
    read(visit, panel)
    listed = panel.listed()
    other = visit.browser.background(
        "chrome.tabs.create({ url: 'http://gazette.example/blank.html' }).then(t => t.id)"
    )
    panel.when("empty")
    visit.browser.background(f"chrome.tabs.remove({other}).then(() => 1)")
    panel.behind()
    panel.when("notes")
    assert panel.listed() == listed


def test_the_panel_forgets_when_the_tab_leaves_the_article(visit: Visit, panel: Panel) -> None:
    read(visit, panel)
    visit.browser.open("http://gazette.example/blank.html")
    panel.when("empty")
    assert "Harrow" not in panel.text()


def test_an_article_that_is_another_without_a_load_is_forgotten(visit: Visit, panel: Panel) -> None:
    read(visit, panel)
    visit.browser.page("history.pushState({}, '', '/another.html')")
    panel.when("empty")


def test_words_that_leave_the_page_leave_a_note_without_a_place(visit: Visit, panel: Panel) -> None:
    read(visit, panel)
    visit.browser.page("document.querySelector('.dropcap + p').remove()")
    until(lambda: "Its words are no longer on the page." in panel.text(), "note without a place")


def test_a_server_that_is_down_can_be_asked_again_from_the_panel(visit: Visit, panel: Panel) -> None:
    visit.wire.cut()
    visit.browser.press()
    visit.popup_says("does not answer")
    visit.browser.close_popup()
    panel.when("offline")
    visit.wire.mend()
    panel.press("[data-caveat=message] button.main")
    panel.when("notes")


def test_a_page_that_is_left_alone_says_so_here_too(visit: Visit, panel: Panel) -> None:
    visit.browser.open("http://mail.gmx.net/mail.html")
    visit.stand.outside.clear()  # a browser may try https first
    visit.browser.press()
    visit.popup_says("letters")
    panel.when("refused")
    assert "letters" in panel.text()


def test_the_notes_are_copied_as_markdown_without_the_address(visit: Visit, panel: Panel) -> None:
    answer = read(visit, panel)
    panel.ask("void (navigator.clipboard.writeText = async text => { window.copied = text })")
    panel.press("summary")
    panel.press("[data-caveat=copy]")
    until(lambda: "Copied." in panel.text(), "word that it is copied")
    copied = panel.ask("window.copied")
    assert copied.startswith("# Tidal barrage at Harrow Sound")
    assert len(re.findall(r"^ +> ", copied, re.MULTILINE)) == len(answer["notes"])
    assert "gazette.example/article" not in copied
    panel.press("[data-caveat=address]")
    panel.press("[data-caveat=copy]")
    until(lambda: f"](<{ARTICLE}>)" in panel.ask("window.copied"), "copy with the address")


def test_the_notes_are_saved_as_web_annotations_of_the_text_that_was_sent(visit: Visit, panel: Panel) -> None:
    exchange = visit.press()
    visit.browser.close_popup()
    panel.when("notes")
    panel.ask(
        "void (URL.createObjectURL = blob => { blob.text().then(text => { window.saved = text });"
        " return '#' },"
        " HTMLAnchorElement.prototype.click = function () { window.name = this.download })"
    )
    panel.press("[data-caveat=save]")
    saved = json.loads(until(lambda: panel.ask("window.saved ?? null"), "saved file"))
    assert panel.ask("window.name").startswith("caveat-tidal-barrage")
    assert saved["total"] == len(exchange.answer["notes"]) + len(exchange.answer["page_notes"])
    placed = [i["target"]["selector"] for i in saved["first"]["items"] if "selector" in i["target"]]
    assert len(placed) == len(exchange.answer["notes"])
    for quote, position in placed:
        assert exchange.question["text"][position["start"] : position["end"]] == quote["exact"]
    assert "gazette.example/article" not in json.dumps(saved)


def test_the_print_sheet_has_the_marked_sentences_and_their_notes(
    visit: Visit, panel: Panel, artefacts: Path
) -> None:
    answer = read(visit, panel)
    panel.press("[data-caveat=print]")
    sheet = tab(visit.browser, "print.html")
    noted = "new Set([...document.querySelectorAll('[data-note]')].map(n => n.dataset.note)).size"
    wanted = len(answer["notes"]) + len(answer["page_notes"])
    until(lambda: sheet.evaluate(noted) == wanted, "sheet with every note")
    assert sheet.evaluate("document.querySelectorAll('.sentences > li mark').length") > 2
    assert "gazette.example" not in sheet.evaluate("document.body.innerText")
    assert barriers(sheet.evaluate) == []
    sheet.picture(artefacts / f"{visit.browser.name}-sheet.png")
    sheet.evaluate("void chrome.tabs.getCurrent().then(({ id }) => chrome.tabs.remove(id))")


def test_a_claim_is_looked_up_by_a_press_and_nothing_is_asked_before(visit: Visit, panel: Panel) -> None:
    answer = read(visit, panel)
    panel.front()
    panel.ask("document.querySelector('[data-caveat=claims] summary').focus()")
    panel.tab.key("Enter")
    until(lambda: panel.ask("document.querySelector('[data-caveat=claims]').open"), "claims unfolded")
    links = "[...document.querySelectorAll('[data-caveat=claims] a')]"
    wanted = [look["url"] for claim in answer["claims"] for look in claim["look"]]
    assert panel.ask(f"{links}.map(a => a.href)") == wanted
    assert barriers(panel.ask) == []
    assert visit.leaks() == []
    panel.tab.key("Tab")
    assert panel.ask(f"document.activeElement === {links}[0]")
    visit.stand.expected.add(urlsplit(wanted[0]).netloc)
    panel.tab.key("Enter")
    until(lambda: visit.stand.visited, "tab with the search")
    others = f"tabs.filter((tab, n) => n > 0 && tab.id !== {panel.number})"
    visit.browser.background(
        "chrome.tabs.query({ currentWindow: true })"
        f".then(tabs => chrome.tabs.remove({others}.map(({{ id }}) => id))).then(() => 1)"
    )


def test_the_panel_keeps_nobody_out_and_can_be_seen(
    visit: Visit, panel: Panel, artefacts: Path, dark: bool
) -> None:
    name = f"{visit.browser.name}-panel-{'dark' if dark else 'light'}"
    panel.front()
    visit.browser.dark(dark)
    if isinstance(panel.tab, ChromiumTab):
        panel.tab.page.set_viewport_size({"width": 400, "height": 900})
    assert barriers(panel.ask) == []
    panel.tab.picture(artefacts / f"{name}-empty.png")
    panel.behind()
    read(visit, panel)
    panel.press("summary")
    visit.click_on(2)
    until(panel.current, "note marked in the panel")
    panel.front()
    assert barriers(panel.ask) == []
    panel.tab.picture(artefacts / f"{name}.png")


def test_the_popups_button_opens_the_panel_with_the_notes_beside_the_page(visit: Visit) -> None:
    visit.open(ARTICLE)
    answer = visit.press().answer
    with opened_from_popup(visit.browser) as ask:
        listed = "document.querySelectorAll('li[data-note]').length"
        wanted = len(answer["notes"]) + len(answer["page_notes"])
        until(lambda: ask(listed) == wanted, "panel with every note")
