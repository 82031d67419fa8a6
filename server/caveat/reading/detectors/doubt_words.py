"""doubt-words: "so-called", and quotation marks around a word or two that nobody is said to have said."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.own_words import in_own_words
from caveat.reading.quotations import Quotation

_LONGEST = (
    1  # words between scare quotes; longer ones are mostly terms being introduced, or what somebody said
)
_NAMING = frozenset({"ADJ", "NOUN", "PROPN"})
_EXPLAINING = frozenset({"a", "an", "the", "or", "which", "where", "wherein"})


@detector("doubt-words")
class DoubtWords:
    """Expressions of doubt, and scare quotes where nothing in the sentence is said to be anybody's words."""

    def __init__(self, nlp: Language) -> None:
        lists = rules.read("wording")["doubt-words"]
        self.matcher = rules.Phrases(nlp.vocab, {"doubt": lists["patterns"], "claim": lists["claim"]})
        self.ordinary = rules.Phrases(nlp.vocab, {"ordinary": rules.read("loaded/ordinary")["patterns"]})
        self.naming = frozenset(lists["naming"])

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        found = [*in_own_words(doc, self.matcher)]
        ordinary = {token.i for span in self.ordinary(doc) for token in span} if found else set()
        for span in found:
            if span.start in ordinary or (span.label_ == "claim" and not _is_said(span.root)):
                continue
            if span[-1].lower_ == "called" and _is_explained(span):
                continue
            if span.end == len(doc) or not doc[span.end].is_quote:  # so-called “metadata” introduces a term
                yield Notice(span, 0.75)
        for quotation in doc._.quotations:
            if quotation.closed and self._is_scare(doc, quotation):
                yield Notice(doc[quotation.start : quotation.end], 0.6, "scare")

    def _is_scare(self, doc: Doc, quotation: Quotation) -> bool:
        words = quotation.words(doc)
        sentence: Span = doc[quotation.start].sent
        if (
            not 1 <= len(words) <= _LONGEST
            or words.end_char - words.start_char < 3
            or quotation.end > sentence.end
        ):
            return False
        if any(
            t.is_title
            or t.is_upper
            or t.text[0].isdigit()
            or t.is_punct
            or t.pos_ in {"PROPN", "VERB", "INTJ"}
            for t in words
        ):
            return False
        if quotation.start == 0 or doc[quotation.start - 1].dep_ not in {
            "det",
            "poss",
            "amod",
            "case",
        }:
            return False
        if any(said.cue.sent.start == sentence.start for said in doc._.attributions):
            return False  # partial quotation: the speaker is in the sentence
        if any(
            q is not quotation and q.start < sentence.end and sentence.start < q.end for q in doc._.quotations
        ):
            return False  # a list of words or a dialogue
        return not any(t.lemma_.lower() in self.naming for t in sentence) and _has_verb(sentence)


def _is_said(verb: Token) -> bool:
    """ "Claims that …", not "claimed four lives"; "it is claimed" is another signal's remark."""
    parts = {token.dep_ for token in verb.children}
    return bool(parts & {"ccomp", "xcomp"}) and not parts & {"auxpass", "nsubjpass"}


def _is_explained(so_called: Span) -> bool:
    """ "So-called carried interest", "so-called metadata, which": a term that is introduced.

    A name of several words is nearly always a term of some trade; doubt is cast on "so-called experts".
    """
    after = so_called.doc[so_called.end : so_called.sent.end]
    term = [*takewhile(lambda t: t.pos_ in _NAMING or t.text == "-", after)]
    rest = [token.lower_ for token in after[len(term) : len(term) + 2]]
    if len(term) > 1 or any(token.is_title for token in term):
        return True
    if len(rest) == 2 and rest[0] in {",", "(", "-", "–", "—"} and rest[1] in _EXPLAINING:
        return True
    return bool(term) and any(token.dep_ in {"appos", "relcl"} for token in term[-1].children)


def _has_verb(sentence: Span) -> bool:
    return any(t.pos_ in {"VERB", "AUX"} for t in sentence)
