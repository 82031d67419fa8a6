"""Importing files of checks: packed, broken, hostile, killed in the middle; what is good is kept, once."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import json
import lzma
import os
import signal
import subprocess
import sys
import time
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caveat.facts.factchecks import FactCheck, Kept, Store, StoreFault, cutting
from caveat.facts.factchecks.files import CHUNK
from caveat.facts.factchecks.importing import BATCH, Import, Outcome, Source, sources
from caveat.facts.factchecks.plain import text as plain_text
from caveat.facts.factchecks.reviews import Entry, reviews


def review(number: int, **more: Any) -> dict[str, Any]:
    return {
        "@type": "ClaimReview",
        "url": f"https://checks.example/{number}",
        "claimReviewed": f"The mill of Größe {number} burns.",
        "reviewRating": {"alternateName": "No"},
    } | more


def lines(*numbers: int) -> str:
    return "".join(json.dumps(review(number), ensure_ascii=False) + "\n" for number in numbers)


class Heard:
    """A listener that remembers."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, Entry]] = []
        self.notes: list[str] = []
        self.bytes = 0

    def entry(self, file: str, entry: Entry) -> None:
        self.entries.append((file, entry))

    def note(self, file: str, note: str) -> None:
        self.notes.append(f"{file}: {note}")

    def read(self, count: int) -> None:
        self.bytes += count

    @property
    def kinds(self) -> list[tuple[int, str]]:
        return [(entry.line, entry.kind) for _, entry in self.entries]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


@pytest.fixture
def heard() -> Heard:
    return Heard()


def run(store: Store | None, heard: Heard, data: bytes) -> Outcome:
    return Import(store, heard).run([Source("feed", lambda: io.BytesIO(data))])


def numbers(store: Store) -> list[int]:
    return [int(check.url.rpartition("/")[2]) for _, check in store.after()]


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


def test_objects_that_refer_to_each_other_in_circles(store: Store, heard: Heard) -> None:
    graph: list[dict[str, Any]] = [
        {"@id": "#a", "@type": "Person", "name": {"@id": "#b"}, "author": {"@id": "#b"}},
        {"@id": "#b", "@type": "Person", "name": {"@id": "#a"}, "author": {"@id": "#a"}},
        review(1, **{"@id": "#c"}, author={"@id": "#a"}, itemReviewed={"@id": "#c"}, publisher={"@id": "#d"}),
        {"@id": "#d", "@type": "Organization", "name": "Mill Watch", "parent": {"@id": "#d"}},
    ]
    run(store, heard, json.dumps({"@graph": graph}).encode())
    assert [check.publisher for _, check in store.after()] == ["Mill Watch"]


def test_references_to_references_to_references_cost_nothing(store: Store, heard: Heard) -> None:
    def laughs(level: int) -> dict[str, Any]:
        return {"@id": f"#{level}", "@type": "Person", "name": [{"@id": f"#{level - 1}"}] * 10}

    graph = [laughs(level) for level in range(1, 60)]
    run(store, heard, json.dumps({"@graph": [*graph, review(1, author={"@id": "#59"})]}).encode())
    assert numbers(store) == [1]


def test_a_line_of_200_megabytes_is_refused_with_its_number_and_length(store: Store, heard: Heard) -> None:
    class Long(io.RawIOBase):
        """Two good lines around a long one that is never in memory."""

        def __init__(self) -> None:
            head = f'{lines(1)}{{"@type": "ClaimReview", "claimReviewed": "'.encode()
            self.parts = iter([head, *([b"x" * 200_000] * 1_000), b'"}\n' + lines(2).encode()])

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            part = next(self.parts, b"")
            buffer[: len(part)] = part
            return len(part)

    tracemalloc.start()
    try:
        opened = io.BufferedReader(Long(), 1_000_000)
        Import(store, heard).run([Source("feed", lambda: opened)])
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()
    assert numbers(store) == [1, 2]
    ((_, entry),) = heard.entries
    assert (entry.line, entry.kind) == (2, "too long")
    assert entry.reason == "A text of 200,000,000 characters; the limit is 1,000,000."


