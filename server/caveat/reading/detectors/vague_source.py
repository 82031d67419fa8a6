"""vague-source: "some analysts", "critics say", "is seen by many", "it is believed", "amid criticism"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.attrs import LEMMA
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from caveat.article import SourceKind
from caveat.reading import rules, sources
from caveat.reading.detectors import Notice, detector
from caveat.reading.quotations import within
from caveat.reading.said import Said
from caveat.reading.sourcing import NamedAfterAll, counted, is_question, is_supposed, speakers, spoken_for
from caveat.reading.trees import Trees

_ANYBODY = frozenset({"people", "someone", "somebody", "anyone", "anybody", "everyone", "everybody"})
_OTHERS = frozenset({"other", "others"})
_SPEAKS = frozenset({"nsubj", "nsubjpass", "pobj", "poss", "agent"})
_BESIDE = 3  # tokens: the cue, and two between it and the source
_AGENT_NEAR = 8  # tokens after a passive in which "by …" may still come


@detector("vague-source")
class VagueSource:
    """Attributions to nobody in particular, crowds that judge, and wordings without anybody at all."""

    def __init__(self, nlp: Language) -> None:
        data = rules.read("vague-source")
        self.named = NamedAfterAll.of(data["named_after_all"])
        self.trees = Trees(nlp.vocab, data["patterns"], data["lists"])
        self.phrases = rules.Phrases(nlp.vocab, data["phrases"])
        lists = data["lists"]
        self.starters = frozenset(nlp.vocab.strings.add(word) for word in lists["crowd"] + lists["verdict"])

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        taken: list[Span] = []
        for notice in (*self._reported(doc), *self._judging(doc), *self._worded(doc)):
            span = notice.span
            if not any(span.start < other.end and other.start < span.end for other in taken):
                taken.append(span)
                yield notice

    def _reported(self, doc: Doc) -> Iterator[Notice]:
        for said in doc._.attributions:
            cue = said.cue
            if said.kind is not SourceKind.VAGUE or said.negated or said.pronoun:
                continue
            if spoken_for(doc, cue.start, cue.end, cue):
                continue
            if said.source is None:
                yield Notice(cue, 0.7, "passive")
            elif self._is_nobody(doc, said.source, cue.root):
                yield Notice(source_with_cue(doc, said), 0.85, slots={"source": in_sentence(said.source)})

    def _judging(self, doc: Doc) -> Iterator[Notice]:
        if self.starters.isdisjoint(doc.to_array(LEMMA).tolist()):
            return  # no crowd and no verdict: no tree to climb
        for pattern, bound in self.trees(doc):
            cue = bound["cue"]
            if spoken_for(doc, cue.i, cue.i + 1):
                continue
            if pattern == "verdict":
                told = cue.lemma_ != "describe" or (cue.i + 1 < len(doc) and doc[cue.i + 1].lower_ == "as")
                if told and not _has_agent(cue) and not is_supposed(cue):
                    yield Notice(doc[_first_auxiliary(cue) : cue.i + 1], 0.65, "passive")
                continue
            head = bound["source"]
            source = sources.phrase_of(head, cue)
            if self._is_nobody(doc, source, cue) and (head.tag_ != "NN" or head.lower_ in _ANYBODY):
                first, last = min(source.start, cue.i), max(source.end, cue.i + 1)
                span = doc[first:last] if last - first <= len(source) + _BESIDE else source
                yield Notice(span, 0.75, slots={"source": in_sentence(source)})

    def _worded(self, doc: Doc) -> Iterator[Notice]:
        for span in self.phrases(doc):
            sentence = span.sent
            if spoken_for(doc, span.start, span.end) or is_question(sentence) or _is_negated(span):
                continue
            if _names_follow(doc, span):
                continue
            if span.label_ == "hidden":
                if span[0].text[0] in "'’" and len(span) > 1:  # "what’s long been considered"
                    span = doc[span.start + 1 : span.end]
                yield Notice(span, 0.65, "passive")
            elif not self._is_contrast(doc, span.root):
                yield Notice(span, 0.7, slots={"source": in_sentence(span)})

    def _is_nobody(self, doc: Doc, source: Span, cue: Token) -> bool:
        """Whether the crowd stays one: nobody is named, counted, introduced or contrasted, and it speaks."""
        head = source.root
        lemma = head.lemma_.lower()
        return not (
            lemma in self.named.not_people | self.named.few
            or (lemma in self.named.asking and cue.lemma_ == "ask")
            or counted(head)
            or self.named.is_introduced(head)
            or self.named.names_somebody(source)
            or is_supposed(cue)
            or self._is_contrast(doc, head)
            or _is_aside(head, cue)
            or within(doc, source.start, source.end)
        )

    def _is_contrast(self, doc: Doc, head: Token) -> bool:
        """As in "Holt said … Others said …": the others beside somebody who is named."""
        first = head.lower_ if head.lower_ in _OTHERS else head.left_edge.lower_
        return first in _OTHERS and any(said.cue.start < head.i for said in speakers(doc))


def _is_aside(head: Token, cue: Token) -> bool:
    """As in "the comfort people find", "I blame people who say": about people, not from them."""
    if cue.dep_ == "relcl" and head.lower_ in _ANYBODY:
        return True
    if any(t.tag_ == "WRB" for t in cue.children) and cue.dep_ in {"pcomp", "ccomp", "advcl"}:
        return True  # "how voters see the mayor"
    if cue.dep_ == "acl" and cue.tag_ == "VBG" and head.dep_ == "pobj":
        return True  # "a message to supporters saying …": it was written to them
    speaks = head.dep_ in _SPEAKS or head.dep_ == "ROOT" or cue.dep_ in {"parataxis", "ccomp"}
    return not speaks or (cue.head == head and head.dep_ not in _SPEAKS)


def _first_auxiliary(cue: Token) -> int:
    """Where "has been criticised" begins."""
    near = {t.i for t in cue.children if t.dep_ in {"aux", "auxpass", "advmod"}}
    start = cue.i
    while start - 1 in near:
        start -= 1
    return start


def _has_agent(cue: Token) -> bool:
    doc, end = cue.doc, min(cue.i + _AGENT_NEAR, cue.sent.end)
    return any(t.dep_ == "agent" for t in cue.children) or any(t.lower_ == "by" for t in doc[cue.i : end])


def _is_negated(span: Span) -> bool:
    """As in "no questions have been raised", "it is not believed"."""
    before = span.doc[max(span.sent.start, span.start - 2) : span.end]
    return any(t.lower_ in {"no", "not", "n't", "without", "few"} for t in before)


def _names_follow(doc: Doc, span: Span) -> bool:
    """As in "amid criticism from Ina Holt", "has drawn fire from the union": who it was comes after."""
    after = doc[span.end : min(span.sent.end, span.end + _AGENT_NEAR)]
    if not any(t.lower_ in {"from", "by", "among", "including", "led"} for t in after[:4]):
        return False
    return any(t.ent_type_ or t.pos_ == "PROPN" or t.lower_ in {"the", "its", "his", "her"} for t in after)


def in_sentence(source: Span) -> str:
    """A source's words as they stand inside a sentence: "Some analysts" -> "some analysts"."""
    first, text = source[0], " ".join(source.text.split())
    named = (
        first.pos_ == "PROPN"
        or first.ent_type_
        or (first.is_upper and len(first) > 1)
        or first.i > first.sent.start
    )
    return text if named else text[:1].lower() + text[1:]


def outlet_in_sentence(outlet: Span) -> str:
    """An outlet's words as they stand inside a sentence, with the article that its name leaves out."""
    if outlet[0].text == "The":
        return f"the {outlet[1:].text}"
    before = outlet.doc[outlet.start - 1].lower_ if outlet.start else ""
    return f"the {outlet.text}" if before == "the" else outlet.text


def source_with_cue(doc: Doc, said: Said) -> Span:
    """Source and cue together where they are neighbours: "According to people close to the talks"."""
    assert said.source is not None  # noqa: S101 - callers have looked
    first, last = sorted((said.source, said.cue), key=lambda span: span.start)
    return doc[first.start : last.end] if last.start - first.end <= 1 else said.source
