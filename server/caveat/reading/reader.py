"""The face of the room: survey an article, read its blocks, judge the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

import orjson
from spacy.language import Language

import caveat
from caveat.article import (
    Analysis, Article, Attribution, Claim, ClaimKind, Coverage, Look, Note, Quote, SourceKind, Span, Unread, quote,
)  # fmt: skip
from caveat.catalogue import Catalogue
from caveat.reading import blocks, language, pipeline


@dataclass(frozen=True, slots=True)
class BlockReading:
    """What was found in one block, whatever article it stands in; offsets count from the block's start."""

    sentences: list[tuple[int, int]]
    notices: list[tuple[str, int, int]]

    def encode(self) -> bytes:
        return orjson.dumps(self)

    @classmethod
    def decode(cls, data: bytes) -> BlockReading:
        return cls(**orjson.loads(data))


@dataclass(frozen=True, slots=True)
class Survey:
    """What can be said before reading: the language, the blocks to read, and why not, if there are none."""

    language: str | None
    blocks: tuple[blocks.Block, ...]
    unread: Unread | None = None


class Reader:
    """Reads articles with one spaCy pipeline; safe to call from several threads."""

    def __init__(self, nlp: Language, catalogue: Catalogue) -> None:
        self.nlp = nlp
        self.catalogue = catalogue
        self.engine = f"caveat {caveat.__version__} ({nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']})"
        self.block_version = self.engine  # all that a block's reading depends on
        self.version = f"{self.engine} {catalogue.version}"  # all that an analysis depends on beside the article
        self._lock = Lock()  # a pipeline's memory zone belongs to one thread at a time

    @classmethod
    def load(cls, model: str | None = None) -> Reader:
        """The standard pipeline with the standard catalogue. Raises ``ModelMissing``."""
        return cls(pipeline.load(model), Catalogue.standard())

    def matters(self, article: Article) -> bytes:
        """The part of an article that its analysis depends on, in canonical bytes (for cache keys)."""
        c = article.context
        return orjson.dumps([article.text, c.title, c.published, c.language, [[k.start, k.end, k.href] for k in c.links]])

    def survey(self, article: Article) -> Survey:
        code = language.guess(article.text)
        if not article.text.strip():
            return Survey(None, (), Unread("empty", "There is no text to read here."))
        if code not in (None, language.READ):
            what = language.name(code or "") or "a language Caveat does not know"
            return Survey(code, (), Unread("language", f"This text seems to be in {what}. Caveat reads English for now."))
        return Survey(code, tuple(blocks.cut(article.text)))

    def read(self, texts: Sequence[str], on_block: Callable[[], None] | None = None) -> Iterator[BlockReading]:
        """Read blocks, context-free and in order; ``on_block`` is called after each."""
        with self._lock:
            docs = list(self.nlp.pipe(texts))
        for doc in docs:
            notices = [("vague-source", t.idx, t.idx + len(t)) for t in doc if t.lower_ in ("experts", "some", "many", "critics")]
            yield BlockReading([(s.start_char, s.end_char) for s in doc.sents], notices)
            if on_block:
                on_block()

    def judge(self, article: Article, survey: Survey, readings: Sequence[BlockReading]) -> Analysis:
        text = article.text
        claims, notes = [], []
        n = 0
        for block, reading in zip(survey.blocks, readings, strict=True):
            for a, b in reading.sentences:
                n += 1
                a, b = a + block.start, b + block.start
                claims.append(Claim(f"c{len(claims) + 1}", a, b, quote(text, a, b), ClaimKind.EVENT, 0.5, Attribution(SourceKind.NONE)))
            for signal, a, b in reading.notices:
                a, b = a + block.start, b + block.start
                s = self.catalogue.signals[signal]
                notes.append(
                    Note(f"n{len(notes) + 1}", signal, None, a, b, quote(text, a, b), self.catalogue.message(signal, words=text[a:b]),
                         s.question, 0.8, (), (Look("Search fact checks", "https://toolbox.google.com/factcheck/explorer/search/x"),))
                )
        used = {n.signal: self.catalogue.signals[n.signal] for n in notes}
        return Analysis(self.engine, survey.language, tuple(claims), tuple(notes), (), Coverage(n, len(claims), 0, 0), survey.unread, used)

    def analyse(self, article: Article, on_block: Callable[[], None] | None = None) -> Analysis:
        """Survey, read and judge, without a cache."""
        survey = self.survey(article)
        return self.judge(article, survey, list(self.read([b.text for b in survey.blocks], on_block)))