def test_a_rating_of_ten_megabytes(store: Store, heard: Heard) -> None:
    long = json.dumps(review(1, reviewRating={"alternateName": "x" * 10_000_000}))
    run(store, heard, f"[{long},{json.dumps(review(2))}]".encode())
    assert numbers(store) == [2]
    assert heard.kinds == [(1, "too long")]


def test_of_a_feed_that_is_longer_than_what_is_read_whole_everything_is_read(heard: Heard) -> None:
    items = [
        {"@type": "DataFeedItem", "item": [review(number, reviewBody="x" * 1_000)]} for number in range(2_000)
    ]
    feed = {"@type": "DataFeed", "license": "https://licence.example/", "dataFeedElement": items}
    data = json.dumps(feed)
    outcome = run(None, heard, data.encode())
    assert (outcome.found, heard.entries) == (2_000, [])
    first = next(reviews(data[at : at + CHUNK] for at in range(0, len(data), CHUNK)))
    assert isinstance(first, FactCheck)
    assert first.licence == "https://licence.example/"


def test_several_files_and_folders(tmp_path: Path, store: Store, heard: Heard) -> None:
    folder = tmp_path / "feeds"
    (folder / "deeper").mkdir(parents=True)
    (folder / "b.json").write_text(lines(1), encoding="utf-8")
    (folder / "deeper" / "a.html").write_text(
        f"<script type='application/ld+json'>{lines(2)}</script>", "utf-8"
    )
    (folder / ".hidden").write_text("no", encoding="utf-8")
    outcome = Import(store, heard).run(sources(folder))
    assert (outcome.files, numbers(store), heard.entries) == (2, [1, 2], [])
    assert heard.bytes == sum(path.stat().st_size for path in folder.rglob("[ab].*"))


def test_a_file_that_may_not_be_read_is_told_and_the_others_are_read(store: Store, heard: Heard) -> None:
    def refuse() -> io.BytesIO:
        raise PermissionError(13, "Permission denied")

    Import(store, heard).run([Source("a", refuse), Source("b", lambda: io.BytesIO(PLAIN))])
    assert numbers(store) == [1, 2]
    assert heard.entries == [("a", Entry(0, "unreadable", "It cannot be read: Permission denied."))]


def test_the_same_twice_is_kept_once(store: Store, heard: Heard) -> None:
    assert run(store, heard, (lines(1, 2) + lines(1)).encode()).kept == Kept(new=2, same=1)
    assert run(store, heard, lines(1, 2).encode()).kept == Kept(same=2)


def test_looking_only_keeps_nothing(store: Store, heard: Heard) -> None:
    assert run(None, heard, PLAIN).found == 2
    assert not store.path.exists()


