"""The words of a cue: the verb or noun that says that it is said, with what belongs to it.

Auxiliaries, negation and particles ("has repeatedly said"), a light verb ("made the case"), and the
preposition that leads to what is said ("called for"); not who is told, when and where.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Span, Token

_AUXILIARIES = frozenset({"aux", "auxpass", "neg", "advmod", "prt"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
ACCORDING = "according"
CITING = frozenset({"citing", "quoting"})  # … whom an outlet has it from
_CONDITIONS = frozenset({"if", "unless", "whether"})
_ASKING = frozenset({"ask", "request"})  # "who asked not to be named"


def cue_words(cue: Token, frame: Sequence[Token], content: Sequence[Token]) -> tuple[Span, Span]:
    """The cue's words without those of its content: the core, which a note marks ("have raised"), and all
    ("have raised concerns about")."""
    doc = cue.doc
    if cue.lower_ == ACCORDING:
        return doc[cue.i : cue.i + 2], doc[cue.i : cue.i + 2]
    ends = {cue.i, *(token.i for token in frame if token.sent == cue.sent)}
    start, end = min(ends), max(ends)
    near = {t.i for own in (cue, *frame) for t in own.children if t.dep_ in _AUXILIARIES and t.tag_ != "WRB"}
    while start - 1 in near:
        start -= 1
    while end + 1 in near and doc[end + 1].dep_ == "prt":
        end += 1
    if cue.pos_ == "NOUN" and not frame and start and doc[start - 1].text in _POSSESSIVE:
        start -= 1  # "the mayor’s claim"
    if start and doc[start - 1].dep_ in {"nsubjpass", "expl"} and doc[start - 1].lower_ == "it":
        start -= 1  # "It is believed"
    core = doc[start : end + 1]
    if (
        cue.pos_ == "NOUN"
        and frame
        and frame[0].lemma_ != "be"
        and frame[0].pos_ in {"VERB", "AUX"}
        and frame[0].i < cue.i
    ):
        core = doc[start : frame[0].i + 1]
    passive = any(child.dep_ == "auxpass" for child in cue.children)
    if any(
        _leads(token, end, passive) for token in (*content, *(t for t in cue.children if t.dep_ == "agent"))
    ):
        end += 1
    return core, doc[start : end + 1]


def _leads(token: Token, end: int, passive: bool) -> bool:
    """Whether a preposition right behind the cue leads to what is said: "called for", "is seen as"."""
    if token.i != end + 1 or not any(True for _ in token.children):
        return False
    if token.dep_ == "prep" and passive and token.lower_ == "of":  # "was accused": of what, is what is said
        return False
    return token.dep_ == "agent" or (token.dep_ == "prep" and (passive or token.lower_ != "as"))


def is_negated(cue: Token, frame: Iterable[Token], negative: frozenset[str]) -> bool:
    """Nobody said it: "did not say", "will say", "declined to say"; or all that was said is a wish not to be
    named."""
    refused = cue.dep_ == "xcomp" and cue.head.lemma_ in negative
    refused = refused or (cue.lemma_ in negative and any(t.dep_ == "xcomp" for t in cue.children))
    verbs = (cue, *frame)
    hidden = cue.lemma_ in _ASKING and any(
        inner.dep_ == "neg" for t in cue.children if t.dep_ == "xcomp" for inner in t.children
    )
    return refused or hidden or any(_denies(t) for verb in verbs for t in verb.children)


def _denies(token: Token) -> bool:
    """A negation, a modal ("would say"), or a condition ("if they ask")."""
    modal = token.tag_ == "MD" and token.dep_ == "aux"
    return token.dep_ == "neg" or modal or (token.dep_ == "mark" and token.lower_ in _CONDITIONS)


def tells_who(cue: Token, head: Token) -> bool:
    """The cue is in a clause that says which people are meant: "others who praised it"."""
    while cue.dep_ in {"conj", "xcomp"} and cue.head.i != cue.i:
        cue = cue.head
    return cue.dep_ in {"relcl", "acl"} and cue.head.i == head.i
