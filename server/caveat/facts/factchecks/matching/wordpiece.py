"""BERT's way to cut a text into the pieces of its vocabulary, for the uncased models.

In: any text. Out: numbers of the vocabulary's lines, between the marks of beginning and end. Nothing can go
wrong: what the vocabulary does not have becomes a mark of its own. The vocabulary is that of BERT's release
(Apache License 2.0), which all-MiniLM-L6-v2 uses unchanged.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources

_LONGEST_WORD = 100  # characters; BERT takes what is longer for no word
_UNKNOWN, _BEGIN, _END = "[UNK]", "[CLS]", "[SEP]"
_IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FA1F))


def pieces(text: str, most: int) -> list[int]:
    """The numbers of a text's pieces, at most ``most`` with both marks."""
    numbers = _vocabulary()
    found = [numbers[_BEGIN]]
    for word in _words(text):
        if len(found) >= most:
            break
        found += _cut(word)
    return [*found[: most - 1], numbers[_END]]


@cache
def _vocabulary() -> dict[str, int]:
    file = resources.files("caveat.facts.factchecks.matching").joinpath("bert-uncased-vocabulary.txt")
    return {piece: number for number, piece in enumerate(file.read_text(encoding="utf-8").split("\n"))}


def _words(text: str) -> Iterator[str]:
    """Words in lower case and without accents; each mark of punctuation is one."""
    plain = unicodedata.normalize("NFD", "".join(map(_cleaned, text)).lower())
    spaced = (_spaced(c) for c in plain if unicodedata.category(c) != "Mn")
    yield from "".join(spaced).split()


def _cleaned(character: str) -> str:
    if character in "\t\n\r":
        return " "
    if character in "\0�" or unicodedata.category(character)[0] == "C":
        return ""
    return " " if unicodedata.category(character) == "Zs" else character


def _spaced(character: str) -> str:
    code = ord(character)
    marks = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    alone = marks or unicodedata.category(character)[0] == "P"
    return f" {character} " if alone or any(a <= code <= b for a, b in _IDEOGRAPHS) else character


def _cut(word: str) -> list[int]:
    """The longest piece that the word begins with, again and again."""
    numbers = _vocabulary()
    if len(word) > _LONGEST_WORD:
        return [numbers[_UNKNOWN]]
    found = []
    start = 0
    while start < len(word):
        lead = "##" if start else ""
        ends = (end for end in range(len(word), start, -1) if lead + word[start:end] in numbers)
        end = next(ends, None)
        if end is None:
            return [numbers[_UNKNOWN]]
        found.append(numbers[lead + word[start:end]])
        start = end
    return found
