"""Who does the saying: the subject of a verb that may have none of its own, and who relays it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from caveat.article import SourceKind
from caveat.reading import sources
from caveat.reading.cues import CITING
from caveat.reading.name_labels import BODY, OUTLET, PERSON, PLATFORM

_RELAYING = frozenset({"cite", "quote", "report", "obtain", "interview", "see"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_SHARING = frozenset({"conj", "xcomp", "advcl", "pcomp"})  # clauses that may borrow their subject
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LONGEST_HEADING = 7  # tokens before the colon
_SHORTEST_CONTENT = 4
_NOMINAL = frozenset({"PROPN", "NOUN", "ADJ", "DET", "PART", "NUM"})
_JOINED = frozenset({"-", ".", "’s", "'s", "'", "’"})
_NEAR = 8  # tokens from "reported" to "citing"
_DISTANCE = 4  # clauses to walk up: "tried to go on to say"


def speaker_of(verb: Token) -> Token | None:
    """The token that does what the verb says: its subject, or that of the clause it depends on.

    None for a passive (whose subject is spoken of) and where no subject stands in the sentence.
    """
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
        return None
    perfect = any(child.dep_ == "aux" for child in verb.children)  # "while others have asked": they asked
    if verb.tag_ == "VBN" and verb.dep_ in {"advcl", "acl"} and not perfect:  # "asked about it, she …"
        return None
    for _ in range(_DISTANCE):
        subjects = [c for c in verb.children if c.dep_ in _SUBJECTS]
        before = [c for c in subjects if c.i < verb.i]
        subject = before[-1] if before else next(iter(subjects), None)
        if subject is not None:
            return subject
        if verb.dep_ == "acl" and verb.tag_ == "VBG":  # "a petition calling for a vote"
            return verb.head
        if verb.dep_ == "acl" and verb.tag_ == "VBD" and any(t.dep_ == "ccomp" for t in verb.children):
            return verb.head  # "A paper of the school estimated that …": no clause of the paper's
        if verb.dep_ not in _SHARING or verb.head.i == verb.i:
            return None
        if verb.dep_ == "advcl" and verb.tag_ in _FINITE:
            return None
        verb = verb.head.head if verb.dep_ == "pcomp" else verb.head
    return None


def _person_before(verb: Token) -> Token | None:
    """A person named before a finite verb without a subject: the parser loses it behind an apposition."""
    if verb.tag_ not in _FINITE or verb.dep_ not in {"ROOT", "ccomp", "conj", "parataxis"}:
        return None
    if any(child.dep_ in {*_SUBJECTS, "auxpass", "expl", "csubj"} for child in verb.children):
        return None
    sentence = verb.sent
    people = [e.root for e in sentence.ents if e.label_ == PERSON and e.end <= verb.i]
    return people[-1] if people else None


def source_head(cue: Token, bound: Sequence[Token], verb: Token | None, *, stray: bool) -> Token | None:
    """The head noun of the source: what a pattern bound, the nearest first, else the verb's subject.

    ``stray``: the verb says so surely that somebody speaks that a person named before it will do.
    """
    heads = [head for token in bound if (head := sources.head_of(token)) is not None and head.i != cue.i]
    if not heads and not bound and verb is not None:
        subject = speaker_of(verb) or (_person_before(verb) if stray else None)
        head = sources.head_of(subject) if subject is not None else None
        return head if head is not None and head.i != cue.i else None
    return min(heads, key=lambda token: (abs(token.i - cue.i), token.i), default=None)


def before_a_colon(doc: Doc, words: sources.SourceWords) -> tuple[Token, int] | None:
    """The head of a short noun phrase that begins the block, and the colon behind it."""
    for token in doc[: _LONGEST_HEADING + 1]:
        if token.text == ":":
            head = doc[token.i - 1] if token.i else None
            if head is None or len(doc) - token.i < _SHORTEST_CONTENT:
                return None
            known = words.titles | words.institutions | words.people | words.documents
            named = head.ent_type_ in {PERSON, BODY, OUTLET} or head.lemma_.lower() in known
            return (head, token.i) if named and head.is_alpha else None
        if token.pos_ not in _NOMINAL and token.text not in _JOINED:
            return None
    return None


def relay(doc: Doc, cue: Token, head: Token | None, kind: SourceKind) -> tuple[Token | None, Span | None]:
    """Who passes it on. Returns the head of the source behind an outlet ("citing …"), and the outlet."""
    if head is None:
        return None, None
    for clause in (t for t in head.children if t.dep_ in {"acl", "relcl"} and t.lemma_ in _RELAYING):
        for by in (t for t in clause.children if t.dep_ == "agent"):
            for agent in (t for t in by.children if t.dep_ == "pobj"):
                return None, sources.phrase_of(agent, clause)
    if kind is SourceKind.INSTITUTION and sources.outlet_in(doc, head):
        after = cue.doc[cue.i : min(cue.sent.end, cue.i + _NEAR)]
        for citing in (t for t in after if t.lower_ in CITING):
            for cited in (t for t in citing.children if t.dep_ == "dobj"):
                return cited, sources.phrase_of(head, cue)
    told = (t for t in cue.children if t.dep_ in {"dobj", "dative"} and t.ent_type_ in {OUTLET, PLATFORM})
    return None, next((sources.outlet_in(doc, t) for t in told), None)
