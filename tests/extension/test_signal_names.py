"""The names that the extension has for signals are the catalogue's, in both languages, and those that only
people use are those of their own table."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

TOP = Path(__file__).parents[2]
SIGNALS = (TOP / "extension" / "shared" / "signals.ts").read_text(encoding="utf-8")


def catalogue(name: str) -> dict[str, Any]:
    found = tomllib.loads((TOP / "server" / "caveat" / name).read_text(encoding="utf-8"))
    found.pop("texts")
    return found


def families() -> dict[str, str]:
    """Of each signal, as the extension has it."""
    table = re.search(r"SIGNALS = \{(.*?)\}", SIGNALS, re.DOTALL)
    assert table
    return {a or b: family for a, b, family in re.findall(r'(?:"([\w-]+)"|(\w+)): "(\w+)"', table[1])}


def test_every_signal_of_the_catalogue_has_its_line_in_the_extension() -> None:
    here = families()
    assert {id: here.get(id) for id in catalogue("signals.toml")} == {
        id: signal["family"] for id, signal in catalogue("signals.toml").items()
    }


def test_the_extension_knows_what_only_people_notice_as_the_server_does() -> None:
    path = TOP / "extension" / "_locales" / "en" / "messages.json"
    messages = json.loads(path.read_text(encoding="utf-8"))
    rules = tomllib.loads((TOP / "server/caveat/annotations/rules.toml").read_text("utf-8"))
    people = rules["people"]
    here = families()
    assert set(here) == set(people) | set(catalogue("signals.toml"))
    for id, signal in people.items():
        assert here[id] == signal["family"]
        assert messages[f"signal_{id.replace('-', '_')}"]["message"] == signal["name"]
    sources = re.search(r"NEED_SOURCES[^=]*= \[(.*?)\]", SIGNALS)
    assert sources
    assert set(re.findall(r'"([\w-]+)"', sources[1])) == {
        *rules["needs-source"],
        *(id for id, of in people.items() if of["needs-source"]),
    }


@pytest.mark.parametrize(("language", "file"), [("en", "signals.toml"), ("de", "signals.de.toml")])
def test_every_signal_has_its_name_from_the_catalogue(language: str, file: str) -> None:
    path = TOP / "extension" / "_locales" / language / "messages.json"
    messages = json.loads(path.read_text(encoding="utf-8"))
    for id, signal in catalogue(file).items():
        assert messages[f"signal_{id.replace('-', '_')}"]["message"] == signal["name"]
    assert [id for id in families() if f"signal_{id.replace('-', '_')}" not in messages] == []
