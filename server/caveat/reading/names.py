"""Names first: a component that corrects the small model's entity labels from a table of names.

Writes ``doc.ents`` (labels GPE for places, ORG for bodies, and our own OUTLET and PLATFORM), so that
what comes after can trust that "Kyiv" is a place and "Reuters" a newsroom.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from caveat.reading import rules

PERSON, BODY, PLACE, OUTLET, PLATFORM = "PERSON", "ORG", "GPE", "OUTLET", "PLATFORM"
_LABELS = {"places": PLACE, "bodies": BODY, "platforms": PLATFORM, "outlets": OUTLET}
_POSSESSIVE = ("'s", "’s", "'", "’")


class Names:
    """Puts the table's names before the model's, and trims possessives off the model's."""

    def __init__(self, nlp: Language) -> None:
        self.matcher = PhraseMatcher(nlp.vocab)
        for key, label in _LABELS.items():
            self.matcher.add(label, [nlp.make_doc(name) for name in rules.read("names")[key]])

    def __call__(self, doc: Doc) -> Doc:
        known = filter_spans([span for span in self.matcher(doc, as_spans=True) if _is_name(span)])
        taken = {token.i for span in known for token in span}
        kept = [
            trimmed
            for ent in doc.ents
            if (trimmed := _trim(ent)) and not taken.intersection(range(trimmed.start, trimmed.end))
        ]
        inside = [ent for ent in doc.ents if _swallows(ent, known)]
        lost = {token.i for ent in inside for token in ent}
        doc.ents = filter_spans(inside + [span for span in known if span.start not in lost] + kept)
        return doc


def _is_name(span: Span) -> bool:
    """Whether the words are a name here: "US" is a place and "us" is not."""
    return any(token.pos_ == "PROPN" for token in span) or len(span) > 1 or span[0].is_upper


def _swallows(ent: Span, known: list[Span]) -> bool:
    """A longer entity of the model that holds a place keeps its words: "Sofia Marsh", "the Washington County
    Council"."""
    if ent.label_ not in {PERSON, BODY} or ent[-1].pos_ != "PROPN":
        return False
    words = len(ent) - (ent[0].lower_ == "the")
    return any(
        span.label_ == PLACE and ent.start <= span.start and span.end <= ent.end and words > len(span)
        for span in known
    )


def _trim(ent: Span) -> Span | None:
    end = ent.end
    while end > ent.start and ent.doc[end - 1].text in _POSSESSIVE:
        end -= 1
    return Span(ent.doc, ent.start, end, label=ent.label) if end > ent.start else None


@Language.factory("caveat_names")
def create(nlp: Language, name: str) -> Names:  # noqa: ARG001 - spaCy's factories are called with a name
    return Names(nlp)
