"""What a public list says of the outlets that a page links or cites: in the popup and in a card."""

from __future__ import annotations

from .axe import barriers, barriers_in_notes
from .beside import tab
from .visit import Visit
from .waiting import until

PAGE = "http://courier.example/outlets.html"
PERENNIAL = "https://en.wikipedia.org/wiki/Wikipedia:Reliable_sources/Perennial_sources"
LINES = """root => [...root.querySelectorAll('[data-caveat=listings] li')].map(line =>
  [line.textContent, line.querySelector('a').href, line.checkVisibility()])"""


def test_the_popup_says_in_plain_lines_what_a_list_says_of_each_outlet_and_folds_them_after_three(
    visit: Visit,
) -> None:
    visit.open(PAGE)
    answer = visit.press().answer
    assert [one["outlet"] for one in answer["listings"]] == [
        "Reuters", "The New York Times", "BBC", "Daily Mail", "The Verge",
    ]  # fmt: skip
    number = visit.browser.background(
        "chrome.tabs.query({ active: true, currentWindow: true }).then(([t]) => chrome.tabs.create("
        "{ url: chrome.runtime.getURL('popup.html?tab=' + t.id), active: false })).then(t => t.id)"
    )
    popup = tab(visit.browser, "popup.html?tab=")
    try:
        until(lambda: popup.evaluate("!!document.querySelector('[data-caveat=listings]')"), "outlets")
        popup.front()
        lines = popup.evaluate(f"({LINES})(document)")
        assert lines[0] == [
            "Reuters — Wikipedia’s editors, 2026-08: generally reliable discussion ↗",
            f"{PERENNIAL}#Reuters",
            True,
        ]
        assert [seen for _, _, seen in lines] == [True, True, True, False, False]
        assert barriers(popup.evaluate) == []
        popup.evaluate("(document.querySelector('[data-caveat=listings] summary').focus(), 1)")
        popup.evaluate("(document.activeElement.click(), 1)")
        until(lambda: all(seen for *_, seen in popup.evaluate(f"({LINES})(document)")), "the others")
        assert barriers(popup.evaluate) == []
        assert popup.evaluate("document.body.offsetHeight") <= 600
    finally:
        visit.browser.background(f"chrome.tabs.remove({number}).then(() => 1)")


def test_a_card_whose_words_cite_an_outlet_has_its_line_and_other_cards_have_none(visit: Visit) -> None:
    visit.open(PAGE)
    answer = visit.press().answer
    visit.browser.close_popup()
    (reuters,) = [one for one in answer["listings"] if one["outlet"] == "Reuters"]
    last = None
    seen = {}
    for _ in answer["notes"]:
        visit.browser.command("next-note")
        last = visit.opened_after(last).note
        seen[last] = [text for text, *_ in visit.shadow(LINES)]
        if seen[last]:
            assert barriers_in_notes(visit.browser) == []
    cites = {
        note["id"]
        for note in answer["notes"]
        if any(start < note["end"] and note["start"] < end for start, end in reuters["places"])
    }
    assert cites
    assert {id_ for id_, lines in seen.items() if any("Reuters" in line for line in lines)} == cites
    assert [] in seen.values()
