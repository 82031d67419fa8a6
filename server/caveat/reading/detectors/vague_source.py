"""vague-source: "some analysts", "critics say", "is seen by many", "it is believed"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from caveat.article import SourceKind
from caveat.reading.attribution import Said
from caveat.reading.detectors import Notice, detector
from caveat.reading.quotations import within

_ANYBODY = frozenset({"people", "someone", "somebody", "anyone", "anybody", "everyone", "everybody"})


@detector("vague-source")
class VagueSource:
    """Attributions to nobody in particular; with no source at all, the passive that hides it."""

    def __init__(self, nlp: Language) -> None: ...

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        for said in doc._.attributions:
            if said.kind is not SourceKind.VAGUE or said.negated or within(doc, said.cue.start, said.cue.end):
                continue
            if said.source is None:
                yield Notice(said.cue, 0.7, "passive")
            elif not said.pronoun and not _is_supposed(said):
                yield Notice(source_with_cue(doc, said), 0.85, slots={"source": in_sentence(said.source)})


def _is_supposed(said: Said) -> bool:
    """Nobody has said it yet in "few would argue" or "if some say"; a question asks whether anybody
    does; "the comfort people find" is about people, not from them."""
    cue = said.cue.root
    modal = any(t.tag_ == "MD" for t in cue.children)
    conditional = any(t.lower_ in {"if", "whether", "unless"} for t in cue.children)
    return modal or conditional or _is_aside_on_people(said) or cue.sent.text.rstrip("\"'”’) ").endswith("?")


def _is_aside_on_people(said: Said) -> bool:
    assert said.source is not None  # noqa: S101 - the caller has looked
    return said.cue.root.dep_ == "relcl" and said.source.root.lower_ in _ANYBODY


def in_sentence(source: Span) -> str:
    """A source's words as they stand inside a sentence: "Some analysts" -> "some analysts"."""
    first, text = source[0], " ".join(source.text.split())
    named = first.pos_ == "PROPN" or first.ent_type_ or first.is_upper or first.i > first.sent.start
    return text if named else text[:1].lower() + text[1:]


def outlet_in_sentence(outlet: Span) -> str:
    """An outlet's words as they stand inside a sentence, with the article that its name leaves out."""
    before = outlet.doc[outlet.start - 1].lower_ if outlet.start else ""
    return f"the {outlet.text}" if before == "the" else outlet.text


def source_with_cue(doc: Doc, said: Said) -> Span:
    """Source and cue together where they are neighbours: "According to people close to the talks"."""
    assert said.source is not None  # noqa: S101 - callers have looked
    first, last = sorted((said.source, said.cue), key=lambda span: span.start)
    return doc[first.start : last.end] if last.start - first.end <= 1 else said.source
