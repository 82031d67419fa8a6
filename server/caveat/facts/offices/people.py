"""Names of people, compared: the same, perhaps the same, or nearly.

In: names as an article or the table has them. Out: yes or no. "Lech Wałęsa" is "Lech Walesa", "George Bush"
may be either George Bush, "Volodymyr Zelenskiy" may be Zelenskyy, and "Alexus Greenkwich" is nearly "Alexus
Grynkewich", which is no reason to take one for the other but one to ask.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a"}
)
# Spellings of one sound in Latin letters: the first becomes the second.
_SOUNDS = (
    ("tch", "ch"), ("tsch", "ch"), ("cz", "ch"), ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("kh", "h"),
    ("gh", "g"), ("q", "k"), ("ck", "k"), ("ks", "x"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("w", "v"),
    ("ph", "f"), ("ts", "c"), ("tz", "c"), ("iy", "i"), ("yi", "i"),
    ("y", "i"), ("j", "i"), ("e", "i"), ("o", "a"),
)  # fmt: skip
_BEHIND = frozenset({"jr", "sr", "ii", "iii", "iv"})
_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))

Words = tuple[str, ...]


def words_of(name: str) -> Words:
    """A name's words as they are compared: small letters without accents, hyphens, initials' stops, "Jr."."""
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    words = re.sub(r"['’`ʼ]", "", re.sub(r"[-–.,“”\"]", " ", plain)).split()
    return tuple(word for word in words if word not in _BEHIND)


def are_one(a: Words, b: Words) -> bool:
    """Whether two names of several words can be one person's: they end alike, and the shorter has no word
    that the longer has not, so that "George Bush" is both George W. and George H. W.
    A family's name may stand first."""
    if len(a) < 2 or len(b) < 2:
        return False
    if "".join(a) == "".join(b) or "".join(sorted(a)) == "".join(sorted(b)):
        return True
    short, long = sorted((set(a), set(b)), key=len)
    return a[-1] == b[-1] and len([word for word in short if len(word) > 1]) >= 2 and short <= long


def ends(short: Words, name: Words) -> bool:
    """Whether a short form is the surname of a name, which may come first."""
    return len(name) > 1 and (name[-len(short) :] == short or (len(short) == 1 and name[:1] == short))


def sound_alike(a: Words, b: Words) -> bool:
    """Whether two names may be spellings of one, every word of the shorter by ear; for keeping silent."""
    short, long = sorted((tuple(map(_sound, a)), tuple(map(_sound, b))), key=len)
    return bool(short) and all(
        any(one == other or distance(one, other) <= (len(one) > 4) for other in long) for one in short
    )


def nearly(a: Words, b: Words, share: float, shortest: int) -> bool:
    """Whether the given names are the same and the surnames differ in few letters."""
    if len(a) < 2 or len(b) < 2 or a[0] != b[0] or len(a[0]) < 3:
        return False
    one, other = a[-1], b[-1]
    if (
        one[0] != other[0]
        or min(len(one), len(other)) < shortest
        or _without_umlauts(one) == _without_umlauts(other)
    ):
        return False
    return distance(one, other) <= share * max(len(one), len(other))


def distance(a: Sequence[str], b: Sequence[str]) -> int:
    """Letters to add, drop, change or swap with their neighbour (Damerau and Levenshtein)."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]


def any_of(names: Iterable[str]) -> tuple[Words, ...]:
    """The words of each of a person's names."""
    return tuple(words_of(name) for name in names)


def _sound(word: str) -> str:
    for spelling, sound in _SOUNDS:
        word = word.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", word)


def _without_umlauts(word: str) -> str:
    for spelling, letter in _UMLAUTS:
        word = word.replace(spelling, letter)
    return word
