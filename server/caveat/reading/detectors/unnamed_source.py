"""unnamed-source: somebody in particular whose name is withheld."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from caveat.article import SourceKind
from caveat.reading import rules
from caveat.reading.cues import CITING
from caveat.reading.detectors import Notice, detector
from caveat.reading.detectors.vague_source import in_sentence, outlet_in_sentence, source_with_cue
from caveat.reading.name_labels import PERSON
from caveat.reading.quotations import within
from caveat.reading.said import Said
from caveat.reading.sources import phrase_of
from caveat.reading.sourcing import counted, is_question, is_supposed, spoken_for
from caveat.reading.speakers import speaker_of

# "… because she was not authorized to speak": the reason stands after the condition.
_REASON = re.compile(
    r"(?:anonymity|anonymous|anonymously|named|identified),?\s+"
    r"(?:because|as|since|to|citing|for fear)\b[^.;”\",]*?"
    r"(?=\s+(?:said|says|told|added|described)\b|[.;”\",]|$)",
    re.IGNORECASE,
)
_ACTS = frozenset(
    {"call", "propose", "demand", "promise", "pledge", "describe", "ask", "criticise", "criticize"}
)
_CITING = frozenset({"cite", "quote"})
_KNOWN = frozenset({"the", "this", "that", "these", "those"})  # spoken of before, and marked there
_FAR = 14  # tokens from the one to the promise; more is another clause's business
_CONDITION = re.compile(r"(?i)^(?:anonymity|anonymous|anonymously|named|identified),?\s+")


@detector("unnamed-source")
class UnnamedSource:
    """Attributions to a withheld person; where the article gives its reason, the message says so."""

    def __init__(self, nlp: Language) -> None:
        data = rules.read("unnamed-source")
        self.phrases = rules.Phrases(nlp.vocab, data["phrases"])
        self.others = frozenset(data["not_withheld"]["heads"])
        self.hiding = frozenset(rules.read("sources")["anonymous_heads"])
        self.asking = frozenset(data["not_withheld"]["asking"])
        words = rules.read("sources")
        self.people = frozenset({*words["people"], *words["roles"], *words["anonymous_heads"]})
        self.near = frozenset(data["not_withheld"]["near"])

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        taken: list[Span] = []
        for said in doc._.attributions:
            if self._is_withheld(doc, said):
                notice = self._notice(doc, said)
                taken += [notice.span, said.source]
                yield notice
        for span in self.phrases(doc):
            if within(doc, span.start, span.end) or is_question(span.sent) or _is_denied(span):
                continue
            if any(span.start < t.end and t.start < span.end for t in taken):
                continue
            if span.label_ == "promise" and any(t.sent.start == span.sent.start for t in taken):
                continue  # the one it was promised to is marked already
            whole = _with_whom(span) if span.label_ == "promise" else span
            taken.append(whole)
            who = _to_whom(span) if whole is span and span.label_ == "promise" else None
            yield self._told(whole, in_sentence(who or whole), 0.75)

    def _is_withheld(self, doc: Doc, said: Said) -> bool:
        """A person who is not named here, in apposition or by their body's name, and who has spoken."""
        if said.source is None or said.negated or said.pronoun:
            return False
        head, cue = said.source.root, said.cue.root
        if said.kind is SourceKind.VAGUE:  # two of them, and near enough to know
            if not (counted(head) and any(t.lemma_ in self.near for t in said.source)):
                return False
        elif said.kind is not SourceKind.UNNAMED:
            return False
        return not (
            (head.lemma_.lower() in self.others and not _is_one_of(head))
            or (head.lemma_.lower() not in self.hiding and any(t.lower_ in _KNOWN for t in head.children))
            or head.pos_ in {"PROPN", "PRON"}
            or (head.like_num and not _is_one_of(head))  # "three in four say": a share
            or (head.lemma_ in self.asking and cue.lemma_ == "ask")  # "a reporter asked": no news in that
            or (head.tag_ == "NN" and head.n_lefts == 0)  # "Ditto said": a bare singular is a name
            or (
                head.n_lefts == 0
                and head.i == head.sent.start
                and not _is_one_of(head)
                and head.lemma_.lower() not in self.people
            )
            or _is_named(said.source, head, self.hiding)
            or any(t.lower_ in {"any", "no", "each", "every"} for t in head.children)
            or is_supposed(cue)
            or _is_no_telling(cue)
            or any(t.dep_ == "poss" for t in head.children)
            or (head.dep_ in {"dobj", "dative"} and head.head.lemma_ not in _CITING)
            or spoken_for(doc, said.cue.start, said.cue.end, said.cue)
        )

    def _notice(self, doc: Doc, said: Said) -> Notice:
        assert said.source is not None  # noqa: S101 - the caller has looked
        span, words_of_source = source_with_cue(doc, said), said.source
        relayed = said.relayed_by
        if said.cue.root.lower_ in CITING:
            span = said.source
        elif said.described is not None and _REASON.search(said.described.text):
            span = said.described  # "One of them, who asked not to be named because …"
        if (
            relayed is not None
            and said.source.start < relayed.root.head.head.i < relayed.start < said.source.end
        ):
            words_of_source = doc[said.source.start : relayed.root.head.head.i]  # without "cited by Reuters"
        source = in_sentence(words_of_source)
        if relayed is not None and not _REASON.search(said.cue.sent.text):
            return Notice(span, 0.9, "relayed", {"source": source, "relay": outlet_in_sentence(relayed)})
        return self._told(span, source, 0.85)

    def _told(self, span: Span, source: str, confidence: float) -> Notice:
        if reason := _REASON.search(span.sent.text):
            words = _CONDITION.sub("", reason.group()).strip()
            return Notice(span, 0.8, "reason", {"source": source, "reason": words})
        return Notice(span, confidence, slots={"source": source})


