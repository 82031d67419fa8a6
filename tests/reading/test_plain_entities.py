"""Dates, times, amounts and peoples without the model's entity recogniser."""

from __future__ import annotations

import pytest
from spacy.language import Language

from caveat.reading import pipeline


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load(recogniser=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry stopped on Monday.", ["DATE Monday"]),
        ("It opened on March 12 and closed last week.", ["DATE March 12", "DATE last week"]),
        ("Fares rose in 2019 and in the 1990s.", ["DATE 2019", "DATE 1990s"]),
        ("She waited for three years and two hours.", ["DATE three years", "TIME two hours"]),
        ("Turnout fell to 12 percent.", ["PERCENT 12 percent"]),
        ("Rents rose by 4 per cent.", ["PERCENT 4 per cent"]),
        ("It cost $47 million and 20 euros.", ["MONEY $47 million", "MONEY 20 euros"]),
        ("The wall is 40 metres high.", ["QUANTITY 40 metres"]),
        ("It was the 15th time.", ["ORDINAL 15th"]),
        ("A Luranian court ruled.", ["NORP Luranian"]),
        ("Ina Holt told Reuters that it may close.", ["PERSON Ina Holt", "OUTLET Reuters"]),
        ("Nothing here is counted.", []),
    ],
)
def test_patterns_find_what_the_recogniser_would(nlp: Language, text: str, expected: list[str]) -> None:
    assert [f"{ent.label_} {ent.text}" for ent in nlp(text).ents] == expected


def test_a_pipeline_without_the_recogniser_says_so_in_its_name(nlp: Language) -> None:
    assert "ner" not in nlp.pipe_names
    assert nlp.meta["name"].endswith("_without_ner")
