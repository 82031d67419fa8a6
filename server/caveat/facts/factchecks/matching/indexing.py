"""Building the index of a store of fact checks: by words, and by meaning where there is an encoder.

In: the store, an encoder or none, somebody who wants to know how far it is. Out: a new generation, unless
nothing changed. What can go wrong: ``Busy``, the store's ``StoreFault``, ``OSError``.

Postings are made anew every time: a minute for a million claims. Vectors take an hour and more, so that those
of claims that did not change are taken over from the generation before, and the new ones are put aside while
they are made: a build that was stopped goes on where it was.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from caveat.facts.factchecks.matching import postings
from caveat.facts.factchecks.matching.encoder import WIDTH, Encoder
from caveat.facts.factchecks.matching.generations import FORMAT, Generation, Generations, Manifest
from caveat.facts.factchecks.matching.words import plain, terms
from caveat.facts.factchecks.record import FactCheck
from caveat.facts.factchecks.store import Store

IDS, VECTORS = "ids.npy", "vectors.faiss"
_ASIDE = "aside"  # the folder of vectors that no generation has yet
_AT_ONCE = 2_000  # claims that are encoded, then put aside: some ten seconds' work


class Steps(Protocol):
    """Somebody who wants to know how far a work is."""

    def begin(self, what: str, total: float | None) -> None: ...
    def advance(self, by: float = 1) -> None: ...


def text_of(check: FactCheck) -> str:
    """What an index knows a check by: its headline often says the claim in other words."""
    title = check.title or ""
    return plain(f"{title}. {check.claim}" if title and title != check.claim else check.claim)


def build(
    data_folder: Path, encoder: Encoder | None, steps: Steps, *, anew: bool = False
) -> Generation | None:
    """Bring the index up to the store; None where it is already. Raises ``Busy``.

    ``anew`` takes nothing over from the generation before.
    """
    store, generations = Store(data_folder), Generations(data_folder)
    with generations.building() as half:
        of_store = store.generation
        before = None if anew else generations.current()
        if before and before.manifest.store > of_store:
            before = None  # of another store, which was moved away
        name = encoder.name if encoder else None
        if before and before.manifest.store == of_store and before.manifest.encoder == name:
            return None
        count = _write_postings(store, half, steps)
        vectors = 0
        if encoder:
            vectors = _write_vectors(store, generations, before, encoder, half, steps)
        manifest = Manifest(of_store, count, vectors, name, _digest(half), FORMAT)
        generation = generations.publish(half, manifest)
        shutil.rmtree(generations.folder / _ASIDE, ignore_errors=True)
    return generation


def _digest(folder: Path) -> str:
    digest = blake2b(digest_size=6)
    for file in sorted(folder.iterdir()):
        with file.open("rb") as data:
            while chunk := data.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()


def _write_postings(store: Store, half: Path, steps: Steps) -> int:
    ids: list[int] = []

    def each() -> Iterator[list[str]]:
        for id_, check in store.after():
            ids.append(id_)
            steps.advance()
            yield terms(text_of(check))

    steps.begin("Indexing words", store.count())
    count = postings.build(each(), half)
    np.save(half / IDS, np.array(ids, np.int64))
    return count


def _write_vectors(
    store: Store, generations: Generations, before: Generation | None, encoder: Encoder, half: Path,
    steps: Steps,
) -> int:  # fmt: skip
    from caveat.facts.factchecks.matching.vectors import grown, is_whole

    old = before.folder / VECTORS if before and before.manifest.encoder == encoder.name else None
    if old and not is_whole(old):
        old = None
    since = before.manifest.store if before and old else 0
    gone: list[int] = []

    def new() -> Iterator[tuple[int, str]]:
        for id_, check in store.changed(since):
            if check is None:
                gone.append(id_)
            else:
                yield id_, text_of(check)

    steps.begin("Indexing meanings", sum(check is not None for _, check in store.changed(since)))
    ids: list[int] = []
    parts = []
    claims = new()
    while batch := list(islice(claims, _AT_ONCE)):
        ids += [id_ for id_, _ in batch]
        parts.append(_encoded([text for _, text in batch], encoder, generations.folder / _ASIDE))
        steps.advance(len(batch))
    vectors = np.concatenate(parts) if parts else np.zeros((0, WIDTH), np.float16)
    steps.begin("Writing the index", None)
    index = grown(old, np.array(gone, np.int64), np.array(ids, np.int64), vectors)
    index.save(half / VECTORS)
    return len(index)


def _encoded(texts: list[str], encoder: Encoder, aside: Path) -> npt.NDArray[np.float16]:
    """The vectors of texts, from where they were put aside by a build that was stopped, or made now."""
    digest = blake2b("\0".join([encoder.name, *texts]).encode("utf-8", "replace"), digest_size=12)
    file = aside / f"{digest.hexdigest()}.npy"
    try:
        found: npt.NDArray[np.float16] = np.load(file)
        if found.shape == (len(texts), WIDTH):
            return found
    except (OSError, ValueError, EOFError):
        pass
    made: npt.NDArray[np.float16] = encoder.encode(texts).astype(np.float16)
    aside.mkdir(exist_ok=True)
    half = file.with_suffix(".half")
    with half.open("wb") as out:
        np.save(out, made)
    half.replace(file)
    return made
