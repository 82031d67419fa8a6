"""Charged words: which words of a block carry a judgement, and how surely.

A component. Writes ``doc._.charged``: ``Charged`` in order, no two overlapping, of which the signals
loaded-words, promotion and name-calling are made. A word's weight comes from the lexicon; the weakest need
company (``rules/loaded/company.toml``). Words inside quotation marks, words that somebody the sentence names
is told to have said, names, words that are denied and words in an ordinary sense are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from caveat.reading import rules
from caveat.reading.lexicon import Entry, Lexicon
from caveat.reading.own_words import others_words

_FEWEST_TOKENS = 3
_REACH = 6  # tokens before a word in which a negation denies it
_DENYING = frozenset({"no", "hardly", "without", "less"})
_POINTING = frozenset({"these", "those", "such"})
_BANDS = frozenset(
    {"club", "bunch", "pack", "gang", "crowd", "band", "circle", "crew", "parade", "lot", "army", "cabal"}
)
_THINGS = frozenset({"it", "this", "that", "there", "what", "which"})
_COMPLEMENTS = frozenset({"oprd", "attr", "xcomp", "acomp", "ccomp", "acl"})
_SUREST = 0.8


@dataclass(frozen=True, slots=True)
class Charged:
    """Words with a judgement in them, and what the lexicon says of them."""

    span: Span
    entry: Entry

    @property
    def confidence(self) -> float:
        """How sure a note on these words is."""
        return min(_SUREST, self.entry.weight)


class ChargedWords:
    """The lexicon, where its words are the article's own and mean what they mean there."""

    def __init__(self, nlp: Language) -> None:
        company = rules.read("loaded/company")
        self.lexicon = Lexicon(nlp.vocab)
        self.ordinary = rules.Phrases(nlp.vocab, {"ordinary": rules.read("loaded/ordinary")["patterns"]})
        self.alone_from: float = company["alone_from"]
        self.in_reviews_from: float = company["in_reviews_from"]
        self.own_voice = frozenset(company["own_voice"])
        self.passing_on = frozenset(company["passing_on"])
        self.passing_on_objects = frozenset(company["passing_on_objects"])
        self.reviews = frozenset(company["reviews"].split())

    def __call__(self, doc: Doc) -> Doc:
        found = [Charged(span, entry) for span, entry in self.lexicon(doc)]
        doc._.charged = []
        if not found:
            return doc
        others = others_words(doc)
        silent = others.union(*(range(span.start, span.end) for span in self.ordinary(doc)))
        by_sentence: dict[int, list[Charged]] = {}
        for one in found:
            if silent.isdisjoint(range(one.span.start, one.span.end)):
                by_sentence.setdefault(one.span.sent.start, []).append(one)
        doc._.charged = [c for group in by_sentence.values() for c in self._noted(group, others)]
        return doc

    def _noted(self, found: list[Charged], others: Set[int]) -> Iterator[Charged]:
        sentence = found[0].span.sent
        if len(sentence) < _FEWEST_TOKENS:  # "Harsh?" asks; it does not judge
            return
        found = [c for c in found if not _is_denied(c.span) and _is_tag(c) and not self._passed_on(c.span)]
        own = {token.lower_ for token in sentence if token.i not in others}
        least = self.alone_from
        if is_review := bool(own & self.reviews):
            least = self.in_reviews_from
        elif any(c.entry.weight >= least for c in found) or own & (self.own_voice | {"!"}):
            least = 0
        for one in found:
            if one.entry.weight >= least and not (is_review and one.entry.signal == "promotion"):
                yield one

    def _passed_on(self, span: Span) -> bool:
        """ "Critics called it reckless", "accused of cowardice": whoever says so, it is not the article."""
        child = span.root
        for verb in child.ancestors:
            complement = verb.lemma_ in self.passing_on and (child.dep_ in _COMPLEMENTS or _is_as(child))
            alleged = verb.lemma_ in self.passing_on_objects and child.dep_ in {"dobj", "pobj"}
            if verb.i < child.i and (complement or alleged):
                return not any(t.lower_ in self.own_voice for t in verb.children if t.dep_ == "nsubj")
            if verb.pos_ in {"VERB", "AUX"} and verb.dep_ not in {"pcomp", "xcomp", "ccomp", "acl"}:
                return False
            child = verb
        return False


def _is_as(token: Token) -> bool:
    if token.dep_ == "advcl":  # "dismissed it as baseless", as it is often parsed
        return any(t.lower_ == "as" for t in token.children)
    return token.dep_ == "prep" and token.lower_ in {"as", "of", "for"}


def _is_denied(span: Span) -> bool:
    """ "Not unreasonable", "no heroism": what is denied is not said."""
    before = span.doc[max(span.sent.start, span.start - _REACH) : span.start]
    return any(token.dep_ == "neg" or token.lower_ in _DENYING for token in before)


def _is_tag(one: Charged) -> bool:
    """Whether a word that may be a tag tags somebody: "these cranks", not "a bully pulpit"."""
    root = one.span.root
    if one.entry.signal == "name-calling" and root.dep_ == "compound":
        return False
    return not one.entry.literal or _is_called(root)


def _is_called(tag: Token) -> bool:
    if any(token.lower_ in _POINTING for token in tag.children):
        return True
    if tag.dep_ == "pobj" and tag.head.head.lower_ in _BANDS:
        return True
    subjects = [t for t in tag.head.children if t.dep_ == "nsubj"] if tag.dep_ == "attr" else []
    return any(t.lower_ not in _THINGS for t in subjects)


def charged(doc: Doc, signal: str) -> Iterator[Charged]:
    """A doc's charged words that make one signal's notes."""
    return (one for one in doc._.charged if one.entry.signal == signal)


@Language.factory("caveat_charged")
def create(nlp: Language, name: str) -> ChargedWords:  # noqa: ARG001 - spaCy's factories are called with a name
    Doc.set_extension("charged", default=[], force=True)
    return ChargedWords(nlp)
