"""Press the button on a page: marks on the right words, cards, and a page that stays as it was."""

from __future__ import annotations

import pytest

from caveat.annotations.page_identity import digest

from .browser import Browser
from .newsstand import Newsstand
from .service import serving
from .visit import Visit, mismatches, visible
from .waiting import until
from .wire import Wire

ARTICLE = "http://gazette.example/article.html"
OWN_PAGES = ["article.html", "strict.html", "dark.html", "hostile.html"]


@pytest.mark.parametrize("page", OWN_PAGES)
def test_a_press_marks_the_quoted_words_and_leaves_the_page_as_it_was(visit: Visit, page: str) -> None:
    visit.open(f"http://gazette.example/{page}")
    before = visit.body()
    assert visit.marks() == []
    exchange = visit.press()
    assert visit.state() == "read"
    marks = visit.marks()
    assert len(marks) >= 3
    assert mismatches(exchange, marks) == []
    assert visit.body() == before


def test_a_real_news_page_is_marked_at_the_quoted_words_and_left_as_it_was(
    visit: Visit, news_page: str
) -> None:
    visit.open(news_page)
    before = visit.body()
    exchange = visit.press()
    if exchange.answer["unread"]:
        assert visit.state() == "unread"
        assert visit.marks() == []
    else:
        assert visit.state() == "read"
        marks = visit.marks()
        assert marks != []
        assert mismatches(exchange, marks) == []
    assert visit.body() == before
    assert {(e.method, e.path) for e in visit.wire.exchanges} == asked(visit)


def asked(visit: Visit) -> set[tuple[str, str]]:
    """What the first reading asks of the server: the article's notes, people's, by five digits of the page,
    and the list of what people wrote about anywhere, which is the same for everybody."""
    prefix = digest(str(visit.browser.page("location.href")))[:5]
    return {("POST", "/api/v1/analyses"), ("GET", f"/api/v1/pages/{prefix}"), ("GET", "/api/v1/claims")}


def test_nothing_is_asked_before_the_press_and_three_things_after_it(visit: Visit) -> None:
    visit.open(ARTICLE)
    assert visit.wire.exchanges == []
    visit.press()
    visit.settle()
    assert len(visit.wire.exchanges) == 3
    assert {(e.method, e.path) for e in visit.wire.exchanges} == asked(visit)


def test_only_the_article_and_what_the_popup_names_is_sent(visit: Visit) -> None:
    visit.open(ARTICLE)
    exchange = visit.press()
    sent = exchange.question
    assert set(sent) == {"text", "context"}
    assert "url" not in sent["context"]
    everything = exchange.sent.decode() + str(exchange.headers)
    assert "gazette.example" not in everything.replace('"href":"http://gazette.example', "")
    assert not {"cookie", "referer", "authorization"} & {name.lower() for name in exchange.headers}
    statement = visit.popup_says("Sent to")
    assert f"{len(sent['text']):,} characters" in statement
    assert visit.wire.address in statement
    names = {
        "title": "title",
        "site": "site name",
        "byline": "byline",
        "published": "date",
        "language": "language",
    }
    for name, value in sent["context"].items():
        if name == "links":
            assert f"{len(value)} links" in statement
        elif value:
            assert names[name] in statement.partition("Sent to")[2]


def test_a_claim_behind_emoji_is_marked_at_its_own_letters(visit: Visit) -> None:
    visit.open(ARTICLE)
    exchange = visit.press()
    line = next(line for line in exchange.question["text"].split("\n") if "\N{WATER WAVE}" in line)
    start = exchange.question["text"].index(line)
    behind = [n for n in exchange.answer["notes"] if start < n["start"] < start + len(line)]
    assert behind, "the paragraph with the emoji has notes"
    painted = [visible(mark.words) for mark in visit.marks()]
    for note in behind:
        assert visible(note["quote"]["exact"]) in painted


def test_words_around_the_article_are_neither_sent_nor_marked(visit: Visit) -> None:
    visit.open(ARTICLE)
    text = visit.press().question["text"]
    for outside in (
        "it is furious",
        "Join in",
        "best on the peninsula",
        "Front page",
        "The barrage as drawn",
    ):
        assert outside not in text


def test_the_pages_own_highlights_stay(visit: Visit) -> None:
    count = "CSS.highlights.get('gazette-glossary').size"
    visit.open(ARTICLE)
    before = visit.browser.page(count)
    visit.press()
    assert visit.browser.page(count) == before > 0


def test_the_cards_live_in_one_element_beside_the_body_with_a_closed_root(visit: Visit) -> None:
    visit.open(ARTICLE)
    visit.press()
    children = visit.browser.page("[...document.documentElement.children].map(e => e.localName)")
    assert children == ["head", "body", "caveat-notes"]
    assert visit.browser.page("document.querySelector('caveat-notes').shadowRoot") is None
    assert visit.browser.shadow_kind() == "closed"


def test_a_card_opens_under_a_resting_mouse_says_what_the_note_says_and_does_not_cover_its_words(
    visit: Visit,
) -> None:
    visit.open(ARTICLE)
    before = visit.body()
    notes = {note["id"]: note for note in visit.press().answer["notes"]}
    visit.browser.close_popup()
    card = visit.rest_on(3)
    note = notes[card.note]
    assert not card.pinned
    assert (card.parts["message"], card.parts["question"]) == (note["message"], note["question"])
    assert card.parts["why"]
    assert not any(card.box.overlaps(box) for box in visit.boxes(3))
    assert visit.body() == before


