"""The face of the room: survey an article, read its blocks, judge the whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from threading import Lock

import orjson
from spacy.language import Language

import caveat
from caveat.article import Analysis, Article, Unread
from caveat.catalogue import Catalogue
from caveat.facts import Facts
from caveat.reading import blocks, checking, language, outlets, pipeline, rules
from caveat.reading.judge import Judge
from caveat.reading.office_questions import years_of_address
from caveat.reading.record import BlockReading
from caveat.reading.record_of import record_of
from caveat.reading.sources import SourceWords
from caveat.reading.whole import document_host

_BATCH = 128  # blocks a batch: larger ones are no faster, smaller ones are


@dataclass(frozen=True, slots=True)
class Survey:
    """What can be said before reading: the language, the blocks to read, and why not, if there are none."""

    language: str | None
    blocks: tuple[blocks.Block, ...]
    unread: Unread | None = None


def utc_today() -> date:
    """The day it is."""
    return datetime.now(UTC).date()


class Reader:
    """Reads articles with one spaCy pipeline; safe to call from several threads.

    ``block_version`` names all that a block's reading depends on, ``version`` all that an analysis
    depends on beside the article; both belong into cache keys.
    """

    def __init__(
        self, nlp: Language, catalogue: Catalogue, facts: Facts, today: Callable[[], date] = utc_today
    ) -> None:
        self.nlp = nlp
        self.catalogue = catalogue
        self.facts = facts
        self.today = today
        model = f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
        self.engine = f"caveat {caveat.__version__}+{_fingerprint()} ({model})"
        self.block_version = self.engine
        self._judge = Judge(self.engine, catalogue, facts)
        self._words = SourceWords.of(rules.read("sources"))
        self._lock = (
            Lock()
        )  # a pipeline's memory zone belongs to one thread at a time; threads do not speed it up

    @classmethod
    def load(cls, model: str | None = None, data_folder: Path | None = None) -> Reader:
        """The standard pipeline with the standard catalogue, and the facts that ship, or newer ones of
        the data folder. Raises ``ModelMissing``."""
        return cls(pipeline.load(model), Catalogue.standard(), Facts.load(data_folder))

    @property
    def version(self) -> str:
        """What an analysis depends on beside the article. Facts can be replaced while a server runs."""
        return f"{self.engine} {self.catalogue.version} {self.facts.version}"

    def matters(self, article: Article) -> bytes:
        """The part of an article that its analysis depends on, in canonical bytes (for cache keys).

        Of a link that is where it stands, where a document lives there, its host, and which rule of the
        listings fits it: no address. Of the page's own address it is the years in it. Of the date it is the
        day, and where the page gives none, or one to come, the day it is today.
        """
        context = article.context
        links = [[link.start, link.end, document_host(link.href)] for link in context.links]
        day, today = checking.day_of(article), self.today()
        is_past = day is not None and day <= today
        dated = [bool(context.published), day, None if is_past else today, years_of_address(article)]
        rules = outlets.matters(article, self.facts.listings)
        return orjson.dumps([article.text, context.site, context.title, context.byline, dated, links, rules])

    def survey(self, article: Article) -> Survey:
        """What can be said before reading. Cheap: no model is asked."""
        if not article.text.strip():
            return Survey(None, (), Unread("empty", "There is no text to read here."))
        code = language.guess(article.text)
        if code not in (None, language.READ):
            what = language.name(code) if code else None
            said = (
                f"This text seems to be in {what}." if what else "This text does not seem to be in English."
            )
            return Survey(
                code,
                (),
                Unread("language", f"{said} Caveat reads English for now, so it marks nothing here."),
            )
        return Survey(code, tuple(b for b in blocks.cut(article.text) if not language.is_foreign(b.text)))

    def read(self, texts: Sequence[str], on_block: Callable[[], None] | None = None) -> list[BlockReading]:
        """Read blocks, context-free and in order; ``on_block`` is called after each. The expensive part."""
        readings = []
        with self._lock, self.nlp.memory_zone():
            # One changed paragraph is common, and a pipe of thirty components costs more than calls.
            docs = self.nlp.pipe(texts, batch_size=_BATCH) if len(texts) > 1 else map(self.nlp, texts)
            for doc in docs:
                readings.append(record_of(doc, self._words))
                if on_block:
                    on_block()
        return readings

    def judge(self, article: Article, survey: Survey, readings: Sequence[BlockReading]) -> Analysis:
        """The analysis of an article whose blocks, in the survey's order, were read. Cheap."""
        return self._judge.judge(
            article, survey.language, survey.unread, survey.blocks, readings, self.today()
        )

    def analyse(self, article: Article, on_block: Callable[[], None] | None = None) -> Analysis:
        """Survey, read and judge, without a cache."""
        survey = self.survey(article)
        return self.judge(article, survey, self.read([b.text for b in survey.blocks], on_block))


def _fingerprint() -> str:
    """A digest of the code, rules and weights of this room and of the facts', so that a change of any leaves
    old answers behind. Tables of facts have their own versions."""
    digest = hashlib.blake2b(digest_size=4)
    for package in ("caveat.facts", "caveat.reading"):
        for file in sorted(_files(resources.files(package)), key=str):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.name.startswith("__"):
            found += _files(entry)
        elif entry.name.endswith((".py", ".toml", ".npz")):
            found.append(entry)
    return found
