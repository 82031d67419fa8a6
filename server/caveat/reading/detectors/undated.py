"""undated: "recently", "in recent years", with no date in the sentence."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.quotations import unquoted


@detector("undated")
class Undated:
    """Relative times with nothing to count from."""

    def __init__(self, nlp: Language) -> None:
        lists = rules.read("wording")["undated"]
        self.matcher = rules.Phrases(nlp.vocab, {"undated": lists["patterns"]})
        self.dated = rules.Phrases(nlp.vocab, {"dated": lists["dated"]})

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        for span in unquoted(doc, self.matcher):
            counted = span.start > 0 and doc[span.start - 1].like_num  # "two years ago" can be counted
            if not counted and not self.dated(span.sent) and not _has_year(span.sent):
                yield Notice(span, 0.65)


def _has_year(sentence: Span) -> bool:
    return any(token.shape_ == "dddd" and token.text[:2] in {"18", "19", "20"} for token in sentence)
