"""What kind of source a phrase names: a person, a body, a paper, somebody withheld, nobody in particular."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Span, Token

from caveat.article import SourceKind
from caveat.reading import gazetteer
from caveat.reading.name_labels import BODY, OUTLET, PERSON, PLACE, PLATFORM

# Pronouns that stand for a source given earlier; who that is, the article decides.
PRONOUNS = frozenset({"he", "she", "they", "it", "his", "her", "their", "him", "them"})
_SPEAKER_AND_READER = frozenset({"i", "we", "you", "me", "us", "one", "my", "our", "your"})
_KEPT_OUT = frozenset({"relcl", "advcl", "ccomp", "parataxis"})
# "The researchers say": a group the article has spoken of before
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my"})
_ACCORDING = "according"
_FEW = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
_SPEAKERS = frozenset({"spokesman", "spokeswoman", "spokesperson", "representative"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_PEOPLE = (
    "ologist",
    "ician",
    "smith",
    "woman",
    "women",
    "fisher",
    "tender",
    "keeper",
    "holder",
    "worker",
    "goer",
)
_CROWDS = ("ers", "ors", "ists", "ians", "ants", "ents", "men", "women", "ees", "ies")
_EDGES = frozenset({",", ";", ":", "-", "–", "—", "“", "”", '"', "‘", "’", "'", "(", ")"})


@dataclass(frozen=True, slots=True)
class SourceWords:
    """The lists of ``rules/sources.toml``."""

    anonymous_heads: frozenset[str]
    roles: frozenset[str]
    withheld_groups: frozenset[str]
    withheld_modifiers: frozenset[str]
    withheld_phrases: tuple[str, ...]
    vague_heads: frozenset[str]
    vague_determiners: frozenset[str]
    vague_bare: frozenset[str]
    documents: frozenset[str]
    institutions: frozenset[str]
    speakers: frozenset[str]
    titles: frozenset[str]
    speech: frozenset[str]
    things: frozenset[str]
    people: frozenset[str]
    shares: frozenset[str]
    she: frozenset[str]
    he: frozenset[str]
    she_words: frozenset[str]
    he_words: frozenset[str]
    standing_for_a_body: frozenset[str]
    not_quite: frozenset[str]

    @classmethod
    def of(cls, lists: dict[str, Any]) -> SourceWords:
        """From the file's contents."""
        phrases = tuple(lists["withheld_phrases"])
        sets = {name: frozenset(words) for name, words in lists.items() if name != "withheld_phrases"}
        told = {pronoun: gazetteer.names_of(pronoun) for pronoun in ("she", "he")}
        return cls(withheld_phrases=phrases, **sets, **told)

    def can_be_somebody(self, noun: str) -> bool:
        """Whether a noun beside a name may say what somebody is."""
        nobody = (self.things, self.documents, self.institutions, self.anonymous_heads)
        return not any(noun in some for some in nobody)


def head_of(token: Token) -> Token | None:
    """The noun a source's token stands for: "who" its antecedent, "I" and "you" nobody, others themselves."""
    if token.lower_ in _RELATIVE:
        clause = token.head
        if clause.dep_ != "relcl":
            return None
        token = clause.head
        while token.dep_ == "appos" and token.head.pos_ == "PROPN":  # "Ina Holt, a clerk, who told the court"
            token = token.head
    partitive = token.lower_ == "one" and any(t.lower_ == "of" for t in token.children)  # "one of them"
    return None if token.lower_ in _SPEAKER_AND_READER and not partitive else token


def phrase_of(head: Token, cue: Token, content: Iterable[Token] = (), *, clauses: bool = False) -> Span:
    """The words of a source: its noun phrase with appositions and, where asked for, the relative clauses
    that tell who it is; without cue and content."""
    out = {cue.i, *(inner.i for token in content if token.i != head.i for inner in token.subtree)} - {head.i}
    for token in head.subtree:
        kept_out = token.dep_ in _KEPT_OUT and token.head == head and token.i != head.i
        if kept_out and not (clauses and token.dep_ == "relcl" and cue not in token.subtree):
            out.update(inner.i for inner in token.subtree)
        if token.dep_ == "appos" and cue in token.subtree:
            out.update(inner.i for inner in token.subtree)
    keep = [token.i for token in head.subtree if token.i not in out]
    start = end = head.i
    while start - 1 in keep:
        start -= 1
    while end + 1 in keep:
        end += 1
    doc = head.doc
    if end > head.i and doc[end].dep_ == "case":  # "the mayor's claim"
        end -= 1
    while start < head.i and doc[start].text in _EDGES:
        start += 1
    while end > head.i and doc[end].text in _EDGES:
        end -= 1
    return doc[start : end + 1]


