"""Words of a text, as an index has them: folded, without what posts hang on, cut to a stem.

In: any text, an article's sentence or a post. Out: terms. Nothing can go wrong.

The author that a quoted post ends with is kept: whose words they are is often what a check is about.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)[!-~]+")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")  # "U.S."
_TAG = re.compile(r"[#@](\w+)")  # "#LockHimUp" is three words
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)?|\w+")
_SYMBOLS = frozenset({"So", "Sk", "Cs", "Co", "Cn"})  # emoji and what belongs to them
_SHORTEST_STEM = 3  # letters that stay; a shorter stem would be several words'


@cache
def rules() -> dict[str, Any]:
    """What ``matching.toml`` holds."""
    file = resources.files("caveat.facts.factchecks.matching").joinpath("matching.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def listed(name: str) -> frozenset[str]:
    """A list of words of ``matching.toml``."""
    return frozenset(rules()[name].split())


def plain(text: str) -> str:
    """A text without addresses, marks of posts and symbols."""
    text = _ADDRESS.sub(" ", text.replace("’", "'"))
    text = _DOTTED.sub(lambda letters: letters[0].replace(".", ""), text)
    text = _TAG.sub(lambda tag: f" {_HUMP.sub(' ', tag[1])} ", text)
    return " ".join("".join(" " if unicodedata.category(c) in _SYMBOLS else c for c in text).split())


def folded(word: str) -> str:
    """A word in lower case and without accents, where that leaves anything."""
    if word.isascii():
        return word.lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return (bare or word).lower()


def words(text: str) -> list[str]:
    """The words as they stand, in order."""
    return WORD.findall(text)


def terms(text: str) -> list[str]:
    """What an index knows a text by, in order and with repetitions. The text is plain."""
    empty = listed("empty")
    return [stem(word) for word in map(folded, words(text)) if word not in empty]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A folded word without its endings: a light cut, for English, that needs no dictionary."""
    word = word.removesuffix("'s").replace("'", "")
    if not word.isalpha() or len(word) <= _SHORTEST_STEM:
        return word
    word = _singular(word)
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            cut = word.removesuffix(ending)
            doubled = len(cut) > _SHORTEST_STEM and cut[-1] == cut[-2] and cut[-1] not in "ls"
            return cut[:-1] if doubled else cut
    for ending in ("ly", "ment", "tion", "e"):
        if word.endswith(ending) and len(word) - len(ending) > _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("es") and len(word) > 4 and word[-3] in "sxz":
        return word[:-2]
    return word[:-1] if word.endswith("s") and word[-2] not in "su" else word
