"""Articles out of files, stdin and JSON lines.

In: a path (``-`` is stdin) or a line of JSON. Out: text or an ``Article``, exactly as sent: line breaks
stay as they are, so that offsets are the file's own (a byte order mark is not text and is dropped).
What can go wrong: ``InputError``, which names the input, what is wrong with it and what would do. The
rules for a text and its context are the HTTP API's, kept in one place.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import orjson

from caveat.article import Article
from caveat.cli.outcome import InputError

STDIN = "-"
_BOM = b"\xef\xbb\xbf"
_LONGEST_CHARACTER = 4  # bytes of UTF-8


def name(path: str) -> str:
    """What messages call an input."""
    return "standard input" if path == STDIN else path


def read_bytes(path: str, limit: int | None = None) -> bytes:
    """The bytes of an input, at most one more than ``limit``. Raises ``InputError``."""
    size = -1 if limit is None else limit + 1
    if path == STDIN:
        return sys.stdin.buffer.read(size)
    with opened(path) as file:
        return file.read(size)


def opened(path: str) -> BinaryIO:
    """A file, open for reading. Raises ``InputError``."""
    try:
        return Path(path).open("rb")
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file.") from None
    except IsADirectoryError:
        raise InputError(
            f"{path} is a directory; name the files in it, for example {path.rstrip('/')}/*.txt."
        ) from None
    except PermissionError:
        raise InputError(f"{path}: you may not read this file.") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise InputError(f"{path}: it cannot be read ({error}).") from None


def read_text(path: str, max_text: int) -> str:
    """The text of an input. Raises ``InputError``."""
    # Read no more than could be right: somebody may hand in a disk image.
    data = read_bytes(path, max_text * _LONGEST_CHARACTER + len(_BOM)).removeprefix(_BOM)
    if len(data) > max_text * _LONGEST_CHARACTER:
        raise InputError(f"{name(path)} is longer than {max_text:,} characters, the limit for one article.")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name(path)} is not UTF-8 text: byte {error.start} is 0x{data[error.start]:02x}. "
            "Convert it first, for example: iconv -f WINDOWS-1252 -t UTF-8 "
            + ("FILE" if path == STDIN else path)
        ) from None


def read_context(path: str) -> dict[str, Any]:
    """The object in a context file. Raises ``InputError``."""
    try:
        context = orjson.loads(read_bytes(path).removeprefix(_BOM))
    except orjson.JSONDecodeError as error:
        raise InputError(f"{name(path)} is not JSON: {error}.") from None
    if not isinstance(context, dict):
        raise InputError(
            f'{name(path)} must hold a JSON object such as {{"title": "…", "published": "2025-07-14"}}.'
        )
    return context


@dataclass(frozen=True, slots=True)
class Admission:
    """Decides what is an article, by the API's rules and this machine's limit."""

    max_text: int

    def article(self, source: str, text: object, context: object) -> Article:
        """The article. Raises ``InputError``."""
        document = {"text": text} | ({} if context is None else {"context": context})
        return self._load(document, f"{source}: ")

    def line(self, line: bytes) -> tuple[Any, Article | str]:
        """The id of a JSON line and its article, or what is wrong with it."""
        try:
            entry = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            return None, f"This is not JSON: {error}."
        if not isinstance(entry, dict):
            return None, 'A line is an object: {"id": "…", "text": "…", "context": {…}}.'
        id_ = entry.get("id")
        if not isinstance(id_, str | int) or isinstance(id_, bool):
            return None, "It needs an id, a string or a whole number, to tell the answers apart."
        # A line may carry more, such as a data set's labels; only what makes an article is looked at.
        known = {name: entry[name] for name in ("text", "context") if name in entry}
        try:
            return id_, self._load(known)
        except InputError as error:
            return id_, error.message

    def _load(self, document: Mapping[str, object], prefix: str = "") -> Article:
        # The API takes a second to import; whoever reads no article need not wait for it.
        from marshmallow import ValidationError

        from caveat.api.article_schema import article_schema

        try:
            article = article_schema(self.max_text).load(document)
        except ValidationError as error:
            from caveat.api.routes import faults

            what = [f"{_field(fault['pointer'])}: {fault['detail']}" for fault in faults(error.messages)]
            raise InputError(prefix + " ".join(what)) from None
        return cast(Article, article)


def _field(pointer: str) -> str:
    """A JSON Pointer as a person would write the field's name."""
    return pointer.removeprefix("#").strip("/").replace("/", ".") or "the article"
