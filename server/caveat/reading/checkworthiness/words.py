"""Words: what a word is to the model by itself, worked out once and remembered.

A word has a row of vectors (GloVe 6B, 50 dimensions, the 30,000 most frequent words, public domain) and
columns of the sparse part: the word, and the runs of two to five letters in it, which a word that was never
seen shares with its kin. Columns are hashes (CRC-32, the same on every machine).
"""

from __future__ import annotations

import re
from importlib import resources
from typing import Any
from zlib import crc32

import numpy as np

PADDING, UNKNOWN = 0, 1  # rows of the vectors that are no word
VECTOR = 50
STEP = 1 / 32  # of the vectors, which are kept in eight bits
WORD_COLUMNS = 1 << 17
_SHORTEST, _LONGEST = 2, 5
_OF_LETTERS = 0.7  # what a word's letters count together, beside the word itself
_YEAR, _YEAR_SEEN = re.compile(r"(1[5-9]|20)\d\d"), "1990"
_DIGIT, _NUMBER_SEEN = re.compile(r"\d"), "27"

Array = Any  # numpy's arrays; their element types are said where they are made


class WordVectors:
    """The rows of known words. ``table`` is int8, in steps of ``STEP``."""

    def __init__(self, words: list[str], table: Array) -> None:
        self.table = table
        self._rows = {word: row for row, word in enumerate(words, UNKNOWN + 1)}

    @classmethod
    def load(cls) -> WordVectors:
        with (resources.files(__package__) / "words.npz").open("rb") as file:
            kept = np.load(file)
            return cls(kept["words"].tobytes().decode().split("\n"), kept["table"])

    def row(self, word: str) -> int:
        """The row of a lower-cased word; a number or a compound stands for its kind."""
        word = word.replace("’", "'")
        if word in self._rows:
            return self._rows[word]
        if _DIGIT.search(word):
            return self._rows[_YEAR_SEEN if _YEAR.fullmatch(word) else _NUMBER_SEEN]
        return self._rows.get(word.rpartition("-")[2], UNKNOWN)


def columns(word: str) -> tuple[list[int], list[float]]:
    """A lower-cased word's columns of the sparse part, and how much each counts."""
    whole = f"<{word}>"
    parts = [
        whole[start : start + length]
        for length in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(whole) - length + 1)
    ][:200]  # an address or a run of letters without end is no word
    share = _OF_LETTERS / max(1, len(parts)) ** 0.5
    places = [
        crc32(word.encode("utf-8", "replace"), 1),
        *(crc32(p.encode("utf-8", "replace")) for p in parts),
    ]
    return [place % WORD_COLUMNS for place in places], [1.0] + [share] * len(parts)
