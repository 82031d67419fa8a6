"""Claims: a component that says of each sentence what kind of thing it states and how check-worthy it is.

Writes ``doc._.stated``: a ``Stated`` for each sentence, in order. The kinds' rules are data
(``rules/kinds.toml``). Check-worthiness is a logistic model of a few features
(``rules/checkworthiness.toml``); it ranks, it never gates a note.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from caveat.article import ClaimKind, SourceKind
from caveat.reading import rules
from caveat.reading.kinds import Kind, Kinds

_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj", "csubjpass"})
_FEWEST_WORDS = 4  # "He said so." states nothing that could be looked up
_CODE = frozenset("{}[]<>=|&;_\\")  # two words with these are code or a menu
_NOT_CLAIMS = frozenset({ClaimKind.OPINION, ClaimKind.EXPERIENCE})


@dataclass(frozen=True, slots=True)
class Stated:
    """What one sentence states."""

    span: Span
    kind: ClaimKind
    checkworthiness: float
    claim: bool
    firsthand: bool  # what a speaker lived through


class Claims:
    """Kinds by patterns, check-worthiness by features of the parse."""

    def __init__(self, nlp: Language) -> None:
        self.kinds = Kinds(nlp)
        model = rules.read("checkworthiness")
        self.bias: float = model["bias"]
        self.weights: dict[str, float] = model["weights"]
        self.threshold: float = model["claim_from"]
        self.opinion_words = frozenset(model["opinion_words"])
        self.fact_words = frozenset(model["fact_words"])

    def __call__(self, doc: Doc) -> Doc:
        attributed = {
            said.cue.sent.start
            for said in doc._.attributions
            if said.kind is not SourceKind.NONE and not said.negated
        }
        doc._.stated = [
            self._state(sentence, kind, sentence.start in attributed)
            for sentence, kind in zip(doc.sents, self.kinds(doc), strict=True)
        ]
        return doc

    def _state(self, sentence: Span, kind: Kind, attributed: bool) -> Stated:
        score = self.checkworthiness(sentence)
        states = kind.kind not in _NOT_CLAIMS and not kind.nothing and is_statement(sentence)
        claim = states and (attributed or score >= self.threshold)
        return Stated(sentence, kind.kind, score, claim, kind.firsthand)

    def checkworthiness(self, sentence: Span) -> float:
        """The probability, 0 to 1, that somebody would want this sentence checked."""
        values = self.features(sentence)
        total = self.bias + sum(self.weights[name] * value for name, value in values.items())
        return round(1 / (1 + math.exp(-total)), 2)

    def features(self, sentence: Span) -> dict[str, float]:
        """What the model looks at; all between 0 and 1."""
        words = [t for t in sentence if not t.is_punct and not t.is_space]
        lemmas = {t.lemma_.lower() for t in words}
        tags = {t.tag_ for t in words}
        labels = {ent.label_ for ent in sentence.ents}
        return {
            "number": float(
                any(t.like_num and t.ent_type_ not in {"DATE", "TIME", "ORDINAL"} for t in words)
            ),
            "percent_or_money": float(bool(labels & {"PERCENT", "MONEY", "QUANTITY"})),
            "date": float("DATE" in labels),
            "person": float("PERSON" in labels),
            "body": float(bool(labels & {"ORG", "OUTLET"})),
            "place": float(bool(labels & {"GPE", "LOC", "NORP"})),
            "past": float("VBD" in tags or "VBN" in tags),
            "modal": float("MD" in tags),
            "comparison": float(bool(tags & {"JJR", "JJS", "RBR", "RBS"})),
            "first_person": float(bool(lemmas & {"i", "we", "my", "our"})),
            "second_person": float(bool(lemmas & {"you", "your"})),
            "question": float(sentence.text.rstrip().endswith("?")),
            "opinion_word": float(bool(lemmas & self.opinion_words)),
            "fact_word": float(bool(lemmas & self.fact_words)),
            "length": min(1.0, len(words) / 30),
            "short": float(len(words) < 7),
        }


def is_statement(sentence: Span) -> bool:
    """A sentence with a subject and a finite verb that asks nothing: no heading, price list or code."""
    words = [token for token in sentence if token.is_alpha]
    if len(words) < _FEWEST_WORDS or sentence.text.rstrip("\"'”’) ").endswith("?"):
        return False
    if len(words) < 0.5 * sum(not token.is_space for token in sentence):
        return False
    if sum(not _CODE.isdisjoint(token.text) for token in sentence) > 1:
        return False
    return any(t.tag_ in _FINITE for t in sentence) and any(t.dep_ in _SUBJECTS for t in sentence)


@Language.factory("caveat_claims")
def create(nlp: Language, name: str) -> Claims:  # noqa: ARG001 - spaCy's factories are called with a name
    Doc.set_extension("stated", default=[], force=True)
    return Claims(nlp)