def _to_whom(span: Span) -> Span | None:
    """Who spoke so, where the promise stands in the main clause: "Officials spoke only on condition of …"."""
    verb = next((t for t in (span.root, *span.root.ancestors) if t.pos_ == "VERB"), None)
    subject = speaker_of(verb) if verb is not None else None
    return phrase_of(subject, verb) if verb is not None and subject is not None else None


def _is_no_telling(cue: Token) -> bool:
    """As in "a reporter’s request", "for a judge to criticise", "by saying what he believed", "liked a man
    who has called for worse": nobody tells the article anything."""
    about = cue.dep_ == "relcl" and cue.head.dep_ in {"pobj", "dobj"} and cue.lemma_ in _ACTS
    bare = (
        cue.tag_ == "VB"
        and any(t.lower_ == "to" for t in cue.children)
        and cue.head.lemma_ not in {"go", "agree"}
    )
    return cue.pos_ == "NOUN" or cue.dep_ == "pcomp" or bare or about


def _is_one_of(head: Token) -> bool:
    """As in "one of the officials"."""
    return any(t.lower_ == "of" for t in head.children)


def _is_denied(span: Span) -> bool:
    """As in "did not cite a source"."""
    before = span.doc[max(span.sent.start, span.start - 2) : span.start]
    return span.label_ == "source" and any(
        t.lower_ in {"not", "n't", "never", "no", "without"} for t in before
    )


def _with_whom(span: Span) -> Span:
    """The promise with the one it was made to: "One of them, who asked not to be named"."""
    clause = next((t for t in (span.root, *span.root.ancestors) if t.dep_ == "relcl"), None)
    if clause is None:
        return span
    who = clause.head
    if who.dep_ == "pobj" and who.ent_type_ != PERSON:  # "a trader in Mill Lane, who": not the lane
        who = who.head.head
    return span.doc[who.left_edge.i : span.end] if 0 < span.start - who.left_edge.i <= _FAR else span


def _is_named(source: Span, head: Token, hiding: frozenset[str]) -> bool:
    """As in "a payroll clerk" beside "Celeste Munderloh": the one renames the other."""
    if head.lemma_.lower() in hiding:
        return False  # "a source close to the promoter, Tidal Live": the promoter's name
    beside = [t for t in head.children if t.dep_ in {"appos", "compound", "nmod"}]
    if head.dep_ == "appos":
        beside.append(head.head)
    if any(t.ent_type_ == PERSON or (t.dep_ != "compound" and t.pos_ == "PROPN") for t in beside):
        return True
    return any(t.lower_ in {"named", "called"} for t in source) and any(t.pos_ == "PROPN" for t in source)
