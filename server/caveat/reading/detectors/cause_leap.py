"""cause-leap: what goes together, or came after, is told as what caused it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.own_words import in_own_words


@detector("cause-leap")
class CauseLeap:
    """Words for a single cause, and a cause in a sentence that began with a mere link."""

    def __init__(self, nlp: Language) -> None:
        lists = rules.read("wording")["cause-leap"]
        self.leaps = rules.Phrases(nlp.vocab, {"default": lists["patterns"], "together": lists["causes"]})
        self.together = rules.Phrases(nlp.vocab, {"together": lists["together"]})

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        for span in in_own_words(doc, self.leaps):
            alone = span.label_ == "default"
            if alone or any(link.start < span.start for link in self.together(span.sent)):
                yield Notice(span, 0.6, span.label_)
