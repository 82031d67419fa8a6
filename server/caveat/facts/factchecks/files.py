"""Text out of files as they come: packed, in a folder, in one encoding or another.

In: an open file. Out: ``Text`` after ``Text`` (one a file, several for an archive), each a stream of pieces
of text with line ends as they are. What can go wrong: ``Unreadable``, in the middle of a stream too; what
came before is good.

Nothing is unpacked to disk or whole into memory. NULs are left out: no text means anything by them.
"""

from __future__ import annotations

import bz2
import codecs
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, cast

CHUNK = 1 << 18  # bytes; larger ones are no faster
_DEEPEST = 3  # packed in packed: a .json.gz in a .zip
_HEAD = 8

_UNPACKED: tuple[tuple[bytes, Callable[..., Any]], ...] = (
    (b"\x1f\x8b", gzip.open),
    (b"BZh", bz2.open),
    (b"\xfd7zXZ\x00", lzma.open),
)
_ZIP = b"PK\x03\x04"
_UNKNOWN = {b"\x28\xb5\x2f\xfd": "zstd", b"7z\xbc\xaf": "7z", b"Rar!": "rar", b"%PDF": "PDF"}
_MARKS = (  # the longer ones first: UTF-32's begins like UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN = "caveat-western"
_FAILURES = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    NotImplementedError,  # a zip that is packed in a way Python does not know
    RuntimeError,  # a zip with a password
)


class Unreadable(Exception):
    """A file, or the rest of it, cannot be read; the message says why and what would do."""


@dataclass(frozen=True, slots=True)
class Text:
    """The text of one file."""

    name: str
    chunks: Iterator[str]
    notes: list[str]  # what is odd about it; complete once the chunks are read


class Peekable(Protocol):
    """A file whose beginning can be looked at, as all of the standard library's can."""

    def peek(self, size: int, /) -> bytes: ...
    def read1(self, size: int, /) -> bytes: ...
    def seekable(self) -> bool: ...


def texts(file: Peekable, name: str, depth: int = _DEEPEST) -> Iterator[Text]:
    """The texts in a file. Raises ``Unreadable``."""
    head = _head(file)
    for mark, what in _UNKNOWN.items():
        if head.startswith(mark):
            raise Unreadable(
                f"This is a {what} file. Unpack it first; gz, bz2, xz and zip are read as they are."
            )
    if head.startswith(_ZIP):
        yield from _archived(file, name, depth)
        return
    for mark, unpacked in _UNPACKED:
        if head.startswith(mark):
            with unpacked(cast(Any, file)) as inner:
                yield from _deeper(cast(Peekable, inner), name, depth)
            return
    notes: list[str] = []
    yield Text(name, _decoded(file, notes), notes)


def _head(file: Peekable) -> bytes:
    try:
        return file.peek(_HEAD)[:_HEAD]
    except _FAILURES as error:
        raise Unreadable(f"It cannot be unpacked: {error}.") from None


def _deeper(inner: Peekable, name: str, depth: int) -> Iterator[Text]:
    if not depth:
        raise Unreadable(f"It is packed more than {_DEEPEST} times over. Unpack it first.")
    yield from texts(inner, name, depth - 1)


def _archived(file: Peekable, name: str, depth: int) -> Iterator[Text]:
    if not file.seekable():
        raise Unreadable("A zip file is read from its end, and this cannot be. Name the file itself.")
    try:
        archive = zipfile.ZipFile(cast(Any, file))
    except (*_FAILURES, ValueError) as error:
        raise Unreadable(f"It is a zip file that cannot be unpacked: {error}.") from None
    with archive:
        for entry in sorted(archive.infolist(), key=lambda entry: entry.filename):
            hidden = entry.filename.startswith("__MACOSX/")  # what a Mac's Finder adds to every archive
            if entry.is_dir() or hidden:
                continue
            try:
                inner = archive.open(entry)
            except _FAILURES as error:
                yield Text(f"{name}: {entry.filename}", _cannot(f"It cannot be unpacked: {error}."), [])
                continue
            with inner:
                yield from _deeper(cast(Peekable, inner), f"{name}: {entry.filename}", depth)


def _cannot(reason: str) -> Iterator[str]:
    raise Unreadable(reason)
    yield ""  # a stream that ends before it begins


def _read(file: Peekable) -> Iterator[bytes]:
    while True:
        try:
            # One read of what lies beneath at a time: a packed file that is cut off gives what it has first.
            chunk = file.read1(CHUNK)
        except _FAILURES as error:
            raise Unreadable(f"The rest cannot be read: {error}. What came before is kept.") from None
        if not chunk:
            return
        yield chunk


def _decoded(file: Peekable, notes: list[str]) -> Iterator[str]:
    chunks = _read(file)
    first = next(chunks, b"")
    while len(first) < _HEAD and (more := next(chunks, b"")):
        first += more
    encoding, mark = _encoding(first)
    if encoding != "utf-8":
        notes.append(f"It is read as {encoding.upper()}.")
        decoder = codecs.getincrementaldecoder(encoding)("replace")
    else:
        decoder = codecs.getincrementaldecoder(encoding)("strict")
    chunk: bytes | None = first[mark:]
    while chunk is not None:
        state = decoder.getstate()
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError:
            notes.append("Some of it is not UTF-8 and is read as Windows-1252.")
            decoder = codecs.getincrementaldecoder(encoding)(_WESTERN)
            decoder.setstate(state)
            text = decoder.decode(chunk)
        yield text.replace("\0", "")
        chunk = next(chunks, None)
    last = decoder.getstate()[0]
    if last:
        yield last.decode(encoding, _WESTERN if encoding == "utf-8" else "replace").replace("\0", "")


def _encoding(first: bytes) -> tuple[str, int]:
    """How a text is encoded, and how long the mark at its beginning is."""
    for mark, encoding in _MARKS:
        if first.startswith(mark):
            return encoding, len(mark)
    # Without a mark: JSON and HTML begin with an ASCII character, so that zeros show what is wide.
    zeros = bytes(1 if byte == 0 else 0 for byte in first[:4])
    wide = {
        b"\0\1\0\1": "utf-16-le",
        b"\1\0\1\0": "utf-16-be",
        b"\0\1\1\1": "utf-32-le",
        b"\1\1\1\0": "utf-32-be",
    }
    return wide.get(zeros, "utf-8"), 0


def _western(error: UnicodeError) -> tuple[str, int]:
    """What is no UTF-8 is nearly always Windows-1252; five of its bytes are free there."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in wrong), error.end


codecs.register_error(_WESTERN, _western)
