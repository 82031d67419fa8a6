"""reply-given (credit): the person concerned answers, or was asked."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.quotations import unquoted


@detector("reply-given")
class ReplyGiven:
    """The patterns of ``rules/credit.toml``; once a sentence."""

    def __init__(self, nlp: Language) -> None:
        lists = rules.read("credit")["reply-given"]
        self.matcher = rules.Phrases(nlp.vocab, {"default": lists["default"], "asked": lists["asked"]})

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        sentences: set[int] = set()
        for span in unquoted(doc, self.matcher):
            negated = span.label_ == "default" and any(t.dep_ == "neg" for t in span.root.children)
            if not negated and span.sent.start not in sentences:
                sentences.add(span.sent.start)
                yield Notice(span, 0.7, span.label_)
