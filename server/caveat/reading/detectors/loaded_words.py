"""loaded-words: wording that carries a judgement, where a plainer word tells the same fact."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from caveat.reading.charged import charged
from caveat.reading.detectors import Notice, detector


@detector("loaded-words")
class LoadedWords:
    """The charged words that are loaded; the surest first, for at most three notes stand on a sentence."""

    def __init__(self, nlp: Language) -> None:
        pass

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        for found in charged(doc, "loaded-words"):
            if plain := found.entry.plain:
                yield Notice(found.span, found.confidence, "neutral", {"neutral": plain})
            else:
                yield Notice(found.span, found.confidence)
