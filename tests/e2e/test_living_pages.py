"""Pages that change after they were read: marks follow their words or go, and nothing is sent unasked."""

from __future__ import annotations

import pytest

from .visit import Mark, Visit, mismatches, visible
from .waiting import until

LIVING = "http://gazette.example/living.html"
BUTTON = (
    "chrome.tabs.query({ active: true, currentWindow: true })"
    ".then(([tab]) => chrome.action.%s({ tabId: tab.id }))"
)


def read(visit: Visit, address: str = LIVING) -> list[Mark]:
    visit.open(address)
    visit.press()
    visit.browser.close_popup()
    marks = visit.marks()
    assert len(marks) >= 3
    return marks


def badge(visit: Visit) -> str:
    return str(visit.browser.background(BUTTON % "getBadgeText"))


def look_time(visit: Visit) -> None:
    """Long enough for the reader to have looked at a change twice."""
    visit.browser.page("new Promise(done => setTimeout(done, 1600))")


def test_text_that_is_added_is_not_sent_until_somebody_asks_and_the_badge_and_the_popup_say_so(
    visit: Visit,
) -> None:
    marks = read(visit)
    before = badge(visit)
    assert not before.endswith("+")
    visit.browser.page("grow()")
    until(lambda: badge(visit) == before + "+", "badge with a plus")
    assert "more text" in str(visit.browser.background(BUTTON % "getTitle"))
    assert visit.marks() == marks
    visit.browser.press()
    visit.popup_says("The article is longer")
    assert visit.marks() == marks
    assert len(visit.wire.analyses) == 1
    visit.browser.popup_click("d => d.querySelector('[data-caveat=again]')")
    until(lambda: len(visit.wire.analyses) == 2, "second question")
    more = visit.marks_when(lambda now: len(now) > len(marks))
    assert mismatches(visit.wire.analyses[-1], more) == []
    until(lambda: not badge(visit).endswith("+"), "badge without a plus")


def test_a_clock_that_ticks_is_no_new_text(visit: Visit) -> None:
    marks = read(visit)
    visit.browser.page("tick(6)")
    look_time(visit)
    assert visit.marks() == marks
    assert not badge(visit).endswith("+")


def test_a_page_that_builds_the_same_nodes_anew_gets_its_marks_back_without_a_question(visit: Visit) -> None:
    marks = read(visit)
    visit.browser.page("rebuild()")
    assert visit.marks_when(lambda now: len(now) == len(marks)) == marks
    assert len(visit.wire.analyses) == 1


def test_marks_come_back_with_an_article_that_was_away_for_a_while(visit: Visit) -> None:
    marks = read(visit)
    visit.browser.page("vanish()")
    look_time(visit)
    assert visit.marks() == []
    visit.browser.page("comeBack()")
    assert visit.marks_when(lambda now: len(now) == len(marks)) == marks
    assert len(visit.wire.analyses) == 1


def test_a_page_that_is_built_anew_while_the_server_reads_is_marked_all_the_same(visit: Visit) -> None:
    visit.open(LIVING)
    visit.browser.page("window.building = setInterval(rebuild, 40)")
    exchange = visit.press()
    visit.browser.page("clearInterval(building)")
    notes = exchange.answer["notes"]
    marks = visit.marks_when(lambda now: len(now) >= len(notes))
    assert mismatches(exchange, marks) == []


@pytest.mark.parametrize("how", ["textContent", "firstChild.data"])
def test_a_paragraph_with_other_words_loses_its_marks_and_the_others_keep_theirs(
    visit: Visit, how: str
) -> None:
    marks = read(visit)
    visit.browser.page(
        f"document.querySelectorAll('article p')[2].{how} ="
        " 'Nobody says that tolls keep anybody away, and no expert was ever asked about it by the board.'"
    )
    left = visit.marks_when(lambda now: 0 < len(now) < len(marks))
    look_time(visit)
    assert visit.marks() == left
    assert {mark.words for mark in left} < {mark.words for mark in marks}
    assert len(visit.wire.analyses) == 1


def test_a_paragraph_put_before_the_others_pushes_the_marks_along(visit: Visit) -> None:
    marks = read(visit)
    visit.browser.page(
        "document.querySelector('h1').insertAdjacentHTML('afterend',"
        " '<p>Update: the board has met again, many experts say, and it will meet once more on Friday.</p>'),"
        " rebuild()"
    )
    look_time(visit)
    assert [m.words for m in visit.marks_when(lambda now: len(now) == len(marks))] == [m.words for m in marks]


def test_another_article_ends_the_marks_at_once_and_is_not_asked_for(visit: Visit) -> None:
    read(visit)
    visit.browser.page("turnTo('/living.html?2')")
    assert visit.marks() == []
    assert visit.browser.page("document.querySelector('caveat-notes') === null")
    look_time(visit)
    assert visit.marks() == []
    assert badge(visit) == ""
    assert len(visit.wire.analyses) == 1
    exchange = visit.press()
    assert "The ferry is late" in exchange.question["text"]
    assert mismatches(exchange, visit.marks()) == []


def test_an_address_put_right_in_passing_ends_nothing(visit: Visit) -> None:
    marks = read(visit, f"{LIVING}?utm_source=letter")
    visit.browser.page("history.replaceState({}, '', '/living.html'), tick(7)")
    look_time(visit)
    assert visit.marks() == marks


def test_another_article_at_the_same_address_is_asked_for_at_a_press(visit: Visit) -> None:
    read(visit)
    visit.browser.page("turnTo(location.href)")
    until(lambda: "ferry was late" in visit.body(), "other article")
    visit.marks_when(lambda now: not now or all(visible(m.words) in visible(visit.body()) for m in now))
    assert "The ferry is late" in visit.press().question["text"]
