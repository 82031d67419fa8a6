"""What people write about a page: seen by every reader, rated and written by those who take part."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from caveat.annotations.page_identity import digest

from .axe import barriers
from .beside import ChromiumTab, Panel, beside
from .community import REASON, TOKEN, Community, annotation, connected
from .firefox import Firefox
from .test_options import click
from .visit import Visit
from .waiting import until

ARTICLE = "http://gazette.example/article.html"
# Words that the machine has a note on, and some that it has none on.
BOTH, OWN = "Many experts say", "the contractor had threatened to leave the site twice"

# Words that another page has too.
CLAIM = "We have measured the current every hour for four years"
COURIER = "https://courier.example/barrage"

REDIRECT = r"CONNECT \w+\.(chromiumapp\.org|extensions\.allizom\.org):443"


@pytest.fixture
def community(visit: Visit) -> Community:
    visit.browser.background("chrome.storage.session.clear().then(() => 1)")
    visit.wire.played = community = Community(
        annotation(1, ARTICLE, BOTH),
        annotation(2, ARTICLE, OWN, signal="missing-context", author="tern"),
        annotation(3, ARTICLE, "words that stand nowhere on this page", author="wren"),
    )
    return community


@pytest.fixture
def taking_part(visit: Visit, community: Community) -> Community:
    kept = connected(visit.wire.address)
    visit.browser.background(f"chrome.storage.local.set({kept}).then(() => 1)")
    return community


@pytest.fixture
def panel(visit: Visit) -> Iterator[Panel]:
    visit.open(ARTICLE)
    with beside(visit.browser) as panel:
        yield panel


def on(visit: Visit, words: str) -> int:
    """The number of the mark on these words."""
    return next(n for n, mark in enumerate(visit.marks()) if mark.words == words)


def within(visit: Visit, selector: str) -> str:
    """What a part of the open card says."""
    part = f"root => root.querySelector({selector!r})?.textContent ?? ''"
    return str(visit.shadow(part) or "")


def press_within(visit: Visit, selector: str) -> None:
    """Press in the card as a person does."""
    x, y = visit.shadow(
        f"root => {{ const found = root.querySelector({selector!r});"
        " found.scrollIntoView({ block: 'nearest', behavior: 'instant' });"
        " const box = found.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2] }"
    )
    visit.browser.click(x, y)


def kept(visit: Visit) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        visit.browser.background("chrome.storage.local.get(null).then(all => JSON.stringify(all))")
    )
    return found


@pytest.mark.usefixtures("community")
def test_five_digits_are_all_that_is_told_of_a_page(visit: Visit) -> None:
    visit.open(ARTICLE)
    visit.press()
    asked = [e for e in visit.wire.exchanges if e.method == "GET"]
    assert {e.path for e in asked} == {f"/api/v1/pages/{digest(ARTICLE)[:5]}", "/api/v1/claims"}
    assert len(asked) == 2
    said = json.dumps([(e.path, e.headers, e.sent.decode()) for e in visit.wire.exchanges])
    assert digest(ARTICLE)[:6] not in said
    assert "gazette.example/article" not in said
    assert "Authorization" not in said


@pytest.mark.usefixtures("community")
def test_a_readers_note_has_a_mark_and_a_card_that_says_whose_words_they_are(
    visit: Visit, artefacts: Path, dark: bool
) -> None:
    visit.open(ARTICLE)
    visit.press()
    visit.browser.close_popup()
    card = visit.click_on(on(visit, OWN))
    assert card.signal == "missing-context"
    assert "by tern: found helpful." in within(visit, "[data-caveat=by]")
    assert within(visit, "[data-caveat=reason]") == REASON
    assert "records.example" in within(visit, "[data-caveat=sources]")
    assert within(visit, "[data-caveat=rating]") == "", "who takes no part is asked for no rating"
    visit.drawn()
    name = f"{visit.browser.name}-readers-note-{'dark' if dark else 'light'}"
    visit.browser.picture(artefacts / f"{name}.png")
    visit.browser.key("Escape")
    visit.gone()
    visit.click_on(on(visit, BOTH))
    assert "by heron" in within(visit, "[data-caveat=beside]")
    visit.drawn()
    visit.browser.picture(artefacts / f"{name}-beside.png")


def test_a_note_on_the_same_words_of_another_page_is_offered_here(
    visit: Visit, community: Community, artefacts: Path
) -> None:
    same = annotation(5, COURIER, CLAIM, author="plover")
    community.claims = [same, annotation(6, COURIER, "Nobody on that other coast has any numbers at all")]
    visit.open(ARTICLE)
    visit.press()
    visit.browser.close_popup()
    visit.click_on(on(visit, CLAIM))
    assert "by plover" in within(visit, ".people")
    assert "same words on another page: Tidal barrage" in within(visit, "[data-caveat=elsewhere]")
    visit.drawn()
    visit.browser.picture(artefacts / f"{visit.browser.name}-elsewhere.png")
    paths = [e.path for e in visit.wire.exchanges if "/claims" in e.path]
    assert paths == ["/api/v1/claims", f"/api/v1/claims/{community.five(same)}"]
    visit.browser.key("Escape")
    visit.open(ARTICLE)
    visit.press()
    assert [e.path for e in visit.wire.exchanges if "/claims" in e.path] == [*paths, paths[1]]


@pytest.mark.usefixtures("community")
def test_words_that_are_gone_are_listed_and_say_so(visit: Visit, panel: Panel) -> None:
    visit.press()
    visit.browser.close_popup()
    panel.when("notes")
    assert "by wren" in panel.text()
    lost = panel.ask("document.querySelector('li[data-in-page=false]').innerText")
    assert "words that stand nowhere" in lost


@pytest.mark.usefixtures("community")
def test_peoples_notes_can_be_switched_off_and_then_nothing_is_asked(visit: Visit) -> None:
    visit.open(ARTICLE)
    visit.press()
    assert OWN in [mark.words for mark in visit.marks()]
    visit.browser.background("chrome.storage.local.set({ people: false }).then(() => 1)")
    visit.marks_when(lambda marks: OWN not in [mark.words for mark in marks])
    visit.browser.close_popup()
    visit.wire.exchanges.clear()
    visit.open(ARTICLE)
    visit.press()
    assert [e.method for e in visit.wire.exchanges] == ["POST"]


def test_notes_that_did_not_come_are_said_to_and_had_by_another_press(
    visit: Visit, community: Community, panel: Panel, artefacts: Path, dark: bool
) -> None:
    community.silent = True
    missed = "could not be fetched"
    look = "dark" if dark else "light"
    visit.press()
    visit.popup_says(missed)
    visit.browser.popup_picture(artefacts / f"{visit.browser.name}-missed-popup-{look}.png")
    visit.browser.close_popup()
    assert BOTH in [mark.words for mark in visit.marks()], "the machine's notes wait for nobody"
    panel.when("notes")
    assert missed in panel.text()
    visit.click_on(on(visit, BOTH))
    assert missed in within(visit, "[data-caveat=missed]")
    visit.drawn()
    visit.browser.picture(artefacts / f"{visit.browser.name}-missed-card-{look}.png")
    press_within(visit, "[data-caveat=people-again]")
    until(lambda: missed in within(visit, "[data-caveat=missed]"), "card that says it still")
    community.silent = False
    press_within(visit, "[data-caveat=people-again]")
    visit.marks_when(lambda marks: OWN in [mark.words for mark in marks])
    assert "by heron" in within(visit, "[data-caveat=beside]")
    until(lambda: missed not in panel.text() and "by tern" in panel.text(), "panel with people's notes")
    assert len(visit.wire.analyses) == 1, "the article is sent once"


def test_the_panel_says_that_notes_did_not_come_and_asks_again(
    visit: Visit, community: Community, panel: Panel, artefacts: Path, dark: bool
) -> None:
    community.silent = True
    visit.press()
    visit.browser.close_popup()
    panel.when("notes")
    panel.front()
    visit.browser.dark(dark)
    if isinstance(panel.tab, ChromiumTab):
        panel.tab.page.set_viewport_size({"width": 400, "height": 900})
    panel.tab.picture(artefacts / f"{visit.browser.name}-missed-panel-{'dark' if dark else 'light'}.png")
    assert barriers(panel.ask) == []
    community.silent = False
    panel.press("[data-caveat=people-again]")
    until(lambda: "by tern" in panel.text(), "people's notes")
    assert "are here now" in panel.text()


@pytest.mark.parametrize("by", ["the menu", "a key"])
def test_a_note_is_begun_without_the_panel(
    visit: Visit, taking_part: Community, panel: Panel, by: str
) -> None:
    visit.press()
    visit.browser.close_popup()
    select(visit)
    if by == "the menu":
        visit.browser.choose("add-note")
    else:
        visit.browser.command("add-note")
    until(lambda: panel.ask("!!document.querySelector('[data-caveat=write]')"), "form")
    (draft,) = drafts(visit)
    assert "412" in draft["target"]["exact"]
    assert taking_part.own == [], "nothing is sent"
    if by == "a key" and isinstance(visit.browser, Firefox):  # a person's press: the sidebar has opened, too
        until(lambda: visit.browser.chrome("SidebarController.isOpen"), "sidebar")
        visit.browser.chrome("SidebarController.hide()")


def test_one_press_connects_and_another_one_ends_it(
    visit: Visit, community: Community, artefacts: Path
) -> None:
    visit.browser.open_own("options.html")
    there = "document.querySelector('[data-caveat=take-part]')?.dataset.connected"
    until(lambda: visit.browser.page(there) == "false", "options page")
    click(visit, "[data-caveat=connect]")
    until(lambda: visit.browser.page(there) == "true", "connection", 30)
    assert kept(visit)["account"] == {"server": visit.wire.address, "token": TOKEN}
    said = "document.querySelector('[data-caveat=connected]').textContent"
    until(lambda: "osprey" in visit.browser.page(said), "alias")
    assert TOKEN not in str(visit.browser.page("document.documentElement.outerHTML"))
    assert barriers(visit.browser.page) == []
    visit.browser.page("document.querySelector('#take-part').scrollIntoView({ behavior: 'instant' })")
    visit.browser.picture(artefacts / f"{visit.browser.name}-take-part.png")
    click(visit, "[data-caveat=disconnect]")
    until(lambda: visit.browser.page(there) == "false", "end of the connection")
    until(lambda: community.revoked == [TOKEN], "token that was given back")
    assert "account" not in kept(visit)
    # A browser may knock where the code comes back to before it sees that this is for the extension: a
    # tunnel is asked for, and nothing said in it.
    assert all(re.fullmatch(REDIRECT, asked) for asked in visit.stand.outside)
    visit.stand.outside.clear()


def test_everything_deleted_gives_the_token_back(visit: Visit, taking_part: Community) -> None:
    visit.browser.open_own("options.html")
    # Who is connected is known a moment later, and moves what stands below.
    connected = "document.querySelector('[data-caveat=take-part]')?.dataset.connected"
    until(lambda: visit.browser.page(connected) == "true", "options page")
    click(visit, "[data-caveat=forget-ask]")
    yes = "!!document.querySelector('[data-caveat=forget-yes]')"
    until(lambda: visit.browser.page(yes), "question")
    click(visit, "[data-caveat=forget-yes]")
    until(lambda: taking_part.revoked == [TOKEN], "token that was given back")
    until(lambda: "account" not in kept(visit), "storage without an account")


def test_a_note_is_rated_in_its_card(visit: Visit, taking_part: Community, artefacts: Path) -> None:
    visit.open(ARTICLE)
    visit.press()
    visit.browser.close_popup()
    visit.click_on(on(visit, OWN))
    assert within(visit, "[data-caveat=standing]") == ""
    press_within(visit, "[data-verdict=helpful]")
    until(lambda: "3 of 4 on one side" in within(visit, "[data-caveat=standing]"), "what others said")
    press_within(visit, "[data-reason=good-sources]")
    until(lambda: len(taking_part.ratings) == 2, "second rating")
    assert taking_part.ratings[-1] == {"verdict": "helpful", "reasons": ["good-sources"]}
    visit.browser.picture(artefacts / f"{visit.browser.name}-rating.png")
    press_within(visit, "[data-caveat=take-rating-back]")
    until(lambda: taking_part.taken_back == [annotation(2, ARTICLE, OWN)["id"]], "rating that is taken back")
    until(lambda: within(visit, "[data-caveat=standing]") == "", "card that hides what others said")
    visit.browser.picture(artefacts / f"{visit.browser.name}-rating-taken-back.png")


def select(visit: Visit) -> None:
    """Words of the article, as a person selects them."""
    visit.browser.page(
        "(() => { const words = [...document.querySelectorAll('p')].find(p => p.textContent.includes('412'));"
        " getSelection().setBaseAndExtent(words, 0, words, words.childNodes.length) })()"
    )


def begin(visit: Visit, panel: Panel) -> None:
    """Select words of the article, and press the panel's button."""
    visit.press()
    visit.browser.close_popup()
    panel.when("notes")
    select(visit)
    panel.press("[data-caveat=begin]")
    until(lambda: panel.ask("!!document.querySelector('[data-caveat=write]')"), "form")


