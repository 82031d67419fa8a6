"""Files of checks as they come: packed, in one encoding or another, broken; what is good is read."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import json
import lzma
import zipfile

import pytest

from caveat.facts.factchecks import Kept, Store
from factchecks_written import Heard, lines, numbers, review, run


def zipped(**files: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return written.getvalue()


def packed(data: bytes, times: int) -> bytes:
    return packed(gzip.compress(data), times - 1) if times else data


PLAIN = lines(1, 2).encode()
PACKED = {
    "as it is": PLAIN,
    "gz": gzip.compress(PLAIN),
    "gz in two parts": gzip.compress(lines(1).encode()) + gzip.compress(lines(2).encode()),
    "bz2": bz2.compress(PLAIN),
    "xz": lzma.compress(PLAIN),
    "zip": zipped(a=lines(1).encode(), b=lines(2).encode()),
    "gz in zip": zipped(a=gzip.compress(PLAIN)),
    "UTF-8 with a mark": codecs.BOM_UTF8 + PLAIN,
    "UTF-16 with a mark": PLAIN.decode().encode("utf-16"),
    "UTF-16 without a mark": PLAIN.decode().encode("utf-16-le"),
    "UTF-16, the other way round": codecs.BOM_UTF16_BE + PLAIN.decode().encode("utf-16-be"),
    "UTF-32": PLAIN.decode().encode("utf-32"),
    "Latin-1": PLAIN.decode().encode("latin-1"),
    "NULs": PLAIN.replace(b"ClaimReview", b"Claim\0Review"),
    "Windows line ends": PLAIN.replace(b"\n", b"\r\n"),
}


@pytest.mark.parametrize("data", PACKED.values(), ids=PACKED)
def test_a_file_is_read_however_it_is_packed_and_encoded(data: bytes, store: Store, heard: Heard) -> None:
    assert run(store, heard, data).kept == Kept(new=2)
    assert heard.entries == []
    assert [check.claim for _, check in store.after()] == [f"The mill of Größe {n} burns." for n in (1, 2)]


def test_what_is_odd_about_an_encoding_is_said(store: Store, heard: Heard) -> None:
    half = lines(1).encode() + lines(2).encode("cp1252")
    run(store, heard, half)
    assert [check.claim for _, check in store.after()] == [f"The mill of Größe {n} burns." for n in (1, 2)]
    assert heard.notes == ["feed: Some of it is not UTF-8 and is read as Windows-1252."]


BAD = {
    "cut off": (lines(1, 2).encode()[:-40], [1], [(2, "cut off")]),
    "cut off in a character": (lines(1).encode() + b'{"@type": "\xc3', [1], [(2, "cut off")]),
    "a bad file in a zip": (zipped(a=b"oops", b=lines(2).encode()), [2], [(1, "not JSON")]),
    "a damaged file in a zip": (
        zipped(a=lines(1).encode(), b=b"").replace(b"PK\x03\x04", b"PK\x03\x05").replace(b"\x05", b"\x04", 1),
        [1],
        [(0, "unreadable")],
    ),
    "zip, cut off": (zipped(a=lines(1).encode())[:-10], [], [(0, "unreadable")]),
    "packed too often": (packed(PLAIN, 4), [], [(0, "unreadable")]),
    "another kind of archive": (b"7z\xbc\xaf\x27\x1c" + bytes(30), [], [(0, "unreadable")]),
    "nothing": (b"", [], [(0, "nothing in it")]),
    "something else": (b'{"@type": "Recipe"}', [], [(0, "nothing in it")]),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), [], None),
    "a line that is no JSON": (lines(1).encode() + b"oops\n" + lines(2).encode(), [1, 2], [(2, "not JSON")]),
    "a claim that is a list of lists": (
        json.dumps(review(1, claimReviewed=[[["x"]]])).encode() + b"\n" + lines(2).encode(),
        [2],
        [(1, "no claim")],
    ),
    "numbers where texts belong": (
        json.dumps(review(1, claimReviewed=7, author=5, inLanguage=3, name=1.5, datePublished=True)).encode(),
        [1],
        [],
    ),
    "texts where objects belong": (
        json.dumps(review(1, itemReviewed="x", reviewRating="x", author="x", sameAs={})).encode(),
        [1],
        [],
    ),
    "a number that no computer holds": (
        lines(1).encode().replace(b'"No"', b"9" * 5_000) + lines(2).encode(),
        None,
        None,
    ),
    "halves of characters": (lines(1).encode().replace(b'"No"', rb'"\ud800 No \udfff"'), [1], []),
    "very deep": (b'{"a":' * 100_000 + b"\n" + lines(2).encode(), [2], None),
    "very deep lists": (b"[" * 1_000_000 + b"\n" + lines(2).encode(), [2], None),
}  # fmt: skip


@pytest.mark.parametrize(("data", "kept", "told"), BAD.values(), ids=BAD)
def test_of_a_bad_file_the_good_is_kept_and_the_rest_is_told(
    data: bytes, kept: list[int] | None, told: list[tuple[int, str]] | None, store: Store, heard: Heard
) -> None:
    outcome = run(store, heard, data)
    if kept is not None:
        assert numbers(store) == kept
    if told is not None:
        assert heard.kinds == told
    assert outcome.refused.total() == len(heard.entries)


def test_a_packed_file_that_is_cut_off_gives_what_it_has(store: Store, heard: Heard) -> None:
    run(store, heard, gzip.compress(lines(*range(2_000)).encode())[:-3_000])
    assert 1_000 < store.count() < 2_000
    assert heard.kinds[-1] == (0, "unreadable")
