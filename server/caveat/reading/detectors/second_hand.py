"""second-hand: another outlet's report, or a post, passed on."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from caveat.reading import gazetteer, rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.detectors.vague_source import outlet_in_sentence, source_with_cue
from caveat.reading.name_labels import OUTLET, PLATFORM
from caveat.reading.quotations import within
from caveat.reading.said import Said
from caveat.reading.sourcing import is_question

_OPENING = 3  # words of what an outlet says in which "it" tells that it speaks of itself


@detector("second-hand")
class SecondHand:
    """Attributions whose source or relay is an outlet, posts on a platform, and "media reports"."""

    def __init__(self, nlp: Language) -> None:
        data = rules.read("second-hand")
        self.phrases = rules.Phrases(nlp.vocab, data["phrases"])
        self.outlets = frozenset(gazetteer.names("outlets") + gazetteer.names("platforms"))
        self.given_names, self.surnames = gazetteer.given_names(), gazetteer.surnames()
        self.accounts = frozenset(data["own"]["accounts"])
        self.company, self.itself = frozenset(data["own"]["company"]), frozenset(data["own"]["itself"])

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        taken: list[Span] = []
        for notice in (*self._reported(doc), *self._worded(doc)):
            span = notice.span
            if within(doc, span.start, span.end) or any(
                span.start < t.end and t.start < span.end for t in taken
            ):
                continue
            taken.append(span)
            yield notice

    def _reported(self, doc: Doc) -> Iterator[Notice]:
        for said in doc._.attributions:
            span, relay = self._relayed(doc, said)
            if span is not None and not is_question(span.sent):
                yield Notice(span, 0.85, slots={"relay": relay})

    def _worded(self, doc: Doc) -> Iterator[Notice]:
        for span in self.phrases(doc):
            if span.label_ == "media":
                yield Notice(span, 0.7, "media")
            elif span.label_ == "net":
                yield Notice(span, 0.7, "net")
            elif span.label_ == "platform":
                yield Notice(span, 0.75, "post", {"relay": span[-1].text})
            elif place := _named(span, {OUTLET} if span.label_ == "outlet" else {OUTLET, PLATFORM}):
                if span[0].lemma_ == "tell" and self._may_be_a_person(place):
                    continue
                variant = "default" if span.label_ == "outlet" else "post"
                yield Notice(
                    doc[span.start : max(span.end, place.end)],
                    0.75,
                    variant,
                    {"relay": outlet_in_sentence(place)},
                )

    def _relayed(self, doc: Doc, said: Said) -> tuple[Span | None, str]:
        if said.relayed_by is not None:
            if said.cue.root.lemma_ == "tell" and self._may_be_a_person(said.relayed_by):
                return None, ""
            outlet = outlet_in_sentence(said.relayed_by)
            if said.source is not None and said.source.start <= said.relayed_by.start < said.source.end:
                cited = said.relayed_by.root.head.head.i  # "cited by Reuters"
                return doc[cited : said.relayed_by.end], outlet
            return said.relayed_by, outlet
        if said.source is None or said.negated:
            return None, ""
        outlet_name = next(
            (e for e in said.source.ents if e.label_ == OUTLET and e.start <= said.source.root.i < e.end),
            None,
        )
        if outlet_name is None or self._speaks_for_itself(said):
            return None, ""
        return source_with_cue(doc, said), outlet_in_sentence(outlet_name)

    def _may_be_a_person(self, told: Span) -> bool:
        """Somebody who was told something looks like an outlet: "he told Hannity", not "told the Lantern"."""
        name = told.text.removeprefix("the ").removeprefix("The ")
        article = name != told.text or (told.start and told.doc[told.start - 1].lower_ == "the")
        if article or name in self.outlets or name.isupper():
            return False
        return len(told) == 1 or told[0].text in self.given_names or told[-1].text in self.surnames

    def _speaks_for_itself(self, said: Said) -> bool:
        """A newspaper is also a company: it announces, it denies, and "it" in its words is the paper."""
        assert said.source is not None  # noqa: S101 - the caller has looked
        cue = said.cue.root
        beside = any(t.dep_ == "conj" for t in said.source.root.children)
        opening = [t.lower_ for part in said.content[:1] for t in part[:_OPENING]]
        verb = cue.lemma_ in self.company or any(
            t.dep_ == "dobj" and t.lemma_ in self.accounts for t in cue.children
        )
        return verb or beside or (cue.lemma_ != "report" and any(w in self.itself for w in opening))


def _named(span: Span, labels: set[str]) -> Span | None:
    """The outlet or platform that a phrase ends in; "the Gazette host" names somebody else."""
    last, doc = span.end - 1, span.doc
    found = (e for e in doc.ents if e.label_ in labels and e.start <= last and span.start < e.end)
    return next((e for e in found if e.end >= len(doc) or doc[e.end].pos_ not in {"NOUN", "PROPN"}), None)
