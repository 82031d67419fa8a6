"""Pages that reach for what is not theirs: nothing executes, nothing leaks, the page stays usable."""

from __future__ import annotations

import pytest

from .visit import Visit
from .waiting import until

GRASPING = "http://gazette.example/grasping.html"
LIVING = "http://gazette.example/living.html"


def read(visit: Visit, address: str) -> None:
    visit.open(address)
    visit.press()
    visit.browser.close_popup()
    assert len(visit.marks()) >= 3


def test_a_pages_style_neither_hides_nor_restyles_a_card(visit: Visit) -> None:
    read(visit, GRASPING)
    card = visit.click_on(0)
    visit.drawn()
    assert card.box.right - card.box.left > 300
    assert card.box.left >= 0
    assert card.box.top >= 0
    seen = visit.shadow(
        "root => { const card = root.querySelector('.card'), style = getComputedStyle(card);"
        " return [style.visibility, style.direction, style.fontSize, style.color !== style.backgroundColor,"
        " card.checkVisibility({ opacityProperty: true, visibilityProperty: true })] }"
    )
    assert seen == ["visible", "ltr", "14px", True, True]
    x, y = (card.box.left + card.box.right) / 2, card.box.top + 20
    assert visit.browser.page(f"document.elementFromPoint({x}, {y}).localName") == "caveat-notes"


@pytest.mark.parametrize("deed", ["carryOff()", "throwOut()"])
def test_a_page_that_takes_the_cards_away_gets_them_again_at_the_next_wish(visit: Visit, deed: str) -> None:
    read(visit, GRASPING)
    visit.browser.page(deed)
    assert visit.click_on(0).parts["message"]
    children = visit.browser.page("[...document.documentElement.children].map(e => e.localName)")
    assert children == ["head", "body", "caveat-notes"]


def test_events_that_a_script_made_up_open_nothing_and_reach_no_card(visit: Visit) -> None:
    read(visit, GRASPING)
    assert visit.browser.page("reach()") == []
    visit.browser.page("new Promise(done => setTimeout(done, 500))")
    assert visit.card() is None
    card = visit.click_on(0)
    assert visit.browser.page("reach()") == []
    assert visit.card() == card
    assert len(visit.wire.analyses) == 1


def test_a_page_that_throws_out_what_is_not_its_own_stays_usable(visit: Visit) -> None:
    visit.open("http://gazette.example/hostile.html")
    visit.press()
    visit.browser.close_popup()
    visit.browser.page("new Promise(done => setTimeout(done, 1000))")
    assert len(visit.marks()) >= 3
    assert len(visit.wire.analyses) == 1


def test_under_ten_thousand_changes_a_second_the_watch_rests_and_the_marks_stay(visit: Visit) -> None:
    visit.open(LIVING)
    count = (
        "new Promise(done => { let turns = 0; const end = performance.now() + 2000;"
        " const turn = () => { turns++; performance.now() < end ? setTimeout(turn) : done(turns) };"
        " storm(2100); turn() })"
    )
    alone = visit.browser.page(count)
    visit.press()
    visit.browser.close_popup()
    marks = visit.marks()
    # What else the machine does can only make it slower: the best of some tries counts.
    tries: list[int] = []
    while not tries or (tries[-1] <= alone * 0.7 and len(tries) < 6):
        tries.append(visit.browser.page(count))
    assert max(tries) > alone * 0.7, f"{tries} turns with the reader, {alone} without"
    assert visit.marks() == marks
    visit.browser.page("rebuild()")
    until(lambda: visit.marks() == marks, "marks that come back after the storm")


def test_a_page_that_calls_off_every_timer_is_read_and_watched_all_the_same(visit: Visit) -> None:
    visit.open(LIVING)
    visit.browser.page("sweep(60_000)")
    visit.press()
    visit.browser.close_popup()
    marks = visit.marks()
    assert len(marks) >= 3
    visit.browser.page("rebuild()")
    assert visit.marks_when(lambda now: len(now) == len(marks)) == marks
    visit.browser.page("document.querySelectorAll('article p')[2].textContent = 'Withdrawn by the editors.'")
    visit.marks_when(lambda now: 0 < len(now) < len(marks))
    assert visit.click_on(0).parts["message"]
    assert len(visit.wire.analyses) == 1


def test_a_page_that_lies_in_wait_for_the_cards_catches_nothing(visit: Visit) -> None:
    read(visit, "http://gazette.example/prying.html")
    card = visit.click_on(0)
    assert card.parts["message"]
    assert visit.browser.page("prying()") == []
    assert visit.browser.page("document.querySelector('caveat-notes').shadowRoot") is None
    assert visit.browser.shadow_kind() == "closed"
