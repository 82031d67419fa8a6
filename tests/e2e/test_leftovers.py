"""What a reader leaves behind in a page that lives long: nothing that grows."""

from __future__ import annotations

import pytest

from .chromium import Chromium
from .visit import Visit
from .waiting import until

LIVING = "http://gazette.example/living.html"
SPARE = {"documents": 1, "nodes": 100, "listeners": 2, "kilobytes": 300}
"""What may differ between two counts without anything having been left: what the browser keeps for itself."""


def held(chromium: Chromium) -> dict[str, float]:
    """What the page holds after its garbage is gone, all worlds together."""
    chromium.move(5, 5)
    for _ in range(3):
        chromium.tab_session.send("HeapProfiler.collectGarbage")
    counted = chromium.tab_session.send("Memory.getDOMCounters")
    heap = chromium.tab_session.send("Runtime.getHeapUsage")["usedSize"]
    return {
        "documents": counted["documents"],
        "nodes": counted["nodes"],
        "listeners": counted["jsEventListeners"],
        "kilobytes": heap / 1024,
    }


@pytest.mark.parametrize("browser", ["chromium"], indirect=True)  # Firefox has no such counters
def test_ten_articles_one_after_the_other_hold_no_more_than_three(visit: Visit) -> None:
    chromium = visit.browser
    assert isinstance(chromium, Chromium)
    visit.open(LIVING)
    counts = {}
    for number in range(1, 11):
        visit.browser.page(f"edition({number})")
        until(lambda: visit.marks() == [], "page without the marks of the last article")
        text = visit.press().question["text"]
        assert f"In part {number} the board says" in text
        visit.browser.close_popup()
        first = visit.click_on(0)
        visit.browser.command("next-note")
        visit.opened_after(first.note)
        visit.browser.key("Escape")
        visit.gone()
        counts[number] = held(chromium)
    grown = {name: counts[10][name] - counts[3][name] for name in SPARE}
    assert all(grown[name] <= spare for name, spare in SPARE.items()), (grown, counts)
