"""promotion: praise that does not say what it is measured by."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.quotations import unquoted


@detector("promotion")
class Promotion:
    """The list of ``rules/wording.toml``, outside quotation marks and outside names."""

    def __init__(self, nlp: Language) -> None:
        self.matcher = rules.Phrases(nlp.vocab, {"promotion": rules.read("wording")["promotion"]["patterns"]})

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        for span in unquoted(doc, self.matcher):
            if not any(token.pos_ == "PROPN" for token in span):
                yield Notice(span, 0.7)
