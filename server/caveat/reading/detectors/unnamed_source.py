"""unnamed-source: somebody in particular whose name is withheld."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from caveat.article import SourceKind
from caveat.reading.attribution import Said
from caveat.reading.detectors import Notice, detector
from caveat.reading.detectors.vague_source import in_sentence, outlet_in_sentence, source_with_cue
from caveat.reading.quotations import within

# "… because she was not authorized to speak": the reason stands after the condition.
_REASON = re.compile(r"anonymity,?\s+(?:because|as|since|to|citing|for fear)\b[^.;”\"]*", re.IGNORECASE)


@detector("unnamed-source")
class UnnamedSource:
    """Attributions to a withheld person; where the article gives its reason, the message says so."""

    def __init__(self, nlp: Language) -> None: ...

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        for said in doc._.attributions:
            if (
                said.kind is SourceKind.UNNAMED
                and not said.negated
                and said.source is not None
                and not within(doc, said.cue.start, said.cue.end)
            ):
                yield self._notice(doc, said)

    def _notice(self, doc: Doc, said: Said) -> Notice:
        assert said.source is not None  # noqa: S101 - the caller has looked
        span, words_of_source = source_with_cue(doc, said), said.source
        relayed = said.relayed_by
        if (
            relayed is not None
            and said.source.start < relayed.root.head.head.i < relayed.start < said.source.end
        ):
            words_of_source = doc[said.source.start : relayed.root.head.head.i]  # without "cited by Reuters"
        source = in_sentence(words_of_source)
        if reason := _REASON.search(said.cue.sent.text):
            words = re.sub(r"(?i)^anonymity,?\s+", "", reason.group()).strip()
            return Notice(span, 0.8, "reason", {"source": source, "reason": words})
        if said.relayed_by is not None:
            return Notice(
                span, 0.9, "relayed", {"source": source, "relay": outlet_in_sentence(said.relayed_by)}
            )
        return Notice(span, 0.85, slots={"source": source})
