"""A server that means no good: nothing of its answer runs, leads astray, or stops the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from .visit import Visit, visible

ARTICLE = "http://gazette.example/living.html"
WORDS = "Many experts say"
TRAP = "<img src=http://tracker.example/x onerror='window.caught=1'><script>window.caught=1</script>"
MARKS = (
    "[...CSS.highlights].reduce((n, [name, marks]) => n + (name.startsWith('caveat-') ? marks.size : 0), 0)"
)


def answer(*notes: Any, **more: Any) -> dict[str, Any]:
    signal = {
        "name": "Vague source", "family": "sources", "level": "question", "why": "", "after": "x",
        "reference": "javascript:window.caught=1",
    }  # fmt: skip
    counts = dict.fromkeys(("sentences", "claims", "attributed", "named"), 3)
    return {
        "engine": "x", "language": "en", "signals": {"s": signal}, "notes": list(notes), "page_notes": [],
        "coverage": counts, "unread": None,
    } | more  # fmt: skip


def note(text: str, number: int = 0, **more: Any) -> dict[str, Any]:
    start = text.index(WORDS)
    quote = {"exact": WORDS, "prefix": text[start - 20 : start], "suffix": text[start + len(WORDS) :][:20]}
    return {
        "id": f"n{number}", "signal": "s", "start": start, "end": start + len(WORDS), "quote": quote,
        "message": "m", "question": "q", "evidence": [], "look": [],
    } | more  # fmt: skip


def read(visit: Visit, made: Callable[[str], Any]) -> None:
    visit.wire.invented = lambda question: json.dumps(made(question["text"])).encode()
    visit.open(ARTICLE)
    before = visit.body()
    visit.press()
    assert visit.body() == before


def unharmed(visit: Visit) -> None:
    """Nothing ran, nothing but text came in, and the page still does what its reader wants."""
    assert visit.browser.page("window.caught ?? null") is None
    inside = visit.shadow(
        "root => [...root.querySelectorAll('img, script, iframe, object, [onerror], [onclick]')].length"
    )
    assert inside in (0, None)
    links = visit.shadow("root => [...root.querySelectorAll('a')].map(a => a.protocol)") or []
    assert set(links) <= {"http:", "https:"}
    assert visit.browser.page("1 + 1") == 2


def test_markup_is_text_and_an_address_that_is_no_web_page_leads_nowhere(visit: Visit) -> None:
    bad = [
        {"title": TRAP, "url": url, "date": TRAP}
        for url in ("javascript:window.caught=1", "data:text/html,x", " JaVaScRiPt:1", "file:///etc/passwd",
                    "blob:http://gazette.example/1", "chrome://settings", "")
    ]  # fmt: skip
    good = {"title": TRAP, "url": "https://records.example/a", "date": None}
    read(visit, lambda text: answer(
        note(text, message=TRAP, question=f"\u202e{TRAP}\u2066", evidence=[*bad, good], look=bad),
        page_notes=[note(text, 1, message=TRAP)],
    ))  # fmt: skip
    assert visit.popup_text().count("<img") >= 1
    visit.browser.close_popup()
    card = visit.click_on(0)
    assert card.parts["message"] == TRAP
    assert visit.shadow("root => [...root.querySelectorAll('a')].map(a => a.href)") == [good["url"]]
    unharmed(visit)


def test_ten_million_letters_are_a_line(visit: Visit) -> None:
    long = "x" * 10_000_000
    read(visit, lambda text: answer(note(text, message=long, question=long), engine=long))
    visit.browser.close_popup()
    assert len(visit.click_on(0).parts["message"]) <= 2_000
    unharmed(visit)


def test_of_a_hundred_thousand_notes_on_the_same_words_some_are_shown_and_the_page_goes_on(
    visit: Visit,
) -> None:
    read(visit, lambda text: answer(*(note(text, number) for number in range(100_000))))
    visit.browser.close_popup()
    assert 0 < visit.browser.page(MARKS) <= 5_000
    unharmed(visit)


OFFSETS = [-1, 0, 1e308, -1e308, 0.5, None, "0", [], {}, True, 2**53]


def test_offsets_that_are_nowhere_mark_no_other_words(visit: Visit) -> None:
    def made(text: str) -> Any:
        pairs = [(a, b) for a in OFFSETS for b in OFFSETS]
        return answer(*(note(text, n, start=a, end=b) for n, (a, b) in enumerate(pairs)))

    read(visit, made)
    visit.browser.close_popup()
    assert {visible(mark.words) for mark in visit.marks()} <= {visible(WORDS)}
    unharmed(visit)


SHAPES = {
    "no JSON": b"<!doctype html><h1>Sign in</h1>",
    "nothing": b"",
    "null": b"null",
    "a list": b"[]",
    "an empty object": b"{}",
    "a tower": b"[" * 200_000,
    "notes that are none": json.dumps(answer() | {"notes": {"0": 1}}).encode(),
}


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES)
def test_an_answer_that_is_no_analysis_is_said_to_make_no_sense(visit: Visit, body: bytes) -> None:
    visit.wire.invented = lambda _: body
    visit.open(ARTICLE)
    visit.browser.press()
    visit.popup_says("makes no sense")
    assert visit.marks() == []
    unharmed(visit)


ODD: list[Any] = [
    None,
    1,
    "x",
    [],
    {},
    {"id": 1},
    {"quote": None},
    {"id": "__proto__", "signal": "__proto__"},
]


def test_what_is_no_note_is_left_out_and_the_others_are_shown(visit: Visit) -> None:
    def made(text: str) -> Any:
        half = [note(text, n, **{name: odd}) for n, (name, odd) in enumerate(
            (name, odd) for name in ("id", "signal", "quote", "message") for odd in ODD[:5]
        )]  # fmt: skip
        return answer(
            *ODD, *half, note(text, 999), page_notes=ODD, signals={**answer()["signals"], "t": None}
        )

    read(visit, made)
    visit.browser.close_popup()
    assert visible(WORDS) in {visible(mark.words) for mark in visit.marks()}
    unharmed(visit)
