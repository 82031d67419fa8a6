"""Records and fact checks beside the words: seen in the card, the panel and the lens, taken into a note."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from caveat.article import Analysis, Claim, ClaimKind, Coverage, Evidence, Look, LookAt, Note, encode, quote
from caveat.catalogue import Catalogue

from .axe import barriers, barriers_in_notes
from .beside import ChromiumTab, Panel, beside, tab
from .chromium import Chromium
from .community import Community, connected
from .conditions import forced_colours
from .test_lens import Lens, lens
from .test_volunteers import begin, drafts, fill, on, press_within, within
from .visit import Visit
from .waiting import until

__all__ = ["lens"]  # a fixture
ARTICLE = "http://gazette.example/article.html"
MINISTER, BILLS, COST = (
    "The energy minister, Lionel Achterberg",
    "household bills by a third",
    "The barrage cost",
)
SEARCH = Look("barrage", LookAt.FACT_CHECKS, "https://factchecks.example/?q=barrage")
RECORD = Evidence(
    "Runa Castellan, energy minister of Harrow since 6 May 2025",
    "https://records.example/harrow/ministers",
    "2026-10-01",
    "Register of Offices",
)
CHECKS = (
    Evidence(
        "A tidal barrage cuts the electricity bill of every household on the peninsula by a third.",
        "https://checks.example/harrow/bills",
        "2026-02-03T21:15:00-08:00",
        "The Harbour Desk",
        "Half of it: a third for one street",
    ),
    Evidence("كل بيت يوفر الثلث", "https://checks.example/ar/1", "2026-01", "مسبار", "زائف جزئيا"),
    Evidence("Bills fall by a third.", "https://b.example/1", None, None, None),
)
ALL = "root => root.querySelectorAll('[data-caveat=fact-check]').length"
TRAP = "<img src=http://tracker.example/x onerror='window.caught=1'>\u202e\u0007 and so on" * 90


def analysis(text: str, *evidence: tuple[str, str, tuple[Evidence, ...]]) -> bytes:
    """An answer with a note on each of these words, and with fact checks of claims like one of the others."""
    catalogue = Catalogue.standard()

    def place(words: str) -> tuple[int, int]:
        start = text.index(words)
        return start, start + len(words)

    def note(number: int, words: str, signal: str, evidence: tuple[Evidence, ...]) -> Note:
        start, end = place(words)
        message = catalogue.message(signal, words=words, publisher="The Harbour Desk")
        question = catalogue.signals[signal].question
        claim = "c1" if words == COST else None
        return Note(
            f"n{number}", signal, claim, start, end, quote(text, start, end), message, question, 0.9,
            evidence, (SEARCH,),
        )  # fmt: skip

    notes = tuple(note(number, *of) for number, of in enumerate(evidence, 1))
    start, end = place(COST)
    claim = Claim(
        "c1", start, end, quote(text, start, end), ClaimKind.QUANTITY, 0.9,
        suggested=tuple(replace(check, url=f"{check.url}?like") for check in CHECKS),
    )  # fmt: skip
    signals = {one.signal: catalogue.signals[one.signal] for one in notes}
    return encode(Analysis("played", "en", (claim,), notes, (), Coverage(30, 12, 9, 5), None, signals))


def answered(question: Any) -> bytes:
    return analysis(
        question["text"],
        (COST, "bare-number", ()),
        (BILLS, "checked-before", CHECKS),
        (MINISTER, "conflicts-record", (RECORD,)),
    )


def read(visit: Visit, theme: str = "page") -> None:
    visit.browser.background(f"chrome.storage.local.set({{ theme: {theme!r} }}).then(() => 1)")
    visit.wire.invented = answered
    visit.open(ARTICLE)
    visit.press()
    visit.browser.close_popup()


def look(dark: bool) -> str:
    return "dark" if dark else "light"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_card_shows_the_record_beside_what_the_page_says(visit: Visit, artefacts: Path, theme: str) -> None:
    read(visit, theme)
    mark = visit.marks()[on(visit, MINISTER)]
    assert mark.family == "numbers"
    visit.click_on(on(visit, MINISTER))
    assert within(visit, "[data-caveat=record-page]") == f"“{MINISTER}”"
    assert RECORD.title in within(visit, "[data-caveat=record]")
    assert "as of October 1, 2026" in within(visit, "[data-caveat=record]")
    assert "Register of Offices records.example" in within(visit, "[data-caveat=record-link]")
    visit.drawn()
    assert barriers_in_notes(visit.browser) == []
    visit.browser.picture(artefacts / f"{visit.browser.name}-record-{theme}.png")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_card_shows_a_fact_check_as_its_checkers_put_it_and_the_others_at_a_press(
    visit: Visit, artefacts: Path, theme: str
) -> None:
    read(visit, theme)
    number = on(visit, BILLS)
    assert visit.marks()[number].family == "sources"
    visit.click_on(number)
    assert within(visit, "[data-caveat=checked-claim]") == f"“{CHECKS[0].title}”"
    assert within(visit, "[data-caveat=checked-by]") == "The Harbour Desk · February 3, 2026"
    assert within(visit, "[data-caveat=checked-rating]") == "“Half of it: a third for one street”"
    visit.drawn()
    assert barriers_in_notes(visit.browser) == []
    visit.browser.picture(artefacts / f"{visit.browser.name}-fact-check-{theme}.png")
    press_within(visit, "[data-caveat=more-checks]")
    until(lambda: visit.shadow(ALL) == 3, "all fact checks")
    card = visit.card()
    assert card
    assert card.box.bottom <= 800
    assert not any(card.box.overlaps(box) for box in visit.boxes(number))
    assert barriers_in_notes(visit.browser) == []
    visit.browser.picture(artefacts / f"{visit.browser.name}-fact-checks-{theme}.png")


def test_records_are_told_apart_in_the_systems_own_colours(visit: Visit, artefacts: Path) -> None:
    read(visit)
    with forced_colours(visit.browser):
        for words, line in ((MINISTER, "double"), (BILLS, "dotted")):
            visit.click_on(on(visit, words))
            visit.drawn()
            style = "root => getComputedStyle(root.querySelector('.beside-words')).borderLeftStyle"
            assert visit.shadow(style) == line
            assert barriers_in_notes(visit.browser) == []
            visit.browser.picture(artefacts / f"{visit.browser.name}-record-forced-{line}.png")
            visit.browser.key("Escape")
            visit.gone()


def test_what_a_feed_says_runs_nothing_leads_nowhere_and_leaves_the_card_its_size(
    visit: Visit, artefacts: Path
) -> None:
    trap = Evidence(TRAP, "https://checks.example/trap", TRAP, TRAP, TRAP)
    evidence = (trap, replace(trap, url="javascript:window.caught=1"), replace(trap, title="\u202e"))
    visit.wire.invented = lambda question: analysis(
        question["text"], (BILLS, "checked-before", evidence), (MINISTER, "conflicts-record", evidence)
    )
    visit.open(ARTICLE)
    visit.press()
    visit.browser.close_popup()
    for words in (BILLS, MINISTER):
        visit.click_on(on(visit, words))
        visit.drawn()
        assert visit.browser.page("window.caught ?? null") is None
        assert not visit.shadow("root => !!root.querySelector('img, script')")
        hosts = visit.shadow("root => [...root.querySelectorAll('.beside-words a')].map(a => a.host)")
        assert hosts == ["checks.example"]
        assert "\u202e" not in within(visit, ".card")
        assert visit.shadow("root => root.querySelector('.body').scrollWidth") <= visit.shadow(
            "root => root.querySelector('.body').clientWidth"
        )
        visit.browser.picture(artefacts / f"{visit.browser.name}-record-hostile-{words[:3].strip()}.png")
        press_within(visit, "[data-caveat=whole]")
        until(lambda: len(within(visit, ".beside-words")) > 1_900, "whole of it")
        visit.browser.key("Escape")
        visit.gone()


def test_fact_checks_of_like_claims_are_ways_to_look(visit: Visit) -> None:
    read(visit)
    visit.click_on(on(visit, COST))
    ways = visit.shadow("root => [...root.querySelectorAll('[data-caveat=look] a')].map(a => a.textContent)")
    assert len(ways) == 3
    assert ways[0].startswith("Fact checks: barrage")
    assert "A fact check of a like claim: A tidal barrage cuts" in ways[1]
    assert barriers_in_notes(visit.browser) == []


@pytest.fixture
def panel(visit: Visit) -> Iterator[Panel]:
    visit.browser.background("chrome.storage.session.clear().then(() => 1)")
    visit.wire.invented = answered
    visit.open(ARTICLE)
    with beside(visit.browser) as panel:
        yield panel


def in_front(visit: Visit, panel: Panel, dark: bool, height: int) -> None:
    panel.front()
    visit.browser.dark(dark)
    if isinstance(panel.tab, ChromiumTab):
        panel.tab.page.set_viewport_size({"width": 400, "height": height})


def read_beside(visit: Visit, panel: Panel) -> None:
    visit.press()
    visit.browser.close_popup()
    panel.when("notes")


def test_the_panel_lists_them(visit: Visit, panel: Panel, artefacts: Path, dark: bool) -> None:
    read_beside(visit, panel)
    said = panel.text()
    for words in (RECORD.title, CHECKS[0].title, "The Harbour Desk", "“Half of it: a third for one street”"):
        assert words in said
    in_front(visit, panel, dark, 1300)
    assert barriers(panel.ask) == []
    panel.tab.picture(artefacts / f"{visit.browser.name}-records-panel-{look(dark)}.png")


def test_the_print_sheet_says_whose_they_are(visit: Visit, panel: Panel, artefacts: Path) -> None:
    read_beside(visit, panel)
    panel.press("[data-caveat=print]")
    sheet = tab(visit.browser, "print.html")
    until(lambda: sheet.evaluate("!!document.querySelector('[data-caveat=sheet]')"), "sheet")
    words = str(sheet.evaluate("document.body.innerText"))
    assert (
        "Checked by The Harbour Desk, February 3, 2026. Their verdict, in their words: “Half of it" in words
    )
    assert "Register of Offices, as of October 1, 2026" in words
    assert barriers(sheet.evaluate) == []
    sheet.picture(artefacts / f"{visit.browser.name}-records-sheet.png")
    sheet.evaluate("void chrome.tabs.getCurrent().then(({ id }) => chrome.tabs.remove(id))")


def test_a_suggested_fact_check_becomes_a_source_of_a_note(
    visit: Visit, panel: Panel, artefacts: Path, dark: bool
) -> None:
    visit.wire.played = community = Community()
    kept = connected(visit.wire.address)
    visit.browser.background(f"chrome.storage.local.set({kept}).then(() => 1)")
    begin(visit, panel)
    taken = "[...document.querySelectorAll('[data-caveat=take-source]')].map(b => b.ariaPressed)"
    assert panel.ask(taken) == ["false"] * 3
    panel.press("[data-caveat=take-source]")
    until(lambda: panel.ask(taken) == ["true", "false", "false"], "source that is taken")
    fill(panel, "[data-caveat=write] textarea", "The same barrage, checked in February: one street saves.")
    until(lambda: any(each["body"] for each in drafts(visit)), "draft in the storage")
    in_front(visit, panel, dark, 1700)
    assert barriers(panel.ask) == []
    panel.tab.picture(artefacts / f"{visit.browser.name}-suggested-{look(dark)}.png")
    until(lambda: not panel.ask("document.querySelector('[data-caveat=send]').disabled"), "note to be sent")
    panel.press("[data-caveat=send]")
    until(lambda: len(community.own) == 1, "note at the server")
    (note,) = community.own
    assert note["signal"] == "checked-before"
    (source,) = note["sources"]
    assert source["url"] == f"{CHECKS[0].url}?like"
    assert source["title"].startswith("The Harbour Desk: A tidal barrage cuts")
    sent = next(e.question for e in visit.wire.exchanges if e.path == "/api/v1/annotations")
    assert "suggested" not in sent


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_lens_shows_them_too(lens: Lens, artefacts: Path, dark: bool) -> None:
    assert isinstance(lens.browser, Chromium)
    lens.browser.dark(dark)
    lens.wire.invented = answered
    try:
        lens.paste(f"{COST} £412 million and cuts {BILLS}.\n\n{MINISTER}, said so.")
        lens.press_button("Read")
        until(lambda: lens.state() == "read", "text that is read")
        for words, part in ((BILLS, "fact-check"), (MINISTER, "record")):
            lens.click_on(on(lens, words))
            assert within(lens, f"[data-caveat={part}]")
            if part == "fact-check":
                press_within(lens, "[data-caveat=more-checks]")
                until(lambda: lens.shadow(ALL) == 3, "all fact checks")
            lens.drawn()
            lens.browser.picture(artefacts / f"lens-{part}-{look(dark)}.png")
            lens.browser.key("Escape")
            lens.gone()
    finally:
        lens.wire.invented = None
