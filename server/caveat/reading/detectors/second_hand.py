"""second-hand: another outlet's report, or a post, passed on."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from caveat.reading import rules
from caveat.reading.attribution import Said
from caveat.reading.detectors import Notice, detector
from caveat.reading.detectors.vague_source import outlet_in_sentence, source_with_cue
from caveat.reading.names import OUTLET, PLATFORM
from caveat.reading.quotations import within


@detector("second-hand")
class SecondHand:
    """Attributions whose source or relay is an outlet, posts on a platform, and "media reports"."""

    def __init__(self, nlp: Language) -> None:
        self.matcher = rules.Phrases(nlp.vocab, rules.read("second-hand"))

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        taken: list[Span] = []
        for said in doc._.attributions:
            span, relay = self._relayed(doc, said)
            if span is not None and not within(doc, span.start, span.end):
                taken.append(span)
                yield Notice(span, 0.85, slots={"relay": relay})
        for span in self.matcher(doc):
            if within(doc, span.start, span.end) or any(
                span.start < t.end and t.start < span.end for t in taken
            ):
                continue
            if span.label_ == "media":
                yield Notice(span, 0.7, "media")
            else:
                platform = next((e for e in span.ents if e.label_ in {OUTLET, PLATFORM}), None)
                if platform is not None:
                    yield Notice(span, 0.75, "post", {"relay": outlet_in_sentence(platform)})

    def _relayed(self, doc: Doc, said: Said) -> tuple[Span | None, str]:
        if said.relayed_by is not None:
            outlet = outlet_in_sentence(said.relayed_by)
            if said.source is not None and said.source.start <= said.relayed_by.start < said.source.end:
                return doc[
                    said.relayed_by.root.head.head.i : said.relayed_by.end
                ], outlet  # "cited by Reuters"
            return said.relayed_by, outlet
        if said.source is not None and any(
            e.label_ == OUTLET and e.start <= said.source.root.i < e.end for e in said.source.ents
        ):
            return source_with_cue(doc, said), said.source.text
        return None, ""