def fill(panel: Panel, selector: str, value: str) -> None:
    panel.ask(
        f"(() => {{ const field = document.querySelector({selector!r}); field.value = {value!r};"
        " field.dispatchEvent(new Event('input', { bubbles: true }));"
        " field.dispatchEvent(new Event('change', { bubbles: true })) })()"
    )


def written(panel: Panel) -> None:
    fill(panel, "[data-caveat=write] select", "missing-context")
    fill(panel, "[data-caveat=write] textarea", "The £412 million leave out the dredging, paid before.")
    panel.press("[data-caveat=add-source]")
    until(lambda: panel.ask("!!document.querySelector('.source input')"), "field for a source")
    fill(panel, ".source input", "https://records.example/harrow/dredging")
    until(lambda: not panel.ask("document.querySelector('[data-caveat=send]').disabled"), "note to be sent")


def drafts(visit: Visit) -> list[dict[str, Any]]:
    return [entry for key, entry in kept(visit).items() if key.startswith("draft:")]


def test_a_note_is_written_on_the_selected_words_and_sent_once(
    visit: Visit, taking_part: Community, panel: Panel, artefacts: Path, dark: bool
) -> None:
    begin(visit, panel)
    written(panel)
    until(lambda: any(each["sources"] for each in drafts(visit)), "draft in the storage")
    assert [e.path for e in visit.wire.analyses] == ["/api/v1/analyses"], "nothing is sent while one types"
    panel.front()
    visit.browser.dark(dark)
    if isinstance(panel.tab, ChromiumTab):
        panel.tab.page.set_viewport_size({"width": 400, "height": 1400})
    assert barriers(panel.ask) == []
    panel.tab.picture(artefacts / f"{visit.browser.name}-write-{'dark' if dark else 'light'}.png")
    panel.press("[data-caveat=send]")
    until(lambda: len(taking_part.own) == 1, "note at the server")
    (note,) = taking_part.own
    assert note["target"]["exact"].startswith("🌊👉🏽 The barrage cost £412")
    text = visit.wire.analyses[0].question["text"]
    start = note["target"]["start"]
    assert text[start : start + len(note["target"]["exact"])] == note["target"]["exact"]
    until(lambda: drafts(visit) == [], "storage without a draft")


