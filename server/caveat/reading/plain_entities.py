"""Dates, times, amounts and peoples by patterns, in place of the model's entity recogniser.

The recogniser would be a third of a reading's time, and names do not need it (``names``). What is left of it
are dates and amounts, which patterns find, too. Writes ``doc.ents`` with the labels of OntoNotes; runs before
the names, which take what is theirs.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from caveat.reading import rules

NAME = "caveat_plain_entities"


class PlainEntities:
    """Finds them by the patterns of ``rules/plain-entities.toml``."""

    def __init__(self, nlp: Language) -> None:
        table = rules.read("plain-entities")
        self.phrases = rules.Phrases(nlp.vocab, table["phrases"])
        self.shapes = [
            (label, re.compile("|".join(f"(?:{one})" for one in some)))
            for label, some in table["shapes"].items()
        ]
        self.peoples = frozenset(rules.read("names")["never"]["adjectives"].split())

    def __call__(self, doc: Doc) -> Doc:
        found = self.phrases(doc)
        for token in doc:
            if label := self._label(token):
                found.append(Span(doc, token.i, token.i + 1, label=label))
        doc.ents = filter_spans(found)  # of two on the same word the first: phrases before shapes
        return doc

    def _label(self, token: Token) -> str:
        """What the shape of one word says, "" if nothing."""
        word = token.text
        if word in self.peoples:
            return "NORP"
        if word[0].isdigit() or word[0].isupper():
            for label, shape in self.shapes:
                if shape.fullmatch(word):
                    return str(label)
        return "CARDINAL" if token.like_num else ""


@Language.factory(NAME)
def create(nlp: Language, name: str) -> PlainEntities:  # noqa: ARG001 - spaCy's factories are called with a name
    return PlainEntities(nlp)
