"""hedged: a possibility that is easily read as fact. Quiet, and once a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from caveat.article import ClaimKind
from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.own_words import others_words

_OWN = frozenset({"i", "we", "you"})  # what the writer or the reader could do is no forecast
_ABILITY = frozenset({"not", "n't", "n’t", "only"})  # "could not sleep" tells what happened


@detector("hedged")
class Hedged:
    """A modal on the sentence's main verb, or a word that says "perhaps"."""

    def __init__(self, nlp: Language) -> None:
        lists = rules.read("wording")["hedged"]
        self.modals = frozenset(lists["modals"])
        self.perceived = frozenset(lists["perceived"])
        self.matcher = rules.Phrases(nlp.vocab, {"hedge": lists["patterns"]})

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        hedges = [*self.matcher(doc), *self._modals(doc)]
        others = others_words(doc) if hedges else frozenset()
        sentences: set[int] = set()
        for span in sorted(hedges, key=lambda span: span.start):
            if span.start in others or _in_passing(span):
                continue
            if span.sent.start not in sentences:
                sentences.add(span.sent.start)
                yield Notice(span, 0.6)

    def _modals(self, doc: Doc) -> Iterator[Span]:
        allowed = {s.span.start for s in doc._.stated if s.kind is ClaimKind.RULE}
        for token in doc:
            if token.lower_ in self.modals and token.tag_ == "MD" and _is_main(token.head):
                verb = token.head
                if not self._is_ability(verb) and verb.sent.start not in allowed:
                    yield doc[token.i : verb.i + 1] if verb.i - token.i <= 3 else doc[token.i : token.i + 1]

    def _is_ability(self, verb: Token) -> bool:
        """What somebody was able or free to do, or a question: no forecast."""
        return (
            verb.lemma_ in self.perceived
            or any(t.lower_ in _ABILITY or t.lower_ in _OWN or _is_none(t) for t in verb.children)
            or _is_past(verb)
            or ({"could", "might"} & {t.lower_ for t in verb.children} and _has_been(verb))
            or any(t.tag_ in {"JJS", "RBS"} for t in verb.subtree if t.i - verb.i in range(4))
            or verb.sent.text.rstrip().endswith("?")
        )


def _in_passing(hedge: Span) -> bool:
    """ "Perhaps" within a sentence weighs a word ("perhaps in a fund"), not what the sentence states."""
    after = hedge.doc[hedge.end].lower_ if hedge.end < len(hedge.doc) else ""
    return hedge.root.lower_ == "perhaps" and (hedge.start != hedge.sent.start or after in {"more", "most"})


def _is_none(part: Token) -> bool:
    """ "No one could know", "could make no difference": nothing is possible."""
    return part.lower_ == "nobody" or (
        part.dep_ in {"nsubj", "dobj"} and any(t.lower_ == "no" for t in part.children)
    )


def _is_past(verb: Token) -> bool:
    """ "They sewed and could earn", "hoped they could agree": what was possible then."""
    told = any(verb.head == said.cue.root for said in verb.doc._.attributions)
    could = any(t.lower_ == "could" for t in verb.children)
    return could and verb.dep_ in {"conj", "ccomp"} and verb.head.tag_ == "VBD" and not told


def _has_been(verb: Token) -> bool:
    """ "Could have stopped": it did not happen."""
    return any(t.lower_ in {"have", "’ve", "'ve"} for t in verb.children if t.dep_ == "aux")


def _is_main(verb: object) -> bool:
    return getattr(verb, "dep_", "") in {"ROOT", "conj", "ccomp"}
