"""The stage of a sentence: what it states, and how near to that each of its words stands.

In: a sentence of a block with its attributions and quotations. Out: a ``Stage``: the content of the
attribution the sentence is built on if there is one, else the sentence's own main clause. An
attribution in an aside ("the man who had denied the theft was released") is none of the main clause.
What can go wrong: a wrong parse puts words in the wrong clause, so they count too much or too little.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from spacy.tokens import Span, Token

from caveat.article import SourceKind
from caveat.reading.quotations import within
from caveat.reading.said import SPEECH, Said

_FIRST_PERSON = frozenset({"i", "we"})
_NOBODY = frozenset({"it", "there"})
_ASIDE = frozenset({"relcl", "acl", "appos"})
_WITHIN = frozenset({"advcl", "ccomp", "csubj", "csubjpass", "pcomp"})
_JOINED = frozenset({"conj", "parataxis", "xcomp", "advcl"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj", "csubjpass"})
_OBJECTS = frozenset({"ccomp", "xcomp", "dobj", "prep"})


@dataclass(frozen=True, slots=True)
class Stage:
    """What a sentence states, as places of tokens."""

    words: frozenset[int]
    heads: frozenset[int]  # of the main clauses of what is stated
    cues: frozenset[int]  # the words that say that it is said
    said: bool  # by somebody other than the writer


class Stages:
    """Finds a sentence's stage by the verbs of ``rules/kinds.toml``."""

    def __init__(self, speech: Mapping[str, Sequence[str]], places: Mapping[str, float]) -> None:
        self.speech = {name: frozenset(words) for name, words in speech.items()}
        self.places = places

    def of(self, sentence: Span, told: Iterable[Token]) -> Stage:
        """The sentence's stage. ``told``: words like "according" that make the rest somebody's statement."""
        doc, root = sentence.doc, sentence.root
        inside = frozenset(range(sentence.start, sentence.end))
        words, cues = self._attributed(sentence, inside)
        for token in told:
            if not within(doc, token.i, token.i + 1) and (
                token.head.i == root.i or token.head.dep_ == "conj"
            ):
                words |= inside - {t.i for t in token.subtree} - cues
        for quotation in doc._.quotations:
            spoken = inside & {*range(quotation.start, quotation.end)}
            if len(spoken) >= SPEECH and (root.i in spoken or 2 * len(spoken) > len(inside)):
                words |= spoken
        if not words and not cues and self._is_speech(root):
            clauses = [child for child in root.children if child.dep_ in {"ccomp", "xcomp"}] or [root]
            if root.lemma_ not in self.speech["nothing_said"]:
                words = {t.i for clause in clauses for t in clause.subtree} - {root.i}
            cues = {root.i}
        if not words and not cues:
            return Stage(inside, frozenset({root.i}), frozenset(), said=False)
        heads = {i for i in words if doc[i].head.i not in words or doc[i].head.i == i}
        heads |= {i for i in words if _is_told_clause(doc[i], heads | cues)}
        return Stage(frozenset(words), frozenset(heads), frozenset(cues), said=True)

    def _attributed(self, sentence: Span, inside: Set[int]) -> tuple[set[int], set[int]]:
        """The content and the cues of the attributions the sentence is built on."""
        words: set[int] = set()
        cues: set[int] = set()
        for said in sentence.doc._.attributions:
            cue = said.cue.root
            spans = [s for s in said.content if s.start < sentence.end and sentence.start < s.end]
            if not (spans or cue.i in inside) or not self._counts(said, cue):
                continue
            if said.negated:  # "refused to blame": a statement, and nothing is stated by it
                cues |= {sentence.root.i} if cue.i in inside and _is_built_on(cue) else set()
                continue
            content = inside & {i for span in spans for i in range(span.start, span.end)}
            if (cue.i in inside and _is_built_on(cue)) or sentence.root.i in content:
                words |= content
                cues |= {cue.i} & inside
        return words, cues

    def _counts(self, said: Said, cue: Token) -> bool:
        return (
            said.kind is not SourceKind.NONE
            and not _is_writer(said)
            and not self._is_unsaid(cue)
            and self._is_told(said)
        )

    def share(self, token: Token, stage: Stage) -> float:
        """How much a word counts by where it stands; nothing outside of what is stated."""
        if token.i in stage.cues:
            return self.places["main"]
        if token.i not in stage.words or (not stage.said and within(token.doc, token.i, token.i + 1)):
            return 0
        least = self.places["main"]
        token = _introduced(token, stage)
        while token.i not in stage.heads and token.head.i != token.i:
            if token.dep_ in _ASIDE and not (token.dep_ == "acl" and self._is_reporting(token)):
                predicate = token.head.dep_ == "attr"  # "the result is a battery that …" is about that
                least = min(least, self.places["within" if predicate else "aside"])
            elif token.dep_ in _WITHIN and not self._is_reporting(token.head):
                least = min(least, self.places["within"])
            token = token.head
        return least

    def _is_told(self, said: Said) -> bool:
        """Whether a verb with other meanings reports here: "ruled that", not "ruled a country"."""
        cue = said.cue.root
        if cue.lemma_ in self.speech["deeds"]:
            return False
        if cue.pos_ != "VERB" or cue.lemma_ not in self.speech["other_meanings"] or said.quoted:
            return True
        return cue.dep_ != "ROOT" or any(child.dep_ == "ccomp" for child in cue.children)

    def _is_unsaid(self, cue: Token) -> bool:
        """ "Must explain", "needs to say", "must stop saying": nobody has."""
        while cue.dep_ == "xcomp" and cue.head.i != cue.i:
            if cue.head.lemma_ in self.speech["wanting"] or self._is_modal(cue):
                return True
            cue = cue.head
        return self._is_modal(cue)

    def _is_modal(self, verb: Token) -> bool:
        return any(child.dep_ == "aux" and child.lower_ in self.speech["unsaid"] for child in verb.children)

    def _is_reporting(self, verb: Token) -> bool:
        """What hangs on "say" or "show" is as good as a main clause: "a report showing that …"."""
        return verb.lemma_ in self.speech["verbs"] or verb.lemma_ in self.speech["with_clause"]

    def _is_speech(self, root: Token) -> bool:
        speech = self.speech
        if root.pos_ != "VERB" or self._is_unsaid(root):
            return False
        subjects = [child for child in root.children if child.dep_ in _SUBJECTS]
        if not subjects or any(child.lower_ in _FIRST_PERSON or child.tag_ == "WP" for child in subjects):
            return False
        beside = {child.dep_ for child in root.children}
        if root.lemma_ in speech["with_clause"] and "ccomp" in beside:
            return True
        return root.lemma_ in speech["verbs"] and (
            root.lemma_ not in speech["with_object"] or not beside.isdisjoint(_OBJECTS)
        )


