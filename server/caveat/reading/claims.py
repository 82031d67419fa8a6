"""Claims: a component that says of each sentence what kind of thing it states and how check-worthy it is.

Writes ``doc._.stated``: a ``Stated`` for each sentence, in order. The kinds' rules are data
(``rules/kinds.toml``). Check-worthiness is a trained model (``checkworthiness/MODEL_CARD.md``); it ranks, it
never gates a note: figures, causes and rules are claims by what they say, and only of those may a note want a
source. A plain event with nobody behind it is a claim where the model says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import minibatch

from caveat.article import ClaimKind, SourceKind
from caveat.reading import rules
from caveat.reading.checkworthiness import Scorer
from caveat.reading.kinds import Kind, Kinds

_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj", "csubjpass"})
_FEWEST_WORDS = 4  # "He said so." states nothing that could be looked up
_CODE = frozenset("{}[]<>=|&;_\\")  # two words with these are code or a menu
# Verbs whose past looks like their infinitive and like a noun: the parser takes many a short sentence ("The
# plan cut bills by a third.") for one long noun.
_SAME_IN_PAST = frozenset({"cut", "cost", "hit", "hurt", "put", "set", "shut", "split", "spread"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_OBJECT_BEGINS = frozenset({"ADJ", "DET", "NOUN", "NUM", "PRON", "PROPN"})
_NOT_CLAIMS = frozenset({ClaimKind.OPINION, ClaimKind.EXPERIENCE})
BY_THEMSELVES = frozenset({ClaimKind.QUANTITY, ClaimKind.CAUSE, ClaimKind.RULE})  # whatever the score


@dataclass(frozen=True, slots=True)
class Stated:
    """What one sentence states."""

    span: Span
    kind: ClaimKind
    checkworthiness: float
    claim: bool
    firsthand: bool  # what a speaker lived through


class Claims:
    """Kinds by patterns, check-worthiness by a trained model."""

    def __init__(self, nlp: Language) -> None:
        self.kinds = Kinds(nlp)
        self.scorer = Scorer(nlp.vocab)
        self.threshold: float = rules.read("checkworthiness")["claim_from"]

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Many documents: scored together, which is most of what this component takes."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            sentences = [list(doc.sents) for doc in docs]
            places = [[(sentence.start, sentence.end) for sentence in of_one] for of_one in sentences]
            scores = self.scorer.scores(list(zip(docs, places, strict=True)))
            for doc, of_one, scored in zip(docs, sentences, scores, strict=True):
                doc._.stated = self._stated(doc, of_one, scored)
                yield doc

    def _stated(self, doc: Doc, sentences: list[Span], scores: list[float]) -> list[Stated]:
        attributed = {
            said.cue.sent.start
            for said in doc._.attributions
            if said.kind is not SourceKind.NONE and not said.negated
        }
        return [
            self._state(sentence, kind, score, sentence.start in attributed)
            for sentence, kind, score in zip(sentences, self.kinds(doc), scores, strict=True)
        ]

    def _state(self, sentence: Span, kind: Kind, score: float, attributed: bool) -> Stated:
        states = kind.kind not in _NOT_CLAIMS and not kind.nothing and is_statement(sentence)
        worth = attributed or kind.kind in BY_THEMSELVES or score >= self.threshold
        return Stated(sentence, kind.kind, score, states and worth, kind.firsthand)


def is_statement(sentence: Span) -> bool:
    """A sentence with a subject and a finite verb that asks nothing: no heading, price list or code."""
    words = [token for token in sentence if token.is_alpha]
    if len(words) < _FEWEST_WORDS or sentence.text.rstrip("\"'”’) ").endswith("?"):
        return False
    if len(words) < 0.5 * sum(not token.is_space for token in sentence):
        return False
    if sum(not _CODE.isdisjoint(token.text) for token in sentence) > 1:
        return False
    if any(t.tag_ in _FINITE for t in sentence):
        return any(t.dep_ in _SUBJECTS for t in sentence)
    return any(map(_is_verb_taken_for_noun, sentence[1:-2]))


def _is_verb_taken_for_noun(token: Token) -> bool:
    """In a sentence without a finite verb: "cut" between what is a noun and what begins an object."""
    before, after = token.nbor(-1), token.nbor()
    return token.lower_ in _SAME_IN_PAST and before.pos_ in _NOUNS and after.pos_ in _OBJECT_BEGINS


@Language.factory("caveat_claims")
def create(nlp: Language, name: str) -> Claims:  # noqa: ARG001 - spaCy's factories are called with a name
    Doc.set_extension("stated", default=[], force=True)
    return Claims(nlp)