def test_what_was_read_before_ctrl_c_is_kept(store: Store, heard: Heard) -> None:
    class Stopped(io.BytesIO):
        def read1(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 0:
                raise KeyboardInterrupt
            return super().read1(size)

    work = Import(store, heard)
    with pytest.raises(KeyboardInterrupt):
        work.run([Source("feed", lambda: Stopped(lines(*range(3)).encode()))])
    assert store.count() == 3
    assert work.outcome.kept == Kept(new=3)


def test_when_the_store_fails_what_was_kept_stays(
    store: Store, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = Store.keep
    calls: list[int] = []

    def failing(self: Store, records: list[FactCheck]) -> Kept:
        calls.append(len(records))
        if len(calls) > 1:
            raise StoreFault("the disk is full")
        return keep(self, records)

    monkeypatch.setattr(Store, "keep", failing)
    work = Import(store, heard)
    with pytest.raises(StoreFault):
        work.run([Source("feed", lambda: io.BytesIO(lines(*range(BATCH * 2)).encode()))])
    assert (store.count(), work.outcome.kept.new, len(calls)) == (BATCH, BATCH, 2)


def test_an_import_that_is_killed_goes_on_when_it_is_started_again(tmp_path: Path) -> None:
    count = 6_000
    feed = tmp_path / "feed.json"
    feed.write_text(lines(*range(count)), encoding="utf-8")
    environment = os.environ | {"CAVEAT_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-c", "from caveat.cli import main; main()", "factchecks", "import", str(feed)]
    store = Store(tmp_path)
    for _ in range(2):
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
            before = store.count()
            until = time.monotonic() + 30
            while store.count() == before < count and time.monotonic() < until and process.poll() is None:
                time.sleep(0.01)
            process.send_signal(signal.SIGKILL)
    partly = dict(store.after())
    assert 0 < len(partly) <= count
    subprocess.run(command, env=environment, check=True, timeout=120, stdout=subprocess.DEVNULL)
    assert sorted(numbers(store)) == list(range(count))
    assert {id_: check for id_, check in store.after() if id_ in partly} == partly


NAMES = [
    *("@type", "@id", "@value", "@graph", "item", "name", "url", "author", "alternateName", "claimReviewed"),
    *("itemReviewed", "reviewRating", "claimReview", "claimReviewMarkups", "datePublished"),
]
values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["ClaimReview", "Claim", "DataFeedItem", "https://x.example/", "#a"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*review(1), "author", "itemReviewed", "@id", "inLanguage"]), values))
def test_whatever_a_review_holds_it_is_read_or_refused(changes: dict[str, Any]) -> None:
    found = list(reviews(iter([json.dumps(review(1) | changes) + "\n" + lines(2)])))
    assert isinstance(found[-1], FactCheck)
    assert found[-1].url == "https://checks.example/2"


@given(values)
def test_whatever_json_stands_beside_a_review_it_is_read(value: Any) -> None:
    found = list(reviews(iter([json.dumps([value, review(1), value])])))
    assert any(isinstance(each, FactCheck) and each.url == "https://checks.example/1" for each in found)


FEEDS = {
    "lines": ("%s", "\n"),
    "a list": ("[%s]", ","),
    "a feed": ('{"@type": "DataFeed", "dataFeedElement": [{"item": [%s]}]}', ']}, {"item": ['),
    "a page": (
        "<html><script type=application/ld+json>%s</script></html>",
        "</script>\n<script type=ld+json>",
    ),
}


@pytest.mark.parametrize("longest", [400, cutting.LONGEST], ids=["a long one", "a short one"])
@pytest.mark.parametrize(("frame", "between"), FEEDS.values(), ids=FEEDS)
@given(data=st.data())
def test_of_a_feed_with_one_damaged_review_the_others_are_read(
    frame: str, between: str, longest: int, data: st.DataObject
) -> None:
    written = [json.dumps(review(number, author={"name": 'The "Mill" {Watch}'})) for number in range(8)]
    damaged = data.draw(st.integers(0, 7))
    whole = written[damaged]
    at = data.draw(st.integers(0, len(whole)))
    until = data.draw(st.integers(at, len(whole)))
    written[damaged] = whole[:at] + data.draw(st.text('{}[]",:\\ \n', max_size=3)) + whole[until:]
    text = frame % between.join(written)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "LONGEST", longest)
        found = list(reviews(text[start : start + 100] for start in range(0, len(text), 100)))
    read = {each.url for each in found if isinstance(each, FactCheck)}
    assert read >= {f"https://checks.example/{number}" for number in range(8) if number != damaged}


@given(
    st.text(),
    st.lists(st.sampled_from(["<", "script", ">", "&lt;", "&amp;", "/", "a", "!--", "\u200b", " "])),
)
def test_no_text_is_ever_markup(start: str, parts: list[str]) -> None:
    found = plain_text(start + "".join(parts)) or ""
    assert not any(f"<{sign}" in found.lower() for sign in "abcdefghijklmnopqrstuvwxyz/!?")
    assert found == " ".join(found.split())
