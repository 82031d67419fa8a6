"""The catalogue of signals, and what is asked of its texts."""

from __future__ import annotations

import re

import pytest

from caveat.article import Level
from caveat.catalogue import Catalogue, CatalogueError

CATALOGUE = Catalogue.standard()
ACCUSING = re.compile(
    r"\b(lie|lies|lying|false|fake|wrong|mislead\w*|bias\w*|propaganda|untrue|debunk\w*)\b|!", re.IGNORECASE
)
ENTRY = """
[x]
name = "X"
family = "sources"
level = "question"
line = "l"
why = "w"
question = "q?"
after = "a"
reference = "https://example.org/"
"""


@pytest.mark.parametrize("signal", CATALOGUE.signals.values(), ids=CATALOGUE.signals.keys())
def test_every_signal_asks_a_question_and_accuses_nobody(signal: object) -> None:
    texts = [str(getattr(signal, name)) for name in ("name", "line", "why", "question")]
    assert texts[3].endswith("?")
    assert not any(ACCUSING.search(text) for text in texts)
    assert str(getattr(signal, "reference", "")).startswith("https://")


def test_messages_accuse_nobody_either() -> None:
    assert not any(ACCUSING.search(text) for texts in CATALOGUE.messages.values() for text in texts.values())


def test_credit_is_a_family_of_its_own() -> None:
    for signal in CATALOGUE.signals.values():
        assert (signal.level is Level.CREDIT) == (signal.family == "credit")


def test_a_changed_text_is_a_new_version() -> None:
    one = Catalogue.parse((ENTRY + '[x.messages]\ndefault = "m"').encode())
    two = Catalogue.parse((ENTRY + '[x.messages]\ndefault = "n"').encode())
    assert one.version != two.version


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        (ENTRY, "x: messages.default is missing"),
        (ENTRY.replace('"sources"', '"gossip"') + '[x.messages]\ndefault = "m"', "x: 'gossip'"),
        (ENTRY + 'colour = "red"\n[x.messages]\ndefault = "m"', "x: unknown field colour"),
        ('[x]\nname = "X"\n[x.messages]\ndefault = "m"', "x: 'family'"),
    ],
)
def test_an_incomplete_entry_is_refused_by_name(toml: str, says: str) -> None:
    with pytest.raises(CatalogueError, match=re.escape(says)):
        Catalogue.parse(toml.encode())
