"""Nearest vectors among a million: cells around centres, one byte a dimension, read from disk where they lie.

In: unit vectors under the ids of the store. Out: the ids whose vectors have the highest cosine. What can go
wrong: ``OSError`` where the file is missing, ``RuntimeError`` (of faiss) where it is no index.

faiss's IVF with SQ8 codes: 392 bytes a claim, where float32 takes 1,544 and an HNSW graph some 250 on top. A
search looks into the ``_LOOKED_INTO`` cells whose centres are nearest; a small store is one cell, and exact.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from caveat.facts.factchecks.matching.encoder import WIDTH, Vectors

Ids = npt.NDArray[np.int64]
Halves = npt.NDArray[np.float16]  # as vectors wait to be added: a millionth is lost, codes lose a thousandth

_ONE_CELL = 20_000  # claims up to which all are compared: 2 ms
_LOOKED_INTO = 48  # cells; recall against time, see MATCHING.md
_TAUGHT_BY = 40  # vectors a centre; faiss asks for 39 at least
# What a code's 256 steps span in a dimension. No vector of 2,000 claims (CheckThat! 2020) goes beyond .26,
# and codes are off by .0023 in a cosine at most. Learnt from the claims it would be what the first import
# happened to hold: after one of a single claim, all later ones had the same code.
_SPAN = 0.3
_ADDED = 50_000  # vectors at a time: only these are there in four bytes a dimension
_OUTGROWN = 3  # times as many cells wanted as there are: then centres are found anew


class Nearest:
    """An index of vectors. To search, ``open`` it; to write one, ``grown`` and ``save``."""

    def __init__(self, index: Any) -> None:
        import faiss

        self._index = index
        # One thread: a server's requests are its threads, and OpenMP's own do not survive a fork.
        faiss.omp_set_num_threads(1)
        index.nprobe = min(_LOOKED_INTO, index.nlist)

    @classmethod
    def open(cls, path: Path) -> Nearest:
        """The index of a file, memory-mapped."""
        import faiss

        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, vector: Vectors, most: int) -> tuple[list[int], list[float]]:
        """The ids nearest to a vector and their cosines, best first."""
        cosines, ids = self._index.search(vector.reshape(1, -1), min(most, len(self)))
        found = [(int(i), float(c)) for i, c in zip(ids[0], cosines[0], strict=True) if i >= 0]
        return [i for i, _ in found], [c for _, c in found]

    def save(self, path: Path) -> None:
        import faiss

        faiss.write_index(self._index, str(path))


def is_whole(path: Path) -> bool:
    """Whether a file is an index."""
    try:
        Nearest.open(path)
    except (OSError, RuntimeError):
        return False
    return True


def grown(before: Path | None, gone: Ids, ids: Ids, vectors: Halves) -> Nearest:
    """The index of a file without what is gone and with what is new; a new one where there is no file."""
    import faiss

    index = faiss.read_index(str(before)) if before else None
    if index is not None:
        index.remove_ids(np.concatenate([gone, ids]))
        wanted = cells(index.ntotal + len(ids))
        if wanted >= _OUTGROWN * index.nlist:
            old = kept_ids(index)
            index.set_direct_map_type(faiss.DirectMap.Hashtable)
            ids = np.concatenate([old, ids])
            vectors = np.concatenate([index.reconstruct_batch(old).astype(np.float16), vectors])
            index = None
    if index is None:
        index = _taught(vectors)
    for at in range(0, len(ids), _ADDED):
        index.add_with_ids(vectors[at : at + _ADDED].astype(np.float32), ids[at : at + _ADDED])
    return Nearest(index)


def cells(count: int) -> int:
    """How many cells are good for so many vectors."""
    return 1 if count <= _ONE_CELL else int(2 * count**0.5)


def kept_ids(index: Any) -> Ids:
    """The ids in an index, in the order of its cells."""
    import faiss

    parts = [
        faiss.rev_swig_ptr(index.invlists.get_ids(cell), index.invlists.list_size(cell)).copy()
        for cell in range(index.nlist)
        if index.invlists.list_size(cell)
    ]
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _taught(vectors: Halves) -> Any:
    import faiss

    count = cells(len(vectors))
    index = faiss.index_factory(WIDTH, f"IVF{count},SQ8", faiss.METRIC_INNER_PRODUCT)
    sample = np.random.default_rng(0).permutation(len(vectors))[: _TAUGHT_BY * max(count, 256)]
    examples = vectors[np.sort(sample)].astype(np.float32)
    if not len(examples):
        examples = np.eye(1, WIDTH, dtype=np.float32)
    index.cp.min_points_per_centroid = 1  # a store of six claims is none to be warned of
    index.by_residual = False  # what a code means does not hang on where the centres are
    index.train(examples)
    steps = np.repeat(np.array([-_SPAN, 2 * _SPAN], np.float32), WIDTH)  # least, and from there to the most
    faiss.copy_array_to_vector(steps, index.sq.trained)
    return index
