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
from caveat.reading.name_evidence import WITNESSES, Block, Evidence, Scores
from caveat.reading.name_runs import Run, Runs

PERSON, BODY, PLACE, OUTLET, PLATFORM = "PERSON", "ORG", "GPE", "OUTLET", "PLATFORM"
# Where a name is in two tables, the later one is believed: posts are made on Facebook.
_TABLES = {"places": PLACE, "bodies": BODY, "outlets": OUTLET, "platforms": PLATFORM}
_MODEL = {"PERSON": PERSON, "ORG": BODY, "GPE": PLACE, "LOC": PLACE, "FAC": PLACE}
_ELSEWHERE = "elsewhere"  # the witness that is no single run's: the other names of the block
_X = "X"  # a platform where something is posted on it, else a letter


@dataclass(frozen=True, slots=True)
class Weighed:
    """A run of words and what speaks for each label."""

    run: Run
    text: str
    scores: Scores
    coined: bool  # the language has none of its words


@dataclass(frozen=True, slots=True)
class Name:
    """A run of words, what it names and how much speaks for that."""

    run: Run
    text: str
    label: str
    score: float


class Names:
    """Weighs the evidence for each run of capitalised words, and for the names of the gazetteer."""

    def __init__(self, nlp: Language, witnesses: Sequence[str]) -> None:
        seen = gazetteer.seen_words(nlp)  # before our own names get into the string store
        self.matcher = PhraseMatcher(nlp.vocab)
        self.listed: dict[str, str] = {}
        for key, label in _TABLES.items():
            self.listed |= dict.fromkeys(gazetteer.names(key), label)
        for label in _TABLES.values():
            self.matcher.add(label, [nlp.make_doc(name) for name, its in self.listed.items() if its == label])
        table = rules.read("names")
        given = gazetteer.given_names()
        self.runs = Runs(table, gazetteer.common_words(nlp), gazetteer.surnames(), given)
        self.companies = self.runs.last["company"] | self.runs.last["team"]
        self.evidence = Evidence(
            table, rules.read("name-contexts"), given, self.runs, _MODEL, seen, witnesses
        )
        self.weights: dict[str, float] = table["weights"]
        self.witnesses = frozenset(witnesses)

    def __call__(self, doc: Doc) -> Doc:
        known = self.known(doc)
        return self.write(doc, known, self.settle(self.weigh(doc, known)))

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
        if _ELSEWHERE not in self.witnesses:
            return [name for one in weighed if (name := self._best(one))]
        told = self._given_elsewhere([name for one in weighed if (name := self._best(one))])
        return [name for one in weighed if (name := self._best(one, told.get(one.text)))]

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

    def _best(self, one: Weighed, told: str | None = None) -> Name | None:
        """The label that most speaks for, if that is enough."""
        scores = one.scores
        if told:
            scores = {**scores, told: scores.get(told, 0.0) + self.weights["named_before"]}
        label = max(scores, key=lambda label: (scores[label], label), default="")
        if not label or scores[label] < self.weights["enough_coined" if one.coined else "enough"]:
            return None
        if len(one.text.rstrip(".")) == 1:
            label = PLATFORM if one.text == _X and label == OUTLET else ""
        return Name(one.run, one.text, label, max(scores.values())) if label else None

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


@Language.factory("caveat_names", default_config={"witnesses": [*WITNESSES, _ELSEWHERE]})
def create(nlp: Language, name: str, witnesses: list[str]) -> Names:  # noqa: ARG001 - spaCy gives a name
    return Names(nlp, witnesses)
