"""reply-given (credit): the person concerned answers, or was asked."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.quotations import unquoted

_KINDS = ("default", "apology", "asked", "questioned", "statement")
_CONFIRMED = frozenset({"questioned", "statement"})  # only the article can say whether it answers somebody
_ASKING = frozenset({"asked", "questioned"})
_VARIANTS = {"apology": "default"}
_UNREAL = frozenset(
    {"to", "if", "whether", "unless", "should", "must", "could", "may", "might", "can", "will", "would"}
)
_GOES_ON = frozenset({"continue", "go", "appear", "seem", "refuse"})
_BEFORE = frozenset({"aux", "auxpass", "neg", "advmod"})
_OPEN = frozenset({"ADP", "DET", "ADJ", "PART", "SCONJ"})  # a phrase does not end in these
_LOOSE = frozenset({"ADP", "DET", "SCONJ"})
_LONGEST = 9  # tokens added to a phrase that breaks off
_ASKED = frozenset({"asked", "pressed", "questioned", "challenged"})
_NEGATED = frozenset({"not", "n't", "never", "nor"})


@detector("reply-given")
class ReplyGiven:
    """The patterns of ``rules/credit.toml``; once a sentence, and the plainest of them.

    A mere statement, and what somebody says who was questioned, are noticed as variants of their own: the
    judge keeps them where somebody was blamed. Two people who are asked in one sentence count both.
    """

    def __init__(self, nlp: Language) -> None:
        lists = rules.read("credit")["reply-given"]
        self.phrases = rules.Phrases(nlp.vocab, {kind: lists[kind] for kind in _KINDS})

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        found: dict[tuple[int, int], Span] = {}
        for span in unquoted(doc, self.phrases):
            if (span.label_ not in _ASKING and (_is_negated(span) or _is_wished(span))) or _asks_itself(span):
                continue
            place = (span.sent.start, _speaker(span))
            if place[1] < 0 and any(sentence == place[0] for sentence, _ in found):
                continue  # "did not respond to a request for comment": once
            best = found.setdefault(place, span)
            if _KINDS.index(span.label_) < _KINDS.index(best.label_):
                found[place] = span
        plainest = {
            s: min(_KINDS.index(span.label_) for (t, _), span in found.items() if t == s) for s, _ in found
        }
        for (sentence, _), span in sorted(found.items()):
            if _KINDS.index(span.label_) == plainest[sentence]:
                variant = _VARIANTS.get(span.label_, span.label_)
                yield Notice(_whole(span), 0.6 if variant in _CONFIRMED else 0.7, variant)


def _speaker(span: Span) -> int:
    """Who answers or was asked: the verb's own subject, or that of the clause it shares."""
    verb = next((t for t in span if t.pos_ == "VERB"), span.root)
    while not any(t.dep_ in {"nsubj", "nsubjpass"} for t in verb.children):
        if verb.dep_ not in {"conj", "xcomp"}:
            return -1
        verb = verb.head
    return verb.i


def _whole(span: Span) -> Span:
    """The words with their auxiliaries, and without a loose end: "not respond to" -> "did not respond to
    questions"."""
    doc, start, end = span.doc, span.start, span.end
    near = {t.i for own in span for t in own.children if t.dep_ in _BEFORE}
    while start - 1 in near and start - 1 >= span.sent.start:
        start -= 1
    while start < span.start and doc[start].lower_ in {"also", "later", "then"}:
        start += 1
    if doc[end - 1].text in {":", ","}:
        end -= 1
    if doc[end - 1].is_quote:  # "dismissed as “pure fiction”": the quoted words are theirs already
        end -= 2
    while doc[end - 1].pos_ == "PROPN" and end < span.sent.end and doc[end].pos_ == "PROPN":
        end += 1
    last = doc[end - 1]
    if last.pos_ in _OPEN:
        top = last if last.pos_ in {"ADP", "SCONJ", "PART"} else last.head
        while top.head.i >= span.start and top.head.i < top.i and top.head.pos_ in {"NOUN", "PROPN"}:
            top = top.head
        stop = next((t.i for t in doc[end : top.right_edge.i + 1] if t.is_punct), top.right_edge.i + 1)
        if end < stop <= end + _LONGEST and doc[stop - 1].pos_ not in _OPEN:
            return doc[start:stop]
    while end - 1 > start and (doc[end - 1].pos_ in _LOOSE or doc[end - 1].lower_ == "to"):
        end -= 1
    return doc[start:end]


def _is_negated(span: Span) -> bool:
    """As in "does not deny": that is no answer."""
    before = span.doc[max(span.sent.start, span.start - 2) : span.start]
    return any(t.dep_ == "neg" for t in span.root.children) or any(t.lower_ in _NEGATED for t in before)


def _is_wished(span: Span) -> bool:
    """Not done, or not told: "help to push back against the rumours", "if she denies it"."""
    verb = next((t for t in span if t.pos_ == "VERB"), span.root)
    if verb.tag_ == "VBG" and verb.dep_ in {"pcomp", "xcomp"}:
        return True  # "for dismissing the idea"
    marks = {t.lower_ for t in verb.children if t.dep_ in {"aux", "mark"}}
    return bool(marks & _UNREAL) and not ("to" in marks and verb.head.lemma_ in _GOES_ON)


def _asks_itself(span: Span) -> bool:
    """The one who asks stands in the words: "the advert questioned whether …"; but "we asked the firm for a
    response" says that it was asked."""
    first = span[0]
    if span.label_ == "asked":
        return False
    return first.lower_ in _ASKED and any(t.dep_ == "nsubj" for t in first.children)
