"""The reading that is measured, and parses kept between runs.

A parse depends on the model, on how words are cut and on the text, and is most of a reading's time; so the
model's part is kept in ``build/parses`` and only our components run anew. ``make clean`` removes it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from spacy.tokens import Doc, DocBin

from caveat.article import Analysis, Article
from caveat.catalogue import Catalogue
from caveat.facts import Facts
from caveat.reading import Reader, pipeline
from caveat.reading.record import BlockReading
from caveat.reading.record_of import record_of

KEPT = Path(__file__).parents[2] / "build" / "parses"


class Readings:
    """A reader that remembers parses; ``part`` says which labelled articles are read."""

    def __init__(self, part: str = "", *, recogniser: bool = False) -> None:
        self.part = part
        self.reader = Reader(pipeline.load(recogniser=recogniser), Catalogue.standard(), Facts.load())
        nlp = self.reader.nlp
        self._ours = [
            name for name in nlp.pipe_names if name.startswith("caveat_") and name != "caveat_attributes"
        ]
        self._theirs = [name for name in nlp.pipe_names if name not in self._ours]

    def parsed(self, name: str, texts: Sequence[str]) -> list[Doc]:
        """What the model alone says of texts."""
        nlp = self.reader.nlp
        whole = "\0".join([self.reader.engine.partition("(")[2], *sorted(nlp.tokenizer.rules), *texts])
        digest = hashlib.blake2b(whole.encode(), digest_size=8).hexdigest()
        file = KEPT / f"{name}-{digest}.spacy"
        if not file.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            with nlp.select_pipes(disable=self._ours):
                bin_ = DocBin(store_user_data=False, docs=nlp.pipe(texts, batch_size=128))
            bin_.to_disk(file)
        return list(DocBin().from_disk(file).get_docs(nlp.vocab))

    def docs(self, name: str, texts: Sequence[str]) -> list[Doc]:
        """Texts read by the whole pipeline."""
        parsed = self.parsed(name, texts)
        with self.reader.nlp.select_pipes(disable=self._theirs):
            return list(self.reader.nlp.pipe(parsed))

    def analyses(self, name: str, articles: Sequence[Article]) -> list[Analysis]:
        """Articles, analysed."""
        surveys = [self.reader.survey(article) for article in articles]
        texts = [block.text for survey in surveys for block in survey.blocks]
        readings = iter(record_of(doc, self.reader._words) for doc in self.docs(name, texts))

        def own(count: int) -> list[BlockReading]:
            return [next(readings) for _ in range(count)]

        return [
            self.reader.judge(article, survey, own(len(survey.blocks)))
            for article, survey in zip(articles, surveys, strict=True)
        ]
