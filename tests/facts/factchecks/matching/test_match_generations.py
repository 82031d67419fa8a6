"""An index is the old one or the new one, whole, whatever happens between."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from match_scene import CLAIMS, Silence, Words, check

from caveat.facts.factchecks import Store
from caveat.facts.factchecks.matching import Busy, Generations, Matcher, build, generations, indexing


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_new_claim_is_found_by_a_server_that_was_not_stopped(tmp_path: Path, store: Store) -> None:
    clock = Clock()
    build(tmp_path, None, Silence())
    matcher = Matcher(tmp_path, None, clock)
    version = matcher.version

    store.keep([check(7, "A whale swam up the river Lune to Brindleford.")])
    build(tmp_path, None, Silence())
    assert matcher.version == version  # it looks again in a moment

    clock.now += 3
    [hits] = matcher.look_up(["A whale was seen in the river Lune."])
    assert hits[0].check.url == "https://checker.example/7"
    assert matcher.version != version


def test_a_check_that_was_removed_is_not_found_and_changes_the_version(tmp_path: Path, store: Store) -> None:
    clock = Clock()
    build(tmp_path, None, Silence())
    matcher = Matcher(tmp_path, None, clock)
    version = matcher.version

    store.remove("https://checker.example/1")
    clock.now += 3

    [hits] = matcher.look_up([CLAIMS[0]])
    assert "https://checker.example/1" not in [hit.check.url for hit in hits]
    assert matcher.version != version


def test_an_index_that_is_replaced_twice_while_it_is_read_is_read_to_the_end(
    tmp_path: Path, store: Store
) -> None:
    build(tmp_path, None, Silence())
    matcher = Matcher(tmp_path, None, Clock())
    before = matcher.look_up([CLAIMS[1]])

    for number in (8, 9):
        store.keep([check(number, f"Sheep number {number} was counted twice.")])
        build(tmp_path, None, Silence())

    assert not (tmp_path / generations.FOLDER / "index-1").exists()
    assert [h.check.url for h in matcher.look_up([CLAIMS[1]])[0]] == [h.check.url for h in before[0]]


@pytest.mark.usefixtures("store")
def test_without_an_index_nothing_is_found(tmp_path: Path) -> None:
    matcher = Matcher(tmp_path, None)

    assert matcher.look_up([CLAIMS[0], ""]) == [[], []]
    assert matcher.version == "no checks"


@pytest.mark.parametrize("step", ["rename", "replace", "write_bytes"])
def test_a_build_that_is_killed_leaves_the_old_index_and_the_next_one_succeeds(
    step: str, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, None, Silence())
    store.keep([check(7, "A whale swam up the river Lune to Brindleford.")])

    with monkeypatch.context() as broken:
        broken.setattr(Path, step, _killed)
        with pytest.raises(KeyboardInterrupt):
            build(tmp_path, None, Silence())
    [hits] = Matcher(tmp_path, None).look_up([CLAIMS[0]])
    assert hits[0].check.claim == CLAIMS[0]

    build(tmp_path, None, Silence())
    [hits] = Matcher(tmp_path, None).look_up(["A whale swam up the Lune."])
    assert hits[0].check.url == "https://checker.example/7"


@pytest.mark.usefixtures("store")
def test_vectors_that_a_stopped_build_had_made_are_not_made_again(
    tmp_path: Path, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "_AT_ONCE", 2)
    with monkeypatch.context() as broken:
        broken.setattr(Words, "encode", _after(4))
        with pytest.raises(KeyboardInterrupt):
            build(tmp_path, words, Silence())
    words.encoded.clear()

    build(tmp_path, words, Silence())

    assert len(words.encoded) == 2
    assert not (tmp_path / generations.FOLDER / "aside").exists()


def test_only_what_changed_is_encoded_again(tmp_path: Path, store: Store, words: Words) -> None:
    build(tmp_path, words, Silence())
    words.encoded.clear()
    store.keep([check(7, "A whale swam up the Lune."), check(2, CLAIMS[1], title="A look at crime")])
    store.remove("https://checker.example/1")

    generation = build(tmp_path, words, Silence())

    assert words.encoded == [f"A look at crime. {CLAIMS[1]}", "A whale swam up the Lune."]
    assert generation is not None
    assert (generation.manifest.claims, generation.manifest.vectors) == (6, 6)
    assert build(tmp_path, words, Silence()) is None


def test_what_came_with_the_first_import_does_not_blur_the_meaning_of_later_claims(
    tmp_path: Path, words: Words
) -> None:
    store = Store(tmp_path)
    store.keep([check(0, CLAIMS[0])])
    build(tmp_path, words, Silence())
    store.keep(check(number, f"Sheep number {number} was counted twice.") for number in range(1, 400))
    store.keep(check(number, claim) for number, claim in enumerate(CLAIMS[1:], 400))
    build(tmp_path, words, Silence())

    found = [hits[0] for hits in Matcher(tmp_path, words).look_up(CLAIMS)]
    assert [hit.check.claim for hit in found] == list(CLAIMS)
    assert {hit.score for hit in found} == {1.0}  # first by its words, and by its meaning too


@pytest.mark.usefixtures("store")
def test_meanings_are_added_to_an_index_that_has_words_only(tmp_path: Path, words: Words) -> None:
    assert build(tmp_path, None, Silence()) is not None
    generation = build(tmp_path, words, Silence())

    assert generation is not None
    assert generation.manifest.vectors == 6


@pytest.mark.parametrize("name", ["vectors.faiss", "terms.npy", "manifest.json"])
def test_a_damaged_index_finds_nothing_and_is_built_whole_again(
    name: str, tmp_path: Path, store: Store, words: Words
) -> None:
    build(tmp_path, words, Silence())
    (tmp_path / generations.FOLDER / "index-1" / name).write_bytes(b"damaged")
    assert Matcher(tmp_path, words).look_up([CLAIMS[0]]) == [[]]

    store.keep([check(7, "A whale swam up the Lune.")])
    build(tmp_path, words, Silence())

    [hits] = Matcher(tmp_path, words).look_up([CLAIMS[0]])
    assert hits[0].check.claim == CLAIMS[0]


def test_an_index_of_another_store_is_not_built_on(tmp_path: Path, store: Store) -> None:
    store.keep([check(7, "A whale swam up the Lune.")])
    build(tmp_path, None, Silence())
    store.path.unlink()
    for beside in store.path.parent.glob("checks.db-*"):
        beside.unlink()
    store.keep([check(1, "Only this is left.")])

    build(tmp_path, None, Silence())

    [hits] = Matcher(tmp_path, None).look_up(["This is all that is left."])
    assert [hit.check.claim for hit in hits] == ["Only this is left."]


@pytest.mark.usefixtures("store")
def test_two_do_not_build_at_once(tmp_path: Path) -> None:
    with Generations(tmp_path).building(), pytest.raises(Busy, match="wait until it is done"):
        build(tmp_path, None, Silence())


def test_an_empty_store_has_an_index_that_finds_nothing(tmp_path: Path, words: Words) -> None:
    build(tmp_path, words, Silence())
    assert Matcher(tmp_path, words).look_up(["Anything at all."]) == [[]]


@pytest.mark.usefixtures("store")
def test_an_index_that_was_moved_away_is_let_go(tmp_path: Path) -> None:
    clock = Clock()
    build(tmp_path, None, Silence())
    matcher = Matcher(tmp_path, None, clock)
    assert matcher.look_up([CLAIMS[0]])[0]

    shutil.rmtree(tmp_path / generations.FOLDER)
    clock.now += 3

    assert matcher.look_up([CLAIMS[0]]) == [[]]


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def _after(count: int) -> Callable[..., object]:
    """An encoder's encode that is killed once it has encoded so many texts."""
    encode = Words.encode

    def until(self: Words, texts: list[str]) -> object:
        if len(self.encoded) >= count:
            raise KeyboardInterrupt
        return encode(self, texts)

    return until
