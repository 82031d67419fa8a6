"""The stage itself: it must not be blind."""

from __future__ import annotations

import http.client
import json
from pathlib import Path

import pytest

from . import chromium, firefox
from .newsstand import Newsstand
from .visit import Mark, mismatches
from .wire import Exchange


@pytest.mark.parametrize(("room", "command"), [(chromium, chromium.INSTALL), (firefox, firefox.INSTALL)])
def test_a_missing_browser_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, room: object, command: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(chromium.BrowserMissingError, match=command):
        room.executable()  # type: ignore[attr-defined]


def test_the_stand_sees_a_request_to_the_outside(tmp_path: Path) -> None:
    stand = Newsstand({"gazette.example": tmp_path})
    for asked in ("http://tracker.example/pixel.gif?page=1", "http://gazette.example/absent.html"):
        connection = http.client.HTTPConnection("127.0.0.1", stand.port, timeout=5)
        connection.request("GET", asked)
        connection.getresponse().read()
        connection.close()
    stand.close()
    assert stand.outside == ["http://tracker.example/pixel.gif?page=1"]


SIGNALS = {"vague-source": {"family": "sources", "level": "question"}}
NOTE = {"id": "n1", "signal": "vague-source", "start": 13, "end": 21, "quote": {"exact": "Many say"}}


def exchange(*notes: object) -> Exchange:
    question = b'{"text": "Many say so. Many say so."}'
    answer = json.dumps({"signals": SIGNALS, "notes": notes}).encode()
    return Exchange("POST", "/api/v1/analyses", {}, question, 200, answer)


@pytest.mark.parametrize(
    ("mark", "fault"),
    [
        (Mark("sources", False, "Many say", "Manysayso.", False), None),
        (Mark("sources", False, "Many say", "", False), "painted after ''"),
        (Mark("sources", False, "Many says", "Manysayso.", False), "is not painted"),
        (Mark("wording", False, "Many say", "Manysayso.", False), "is not painted"),
        (Mark("sources", True, "Many say", "Manysayso.", False), "is not painted"),
        (None, "is not painted"),
    ],
    ids=["right", "lookalike", "too long", "other family", "other level", "missing"],
)
def test_a_mark_on_the_wrong_words_is_seen(mark: Mark | None, fault: str | None) -> None:
    found = mismatches(exchange(NOTE), [mark] if mark else [])
    assert (found == []) if fault is None else fault in found[0]


def test_a_mark_without_a_note_is_seen() -> None:
    assert "in no note" in mismatches(exchange(), [Mark("sources", False, "Many say", "", False)])[0]
