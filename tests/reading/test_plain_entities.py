"""Dates, times, amounts and peoples without the model's entity recogniser."""

from __future__ import annotations

import pytest
from spacy.language import Language

from caveat.reading import pipeline


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load()


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
        ("It closed at ₦38.45 and at 6.25.", ["MONEY ₦38.45", "CARDINAL 6.25"]),
        (
            "Some 39,500 people and four dogs came at 10:30.",
            ["CARDINAL 39,500", "CARDINAL four", "TIME 10:30"],
        ),
        ("Nothing here is counted.", []),
    ],
)
def test_patterns_find_what_the_recogniser_would(nlp: Language, text: str, expected: list[str]) -> None:
    assert [f"{ent.label_} {ent.text}" for ent in nlp(text).ents] == expected


def test_the_recogniser_is_left_out_unless_somebody_measures_it(nlp: Language) -> None:
    assert "ner" not in nlp.pipe_names
    measured = pipeline.load(recogniser=True)
    assert "ner" in measured.pipe_names
    assert measured.meta["name"] == f"{nlp.meta['name']}_with_ner"
