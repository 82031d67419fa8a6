"""The whole way of a fact: a feed is imported, a server reads with it, a reader sees it in the card."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from .service import COMMAND, serving
from .test_volunteers import on, within
from .visit import Visit

PAGE = "http://gazette.example/records.html"
CLAIM = "The tidal barrage at Harrow Sound lowered household bills on the peninsula by 33 per cent in 2025."
CHECK = "https://checks.example/harrow/bills"
FEED = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": "ClaimReview",
            "url": CHECK,
            "claimReviewed": f"<b>{CLAIM}</b>",
            "author": {"@type": "Organization", "name": "The Harbour Desk", "url": "https://checks.example"},
            "datePublished": "2026-02-03",
            "reviewRating": {"@type": "Rating", "alternateName": "Half of it: <i>one street</i> saves that"},
        },
        {
            "@type": "ClaimReview",
            "url": "https://checks.example/harrow/eels",
            "claimReviewed": "All eels have left the sound since the gates were built.",
            "author": {"@type": "Organization", "name": "The Harbour Desk"},
            "reviewRating": {"@type": "Rating", "alternateName": "No count was made"},
        },
    ],
}


@pytest.fixture(scope="module")
def informed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server that knows the feed."""
    folder = tmp_path_factory.mktemp("facts")
    feed = folder / "feed.json"
    feed.write_text(json.dumps(FEED))
    data = {"CAVEAT_DATA_DIR": str(folder / "data")}
    imported = subprocess.run(
        [COMMAND, "factchecks", "import", feed], env=os.environ | data, capture_output=True, text=True
    )
    assert imported.returncode == 0, imported.stderr
    with serving(**data) as port:
        yield port


@pytest.fixture
def answer(visit: Visit, informed: int) -> Iterator[Any]:
    """What that server says of the page, once it is painted."""
    usual, visit.wire.server_port = visit.wire.server_port, informed
    visit.open(PAGE)
    found = visit.press().answer
    visit.browser.close_popup()
    yield found
    visit.wire.server_port = usual


def noted(answer: Any, signal: str) -> Any:
    """The one note of a signal."""
    (found,) = [note for note in answer["notes"] if note["signal"] == signal]
    return found


def test_a_day_that_a_calendar_has_otherwise_is_asked_about(
    visit: Visit, answer: Any, artefacts: Path
) -> None:
    note = noted(answer, "conflicts-record")
    visit.click_on(on(visit, note["quote"]["exact"]))
    assert "Friday" in within(visit, "[data-caveat=message]")
    assert note["evidence"][0]["title"] in within(visit, "[data-caveat=record]")
    visit.drawn()
    visit.browser.picture(artefacts / f"{visit.browser.name}-real-record.png")


def test_a_claim_that_was_checked_says_so_with_the_extra_and_is_a_way_to_look_without_it(
    visit: Visit, answer: Any, artefacts: Path
) -> None:
    (claim,) = [claim for claim in answer["claims"] if claim["quote"]["exact"] == CLAIM]
    if find_spec("onnxruntime") is None:  # by words alone nothing is shown on its own
        assert [one["url"] for one in claim["suggested"]] == [CHECK]
        return
    visit.click_on(on(visit, noted(answer, "checked-before")["quote"]["exact"]))
    assert within(visit, "[data-caveat=checked-claim]") == f"“{CLAIM}”"
    assert within(visit, "[data-caveat=checked-by]") == "The Harbour Desk · February 3, 2026"
    assert within(visit, "[data-caveat=checked-rating]") == "“Half of it: one street saves that”"
    visit.drawn()
    visit.browser.picture(artefacts / f"{visit.browser.name}-real-fact-check.png")
