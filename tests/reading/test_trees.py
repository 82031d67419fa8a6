"""Patterns over the parse find what spaCy's own DependencyMatcher finds."""

from __future__ import annotations

import json
from importlib import resources

from spacy.matcher import DependencyMatcher

from caveat.reading import Reader, rules
from caveat.reading.attribution import lists_of
from caveat.reading.trees import Trees, expanded


def test_the_matches_are_those_of_spacys_dependency_matcher(reader: Reader) -> None:
    data = rules.read("attribution")
    lists = lists_of(data)
    sample = json.loads(resources.files("caveat").joinpath("web/sample.json").read_text(encoding="utf-8"))[
        "text"
    ]
    doc = reader.nlp(
        sample + "\n“It is,” said Ina Holt, who says it is seen by some as a plan, saying it was told by her."
    )
    matcher, order = DependencyMatcher(reader.nlp.vocab), {}
    for pattern in data["patterns"]:
        matcher.add(pattern["name"], [expanded(pattern, lists)])
        order[pattern["name"]] = [node["id"] for node in pattern["nodes"]]
    theirs = {(doc.vocab.strings[match], *tokens) for match, tokens in matcher(doc)}
    ours = {
        (name, *(bound[role].i for role in order[name]))
        for name, bound in Trees(reader.nlp.vocab, data["patterns"], lists)(doc)
    }
    assert theirs
    assert ours == theirs
