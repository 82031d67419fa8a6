"""no-source, the part that a block can see: a judgement told as a fact ("marks a turning point").

That a checkable claim has no source near it, only the article can say (``whole.unsourced``), and
there too a judgement that somebody is said to make is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.quotations import unquoted


@detector("no-source")
class Framing:
    """The patterns of ``rules/framing.toml``, outside quotation marks; once a sentence."""

    def __init__(self, nlp: Language) -> None:
        self.matcher = rules.Phrases(nlp.vocab, {"framing": rules.read("framing")["patterns"]})

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        sentences: set[int] = set()
        for span in unquoted(doc, self.matcher):
            if span.sent.start not in sentences:
                sentences.add(span.sent.start)
                yield Notice(span, 0.6, "framing")
