"""From a parsed ``Doc`` to the plain record of its block."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Span, Token

from caveat.article import SourceKind
from caveat.reading.detectors import Notice
from caveat.reading.name_labels import BODY, OUTLET, PERSON, PLACE
from caveat.reading.record import (
    AttributionReading,
    BlockReading,
    Mention,
    NoticeReading,
    Place,
    SentenceReading,
)
from caveat.reading.said import SPEECH, Said
from caveat.reading.search_words import search_words
from caveat.reading.sources import PRONOUNS, SourceWords

_POINTING_BACK = frozenset({"the", "this", "that"})
_NAMES = frozenset({PERSON, BODY, PLACE, OUTLET})
_LISTED = 4.0  # what speaks for a name of the gazetteer
_NOUNS = frozenset({"NOUN", "PROPN"})
_WITH = frozenset({"compound", "appos", "nmod"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NOBODY = frozenset({SourceKind.VAGUE, SourceKind.UNNAMED})  # sources that no search would find


def record_of(doc: Doc, words: SourceWords) -> BlockReading:
    """The record of a block that the whole pipeline has seen."""
    said: list[Said] = [one for one in doc._.attributions if not one.negated]
    listed = sorted([*said, *doc._.aims], key=lambda one: (one.cue.start, one.cue.end))
    nobody = {token.i for one in said if one.kind in _NOBODY and one.source for token in one.source}
    return BlockReading(
        tuple(
            SentenceReading(
                *_place(one.span),
                one.kind,
                one.checkworthiness,
                one.claim,
                search_words(one.span, nobody),
                one.firsthand,
            )
            for one in doc._.stated
        ),
        tuple(_attribution(one, words) for one in listed),
        tuple(_notice(signal, notice) for signal, notice in doc._.notices),
        tuple(_mentions(doc, words)),
        tuple(_loose(doc, said)),
        doc._.offices,
        doc.text.rstrip().endswith(":"),
        tuple(doc._.figures),
    )


def _attribution(said: Said, words: SourceWords) -> AttributionReading:
    head = said.source.root if said.source is not None else None
    lower = head.lower_ if head is not None else ""
    lemma = head.lemma_.lower() if head is not None else ""
    return AttributionReading(
        said.kind,
        _place(said.described) if said.described is not None else None,
        _place(said.phrase),
        tuple(_place(span) for span in said.content),
        _place(said.relayed_by) if said.relayed_by is not None else None,
        said.name,
        lower if lower in PRONOUNS else None,
        lemma if not said.name and lemma in words.titles else None,
        lemma if head is not None and head.pos_ == "NOUN" else None,
        lemma if not said.name and _is_spoken_of_before(head) else None,
        lemma in words.standing_for_a_body,
        said.quoted,
        said.voiced,
    )


def _notice(signal: str, notice: Notice) -> NoticeReading:
    return NoticeReading(signal, *_place(notice.span), notice.confidence, notice.variant, dict(notice.slots))


def _mentions(doc: Doc, words: SourceWords) -> list[Mention]:
    """All that may be a name: what was weighed, and the names of the gazetteer beside it."""
    weighed = {one.run.start: one for one in doc._.weighed}
    taken = {i for one in doc._.weighed for i in range(one.run.start, one.run.end)}
    spans = [doc[one.run.start : one.run.end] for one in doc._.weighed]
    spans += [e for e in doc.ents if e.label_ in _NAMES and taken.isdisjoint(range(e.start, e.end))]
    found = []
    for span in sorted(spans, key=lambda span: span.start):
        one = weighed.get(span.start)
        scores = {k: v for k, v in one.scores.items() if v} if one else {span.label_: _LISTED}
        root, text = span.root, one.text if one else span.text
        beside = _beside(span, root)
        found.append(
            Mention(
                span.start_char,
                text,
                scores,
                one is not None and one.coined,
                _roles(beside, words) if beside else (),
                _pronoun(span, beside, words),
                (root.head if root.dep_ == "appos" else root).dep_ in _SUBJECTS,
            )
        )
    return found


def _beside(span: Span, root: Token) -> list[Token]:
    """The nouns that stand with a name: its title, its apposition, or what it is the apposition of."""
    start, end = span.start, span.end
    near = [t for t in root.children if t.dep_ in _WITH and not start <= t.i < end]
    near += [root.head] if root.dep_ in {"appos", "compound"} else []
    if start and (before := span.doc[start - 1]).pos_ in _NOUNS and before not in near:
        near.append(before)
    return near


def _roles(beside: Iterable[Token], words: SourceWords) -> tuple[str, ...]:
    """Titles and trades of a person; what somebody was, or is the deputy of, is none."""
    roles = [
        lemma
        for t in beside
        if t.pos_ in _NOUNS
        and t.is_alpha
        and t.ent_type_ not in _NAMES
        and words.can_be_somebody(lemma := t.lemma_.lower())
        and not _is_short_of_it(t, words)
    ]
    return tuple(dict.fromkeys(roles))


def _is_short_of_it(noun: Token, words: SourceWords) -> bool:
    near = [*noun.children, *([noun.nbor(-1)] if noun.i else [])]
    return any(t.lower_ in words.not_quite for t in near)


def _is_spoken_of_before(head: Token | None) -> bool:
    """A common noun with an article that points back: "the company", "this official"."""
    return head is not None and head.pos_ == "NOUN" and any(t.lower_ in _POINTING_BACK for t in head.children)


def _pronoun(ent: Span, beside: Iterable[Token], words: SourceWords) -> str | None:
    """The pronoun that goes with a person's title or given name; none where they do not tell."""
    near = [*ent.doc[max(0, ent.start - 2) : ent.start], *beside]
    said = {t.lower_ for t in near} | {ent[0].lower_}
    given = {ent[0].text} if len(ent) > 1 else set()
    she = bool(said & words.she_words) or bool(given & words.she)
    he = bool(said & words.he_words) or bool(given & words.he)
    return None if she == he else "she" if she else "he"


def _loose(doc: Doc, said: list[Said]) -> list[Place]:
    spans = [span for one in said for span in one.content]
    return [
        _place(doc[q.start : q.end])
        for q in doc._.quotations
        if len(q.words(doc)) >= SPEECH and not any(s.start < q.end and q.start < s.end for s in spans)
    ]


def _place(span: Span) -> Place:
    return span.start_char, span.end_char
