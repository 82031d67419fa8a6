"""Who is behind it after all: what unmakes a note on a source.

A crowd whose names follow ("experts, including Dr Holt"), a crowd of a house that can be asked
("researchers at the university"), a crowd the article has introduced or counted, and words that are
somebody else's are no missing sources. The words are data: ``rules/vague-source.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Span, Token

from caveat.article import SourceKind
from caveat.reading.name_labels import BODY, OUTLET, PERSON, PLATFORM
from caveat.reading.quotations import within
from caveat.reading.said import Said

_ANSWERS = frozenset({SourceKind.NAMED, SourceKind.INSTITUTION, SourceKind.DOCUMENT})
_CONDITIONS = frozenset({"if", "whether", "unless"})
_WRITER = frozenset({"i", "we"})
_MEDIA = frozenset({OUTLET, PLATFORM})


@dataclass(frozen=True, slots=True)
class NamedAfterAll:
    """The list ``named_after_all`` of the rules."""

    by: frozenset[str]
    houses: frozenset[str]
    asked: frozenset[str]
    not_people: frozenset[str]
    known: frozenset[str]
    polls: frozenset[str]
    few: frozenset[str]
    asking: frozenset[str]

    @classmethod
    def of(cls, lists: dict[str, Any]) -> NamedAfterAll:
        return cls(**{name: frozenset(words) for name, words in lists.items()})

    def names_somebody(self, source: Span) -> bool:
        """Whether names or a house come with the crowd: "critics of Holt" names the criticised only."""
        head = source.root
        people = {t.i for ent in source.ents if ent.label_ == PERSON for t in ent}
        bodies = {t.i for ent in source.ents if ent.label_ in {BODY, *_MEDIA} for t in ent}
        for token in source:
            if token.i == head.i:
                continue
            if token.dep_ in {"appos", "compound", "nmod", "poss"} and token.head == head:
                if token.i in people | bodies:
                    return True
            elif (token.lower_ in self.by or token.dep_ == "appos") and token.head.i in {
                head.i,
                *(a.i for a in head.children),
            }:
                below = [t for t in token.subtree if source.start <= t.i < source.end]
                if any(t.i in people | bodies or t.lemma_.lower() in self.houses for t in below):
                    return True
        return False

    def is_introduced(self, head: Token) -> bool:
        """Definite, counted or asked: "the experts", "40 people", "everyone I met", "not everyone"."""
        before = [t for t in head.children if t.i < head.i]
        return (
            head.lemma_.lower() in self.asked
            or any(t.lemma_ in self.polls for t in head.sent if t.i < head.i)  # "In exit polls, most voters"
            or any(t.lower_ in self.known for t in before)
            or any(t.dep_ in {"nummod", "neg"} or t.like_num for t in before)
            or any(t.lower_ in _WRITER for c in head.children if c.dep_ == "relcl" for t in c.children)
        )


def counted(head: Token) -> bool:
    """As in "two lawyers": so few that somebody must know who they are."""
    return any(t.dep_ == "nummod" for t in head.children)


def is_supposed(cue: Token) -> bool:
    """Nobody has said it yet in "few would argue" or "if some say"; a question asks whether anybody does."""
    modal = any(t.tag_ == "MD" and t.lower_ != "would" for t in cue.children)
    would = any(t.lower_ == "would" for t in cue.children)
    few = any(t.lemma_ in {"few", "nobody", "no"} or t.dep_ == "neg" for t in cue.subtree if t.i < cue.i)
    return (
        modal
        or (would and few)
        or any(t.lower_ in _CONDITIONS for t in cue.children)
        or is_question(cue.sent)
    )


def is_question(sentence: Span) -> bool:
    return sentence.text.rstrip("\"'”’) ").endswith("?")


def spoken_for(doc: Doc, start: int, end: int, cue: Span | None = None) -> bool:
    """Whether words stand in quotation marks or are what somebody who can be looked up is told to
    have said; what an outlet passes on is still nobody's in particular."""
    if within(doc, start, end):
        return True
    if _is_an_aside(doc[start]):
        return False
    return any(
        any(part.start <= start and end <= part.end for part in said.content)
        for said in speakers(doc)
        if cue is None or said.cue.start != cue.start
    )


def is_told_by_another(doc: Doc, cue: Span) -> bool:
    """Whether a saying is itself said, by the parse: "Reed said that Holt had called the plan a mistake"."""
    above = {t.i for t in cue.root.ancestors}
    return spoken_for(doc, cue.start, cue.end, cue) and (
        within(doc, cue.start, cue.end) is not None or any(said.cue.root.i in above for said in speakers(doc))
    )


def _is_an_aside(token: Token) -> bool:
    """As in "…, a move that some see as a gamble": the parser hangs the writer's remark on the speech."""
    return any(t.dep_ == "relcl" and t.head.dep_ == "appos" for t in (token, *token.ancestors))


def speakers(doc: Doc) -> Iterator[Said]:
    """The attributions to somebody who answers for the words."""
    for said in doc._.attributions:
        if said.kind in _ANSWERS and said.source is not None and not said.negated:
            root = said.source.root
            if root.ent_type_ not in _MEDIA:
                yield said
