"""``python -m caveat.training.word_vectors glove.6B.50d.txt words.npz``: the word vectors, made small.

In: GloVe's text format, a word and its numbers a line, the most frequent word first. Out: the first 30,000
words, centred, brought to a standard deviation of one, and rounded to eight bits.

Pennington, Socher, Manning, "GloVe: Global Vectors for Word Representation", EMNLP 2014, trained on
Wikipedia of 2014 and Gigaword 5; public domain (PDDL 1.0).
"""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

import numpy as np

from caveat.reading.checkworthiness.words import STEP, UNKNOWN, VECTOR

WORDS = 30_000


def make(source: Path, target: Path) -> None:
    """Write ``target``. A line that is no vector raises ``ValueError``."""
    with source.open(encoding="utf-8") as file:
        lines = [line.rstrip("\n").split(" ") for line in islice(file, WORDS)]
    table = np.array([line[1:] for line in lines], dtype=np.float32).astype(np.float64)
    if table.shape[1:] != (VECTOR,):
        raise ValueError(f"{source} should hold {VECTOR} numbers after each word.")
    table = (table - table.mean(axis=0)) / table.std()
    rounded = np.clip(np.round(table / STEP), -127, 127).astype(np.int8)
    no_words = np.zeros((UNKNOWN + 1, VECTOR), dtype=np.int8)
    words = "\n".join(line[0] for line in lines).encode()
    with target.open("wb") as file_out:
        np.savez(file_out, words=np.frombuffer(words, np.uint8), table=np.vstack([no_words, rounded]))


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]))
