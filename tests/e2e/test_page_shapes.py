"""Where and how an article stands in a page: what is read and marked, and what is said if nothing can be."""

from __future__ import annotations

import pytest

from .beside import beside
from .visit import Visit, mismatches, visible
from .waiting import until

GAZETTE = "http://gazette.example"


def test_what_an_eye_sees_is_read_and_what_is_hidden_is_not(visit: Visit) -> None:
    visit.open(f"{GAZETTE}/shapes.html")
    before = visit.body()
    exchange = visit.press()
    lines = exchange.question["text"].split("\n")
    assert "Many experts say" in lines, "a <br> ends a line, a seam between elements does not"
    assert any(
        line.startswith("that the international bridge could fall within ten years,") for line in lines
    )
    text = "\n".join(lines)
    for hidden in ("displayed nowhere", "invisibly", "Folded away"):
        assert hidden not in text
    for shown in (
        "and in the open",
        "the drawings of the bridge are forty years old",
        "What the report says",
        "Unfolded: critics say",
    ):
        assert shown in text
    for cell in (
        "About 900 people crossed every day, officials say.",
        "Some of the shops have asked for it twice, it is said.",
    ):
        assert cell in lines, "a cell and an item are lines of their own"
    assert mismatches(exchange, visit.marks()) == []
    assert visit.body() == before


def test_a_link_within_a_link_is_one_link(visit: Visit) -> None:
    visit.open(f"{GAZETTE}/shapes.html")
    question = visit.press().question
    (link,) = question["context"]["links"]
    assert question["text"][link["start"] : link["end"]] == "the report of the inspectors of the board"
    assert link["href"].endswith("/report")


def test_the_pages_own_marks_and_highlights_are_left_alone(visit: Visit) -> None:
    visit.open(f"{GAZETTE}/shapes.html")
    own = "[...CSS.highlights.get('gazette-glossary')].join() + document.querySelectorAll('mark').length"
    before = visit.browser.page(own)
    visit.press()
    assert visit.browser.page(own) == before == "experts1"
    visit.browser.popup_click("d => d.querySelector('[data-caveat=clear]')")
    visit.popup_says("The marks are gone")
    assert visit.browser.page(own) == before


@pytest.mark.parametrize("page", ["quirks.html", "shadow.html", "strict.html", "grasping.html"])
def test_the_words_are_marked_whatever_the_page_is_made_of(visit: Visit, page: str) -> None:
    visit.open(f"{GAZETTE}/{page}")
    if page == "quirks.html":
        assert visit.browser.page("document.compatMode") == "BackCompat"
    before = visit.body()
    exchange = visit.press()
    assert visit.state() == "read"
    assert "Many experts say that tolls keep visitors away." in exchange.question["text"]
    words = [visible(mark.words) for mark in visit.marks()]
    for note in exchange.answer["notes"]:
        assert visible(note["quote"]["exact"]) in words
    assert visit.body() == before


def test_words_in_a_shadow_root_are_underlined_and_answer_to_the_mouse(visit: Visit) -> None:
    visit.open(f"{GAZETTE}/shadow.html")
    visit.press()
    visit.browser.close_popup()
    line = (
        "(() => { const app = document.querySelector('gazette-app').shadowRoot;"
        " const story = app.querySelector('gazette-story').shadowRoot;"
        " const words = story.querySelectorAll('p')[1];"
        " return getComputedStyle(words, '::highlight(caveat-sources)').textDecorationStyle })()"
    )
    assert visit.browser.page(line) == "dotted"
    linked = [mark.linked for mark in visit.marks()]
    assert visit.click_on(linked.index(False)).parts["message"]


FRAMED = "document.querySelector('iframe')"
IN_FRAME = (
    f"[...{FRAMED}.contentWindow.CSS.highlights].filter(([name]) => name.startsWith('caveat-'))"
    ".flatMap(([, h]) => [...h].map(range => range.toString()))"
)


@pytest.mark.parametrize("page", ["frame.html", "frame.html?article.html"], ids=["written", "loaded"])
def test_an_article_in_a_frame_of_the_page_itself_is_read_there(visit: Visit, page: str) -> None:
    visit.open(f"{GAZETTE}/{page}")
    body = f"{FRAMED}.contentDocument.body.innerHTML"
    before = visit.browser.page(body)
    exchange = visit.press()
    assert visit.state() == "read"
    assert "Many experts say" in exchange.question["text"]
    assert "Saltmarsh Gazette" not in exchange.question["text"].split("\n")[0]
    words = [visible(part) for part in visit.browser.page(IN_FRAME)]
    for note in exchange.answer["notes"]:
        assert visible(note["quote"]["exact"]) in words or page.endswith("?article.html")
    assert visit.browser.page(body) == before
    visit.browser.popup_click("d => d.querySelector('li[data-note] button')")
    open_card = f"{FRAMED}.contentWindow.CSS.highlights.has('caveat-focus')"
    until(lambda: visit.browser.page(open_card), "open note in the frame")
    visit.browser.press()
    visit.popup_says("Clear marks")
    assert len(visit.wire.analyses) == 1, "what was read is not sent again"
    visit.browser.popup_click("d => d.querySelector('[data-caveat=clear]')")
    visit.popup_says("The marks are gone")
    assert visit.browser.page(IN_FRAME) == []


def test_the_panel_lists_the_notes_of_a_frame_and_leads_to_them(visit: Visit) -> None:
    visit.open(f"{GAZETTE}/frame.html")
    with beside(visit.browser) as panel:
        panel.when("empty")
        visit.press()
        visit.browser.close_popup()
        panel.when("notes")
        first = panel.listed()[0]
        panel.press(f"li[data-note={first}] button")
        until(lambda: panel.current() == first, "note marked as open in the panel")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("shadow.html?closed", "closed off"),
        ("frame.html?http://courier.example/article.html", "in a frame"),
    ],
)
def test_an_article_out_of_reach_is_said_to_be_so_and_nothing_is_sent(
    visit: Visit, page: str, words: str
) -> None:
    visit.open(f"{GAZETTE}/{page}")
    visit.browser.press()
    visit.popup_says(words)
    assert "Nothing was sent" in visit.popup_text()
    assert visit.wire.exchanges == []
    assert visit.marks() == []
