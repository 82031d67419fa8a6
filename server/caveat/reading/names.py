"""Names first: a component that says what the capitalised words of a block name.

Writes ``doc.ents``: PERSON, ORG for bodies, GPE for places, and our own OUTLET and PLATFORM, so that what
comes after can trust that "Kyiv" is a place and "Reuters" a newsroom. The model's labels are one witness
among others: the gazetteer, the name's own words ("… Council"), the words around it ("the town of …",
"…, 43,") and what the block says elsewhere ("Holt" after "Ina Holt"). The model's dates and amounts stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.attrs import POS
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.symbols import NOUN, PROPN
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from caveat.reading import gazetteer, rules
from caveat.reading.name_evidence import Evidence, Scores
from caveat.reading.name_runs import Run, Runs

PERSON, BODY, PLACE, OUTLET, PLATFORM = "PERSON", "ORG", "GPE", "OUTLET", "PLATFORM"
# Where a name is in two tables, the later one is believed: posts are made on Facebook.
_TABLES = {"places": PLACE, "bodies": BODY, "outlets": OUTLET, "platforms": PLATFORM}
_MODEL = {"PERSON": PERSON, "ORG": BODY, "GPE": PLACE, "LOC": PLACE, "FAC": PLACE}
_X = "X"  # a platform where something is posted on it, else a letter


@dataclass(frozen=True, slots=True)
class Name:
    """A run of words, what it names and how much speaks for that."""

    run: Run
    text: str
    label: str
    score: float


class Names:
    """Weighs the evidence for each run of capitalised words, and for the names of the gazetteer."""

    def __init__(self, nlp: Language) -> None:
        self.matcher = PhraseMatcher(nlp.vocab)
        self.listed: dict[str, str] = {}
        for key, label in _TABLES.items():
            for name in gazetteer.names(key):
                self.listed[name] = label
        for label in _TABLES.values():
            self.matcher.add(label, [nlp.make_doc(name) for name, its in self.listed.items() if its == label])
        table = rules.read("names")
        self.runs = Runs(table, gazetteer.common_words(nlp), gazetteer.surnames())
        self.companies = self.runs.last["company"] | self.runs.last["team"]
        self.evidence = Evidence(
            table, rules.read("name-contexts"), gazetteer.given_names(), self.runs, _MODEL
        )
        self.enough: float = table["weights"]["enough"]
        self.enough_coined: float = table["weights"]["enough_coined"]
        self.named_before: float = table["weights"]["named_before"]

    def __call__(self, doc: Doc) -> Doc:
        known = filter_spans([s for s in self.matcher(doc, as_spans=True) if self._is_name(s)])
        names = self.names(doc, known)
        taken = {i for name in names for i in range(name.run.start, name.run.end)}
        ours = [Span(doc, name.run.start, name.run.end, label=name.label) for name in names]
        ours += [span for span in known if taken.isdisjoint(range(span.start, span.end))]
        taken.update(i for span in ours for i in range(span.start, span.end))
        theirs = [
            ent
            for ent in doc.ents
            if ent.label_ not in _MODEL and taken.isdisjoint(range(ent.start, ent.end))
        ]
        doc.ents = ours + theirs
        return doc

    def _is_name(self, span: Span) -> bool:
        """Whether listed words are a name here: "us" is no place, nor are "Assistant U.S. Attorney" and "Paris
        Agreement"."""
        doc = span.doc
        before = doc[span.start - 1].text if span.start else ""
        after = doc[span.end].text if span.end < len(doc) else ""
        if after in self.runs.last["nothing"] or (before in self.runs.beside and after in self.runs.beside):
            return False
        return any(token.pos_ == "PROPN" for token in span) or len(span) > 1 or span[0].is_upper

    def names(self, doc: Doc, known: Sequence[Span]) -> list[Name]:
        """The names among the runs of a doc, in order; ``known`` are the listed ones."""
        lowered = [token.lower_ for token in doc]
        nouns = [pos in (NOUN, PROPN) for pos in doc.to_array([POS]).ravel().tolist()]
        listed = {(span.start, span.end): span.label_ for span in known}
        runs = list(self.runs(doc, {span.start: span.end for span in known}))
        scored = [(run, self.evidence.scores(doc, lowered, nouns, run, listed)) for run in runs]
        first = [name for run, scores in scored if (name := self._best(doc, run, scores))]
        elsewhere = self._given_elsewhere(first)
        names = []
        for run, scores in scored:
            if meant := elsewhere.get(doc[run.start : run.end].text):
                scores = {**scores, meant: scores.get(meant, 0.0) + self.named_before}
            if name := self._best(doc, run, scores):
                names.append(name)
        return names

    def _best(self, doc: Doc, run: Run, scores: Scores) -> Name | None:
        if not scores:
            return None
        span = doc[run.start : run.end]
        text = span.text
        label = max(scores, key=lambda one: (scores[one], one))
        coined = all(self.runs.is_coined(token.text) for token in span if token.is_alpha)
        if scores[label] < (self.enough_coined if coined else self.enough):
            return None
        if len(text.rstrip(".")) == 1:
            return Name(run, text, PLATFORM, scores[label]) if text == _X and label == OUTLET else None
        return Name(run, text, label, scores[label])

    def _given_elsewhere(self, names: Iterable[Name]) -> dict[str, str]:
        """What the surest names tell of shorter ones: a surname is a person's, "Marl" is "Marl Foods"."""
        told: dict[str, tuple[float, str]] = {}
        for name in names:
            parts = name.text.split()
            short = [name.text]
            if name.label == PERSON and len(parts) > 1:
                short += [parts[-1], parts[0], " ".join(parts[-2:])]
            elif name.label == BODY and len(parts) > 1 and parts[-1] in self.companies:
                short += [" ".join(parts[:-1]), parts[0]]
            elif name.label == OUTLET and len(parts) > 1:
                short += [parts[-1]]
            for text in short:
                if text not in self.listed and told.get(text, (0.0, ""))[0] < name.score:
                    told[text] = (name.score, name.label)
        return {text: label for text, (_, label) in told.items()}


@Language.factory("caveat_names")
def create(nlp: Language, name: str) -> Names:  # noqa: ARG001 - spaCy's factories are called with a name
    return Names(nlp)
