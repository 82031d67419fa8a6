"""undated: "recently", "in recent years", with no date in the sentence."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.sourcing import is_question, spoken_for

_ABOUT_SOMEBODY = frozenset({"relcl", "acl"})  # "a man who recently moved": an aside, not the news


@detector("undated")
class Undated:
    """Relative times with nothing to count from; once a sentence."""

    def __init__(self, nlp: Language) -> None:
        self.phrases = rules.Phrases(nlp.vocab, rules.read("undated")["phrases"])

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        found = self.phrases(doc)
        others = [span for span in found if span.label_ in {"dated", "no_time"}]
        sentences = {span.sent.start for span in others if span.label_ == "dated"}
        for span in filter_spans([span for span in found if span.label_ in {"loose", "relative"}]):
            sentence = span.sent
            if sentence.start in sentences or is_question(sentence):
                continue
            if any(o.start < span.end and span.start < o.end for o in others) or _is_counted(doc, span):
                continue
            if _has_year(sentence) or _is_aside(span) or spoken_for(doc, span.start, span.end):
                continue
            sentences.add(sentence.start)
            yield Notice(span, 0.65, "default" if span.label_ == "loose" else "relative")


def _is_counted(doc: Doc, span: Span) -> bool:
    """ "two years ago" can be counted."""
    return span.start > 0 and (doc[span.start - 1].like_num or doc[span.start - 1].lower_ == "of")


def _has_year(sentence: Span) -> bool:
    return any(token.shape_ == "dddd" and token.text[:2] in {"18", "19", "20"} for token in sentence)


def _is_aside(span: Span) -> bool:
    following = span.doc[span.end].text if span.end < len(span.doc) else ""
    return span.root.head.dep_ in _ABOUT_SOMEBODY or following == "-"  # "a flurry of late-night posts"
