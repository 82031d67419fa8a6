"""Names first: a component that says what the capitalised words of a block name.

Writes ``doc.ents``: PERSON, ORG for bodies, GPE for places, and our own OUTLET and PLATFORM, so that what
comes after can trust that "Kyiv" is a place and "Reuters" a newsroom. The model's labels are one witness
among others: the gazetteer, the name's own words ("… Council"), the words around it ("the town of …",
"…, 43,") and what the block says elsewhere ("Holt" after "Ina Holt"). The model's dates and amounts stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.attrs import ORTH, POS
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.symbols import NOUN, PROPN
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from caveat.reading import gazetteer, name_labels, rules
from caveat.reading.name_evidence import WITNESSES, Block, Evidence, Scores
from caveat.reading.name_labels import BODY, OUTLET, PERSON, PLACE, PLATFORM
from caveat.reading.name_runs import Run, Runs

_MODEL = {"PERSON": PERSON, "ORG": BODY, "GPE": PLACE, "LOC": PLACE, "FAC": PLACE}
_ELSEWHERE = "elsewhere"  # the witness that is no single run's: the other names of the block


@dataclass(frozen=True, slots=True)
class Weighed:
    """A run of words and what speaks for each label."""

    run: Run
    text: str
    scores: Scores
    coined: bool  # the language has none of its words


@dataclass(frozen=True, slots=True)
class Name:
    """A run of words and what it names."""

    run: Run
    label: str


class Names:
    """Weighs the evidence for each run of capitalised words, and for the names of the gazetteer."""

    def __init__(self, nlp: Language, witnesses: Sequence[str]) -> None:
        seen = gazetteer.seen_words(nlp)  # before our own names get into the string store
        self.matcher = PhraseMatcher(nlp.vocab)
        self.labelling = name_labels.standard()
        for label in (PLACE, BODY, OUTLET, PLATFORM):
            names = [name for name, its in self.labelling.listed.items() if its == label]
            self.matcher.add(label, [nlp.make_doc(name) for name in names])
        table = rules.read("names")
        contexts, common = rules.read("name-contexts"), gazetteer.common_words(nlp)
        told = gazetteer.names_of("he") | gazetteer.names_of("she")
        given = gazetteer.given_names() | {name for name in told if name.lower() not in common}
        roles = contexts["classes"]["role"].split()
        self.runs = Runs(table, common, gazetteer.surnames(), given, roles)
        self.evidence = Evidence(table, contexts, given, self.runs, _MODEL, seen, witnesses)
        self.witnesses = frozenset(witnesses)

    def __call__(self, doc: Doc) -> Doc:
        known = self.known(doc)
        doc._.weighed = self.weigh(doc, known)
        return self.write(doc, known, self.settle(doc._.weighed))

    def known(self, doc: Doc) -> list[Span]:
        """The names of the gazetteer that stand in a doc."""
        if "gazetteer" not in self.witnesses:
            return []
        return filter_spans([span for span in self.matcher(doc, as_spans=True) if self._is_name(span)])

    def weigh(self, doc: Doc, known: Sequence[Span]) -> list[Weighed]:
        """The runs of a doc, in order, with what speaks for each label."""
        nouns = [pos in (NOUN, PROPN) for pos in doc.to_array([POS]).ravel().tolist()]
        listed = {(span.start, span.end): span.label_ for span in known}
        block = Block(doc, [token.lower_ for token in doc], nouns, listed)
        weighed = []
        for run in self.runs(doc, {span.start: span.end for span in known}):
            span = doc[run.start : run.end]
            coined = all(self.runs.is_coined(token.text) for token in span if token.is_alpha)
            weighed.append(Weighed(run, span.text, self.evidence.scores(block, run), coined))
        return weighed

    def settle(self, weighed: Sequence[Weighed]) -> list[Name]:
        """The names among runs that were weighed, of one block or of many: what the surest of them tell of
        shorter ones is believed. A pure function of its input."""
        if _ELSEWHERE in self.witnesses:
            labels = self.labelling.settle(weighed)
        else:
            labels = [self.labelling.best(one) for one in weighed]
        return [Name(one.run, label) for one, label in zip(weighed, labels, strict=True) if label]

    def write(self, doc: Doc, known: Sequence[Span], names: Sequence[Name]) -> Doc:
        """Put names, what else the gazetteer knows, and the model's other entities into ``doc.ents``."""
        ours = [Span(doc, name.run.start, name.run.end, label=name.label) for name in names]
        for others in (known, [ent for ent in doc.ents if ent.label_ not in _MODEL]):
            taken = {i for span in ours for i in range(span.start, span.end)}
            ours += [span for span in others if taken.isdisjoint(range(span.start, span.end))]
        doc.ents = ours
        return doc

    def _is_name(self, span: Span) -> bool:
        """Whether listed words are a name here: "us" is none, nor is "Paris" in "the Paris Agreement"."""
        doc = span.doc
        before = doc[span.start - 1].text if span.start else ""
        after = doc[span.end].text if span.end < len(doc) else ""
        if after in self.runs.last["nothing"] or (before in self.runs.beside and after in self.runs.beside):
            return False
        within = before.isalpha() and not span[0].is_sent_start and span[0].is_title
        return within or len(span) > 1 or span[0].is_upper or span[0].pos_ == "PROPN"


@Language.factory("caveat_names", default_config={"witnesses": [*WITNESSES, _ELSEWHERE]})
def create(nlp: Language, name: str, witnesses: list[str]) -> Names:  # noqa: ARG001 - spaCy gives a name
    if isinstance(nlp.tokenizer, Tokenizer):
        # One token each, and no sentence's end.
        for word in [*rules.read("names")["titles"]["abbreviated"].split(), "A/S"]:
            nlp.tokenizer.add_special_case(word, [{ORTH: word}])
    Doc.set_extension("weighed", default=[], force=True)
    return Names(nlp, witnesses)
