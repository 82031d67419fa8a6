"""reply-given (credit): the person concerned answers, or was asked."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.quotations import unquoted

_KINDS = ("default", "asked", "statement")
_ASKED = frozenset({"asked", "pressed", "questioned", "challenged"})
_NEGATED = frozenset({"not", "n't", "never"})


@detector("reply-given")
class ReplyGiven:
    """The patterns of ``rules/credit.toml``; once a sentence, and the plainest of them.

    A mere statement is noticed as the variant "statement": the judge keeps it where somebody was blamed.
    """

    def __init__(self, nlp: Language) -> None:
        lists = rules.read("credit")["reply-given"]
        self.phrases = rules.Phrases(nlp.vocab, {kind: lists[kind] for kind in _KINDS})

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        sentences: dict[int, Span] = {}
        for span in unquoted(doc, self.phrases):
            if (span.label_ == "default" and _is_negated(span)) or _asks_itself(span):
                continue
            best = sentences.setdefault(span.sent.start, span)
            if _KINDS.index(span.label_) < _KINDS.index(best.label_):
                sentences[span.sent.start] = span
        for _, span in sorted(sentences.items()):
            yield Notice(span, 0.6 if span.label_ == "statement" else 0.7, span.label_)


def _is_negated(span: Span) -> bool:
    """As in "does not deny": that is no answer."""
    before = span.doc[max(span.sent.start, span.start - 2) : span.start]
    return any(t.dep_ == "neg" for t in span.root.children) or any(t.lower_ in _NEGATED for t in before)


def _asks_itself(span: Span) -> bool:
    """The one who asks stands in the words: "the advert questioned whether …"."""
    first = span[0]
    return first.lower_ in _ASKED and any(t.dep_ == "nsubj" for t in first.children)
