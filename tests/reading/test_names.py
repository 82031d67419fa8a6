"""What is a name, and of what, by a table of sentences."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from spacy.language import Language

from caveat.reading import Reader, names

TABLE = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
OURS = {names.PERSON, names.BODY, names.PLACE, names.OUTLET, names.PLATFORM}


@pytest.fixture(scope="module")
def nlp(reader: Reader) -> Language:
    return reader.nlp


def found(nlp: Language, text: str) -> list[str]:
    return [f"{ent.label_} {ent.text}" for ent in nlp(text).ents if ent.label_ in OURS]


@pytest.mark.parametrize(("text", "expected"), [(case[0], case[1:]) for case in TABLE["case"]])
def test_names_are_found_in_full_and_told_apart(nlp: Language, text: str, expected: list[str]) -> None:
    assert found(nlp, text) == expected


@pytest.mark.parametrize("text", TABLE["silent"])
def test_capitals_that_name_nobody_are_left_alone(nlp: Language, text: str) -> None:
    assert found(nlp, text) == []
