"""promotion: praise that does not say what it is measured by."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from caveat.reading.charged import charged
from caveat.reading.detectors import Notice, detector


@detector("promotion")
class Promotion:
    """The charged words that praise (``rules/loaded/praise.toml``)."""

    def __init__(self, nlp: Language) -> None:
        pass

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        for found in charged(doc, "promotion"):
            yield Notice(found.span, found.confidence)
