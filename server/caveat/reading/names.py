"""Names first: a component that corrects the small model's entity labels from a table of names.

Writes ``doc.ents`` (labels GPE for places, ORG for bodies, and our own OUTLET and PLATFORM), so that
what comes after can trust that "Kyiv" is a place and "Reuters" a newsroom.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from caveat.reading import rules

PERSON, BODY, PLACE, OUTLET, PLATFORM = "PERSON", "ORG", "GPE", "OUTLET", "PLATFORM"
_LABELS = {"places": PLACE, "bodies": BODY, "platforms": PLATFORM, "outlets": OUTLET}
_LONGEST_NAME = 4  # tokens: "President Ursula von der" is a title and three names
_POSSESSIVE = ("'s", "’s", "'", "’")


class Names:
    """Puts the table's names before the model's, and trims possessives off the model's."""

    def __init__(self, nlp: Language) -> None:
        table = rules.read("names")
        self.matcher = PhraseMatcher(nlp.vocab)
        for key, label in _LABELS.items():
            self.matcher.add(label, [nlp.make_doc(name) for name in table[key]])
        self.given = frozenset(table["given_names"].split())
        self.known = frozenset(name for key in _LABELS for name in table[key])
        sources = rules.read("sources")
        self.titles, self.institutions = frozenset(sources["titles"]), frozenset(sources["institutions"])

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
        if people := [*self._people(doc)]:
            doc.ents = filter_spans(people + [ent for ent in doc.ents if not _overlaps(ent, people)])
        return doc

    def _people(self, doc: Doc) -> Iterator[Span]:
        """Runs of capitalised names that are a person's, whatever the model calls them: by the given name, or
        by a title before them or beside them."""
        for start, end in _runs(doc):
            run = doc[start:end]
            labels = {ent.label_ for ent in doc.ents if ent.start < end and start < ent.end}
            if labels & {PERSON, OUTLET, PLATFORM} or not 2 <= len(run) <= _LONGEST_NAME:
                continue
            last = run[-1]
            if last.lemma_.lower() in self.institutions or run.text in self.known:
                continue
            if run[0].text in self.given or (
                run[0].lemma_.lower() in self.titles and run[1].text in self.given
            ):
                first = start + (run[0].text not in self.given)
                yield Span(doc, first, end, label=PERSON)
            elif any(t.dep_ == "relcl" and any(w.lower_ == "who" for w in t.children) for t in last.children):
                yield Span(doc, start, end, label=PERSON)


def _runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Start and end of each run of proper nouns that are written like names."""
    start = None
    for index in range(len(doc) + 1):
        named = (
            index < len(doc) and doc[index].pos_ == "PROPN" and doc[index].is_title and doc[index].is_alpha
        )
        if named and start is None:
            start = index
        elif not named and start is not None:
            yield start, index
            start = None


def _overlaps(ent: Span, others: list[Span]) -> bool:
    return any(ent.start < other.end and other.start < ent.end for other in others)


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
