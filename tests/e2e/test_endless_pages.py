"""Pages without an end: another article under the first, and a live report that grows at its top."""

from __future__ import annotations

import pytest

from .test_living_pages import badge, look_time, read
from .visit import Card, Mark, Visit, mismatches
from .waiting import until

NEWS = "Update: the board has met again, many experts say, and it will meet once more on Friday morning."


def words(marks: list[Mark]) -> list[tuple[str, str]]:
    return [(mark.family, mark.words) for mark in marks]


def to_the_end(visit: Visit, paragraphs: int) -> None:
    """Scroll until the page puts its next article, of so many paragraphs, under the first."""
    visit.browser.resize(480, 400)
    visit.browser.page(f"endless({paragraphs}), scrollTo(0, document.body.scrollHeight)")
    until(lambda: visit.browser.page("document.querySelectorAll('article').length") == 2, "second article")


@pytest.mark.parametrize("paragraphs", [3, 12], ids=["short", "long"])
def test_an_article_under_the_first_is_more_text_and_read_when_asked_for(
    visit: Visit, paragraphs: int
) -> None:
    marks = read(visit)
    before = badge(visit)
    to_the_end(visit, paragraphs)
    until(lambda: badge(visit) == before + "+", "badge with a plus")
    look_time(visit)
    assert visit.marks() == marks
    visit.browser.press()
    visit.popup_says("The article is longer")
    assert visit.marks() == marks
    assert len(visit.wire.analyses) == 1
    visit.browser.popup_click("d => d.querySelector('[data-caveat=again]')")
    until(lambda: len(visit.wire.analyses) == 2, "second question")
    exchange = visit.wire.analyses[-1]
    assert "ferry number 1" in exchange.question["text"]
    visit.marks_when(lambda now: mismatches(exchange, now) == [])
    until(lambda: not badge(visit).endswith("+"), "badge without a plus")


def test_an_address_that_follows_the_article_in_the_window_ends_no_marks(visit: Visit) -> None:
    marks = read(visit)
    to_the_end(visit, 3)
    visit.browser.page("history.replaceState({}, '', '/living.html?second')")
    look_time(visit)
    assert words(visit.marks()) == words(marks)
    assert len(visit.wire.analyses) == 1


def test_news_above_the_words_moves_the_marks_and_an_open_card_along(visit: Visit) -> None:
    marks = read(visit)
    card = visit.click_on(1)
    visit.browser.page(f"report({NEWS!r}), report('Earlier: the board has met once before, critics say.')")
    assert until(lambda: (c := visit.card()) and is_beside(visit, c, 1) and c, "card beside its words").note
    look_time(visit)
    now = visit.card()
    assert now is not None
    assert now.note == card.note
    assert is_beside(visit, now, 1)
    assert words(visit.marks()) == words(marks)
    assert len(visit.wire.analyses) == 1


def is_beside(visit: Visit, card: Card, number: int) -> bool:
    boxes = visit.boxes(number)
    if any(card.box.overlaps(box) for box in boxes):
        return False
    away = min(abs(card.box.top - boxes[-1].bottom), abs(boxes[0].top - card.box.bottom))
    return away < 40


@pytest.mark.parametrize("how", ["replaced", "reworded", "removed"])
def test_a_card_whose_words_are_corrected_away_closes_and_the_other_marks_stay(
    visit: Visit, how: str
) -> None:
    marks = read(visit)
    visit.click_on(next(i for i, mark in enumerate(marks) if "experts" in mark.words))
    visit.browser.page(f"correct({how!r})")
    visit.gone()
    left = visit.marks_when(lambda now: 0 < len(now) < len(marks))
    visit.browser.page(f"report({NEWS!r})")
    look_time(visit)
    assert words(visit.marks()) == words(left)
    assert set(words(left)) < set(words(marks))
    assert len(visit.wire.analyses) == 1


@pytest.mark.parametrize("first", ["address", "words"])
def test_another_article_and_back_again_bring_no_stale_marks_and_no_question(
    visit: Visit, first: str
) -> None:
    read(visit)
    visit.browser.page(f"route('/living.html?ferry', {first!r})")
    assert visit.marks() == []
    look_time(visit)
    assert visit.marks() == []
    assert badge(visit) == ""
    visit.browser.page("void history.back()")
    until(lambda: "toll" in visit.browser.page("story().textContent"), "first article")
    look_time(visit)
    assert visit.marks() == []
    assert badge(visit) == ""
    assert len(visit.wire.analyses) == 1
    exchange = visit.press()
    assert mismatches(exchange, visit.marks()) == []
