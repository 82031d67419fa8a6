"""overstated: words that leave no room for exceptions."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.own_words import in_own_words

_GENERAL = frozenset({"VBZ", "VBP", "MD"})
_FUTURE = frozenset({"will", "would", "'ll", "’ll"})
_OWN = frozenset({"i", "we", "my", "our"})


@detector("overstated")
class Overstated:
    """The lists of ``rules/wording.toml``, except where such words are ordinary ("as always")."""

    def __init__(self, nlp: Language) -> None:
        lists = rules.read("wording")["overstated"]
        self.matcher = rules.Phrases(
            nlp.vocab, {"default": lists["patterns"], "proof": lists["proof"], "every": lists["every"]}
        )
        self.ordinary = rules.Phrases(nlp.vocab, {"ordinary": lists["ordinary"]})

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        found = [*in_own_words(doc, self.matcher)]
        ordinary = {token.i for span in self.ordinary(doc) for token in span} if found else set()
        for span in found:
            negated = any(token.dep_ == "neg" for token in span.root.children if token not in span)
            if negated or not ordinary.isdisjoint(range(span.start, span.end)):
                continue
            if span.label_ == "every":
                if _FUTURE & {token.lower_ for token in span.sent}:
                    yield Notice(span, 0.6)
            elif span[0].lower_ != "always" or _is_general(span.sent):
                yield Notice(span, 0.65, span.label_)


def _is_general(sentence: Span) -> bool:
    """Told of all times, not of somebody's habits: "politicians always lie", not "I always walked"."""
    root = sentence.root
    present = root.tag_ in _GENERAL or any(t.tag_ in _GENERAL and t.dep_ == "aux" for t in root.children)
    return present and not _OWN & {token.lower_ for token in sentence}