@pytest.mark.parametrize("width", [1280, 380])
def test_a_clicked_card_covers_none_of_its_words_and_stays_inside_the_window(
    visit: Visit, width: int
) -> None:
    visit.browser.resize(width, 800)
    visit.open(ARTICLE)
    visit.press()
    visit.browser.close_popup()
    for number, mark in list(enumerate(visit.marks()))[::4]:
        card = visit.rest_on(number) if mark.linked else visit.click_on(number)
        assert not any(card.box.overlaps(box) for box in visit.boxes(number)), mark.words
        assert card.box.left >= 0
        assert card.box.right <= width
        visit.browser.key("Escape")
        visit.gone()


def test_escape_closes_the_card_and_the_page_is_as_before(visit: Visit) -> None:
    visit.open(ARTICLE)
    before = visit.body()
    visit.press()
    visit.browser.close_popup()
    visit.click_on(0)
    assert visit.body() == before
    visit.browser.key("Escape")
    visit.gone()
    assert visit.body() == before


def test_every_note_is_reached_by_keyboard_in_reading_order(visit: Visit) -> None:
    visit.open(ARTICLE)
    before = visit.body()
    exchange = visit.press()
    visit.browser.close_popup()
    notes = sorted(exchange.answer["notes"], key=lambda n: (n["start"], -n["end"]))
    visit.browser.click(5, 5)
    seen = []
    for _ in notes:
        visit.browser.command("next-note")
        card = visit.opened_after(seen[-1] if seen else None)
        seen.append(card.note)
    assert seen == [note["id"] for note in notes]
    visit.browser.command("previous-note")
    assert visit.opened_after(seen[-1]).note == seen[-2]
    visit.browser.key("Escape")
    visit.gone()
    assert visit.body() == before


def test_the_list_of_notes_is_real_buttons_that_tab_reaches_and_enter_opens(visit: Visit) -> None:
    visit.open("http://gazette.example/strict.html")
    visit.press()
    visit.browser.close_popup()
    visit.browser.click(5, 5)
    focused = "root => root.activeElement?.closest('[data-caveat=notes]') && root.activeElement.dataset.note"
    first = None
    for _ in range(12):
        visit.browser.key("Tab")
        if first := visit.shadow(focused):
            break
    assert first, "Tab never reached the list of notes"
    visit.browser.key("Enter")
    assert visit.opened_after(None).note == first
    assert visit.shadow("root => root.activeElement?.closest('[data-caveat=card]') !== null")
    visit.browser.key("Escape")
    visit.gone()
    assert visit.shadow(focused) == first, "closing gives the focus back to where it was"


def test_a_second_press_asks_nothing_again(visit: Visit) -> None:
    visit.open(ARTICLE)
    visit.press()
    marks = visit.marks()
    visit.browser.press()
    visit.popup_says("Sent to")
    assert len(visit.wire.analyses) == 1
    assert visit.marks() == marks


def test_clearing_leaves_no_trace(visit: Visit) -> None:
    visit.open(ARTICLE)
    before = visit.browser.page("document.documentElement.outerHTML")
    visit.press()
    visit.browser.popup_click("d => d.querySelector('[data-caveat=clear]')")
    visit.popup_says("The marks are gone")
    assert visit.marks() == []
    assert visit.browser.page("document.documentElement.outerHTML") == before


def test_a_note_of_the_popup_opens_its_card_in_the_page(visit: Visit) -> None:
    visit.open(ARTICLE)
    visit.press()
    wanted = visit.browser.popup("document.querySelectorAll('li[data-in-page=true]')[5].dataset.note")
    visit.browser.popup_click("d => d.querySelectorAll('li[data-in-page=true] button')[5]")
    assert visit.opened_after(None).note == wanted


def test_words_that_change_lose_their_mark_and_words_that_move_keep_it(visit: Visit) -> None:
    visit.open("http://gazette.example/strict.html")
    exchange = visit.press()
    visit.browser.close_popup()
    before = visit.marks()
    visit.browser.page(
        "(() => { const [first, ...rest] = document.querySelectorAll('p');"
        " first.parentElement.append(first); rest.at(-1).textContent = 'Withdrawn by the editors.'; })()"
    )
    visit.marks_when(lambda marks: len(marks) < len(before))
    text = str(visit.browser.page("document.querySelector('article').textContent"))
    for mark in visit.marks():
        assert visible(mark.words) in {visible(n["quote"]["exact"]) for n in exchange.answer["notes"]}
        assert visible(mark.words) in visible(text)
    assert len(visit.wire.analyses) == 1


def test_another_article_under_another_address_ends_the_marks_of_the_first(visit: Visit) -> None:
    visit.open("http://gazette.example/strict.html")
    visit.press()
    visit.browser.close_popup()
    visit.browser.page("history.pushState({}, '', '/strict.html?page=2')")
    until(lambda: visit.marks() == [], "page without marks")
    assert visit.browser.page("document.querySelector('caveat-notes') === null")
    assert len(visit.wire.analyses) == 1


def test_a_page_longer_than_the_servers_limit_is_read_up_to_a_line_and_the_popup_says_so(
    browser: Browser, stand: Newsstand
) -> None:
    with serving(CAVEAT_MAX_TEXT="1500") as port:
        wire = Wire(port)
        visit = Visit(browser, stand, wire)
        browser.background(f"chrome.storage.local.set({{ server: '{wire.address}' }})")
        visit.open(ARTICLE)
        visit.browser.press()
        statement = visit.popup_says("only the first part was read")
        refused, taken = wire.analyses
        whole, part = refused.question["text"], taken.question["text"]
        assert len(part) <= 1500 < len(whole)
        assert whole.startswith(part)
        assert whole[len(part)] == "\n"
        assert f"{len(part):,} characters" in statement
        assert f"({len(whole):,} characters)" in statement
        assert mismatches(taken, visit.marks()) == []
        wire.cut()
