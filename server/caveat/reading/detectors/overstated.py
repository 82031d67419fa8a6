"""overstated: words that leave no room for exceptions."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.quotations import unquoted


@detector("overstated")
class Overstated:
    """The lists of ``rules/wording.toml``, except where such words are ordinary ("as always")."""

    def __init__(self, nlp: Language) -> None:
        lists = rules.read("wording")["overstated"]
        self.matcher = rules.Phrases(nlp.vocab, {"default": lists["patterns"], "proof": lists["proof"]})
        self.ordinary = rules.Phrases(nlp.vocab, {"ordinary": lists["ordinary"]})

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        ordinary = {token.i for span in self.ordinary(doc) for token in span}
        for span in unquoted(doc, self.matcher):
            negated = any(token.dep_ == "neg" for token in span.root.children if token not in span)
            if not negated and not ordinary.intersection(range(span.start, span.end)):
                yield Notice(span, 0.65, span.label_)
