"""loaded-words: wording that carries a judgement, where a plainer word tells the same fact."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.quotations import unquoted


@detector("loaded-words")
class LoadedWords:
    """The list of ``rules/wording.toml``, outside quotation marks and outside names."""

    def __init__(self, nlp: Language) -> None:
        self.neutral = rules.read("wording")["loaded-words"]
        self.ordinary = rules.Phrases(
            nlp.vocab, {"ordinary": rules.read("wording")["loaded-ordinary"]["patterns"]}
        )
        self.matcher = rules.Phrases(nlp.vocab, {pattern: [pattern] for pattern in self.neutral})

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        ordinary = {token.i for span in self.ordinary(doc) for token in span}
        for span in unquoted(doc, self.matcher):
            named = any(token.pos_ == "PROPN" for token in span)  # "the Evil Dead", "Mr Savage"
            if named or ordinary.intersection(range(span.start, span.end)):
                continue
            plainer = self.neutral[span.label_]
            yield Notice(span, 0.7, "neutral", {"neutral": plainer}) if plainer else Notice(span, 0.7)
