"""What a volunteer was writing is there again, and is sent once, whatever ends in between."""

from __future__ import annotations

import pytest

from .beside import Panel
from .community import Community
from .test_volunteers import begin, drafts, fill, written
from .test_volunteers import community as community  # fixtures
from .test_volunteers import panel as panel
from .test_volunteers import taking_part as taking_part
from .visit import Visit
from .waiting import until

HALF = "The £412 million leave out"
KILLED, STOPPED = "the browser is killed", "the background is stopped"


def end(how: str, visit: Visit, panel: Panel) -> None:
    """Of the browser by a signal that nothing can answer, or of the background alone, as browsers do."""
    if how == KILLED:
        visit.browser.crash()
        panel.open()
    else:
        panel.press("[data-room=page]")
        visit.browser.stop_background()
    panel.press("[data-room=write]")
    until(lambda: panel.ask("!!document.querySelector('[data-room=write][aria-current]')"), "own notes")


def says(panel: Panel, words: str) -> None:
    until(lambda: words in panel.text(), f"panel that says {words!r} (it says {panel.text()!r})", 30)


def sent(visit: Visit) -> list[str]:
    """The client ids of the notes that reached the server, whatever it answered."""
    return [e.question["client_id"] for e in visit.wire.exchanges if e.path == "/api/v1/annotations"]


@pytest.mark.parametrize("how", [KILLED, STOPPED])
def test_a_draft_that_is_half_written_is_there_again(
    visit: Visit, taking_part: Community, panel: Panel, how: str
) -> None:
    begin(visit, panel)
    fill(panel, "[data-caveat=write] textarea", HALF)
    until(lambda: [each["body"] for each in drafts(visit)] == [HALF], "draft in the storage")
    (before,) = drafts(visit)
    end(how, visit, panel)
    field = "document.querySelector('[data-caveat=write] textarea')?.value"
    until(lambda: panel.ask(field) == HALF, "draft in its form")
    assert drafts(visit) == [before]
    assert taking_part.own == [], "nothing is sent that nobody sent"


@pytest.mark.parametrize("how", [KILLED, STOPPED])
@pytest.mark.parametrize("is_known", [False, True], ids=["has not got it", "has it and could not say so"])
def test_a_note_that_waits_is_sent_by_itself_and_once(
    visit: Visit, taking_part: Community, panel: Panel, how: str, is_known: bool
) -> None:
    begin(visit, panel)
    written(panel)
    taking_part.down, taking_part.forgets_to_answer = not is_known, is_known
    panel.press("[data-caveat=send]")
    until(lambda: len(sent(visit)) == 1, "first attempt")
    says(panel, "waits to be sent")
    (waiting,) = drafts(visit)
    taking_part.down = taking_part.forgets_to_answer = False
    end(how, visit, panel)
    until(lambda: drafts(visit) == [], "storage without a draft", 30)
    assert sent(visit) == [waiting["id"]] * 2
    assert [note["client_id"] for note in taking_part.own] == [waiting["id"]]
    end(how, visit, panel)
    says(panel, "What you have written")
    assert len(taking_part.own) == 1
    assert len(sent(visit)) == 2, "and never again"


@pytest.mark.usefixtures("taking_part")
def test_a_note_that_is_sent_while_nobody_answers_says_so_and_can_be_written_on(
    visit: Visit, panel: Panel
) -> None:
    begin(visit, panel)
    written(panel)
    visit.wire.cut()
    panel.press("[data-caveat=send]")
    says(panel, "Nothing answers at")
    says(panel, "waits to be sent")
    assert panel.ask("document.querySelector('[data-caveat=write] fieldset').disabled")
    visit.wire.mend()
    panel.press("[data-caveat=take-back]")
    until(lambda: [each["isWaiting"] for each in drafts(visit)] == [False], "draft that waits no more")
    panel.press("[data-caveat=send]")
    until(lambda: drafts(visit) == [], "storage without a draft")
