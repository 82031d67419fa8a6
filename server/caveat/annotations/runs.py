"""The same claim on another page: found by runs of words, without telling anybody what is read.

An annotation stands on one page. Where another page prints the same claim, it is offered there too. The
server could look for that only if it were told the page's text; so it is the other way round. The server
publishes a short list: for each shown annotation two runs of its words as numbers. The extension holds the
runs of the text it has against the list, and asks only for what it found, by five digits as ever.

In: a text. Out: numbers of 53 bits, one for each run of ``WORDS`` words. extension/shared/runs.ts does the
same; tests/annotations/test_same_runs.py holds one against the other.
"""

from __future__ import annotations

import re
import unicodedata
from heapq import nsmallest

# A run of six words is hardly ever written twice by chance, and survives a change elsewhere in the sentence.
WORDS = 6
# Of a shorter quotation ("many experts say") nobody can say that it is the same claim.
LEAST = 8
# The two smallest numbers of a quotation are the same wherever it is quoted; a change spoils one more often
# than both.
KEPT = 2

_WORD = re.compile(r"[^\W_]+")
_PRIME = 0x01000193  # FNV-1a, 32 bits (Fowler, Noll, Vo; RFC 9923)
_BASES = (0x811C9DC5, 0x811C9DC5 ^ 0x5BD1E995)


def runs(text: str) -> list[int]:
    """The number of every run of words, in order."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text).lower())
    return [_number(" ".join(words[at : at + WORDS])) for at in range(len(words) - WORDS + 1)]


def marks_of(quote: str) -> list[int]:
    """The runs by which a quotation is found again; none where it is too short to be a claim."""
    found = runs(quote)
    return nsmallest(KEPT, set(found)) if len(found) > LEAST - WORDS else []


def _number(run: str) -> int:
    first, second = (_fnv(run.encode(), base) for base in _BASES)
    return first << 21 | second >> 11


def _fnv(data: bytes, state: int) -> int:
    for byte in data:
        state = (state ^ byte) * _PRIME & 0xFFFFFFFF
    return state
