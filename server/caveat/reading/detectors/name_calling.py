"""name-calling: a person or group is given a tag of contempt instead of an argument."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from caveat.reading.charged import charged
from caveat.reading.detectors import Notice, detector


@detector("name-calling")
class NameCalling:
    """The charged words that tag people (``rules/loaded/labels.toml``)."""

    def __init__(self, nlp: Language) -> None:
        pass

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        for found in charged(doc, "name-calling"):
            yield Notice(found.span, found.confidence)