def test_a_draft_outlives_the_panel_and_a_server_that_is_away(
    visit: Visit, taking_part: Community, panel: Panel
) -> None:
    begin(visit, panel)
    written(panel)
    taking_part.down = True
    panel.press("[data-caveat=send]")
    until(lambda: "waits to be sent" in panel.text(), "note that waits")
    panel.again()
    (draft,) = drafts(visit)
    assert draft["isWaiting"]
    taking_part.down = False
    panel.press("[data-room=write]")
    until(lambda: panel.ask("!!document.querySelector('[data-caveat=send]')"), "form")
    panel.press("[data-caveat=send]")
    until(lambda: drafts(visit) == [], "storage without a draft")
    assert [note["client_id"] for note in taking_part.own] == [draft["id"]]


def test_what_needs_a_rating_is_rated_in_the_panel(
    visit: Visit, taking_part: Community, panel: Panel, artefacts: Path, dark: bool
) -> None:
    taking_part.waiting = [
        annotation(4, ARTICLE, BOTH, status="needs-ratings", reason="Needs ratings: it has few so far.")
    ]
    panel.press("[data-room=rate]")
    until(lambda: panel.ask("!!document.querySelector('[data-caveat=queue] [data-verdict]')"), "queue")
    panel.front()
    visit.browser.dark(dark)
    if isinstance(panel.tab, ChromiumTab):
        panel.tab.page.set_viewport_size({"width": 400, "height": 900})
    panel.press("[data-verdict=not]")
    until(lambda: "3 of 4 on one side" in panel.text(), "what others said")
    assert barriers(panel.ask) == []
    panel.tab.picture(artefacts / f"{visit.browser.name}-queue-{'dark' if dark else 'light'}.png")
    assert taking_part.ratings == [{"verdict": "not", "reasons": []}]
    panel.press("[data-caveat=take-rating-back]")
    until(lambda: taking_part.taken_back == [taking_part.waiting[0]["id"]], "rating that is taken back")
    until(lambda: "3 of 4 on one side" not in panel.text(), "panel that hides what others said")


