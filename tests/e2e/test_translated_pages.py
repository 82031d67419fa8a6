"""Pages that a browser shows in a translation: nothing of it is sent, and no mark stands on its words."""

from __future__ import annotations

from .browser import Browser
from .firefox import Firefox
from .test_living_pages import LIVING, look_time, read
from .translator import begin, finish, translate
from .visit import Mark, Visit
from .waiting import until


def in_place(marks: list[Mark]) -> set[tuple[str, str]]:
    return {(mark.family, mark.words) for mark in marks}


def test_a_translated_page_is_not_guessed_at(visit: Visit) -> None:
    visit.open(LIVING)
    visit.browser.page("document.documentElement.classList.add('translated-ltr')")
    visit.browser.press()
    visit.popup_says("This is a translation")
    assert visit.wire.analyses == []
    visit.browser.page("document.documentElement.className = ''")
    visit.press()
    assert visit.state() == "read"


def test_marks_go_with_a_translation_and_come_back_with_the_original(visit: Visit) -> None:
    marks = read(visit)
    visit.browser.page(
        "(() => { window.kept = story().innerHTML; document.documentElement.classList.add('translated-ltr');"
        " for (const p of document.querySelectorAll('article p')) {"
        "  const font = document.createElement('font'); font.style.verticalAlign = 'inherit';"
        "  const inner = font.cloneNode(); inner.textContent = 'Many experts dicen que el puente va a caer.';"
        "  font.append(inner); p.replaceChildren(font); } })()"
    )
    visit.marks_when(lambda now: now == [])
    look_time(visit)
    assert visit.marks() == []
    visit.browser.page("story().innerHTML = window.kept; document.documentElement.className = ''")
    assert visit.marks_when(lambda now: len(now) == len(marks)) == marks
    assert len(visit.wire.analyses) == 1


def test_a_page_that_is_being_translated_is_not_read(visit: Visit) -> None:
    visit.open(LIVING)
    begin(visit.browser)
    visit.browser.press()
    visit.popup_says("This is a translation")
    finish(visit.browser)
    visit.browser.close_popup()
    visit.browser.press()
    visit.popup_says("This is a translation")
    assert visit.wire.analyses == []
    assert visit.marks() == []


def test_marks_go_with_the_words_that_a_browser_translates_and_nothing_is_sent(visit: Visit) -> None:
    marks = read(visit)
    translate(visit.browser)
    visit.marks_when(lambda now: in_place(now) <= in_place(marks) and len(now) < len(marks))
    look_time(visit)
    assert visit.marks() == []
    visit.browser.press()
    visit.popup_says("This is a translation")
    assert visit.marks() == []
    assert len(visit.wire.analyses) == 1


def test_a_card_goes_with_the_words_that_a_browser_translates(visit: Visit) -> None:
    read(visit)
    visit.click_on(0)
    translate(visit.browser)
    visit.gone()


def test_a_long_page_keeps_the_marks_on_words_that_are_not_translated_yet(visit: Visit) -> None:
    """Firefox translates what is near the window, and the rest when a reader comes there."""
    visit.open(LIVING)
    visit.browser.page(
        "void document.querySelectorAll('article p')[2].insertAdjacentHTML('afterend',"
        " '<div style=\"height: 9000px\"></div>')"
    )
    visit.press()
    visit.browser.close_popup()
    marks = visit.marks()
    translate(visit.browser)
    left = visit.marks_when(lambda now: len(now) < len(marks))
    look_time(visit)
    assert in_place(visit.marks()) <= in_place(marks)
    if is_lazy(visit.browser):
        assert left
        visit.browser.page("scrollTo(0, 9000)")
        visit.marks_when(lambda now: now == [])
    visit.browser.press()
    visit.popup_says("This is a translation")
    assert len(visit.wire.analyses) == 1


def test_a_page_that_was_translated_before_anybody_looked_is_known_when_it_goes_on(visit: Visit) -> None:
    visit.open(LIVING)
    translate(visit.browser)
    visit.browser.press()
    if is_lazy(visit.browser):
        # Nothing tells it from a page that was written so, until more of it is translated.
        until(lambda: visit.state() in ("read", "unread", "none"), "popup that is done")
        sent = len(visit.wire.analyses)
        visit.browser.close_popup()
        visit.browser.page("grow()")
        visit.browser.page("void story().lastElementChild.insertAdjacentHTML('beforeend', ' <b>Soon</b>')")
        look_time(visit)
        visit.browser.press()
        visit.popup_says("This is a translation")
        assert len(visit.wire.analyses) == sent
    else:
        visit.popup_says("This is a translation")
        assert visit.wire.analyses == []


def is_lazy(browser: Browser) -> bool:
    return isinstance(browser, Firefox)
