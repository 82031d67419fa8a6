"""What the popup says when there is nothing to mark, and why."""

from __future__ import annotations

import pytest

from .visit import Visit

ARTICLE = "http://gazette.example/article.html"


def test_the_popup_says_what_was_looked_at_before_what_was_found(visit: Visit) -> None:
    visit.open(ARTICLE)
    answer = visit.press().answer
    coverage = answer["coverage"]
    questions = [
        n
        for n in answer["notes"] + answer["page_notes"]
        if answer["signals"][n["signal"]]["level"] == "question"
    ]
    line = f"{coverage['claims']} claims · {coverage['named']} with a named source"
    assert f"{line} · {len(questions)} worth a question" in visit.popup_text().replace("\n", " ")


def test_a_page_without_an_article_says_so_and_sends_nothing(visit: Visit) -> None:
    visit.open("http://gazette.example/no-article.html")
    visit.browser.press()
    visit.popup_says("No article")
    assert "Nothing was sent" in visit.popup_text()
    assert visit.wire.exchanges == []
    assert visit.marks() == []


def test_a_french_article_gets_an_honest_answer(visit: Visit) -> None:
    visit.open("http://gazette.example/french.html")
    answer = visit.press().answer
    assert answer["unread"]["reason"] == "language"
    assert answer["unread"]["message"] in visit.popup_says("Not read")
    assert visit.marks() == []


REFUSED = [
    ("http://mail.gmx.net/mail.html", "letters"),
    ("http://online-banking.harrow.example/mail.html", "bank"),
    ("http://wiki.internal/mail.html", "private network"),
    ("http://192.168.1.20/mail.html", "private network"),
    ("about:blank", "own pages"),
]


@pytest.mark.parametrize(("address", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_a_page_that_is_nobodys_business_is_left_alone(visit: Visit, address: str, words: str) -> None:
    visit.browser.open(address)
    visit.stand.outside.clear()  # a browser may try https first
    visit.browser.press()
    visit.popup_says(words)
    assert "Nothing was read and nothing was sent" in visit.popup_text()
    assert visit.wire.exchanges == []
    assert visit.browser.page("document.documentElement.children.length") <= 2


def test_the_server_itself_is_left_alone(visit: Visit) -> None:
    visit.browser.open(f"{visit.wire.address}/lens/")
    visit.wire.exchanges.clear()
    visit.browser.press()
    visit.popup_says("Caveat server itself")
    assert visit.wire.analyses == []


def test_a_server_that_is_down_says_so_and_a_retry_works_once_it_is_back(visit: Visit) -> None:
    visit.open(ARTICLE)
    before = visit.body()
    visit.wire.cut()
    visit.browser.press()
    visit.popup_says("does not answer")
    assert visit.wire.address in visit.popup_text()
    assert visit.marks() == []
    assert visit.body() == before
    visit.wire.mend()
    visit.browser.popup_click(
        "d => [...d.querySelectorAll('button')].find(b => b.textContent === 'Try again')"
    )
    visit.popup_says("worth a question")
    assert visit.marks() != []
    assert len(visit.wire.analyses) == 1
    assert visit.body() == before
