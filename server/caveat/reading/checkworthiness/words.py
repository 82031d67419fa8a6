"""Words: which columns of the weights a word has by itself, worked out once and remembered.

They are the word, and the runs of two to five letters in it, which a word that was never seen shares with its
kin. Columns are hashes (CRC-32, the same on every machine).
"""

from __future__ import annotations

from typing import Any
from zlib import crc32

WORD_COLUMNS = 1 << 17
_SHORTEST, _LONGEST = 2, 5
_MOST_PARTS = 200  # an address or a run of letters without end is no word
_OF_LETTERS = 0.7  # what a word's letters count together, beside the word itself

Array = Any  # numpy's arrays; their element types are said where they are made


def columns(word: str) -> tuple[list[int], list[float]]:
    """A lower-cased word's columns, and how much each counts."""
    whole = f"<{word}>"
    parts = [
        whole[start : start + length]
        for length in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(whole) - length + 1)
    ][:_MOST_PARTS]
    share = _OF_LETTERS / max(1, len(parts)) ** 0.5
    places = [_column(word, 1), *(_column(part, 0) for part in parts)]
    return places, [1.0] + [share] * len(parts)


def _column(text: str, begin: int) -> int:
    return crc32(text.encode("utf-8", "replace"), begin) % WORD_COLUMNS
