"""Annotations out of a file, whatever of the formats it is in.

In: the bytes of a file. Out: ``Entry`` after ``Entry``: where it stands in the file, and its readings or what
is wrong with it. What can go wrong for the file as a whole: ``NotOne``.

A file is JSON (one annotation or review, a list, a collection, a page, a feed, a graph) or JSON lines (one a
line). Pages that a collection only names are not fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

import orjson

from caveat.accounts.refused import Refused
from caveat.annotations.formats import claim_review, json_ld, web_annotation_reading
from caveat.annotations.formats.web_annotation_reading import Reading
from caveat.article import Signal


class NotOne(ValueError):
    """The file is in none of the formats; the message says why."""


@dataclass(frozen=True)
class Entry:
    """One annotation or review of a file."""

    where: str
    """``line 12`` or ``item 3``, counted from 1."""
    readings: tuple[Reading, ...] = ()
    refused: str | None = None


def entries(data: bytes, signals: Mapping[str, Signal]) -> Iterator[Entry]:
    """All that a file holds. Raises ``NotOne`` before the first."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        whole = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        lines = [(n, line) for n, line in enumerate(data.split(b"\n"), 1) if line.strip()]
        if len(lines) < 2 or not any(_is_json(line) for _, line in lines):
            raise NotOne(f"This is neither JSON nor JSON lines: {error}.") from None
        return _of_lines(lines, signals)
    found = _items(whole)
    if not found:
        raise NotOne("There is no annotation and no ClaimReview in this file.")
    return (_entry(f"item {number}", item, signals) for number, item in enumerate(found, 1))


def _is_json(line: bytes) -> bool:
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return True


def _of_lines(lines: list[tuple[int, bytes]], signals: Mapping[str, Signal]) -> Iterator[Entry]:
    for number, line in lines:
        where = f"line {number}"
        try:
            found = _items(orjson.loads(line))
        except orjson.JSONDecodeError as error:
            yield Entry(where, refused=f"This is not JSON: {error}.")
            continue
        if not found:
            yield Entry(where, refused="This is no annotation and no ClaimReview.")
        for item in found:
            yield _entry(where, item, signals)


def _items(found: object, depth: int = 4) -> list[object]:
    """The annotations of a document; its reviews, where it has none."""
    if depth == 0:
        return []
    if isinstance(found, list):
        return [
            item for each in found for item in (_items(each, depth - 1) if isinstance(each, dict) else [each])
        ]
    if isinstance(found, dict):
        for name in ("first", "items"):
            inner = found.get(name)
            if isinstance(inner, dict | list) and "target" not in found:
                # Annotations within a document have its context.
                return [_with_context(item, found) for item in _items(inner, depth - 1)]
        if "target" in found:
            return [found]
        return list(claim_review.reviews_in(found)) or ([found] if "@context" in found else [])
    return []


def _with_context(item: object, whole: Mapping[str, object]) -> object:
    if isinstance(item, dict) and "@context" not in item and "@context" in whole:
        return {"@context": whole["@context"], **item}
    return item


def _entry(where: str, item: object, signals: Mapping[str, Signal]) -> Entry:
    try:
        json_ld.refuse_depth(item)
        if claim_review.is_one(item):
            assert isinstance(item, dict)  # noqa: S101  # as is_one says, for the type checker
            return Entry(where, tuple(claim_review.read(item, _name(item))))
        return Entry(where, (web_annotation_reading.read(item, _name(item), signals),))
    except Refused as refused:
        place = f" ({refused.pointer})" if refused.pointer else ""
        return Entry(where, refused=refused.detail + place)


def _name(item: object) -> str:
    """What an import calls something, so that importing it twice is importing it once: by its IRI, or by all
    that it says where it has none."""
    named = item.get("id", item.get("@id")) if isinstance(item, dict) else None
    known = named.encode("utf-8", "replace") if isinstance(named, str) and named else orjson.dumps(item)
    return sha256(known).hexdigest()[:40]
