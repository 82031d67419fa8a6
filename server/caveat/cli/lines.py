"""Many articles, one a line: JSON lines in, JSON lines out, in order and as they come.

In: a binary stream of ``{"id", "text", "context"}``. Out: for each line ``{"id", ...the analysis}`` or
``{"id", "error"}``. A bad line is reported and the work goes on.

Reading many short texts together takes half the time of reading them one by one, so whatever has
arrived is read as one batch; nobody waits for a batch to fill.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Thread
from typing import TYPE_CHECKING, Any, BinaryIO

import orjson

from caveat.article import Analysis, Article, document
from caveat.cli.inputs import Admission

if TYPE_CHECKING:
    from caveat.reading import Reader

MOST_LINES = 64  # to a batch: more is no faster, and answers would come in gusts
MOST_TEXT = 100_000  # code points to a batch, so that memory stays flat


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as it came: its number, its id, and its article or what is wrong with it."""

    number: int
    id: Any
    article: Article | str
    size: int  # bytes, for the progress bar


@dataclass(frozen=True, slots=True)
class Answer:
    """One line as it goes out, and the entry it answers."""

    entry: Entry
    line: bytes
    error: str | None = None


def answers(
    stream: BinaryIO, reader: Reader, admission: Admission, detail: tuple[str, ...]
) -> Iterator[Answer]:
    """The answers to a stream's lines, in order; empty lines have none."""
    for batch in _batches(_entries(stream, admission)):
        yield from _answer(batch, reader, detail)


def encode(id_: Any, analysis: Analysis, detail: tuple[str, ...]) -> bytes:
    """One analysis as a line: the HTTP answer's fields behind the id."""
    return orjson.dumps({"id": id_, **document(analysis, detail)}) + b"\n"


def _entries(stream: BinaryIO, admission: Admission) -> Iterator[Entry]:
    for number, line in enumerate(stream, 1):
        if line.strip():
            id_, article = admission.line(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
            yield Entry(number, id_, article, len(line))


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """What has arrived so far, again and again until the stream ends."""
    arrived: Queue[Entry | BaseException | None] = Queue(MOST_LINES)

    def fetch() -> None:
        try:
            for entry in entries:
                arrived.put(entry)
            arrived.put(None)
        except BaseException as error:  # noqa: BLE001  # handed to the thread that can report it
            arrived.put(error)

    Thread(target=fetch, daemon=True).start()
    while True:
        batch: list[Entry] = []
        text = 0
        last = arrived.get()
        while isinstance(last, Entry):
            batch.append(last)
            text += len(last.article.text) if isinstance(last.article, Article) else 0
            if len(batch) == MOST_LINES or text > MOST_TEXT:
                break
            try:
                last = arrived.get_nowait()
            except Empty:
                break
        if batch:
            yield batch
        if isinstance(last, BaseException):
            raise last
        if last is None:
            return


def _answer(batch: Sequence[Entry], reader: Reader, detail: tuple[str, ...]) -> Iterator[Answer]:
    surveys = [reader.survey(e.article) if isinstance(e.article, Article) else None for e in batch]
    readings = iter(reader.read([block.text for survey in surveys if survey for block in survey.blocks]))
    for entry, survey in zip(batch, surveys, strict=True):
        if isinstance(entry.article, str) or survey is None:
            error = str(entry.article)
            yield Answer(entry, orjson.dumps({"id": entry.id, "error": error}) + b"\n", error)
            continue
        own = [next(readings) for _ in survey.blocks]
        yield Answer(entry, encode(entry.id, reader.judge(entry.article, survey, own), detail))