def kind_of(span: Span, head: Token, cue: Token, words: SourceWords) -> SourceKind:
    """The kind of source that ``span`` names; NONE where a thing, not a source, is the cue's subject.

    Pronouns are called named here; the article resolves them.
    """
    lemma, labels = head.lemma_.lower(), {ent.label_ for ent in span.ents if ent.start <= head.i < ent.end}
    lowered = span.text.lower()
    if head.tag_ == "NNS" and lemma in words.people | words.vague_bare:
        labels.discard(PERSON)  # "Neighbours" at a sentence's start
    if head.lower_ in PRONOUNS:
        return SourceKind.NAMED
    if PERSON not in labels and any(phrase in lowered for phrase in words.withheld_phrases):
        return SourceKind.UNNAMED
    if (one := _one_of(head, words)) is not None:
        return one
    if labels & {OUTLET, BODY, PLACE, PLATFORM}:
        return SourceKind.NAMED if _looks_like_a_person(head, words) else SourceKind.INSTITUTION
    if any(t.dep_ == "appos" and t.lemma_ in words.institutions for t in head.children):
        return SourceKind.INSTITUTION  # "Dunmore Freight, a haulier"
    if PERSON in labels or any(ent.label_ == PERSON and _renames(ent, head) for ent in span.ents):
        return SourceKind.NAMED
    if head.pos_ == "PROPN" or (
        head.ent_type_ == "" and head.text[:1].isupper() and head.i != head.sent.start
    ):
        return (
            SourceKind.INSTITUTION
            if lemma in words.institutions or lemma in words.documents
            else SourceKind.NAMED
        )
    if lemma in words.anonymous_heads:
        return SourceKind.UNNAMED
    kind = _common(span, head, lemma, words)
    if kind is None:
        if cue.lower_ == _ACCORDING and lemma not in words.things:
            return SourceKind.DOCUMENT  # "according to a traffic count": what can be read, if nobody is named
        if cue.lemma_ not in words.speech or lemma in words.things:
            return SourceKind.NONE
        definite = any(t.lower_ in _DEFINITE for t in head.children)
        if head.i == head.sent.start and head.n_lefts == 0 and not head.lower_.endswith(_CROWDS):
            return SourceKind.NAMED  # "Pence said": a name that looks like a noun
        return (
            SourceKind.INSTITUTION
            if definite
            else SourceKind.VAGUE
            if head.tag_ == "NNS"
            else SourceKind.UNNAMED
        )
    return kind


def _common(span: Span, head: Token, lemma: str, words: SourceWords) -> SourceKind | None:
    """A source that is named by a common noun or a quantifier alone; None for any other noun."""
    determiners = {
        t.lower_ for t in head.children if t.dep_ in {"det", "amod", "nummod", "predet", "quantmod", "poss"}
    }
    plural = head.tag_ in {"NNS", "NNPS"} or head.pos_ in {"ADJ", "DET", "PRON"}
    counted = bool(determiners & words.vague_determiners)
    definite = bool(determiners & _DEFINITE) or any(t.dep_ == "poss" for t in head.children)
    if lemma in words.shares:
        return SourceKind.DOCUMENT
    numbered = any(t.dep_ == "nummod" and t.lower_ in _FEW for t in head.children)
    if lemma in words.roles and (determiners & words.withheld_modifiers) and not definite:
        return SourceKind.UNNAMED
    person = lemma in words.people or lemma in words.roles or lemma.endswith(_PEOPLE)
    if (lemma in words.vague_heads or (person and plural)) and counted:
        return SourceKind.VAGUE
    if person and plural and _speak_for_a_body(head):
        return SourceKind.INSTITUTION  # "engineers from Tarrant & Boyle"
    if person and numbered and not counted and not definite:
        return SourceKind.UNNAMED  # "two lawyers"
    if lemma in words.vague_bare and plural and not definite:
        return SourceKind.VAGUE
    if lemma in words.documents:
        return SourceKind.DOCUMENT
    named_body = any(ent.label_ in {BODY, PLACE, OUTLET} for ent in span.ents)
    if lemma in words.institutions or (lemma in words.speakers and (named_body or not plural)):
        return SourceKind.VAGUE if counted and plural else SourceKind.INSTITUTION
    if lemma in words.roles:
        if definite:
            return _spoken_of(lemma, plural, words)
        return SourceKind.VAGUE if plural and lemma not in words.withheld_groups else SourceKind.UNNAMED
    if plural and not definite and lemma in words.vague_heads:
        return SourceKind.VAGUE
    if lemma in words.titles or person:
        office = lemma in words.titles and not plural and not determiners & {"a", "an", "another"}
        whose = {t.lemma_.lower() for t in head.children if t.dep_ == "poss"}
        if whose & words.institutions and lemma not in words.vague_heads | words.roles:
            return SourceKind.INSTITUTION  # "the commission’s own monitors"
        if office or definite:
            return _spoken_of(lemma, plural, words)
        return SourceKind.VAGUE if plural and person else SourceKind.UNNAMED
    return None


