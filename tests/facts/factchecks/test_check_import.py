"""Importing checks: hostile, in parts, killed in the middle; what is good is kept, once."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from caveat.facts.factchecks import FactCheck, Kept, Store, StoreFault
from caveat.facts.factchecks.files import CHUNK
from caveat.facts.factchecks.importing import BATCH, Import, Source, sources
from caveat.facts.factchecks.reviews import Entry, reviews
from factchecks_written import Heard, lines, numbers, review, run


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

    Import(store, heard).run([Source("a", refuse), Source("b", lambda: io.BytesIO(lines(1, 2).encode()))])
    assert numbers(store) == [1, 2]
    assert heard.entries == [("a", Entry(0, "unreadable", "It cannot be read: Permission denied."))]


def test_the_same_twice_is_kept_once(store: Store, heard: Heard) -> None:
    assert run(store, heard, (lines(1, 2) + lines(1)).encode()).kept == Kept(new=2, same=1)
    assert run(store, heard, lines(1, 2).encode()).kept == Kept(same=2)


def test_looking_only_keeps_nothing(store: Store, heard: Heard) -> None:
    assert run(None, heard, lines(1, 2).encode()).found == 2
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
