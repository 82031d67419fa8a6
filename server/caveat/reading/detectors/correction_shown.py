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
    """The openings of ``rules/credit.toml`` that begin a sentence; an editor's note must tell of a change."""

    def __init__(self, nlp: Language) -> None:
        lists = rules.read("credit")["correction-shown"]
        self.phrases = rules.Phrases(nlp.vocab, {kind: lists[kind] for kind in ("start", "announced")})
        self.changing = rules.Phrases(nlp.vocab, {"changing": lists["changing"]})

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        end = 0
        for span in self.phrases(doc):
            sentence = span.sent
            if span.start < end or span.start - sentence.start > _NEAR:
                continue
            if span.label_ == "announced" and not self.changing(
                doc[span.end : max(span.end + 1, sentence.end)]
            ):
                continue
            end = sentence.end
            yield Notice(sentence, 0.85)
