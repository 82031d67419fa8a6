"""correction-shown (credit): the article says what was changed."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector

_NEAR = 6  # tokens from the sentence's start: "• Correction: …", "This article was amended on …"


@detector("correction-shown")
class CorrectionShown:
    """The openings of ``rules/credit.toml`` where a sentence begins."""

    def __init__(self, nlp: Language) -> None:
        self.matcher = rules.Phrases(
            nlp.vocab, {"correction": rules.read("credit")["correction-shown"]["start"]}
        )

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        end = 0
        for span in sorted(self.matcher(doc), key=lambda span: span.start):
            if span.start >= end and span.start - span.sent.start <= _NEAR:
                end = span.sent.end
                yield Notice(span.sent, 0.85)
