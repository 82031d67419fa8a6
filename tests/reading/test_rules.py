"""The notation in which phrases are written."""

from __future__ import annotations

import pytest
import spacy

from caveat.reading.rules import Phrases, RuleError, phrase


@pytest.mark.parametrize(
    ("notation", "pattern"),
    [
        ("recently", [{"LOWER": {"IN": ["recently"]}}]),
        ("(critic|expert)", [{"LOWER": {"IN": ["critic", "expert"]}}]),
        ("[claim]/VERB", [{"LEMMA": {"IN": ["claim"]}, "POS": {"IN": ["VERB"]}}]),
        ("<NUM> *", [{"POS": {"IN": ["NUM"]}}, {}]),
        ("(new)? study", [{"LOWER": {"IN": ["new"]}, "OP": "?"}, {"LOWER": {"IN": ["study"]}}]),
        ("so-called", [{"LOWER": {"IN": [w]}} for w in ("so", "-", "called")]),
    ],
)
def test_the_notation_becomes_a_matcher_pattern(notation: str, pattern: list[dict[str, object]]) -> None:
    assert phrase(notation) == pattern


@pytest.mark.parametrize("notation", ["(two words|one)", "[say", "(now-deleted|new) post"])
def test_a_pattern_that_cannot_be_read_is_refused_with_its_words(notation: str) -> None:
    with pytest.raises(RuleError, match="cannot read"):
        phrase(notation)


def test_a_phrase_is_found_wherever_its_words_stand() -> None:
    nlp = spacy.blank("en")
    phrases = Phrases(nlp.vocab, {"a": ["(state|local) media"], "b": ["media", "* *"]})
    found = phrases(nlp("Local media said"))
    assert {(span.label_, span.text) for span in found} >= {
        ("a", "Local media"),
        ("b", "media"),
        ("b", "Local media"),
    }