def test_a_decision_against_ones_own_note_is_said_with_the_way_to_appeal(
    visit: Visit, taking_part: Community, panel: Panel, artefacts: Path, dark: bool
) -> None:
    why = "Hidden by a moderator. It names a private person."
    hidden = annotation(7, ARTICLE, OWN, status="hidden", mine=True, author="osprey", reason=why)
    taking_part.own = [hidden]
    panel.press("[data-room=write]")
    until(lambda: panel.ask("!!document.querySelector('[data-caveat=appeal]')"), "note and its way to appeal")
    assert "yours, and hidden by a moderator" in panel.text()
    assert why in panel.text()
    link = panel.ask("document.querySelector('[data-caveat=appeal] a').href")
    assert link == f"{visit.wire.address}/account/annotations#n-{hidden['id']}"
    panel.front()
    visit.browser.dark(dark)
    if isinstance(panel.tab, ChromiumTab):
        panel.tab.page.set_viewport_size({"width": 400, "height": 700})
    assert barriers(panel.ask) == []
    panel.tab.picture(artefacts / f"{visit.browser.name}-appeal-{'dark' if dark else 'light'}.png")


@pytest.mark.usefixtures("taking_part")
def test_no_page_can_see_the_token(visit: Visit) -> None:
    visit.open(ARTICLE)
    visit.press()
    assert re.search(TOKEN, str(visit.browser.page("document.documentElement.outerHTML"))) is None
    asked: Callable[[str], bool] = lambda path: path.startswith("/api/v1/pages/")  # noqa: E731
    (looked_up,) = [e for e in visit.wire.exchanges if asked(e.path)]
    assert looked_up.headers["Authorization"] == f"Bearer {TOKEN}"
    assert [e.path for e in visit.wire.exchanges if "Authorization" in e.headers and not asked(e.path)] == []
