"""The notation in which phrases are written."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
import spacy
from spacy.matcher import Matcher

from caveat.reading import Reader, rules
from caveat.reading.rules import Phrases, RuleError, phrase

ARTICLES = Path(__file__).parents[1] / "articles"


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


def test_phrases_are_what_spacys_matcher_finds(reader: Reader) -> None:
    strengths = rules.read("kinds")["phrases"].values()
    notations = [*chain.from_iterable(chain.from_iterable(by.values() for by in strengths)), "very+ <ADJ>?"]
    phrases, matcher = Phrases(reader.nlp.vocab, {n: [n] for n in notations}), Matcher(reader.nlp.vocab)
    for notation in notations:
        matcher.add(notation, [phrase(notation)], greedy="LONGEST")
    with reader.nlp.select_pipes(enable=["tok2vec", "tagger", "caveat_attributes", "lemmatizer"]):
        docs = [reader.nlp(file.read_text("utf-8")) for file in sorted(ARTICLES.glob("*/article.txt"))]
    for doc in docs:
        expected = {(doc.vocab.strings[id_], start, end) for id_, start, end in matcher(doc)}
        found = phrases(doc)
        assert {(span.label_, span.start, span.end) for span in found} == expected
