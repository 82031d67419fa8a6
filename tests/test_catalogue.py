"""The catalogue of signals, and what is asked of its texts."""

from __future__ import annotations

import re
import string
import tomllib
from importlib import resources
from typing import Any

import pytest

from caveat.article import Level
from caveat.catalogue import (
    LONGEST_MESSAGE,
    LONGEST_SLOT,
    TRANSLATED,
    Catalogue,
    CatalogueError,
    languages,
    shortened,
)

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


OTHERS = [language for language in languages() if language != "en"]
MESSAGES = [(id_, variant) for id_, variants in CATALOGUE.messages.items() for variant in variants]
HARDEST = 8  # the Flesch-Kincaid grade of a fourteen-year-old
VOWELS = re.compile(r"[aeiouy]+")


def entries(language: str) -> dict[str, Any]:
    name = "signals.toml" if language == "en" else f"signals.{language}.toml"
    return tomllib.loads(resources.files("caveat").joinpath(name).read_text("utf-8"))


def slots(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end."""
    found = len(VOWELS.findall(word))
    return max(1, found - (word.endswith("e") and not word.endswith("le") and found > 1))


def grade(text: str) -> float:
    """The Flesch-Kincaid grade: years at school that a text asks for."""
    words = re.findall(r"[a-z']+", text.lower())
    sentences = len(re.findall(r"[.?](?=\s|$)", text)) or 1
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@pytest.mark.parametrize("signal", CATALOGUE.signals.values(), ids=CATALOGUE.signals.keys())
def test_every_signal_asks_a_question_and_accuses_nobody(signal: object) -> None:
    texts = [str(getattr(signal, name)) for name in ("name", "line", "why", "question")]
    assert texts[3].endswith("?")
    assert not any(ACCUSING.search(text) for text in texts)
    assert str(getattr(signal, "reference", "")).startswith("https://")


def test_messages_accuse_nobody_either() -> None:
    assert not any(ACCUSING.search(text) for texts in CATALOGUE.messages.values() for text in texts.values())


@pytest.mark.parametrize(("id_", "variant"), MESSAGES, ids=[f"{i}-{v}" for i, v in MESSAGES])
def test_a_message_names_what_it_is_about_in_easy_words(id_: str, variant: str) -> None:
    template = CATALOGUE.messages[id_][variant]
    named = slots(template)
    assert named
    assert grade(template.format(**dict.fromkeys(named, "the words"))) <= HARDEST


@pytest.mark.parametrize("signal", CATALOGUE.signals.values(), ids=CATALOGUE.signals.keys())
def test_what_a_card_explains_is_in_easy_words(signal: Any) -> None:
    assert grade(f"{signal.line} {signal.why} {signal.question}") <= HARDEST


@pytest.mark.parametrize("words", ["a word or two " * 40, "Donaudampfschifffahrt" * 20], ids=["many", "long"])
@pytest.mark.parametrize("language", languages())
def test_no_message_is_long_whatever_words_it_quotes(language: str, words: str) -> None:
    catalogue = Catalogue.standard(language)
    for id_, variants in catalogue.messages.items():
        for variant, template in variants.items():
            said = catalogue.message(id_, variant, **dict.fromkeys(slots(template), words))
            assert len(said) <= LONGEST_MESSAGE, said


def test_long_words_are_shortened_in_the_middle_and_short_ones_are_left() -> None:
    assert shortened("two  short\nwords") == "two short words"
    words = "According to a senior official who has seen the letter and asked not to be named"
    assert shortened(words) == "According to a senior official who … not to be named"
    assert len(shortened("a" * 500)) <= LONGEST_SLOT
    said = CATALOGUE.message("loaded-words", words=words)
    assert said == f"“{shortened(words)}” tells you how to feel as well as what happened."


def test_german_is_there() -> None:
    signal = Catalogue.standard("de").signals["vague-source"]
    assert signal.name == "Ungenaue Quelle"
    assert signal.family == CATALOGUE.signals["vague-source"].family
    assert Catalogue.standard("de").version != CATALOGUE.version


def test_a_language_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(CatalogueError, match="no catalogue in 'tlh', only in en, de"):
        Catalogue.standard("tlh")


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_text(language: str) -> None:
    english, other = entries("en"), entries(language)
    texts = english.pop("texts")
    assert {k: slots(v) for k, v in other.pop("texts").items()} == {k: slots(v) for k, v in texts.items()}
    for id_, entry in english.items():
        assert id_ in other, f"{language}: {id_} is missing"
        assert {"messages", *TRANSLATED} == set(other[id_]), f"{language}: {id_}"
        wanted = {variant: slots(text) for variant, text in entry["messages"].items()}
        messages = {variant: slots(text) for variant, text in other[id_]["messages"].items()}
        assert wanted.items() <= messages.items(), f"{language}: {id_}"
        assert other[id_]["question"].endswith("?")


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
