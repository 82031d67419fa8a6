"""Charged words: the lexicon, the company a word keeps, and whose words they are."""

from __future__ import annotations

import pytest

from caveat.reading import Reader, lexicon, rules

_OF_A_GROUP = ["class", "after", "is", "weight", "signal", "plain", "words", "phrases", "first", "literal"]
FIELDS = frozenset([*_OF_A_GROUP, "ends", "begins"])


def marked(reader: Reader, text: str) -> list[str]:
    return [one.span.text for one in reader.nlp(text)._.charged]


@pytest.mark.parametrize("file", lexicon.FILES)
def test_every_group_of_the_lexicon_says_where_it_comes_from(file: str) -> None:
    data = rules.read(f"loaded/{file}")
    for group in [*data.get("group", ()), *data.get("affix", ())]:
        assert set(group) <= FIELDS
        assert group["after"]
        assert 0 < group["weight"] < 1


def test_no_word_stands_in_the_lexicon_twice_as_the_same_part_of_speech() -> None:
    groups = [g for file in lexicon.FILES for g in rules.read(f"loaded/{file}").get("group", ())]
    words = [(g["is"], word) for g in groups for word in g.get("words", "").split()]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The rat-infested, ruthless council met.", ["rat-infested", "ruthless"]),
        ("The council ruthlessly closed the road.", ["ruthlessly"]),
        ("They squandered it.", ["squandered"]),
        ("The squandering of the fund began in May.", ["squandering"]),
        ("The reckless policies of the board began in May.", ["reckless"]),
    ],
)
def test_forms_and_compounds_are_found(reader: Reader, text: str, words: list[str]) -> None:
    assert marked(reader, text) == words


@pytest.mark.parametrize(
    "text",
    [
        "It was not a ludicrous plan.",  # denied
        "Ina Holt said the plan was ludicrous.",  # hers
        "“Ludicrous,” said Ina Holt.",
        "They saw a play called Greed and Madness in the old hall.",  # a title
    ],
)
def test_words_that_are_denied_or_somebody_elses_are_left_alone(reader: Reader, text: str) -> None:
    assert marked(reader, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Critics described the plan as reckless.",
        "The board was accused of cowardice.",
        "The report, alleging cronyism, was read in May.",
    ],
)
def test_a_judgement_that_is_passed_on_is_left_alone(reader: Reader, text: str) -> None:
    assert marked(reader, text) == []


def test_a_weak_word_needs_company(reader: Reader) -> None:
    assert marked(reader, "The dramatic fall began in May.") == []
    assert marked(reader, "The dramatic and shameful fall began in May.") == ["dramatic", "shameful"]
    assert marked(reader, "We saw the dramatic fall in May.") == ["dramatic"]


def test_the_trade_words_of_reviews_are_left_alone(reader: Reader) -> None:
    assert marked(reader, "The goalkeeper had a terrible and stunning half.") == []


def test_a_label_in_dispute_needs_company(reader: Reader) -> None:
    assert marked(reader, "The law on cancel culture was passed in 2019.") == []
    assert marked(reader, "Our cancel culture is everywhere!") == ["cancel culture"]