def _introduced(token: Token, stage: Stage) -> Token:
    """ "Because" and "only if" belong to what their own clause depends on."""
    clause = token.head
    opens = token.dep_ == "mark" or (token.dep_ in {"advmod", "prep"} and token.i == clause.left_edge.i)
    if opens and not {token.i, clause.i} & stage.heads and clause.dep_ in _WITHIN:
        return clause.head
    return token


def _is_writer(said: Said) -> bool:
    """The writer's own "I think", or "it is hard to think of …": nobody else says it."""
    source = said.source
    if source is not None and source.root.lower_ in _NOBODY and said.cue.root.dep_ == "xcomp":
        return True
    return (
        source is not None
        and source.root.lower_ in _FIRST_PERSON
        and within(source.doc, source.start, source.end) is None
    )


def _is_built_on(cue: Token) -> bool:
    """Whether the cue's clause is the sentence's main clause, or one joined to it."""
    while cue.dep_ in _JOINED and cue.head.i != cue.i:
        cue = cue.head
    return cue.dep_ == "ROOT" or cue.lower_ == "according"


def _is_told_clause(token: Token, said: Set[int]) -> bool:
    """A that-clause that the parser hung on a noun beside the cue: "warned for months that …"."""
    noun = token.head
    return (
        token.dep_ in {"acl", "ccomp", "relcl", "pcomp"}
        and any(child.dep_ == "mark" and child.lower_ == "that" for child in token.children)
        and (noun.i in said or (noun.dep_ == "pobj" and {noun.head.i, noun.head.head.i} & {*said} != set()))
    )