def _spoken_of(lemma: str, plural: bool, words: SourceWords) -> SourceKind:
    """With "the": an office can be looked up ("the minister", "the authors"), a boy cannot."""
    if lemma in words.titles:
        return SourceKind.INSTITUTION
    return SourceKind.VAGUE if plural and lemma not in words.withheld_groups else SourceKind.UNNAMED


def _one_of(head: Token, words: SourceWords) -> SourceKind | None:
    """As in "one of them", "one of the officials": somebody, and the article does not say who; but one of the
    reports is a report. None where no group follows."""
    group = [t for of in head.children if of.lower_ == "of" for t in of.children if t.dep_ == "pobj"]
    if head.lower_ != "one" or not group or any(t.dep_ == "appos" and t.ent_type_ for t in head.children):
        return None
    lemma = group[0].lemma_.lower()
    if lemma in words.documents:
        return SourceKind.DOCUMENT
    if lemma in words.institutions:
        return SourceKind.INSTITUTION
    known = words.people | words.roles | words.anonymous_heads | words.vague_heads | PRONOUNS
    return SourceKind.UNNAMED if lemma in known else SourceKind.NONE


def _speak_for_a_body(head: Token) -> bool:
    """The body stands behind a preposition: "researchers at Halm University"."""
    return any(
        t.dep_ == "pobj" and t.ent_type_ == BODY
        for prep in head.children
        if prep.dep_ == "prep" and prep.lower_ in {"at", "from", "with", "for", "of"}
        for t in prep.children
    )


def _looks_like_a_person(head: Token, words: SourceWords) -> bool:
    """The model takes some people for companies: a title before the name, a given name, or an apposition
    that says what they do, tells."""
    named = any(is_given_a_name(ent, words) for ent in head.doc.ents if ent.start <= head.i < ent.end)
    return named or any(
        (t.dep_ in {"compound", "amod"} and t.lemma_.lower() in words.titles)
        or (t.dep_ == "appos" and t.lemma_.lower() in words.people)
        for t in head.children
    )


def is_given_a_name(ent: Span, words: SourceWords) -> bool:
    """A given name and at least one more: "Gwen Pardoe", whatever the model takes it for."""
    return (
        len(ent) > 1
        and ent[0].text in (words.she | words.he)
        and ent[-1].lemma_.lower() not in words.institutions
    )


def _renames(ent: Span, head: Token) -> bool:
    """The person stands in apposition to the head, or the head to the person: "the mayor, Ina Holt"."""
    root = ent.root
    return root.head == head and root.dep_ in {"appos", "compound", "nmod"}


def is_pronoun(head: Token) -> bool:
    return head.lower_ in PRONOUNS


def full_name(span: Span, kind: SourceKind, words: SourceWords) -> str | None:
    """The name a source's words give, where they give one: the person's, else the body's.

    For a document it is whose document it is; somebody withheld has none, whoever else is mentioned.
    """
    if kind in {SourceKind.UNNAMED, SourceKind.VAGUE}:
        return None
    root = span.root
    near = {root.i, *(t.i for t in root.children if t.dep_ in {"appos", "compound", "nmod"})}
    own = [ent for ent in span.ents if near.intersection(range(ent.start, ent.end))]
    body = kind is SourceKind.DOCUMENT or root.lemma_.lower() in _SPEAKERS
    people = [ent for ent in own if ent.label_ == PERSON]
    bodies = [ent for ent in (span.ents if body else own) if ent.label_ in {BODY, OUTLET, PLACE}]
    found = people or bodies
    if not found:  # "Holt said": a surname that the model passes over
        office = root.lemma_.lower() in words.titles | words.institutions  # "the Managing Director"
        named = root.pos_ == "PROPN" and len(root) > 1 and not office and kind is not SourceKind.DOCUMENT
        return root.text if named else None
    name = found[0]
    if (
        name.label_ == BODY and name.end <= root.i and root.pos_ == "PROPN"
    ):  # "the World Travel and Tourism Council"
        return span.doc[name.start : root.i + 1].text
    return name.text.removeprefix("the ").removeprefix("The ")


def outlet_in(doc: Doc, token: Token) -> Span | None:
    """The outlet or platform whose name holds a token."""
    return next((e for e in doc.ents if e.label_ in {OUTLET, PLATFORM} and e.start <= token.i < e.end), None)
