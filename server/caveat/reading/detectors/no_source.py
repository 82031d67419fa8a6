"""no-source, the part that a block can see: a judgement or an insider's knowledge told as a plain fact.

That a checkable claim has no source near it, only the article can say (``whole.unsourced``), and
there too a judgement that somebody is said to make is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.quotations import unquoted
from caveat.reading.sourcing import is_question

_OPEN = frozenset({"i", "we", "you", "who", "nobody", "everyone", "everybody", "if", "not", "n't", "never"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "neg", "mark"})


@detector("no-source")
class Framing:
    """The patterns of ``rules/framing.toml``, outside quotation marks; once a sentence."""

    def __init__(self, nlp: Language) -> None:
        self.phrases = rules.Phrases(nlp.vocab, rules.read("framing"))

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        sentences: set[int] = set()
        for span in unquoted(doc, self.phrases):
            if span.sent.start in sentences or is_question(span.sent) or _is_open(span):
                continue
            sentences.add(span.sent.start)
            yield Notice(span, 0.6, span.label_)


def _is_open(span: Span) -> bool:
    """The writer's own knowledge, a condition or a denial: "we knew that", "if it marks an end"."""
    verb = next((t for t in span if t.pos_ in {"VERB", "AUX"} and t.dep_ != "aux"), span.root)
    return any(t.dep_ in _SUBJECTS and t.lower_ in _OPEN for t in verb.children)
