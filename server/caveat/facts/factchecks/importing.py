"""Imports files of fact checks into the store.

In: files, a store, and somebody who wants to hear of what is refused. Out: an ``Outcome`` that counts. What
can go wrong: ``StoreFault``; what was kept before it stays, and the outcome counts it.

**Resuming is importing again.** Records are known by page and claim, so that the same file twice keeps
nothing twice; what is there already costs a look-up. There is no mark of how far an import came: none can be
wrong, and it works for pipes and packed files too. Records are kept in batches, each whole or not at all, so
that a killed import loses at most what it would read again anyway.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from caveat.facts.factchecks.files import CHUNK, Text, Unreadable, texts
from caveat.facts.factchecks.record import FactCheck
from caveat.facts.factchecks.reviews import Entry, reviews
from caveat.facts.factchecks.store import Kept, Store

BATCH = 500  # records; others that write wait for one, and a killed import reads one again


@dataclass(frozen=True, slots=True)
class Source:
    """One file to import."""

    name: str
    open: Callable[[], io.BufferedIOBase]


@dataclass(slots=True)
class Outcome:
    """What became of all that was found."""

    found: int = 0  # records that can be kept
    kept: Kept = field(default_factory=Kept)
    refused: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    files: int = 0


class Listener(Protocol):
    """Somebody who wants to hear of what happens."""

    def entry(self, file: str, entry: Entry) -> None:
        """Something was refused or passed over."""

    def note(self, file: str, note: str) -> None:
        """Something is odd about a file, and it was read all the same."""

    def read(self, count: int) -> None:
        """So many more bytes of a file were read."""


def sources(path: Path) -> list[Source]:
    """A file, or all files in a folder in the order of their names. Raises ``OSError``."""
    if not path.is_dir():
        return [Source(str(path), lambda: path.open("rb"))]
    files = sorted(each for each in path.rglob("*") if each.is_file() and not each.name.startswith("."))
    return [Source(str(each), lambda each=each: each.open("rb")) for each in files]  # type: ignore[misc]


class Import:
    """One import; ``outcome`` counts while it runs."""

    def __init__(self, store: Store | None, listener: Listener) -> None:
        self._store = store  # None: only look
        self._listener = listener
        self.outcome = Outcome()

    def run(self, files: Iterable[Source]) -> Outcome:
        """Import files, one after another. Raises ``StoreFault``."""
        batch: list[FactCheck] = []
        try:
            for record in (each for file in files for each in self._records(file)):
                batch.append(record)
                if len(batch) == BATCH:
                    full, batch = batch, []
                    self._keep(full)
        except KeyboardInterrupt:
            self._keep(batch)
            raise
        self._keep(batch)
        return self.outcome

    def _keep(self, batch: list[FactCheck]) -> None:
        if self._store is not None and batch:
            self.outcome.kept.add(self._store.keep(batch))
        self.outcome.found += len(batch)

    def _records(self, source: Source) -> Iterator[FactCheck]:
        try:
            opened = source.open()
        except OSError as error:
            self._entry(source.name, Entry(0, "unreadable", f"It cannot be read: {error.strerror or error}."))
            return
        with opened, io.BufferedReader(_Counted(opened, self._listener.read), CHUNK) as file:
            name = source.name
            try:
                for text in texts(file, name):
                    name = text.name
                    self.outcome.files += 1
                    yield from self._of_text(text)
            except Unreadable as error:
                self._entry(name, Entry(0, "unreadable", str(error)))

    def _of_text(self, text: Text) -> Iterator[FactCheck]:
        faults: list[Entry] = []
        is_empty = True
        for found in reviews(_readable(text.chunks, faults)):
            is_empty = False
            if isinstance(found, FactCheck):
                yield found
            else:
                self._entry(text.name, found)
        if is_empty and not faults:
            faults.append(Entry(0, "nothing in it", "There is no ClaimReview in this file."))
        for fault in faults:
            self._entry(text.name, fault)
        for note in text.notes:
            self._listener.note(text.name, note)

    def _entry(self, name: str, entry: Entry) -> None:
        counts = self.outcome.refused if entry.is_refused else self.outcome.passed_over
        counts[entry.kind] += 1
        self._listener.entry(name, entry)


def _readable(chunks: Iterator[str], faults: list[Entry]) -> Iterator[str]:
    """A text as far as it can be read."""
    try:
        yield from chunks
    except Unreadable as error:
        faults.append(Entry(0, "unreadable", str(error)))


class _Counted(io.RawIOBase):
    """A file that tells how much of it was read."""

    def __init__(self, file: io.BufferedIOBase, tell: Callable[[int], None]) -> None:
        self._file = file
        self._tell = tell

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        chunk = self._file.read1(len(buffer))
        buffer[: len(chunk)] = chunk
        self._tell(len(chunk))
        return len(chunk)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._file.seekable()

    def seek(self, place: int, whence: int = 0, /) -> int:
        return self._file.seek(place, whence)

    def tell(self) -> int:
        return self._file.tell()
