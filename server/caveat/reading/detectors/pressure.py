"""pressure: alarm, "everybody", or only two choices. Quiet: a person confirms."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.own_words import in_own_words


@detector("pressure")
class Pressure:
    """The list of ``rules/wording.toml``."""

    def __init__(self, nlp: Language) -> None:
        self.matcher = rules.Phrases(nlp.vocab, {"pressure": rules.read("wording")["pressure"]["patterns"]})

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        for span in in_own_words(doc, self.matcher):
            yield Notice(span, 0.45)
