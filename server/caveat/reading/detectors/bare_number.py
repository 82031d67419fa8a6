"""bare-number: a large figure, a share or a change with no base, period or comparison in its sentence."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.quotations import within

_LARGE = frozenset({"million", "billion", "trillion"})
_PERCENT = frozenset({"%", "percent", "pct"})


@detector("bare-number")
class BareNumber:
    """Percentages, multiples and millions that stand alone."""

    def __init__(self, nlp: Language) -> None:
        lists = rules.read("numbers")["bare-number"]
        self.change = frozenset(lists["change"])
        self.multiples = rules.Phrases(nlp.vocab, {"multiple": lists["multiples"]})
        self.measured = rules.Phrases(nlp.vocab, {"measured": lists["measured"]})

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        for sentence in doc.sents:
            figures = [*self._figures(sentence)]
            if len(figures) != 1 or self._is_measured(sentence):  # two figures can be held against each other
                continue
            span, variant = figures[0]
            if not within(doc, span.start, span.end):
                yield Notice(span, 0.7, variant)

    def _figures(self, sentence: Span) -> Iterator[tuple[Span, str]]:
        for span in self.multiples(sentence):
            yield span, "multiple"
        for token in sentence:
            if token.lemma_.lower() in _PERCENT or (
                token.lower_ == "cent" and token.i and token.nbor(-1).lower_ == "per"
            ):
                yield self._percentage(token)
            elif token.lower_ in _LARGE and token.i > sentence.start and token.nbor(-1).like_num:
                yield _amount(token), "default"

    def _percentage(self, token: Token) -> tuple[Span, str]:
        doc = token.doc
        start = token.i - (2 if token.lower_ == "cent" else 1)
        near = {
            t.lemma_.lower() for t in doc[max(token.sent.start, start - 6) : min(token.sent.end, token.i + 6)]
        }
        return doc[max(token.sent.start, start) : token.i + 1], "change" if near & self.change else "share"

    def _is_measured(self, sentence: Span) -> bool:
        return any(ent.label_ == "DATE" for ent in sentence.ents) or bool(self.measured(sentence))


def _amount(token: Token) -> Span:
    """The figure with the currency before it or the thing counted after: "4.2 million passengers"."""
    doc, start, end = token.doc, token.i - 1, token.i + 1
    if start > token.sent.start and doc[start - 1].is_currency:
        start -= 1
    elif end < token.sent.end and doc[end].pos_ == "NOUN":
        end += 1
    return doc[start:end]
