"""From a parsed ``Doc`` to the plain record of its block."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from caveat.article import SourceKind
from caveat.reading.detectors import Notice
from caveat.reading.names import BODY, OUTLET, PERSON
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
from caveat.reading.sources import PRONOUNS, SourceWords, is_given_a_name

_POINTING_BACK = frozenset({"the", "this", "that"})
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
        doc.text.rstrip().endswith(":"),
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
    """People and bodies by name; a person's title is what stands before the name or beside it."""
    found = []
    for ent in doc.ents:
        if ent.label_ in {PERSON, BODY, OUTLET}:
            near = [t for t in ent.root.children if t.dep_ in {"compound", "appos", "nmod"}]
            near += [ent.root.head] if ent.root.dep_ in {"appos", "compound"} else []
            role = next((lemma for t in near if (lemma := t.lemma_.lower()) in words.titles), None)
            pronoun = _pronoun(ent, words)
            person = ent.label_ == PERSON or is_given_a_name(ent, words)
            found.append(Mention(ent.start_char, ent.text, person, role, pronoun if person else None))
    return found


def _is_spoken_of_before(head: Token | None) -> bool:
    """A common noun with an article that points back: "the company", "this official"."""
    return head is not None and head.pos_ == "NOUN" and any(t.lower_ in _POINTING_BACK for t in head.children)


def _pronoun(ent: Span, words: SourceWords) -> str | None:
    """The pronoun that goes with a person's title or given name; none where they do not tell."""
    near = list(ent.doc[max(0, ent.start - 2) : ent.start])
    near += [t for t in ent.root.children if t.dep_ in {"appos", "compound", "nmod"}]
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
