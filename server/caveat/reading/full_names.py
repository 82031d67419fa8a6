"""The full names an article gives, and which of them a shorter one means.

In: the names of people as they stand. Out: for "Devkar", "Ní Fhlatharta", "Sir Alan" or "Lee" the full names
that can be meant. A surname ends a full name, however many words it has; a first name begins it, which is the
family's where families come first. Two forms of one name ("J. P. Okoro", "James Okoro") are one person.
"""

from __future__ import annotations

from collections.abc import Iterable

_BEHIND = frozenset({"jr", "sr", "ii", "iii", "iv"})  # not the last name, though it comes last

Words = tuple[str, ...]


class FullNames:
    """The full names among ``names``, in the order of the article."""

    def __init__(self, names: Iterable[str]) -> None:
        full = {name: words for name in dict.fromkeys(names) if len(words := words_of(name)) > 1}
        self._one: dict[str, str] = {}  # each to the form that its bearer is called by
        self._by_word: dict[str, list[tuple[str, Words]]] = {}
        # The longest first, so that "Ní Fhlatharta" is found to be short for one that is known.
        for name, words in sorted(full.items(), key=lambda one: -len(one[1])):
            longer = [kept for kept, its in self._by_word.get(words[-1], ()) if _are_one(words, its)]
            self._one[name] = longer[0] if longer else name
            if not longer:
                for word in dict.fromkeys(words):
                    self._by_word.setdefault(word, []).append((name, words))

    def __contains__(self, name: str) -> bool:
        return self._one.get(name) == name

    def meant_by(self, name: str) -> list[str]:
        """The full names that a name can mean: one, several, or none where it is not given elsewhere."""
        if name in self._one:
            return [self._one[name]]
        words = words_of(name)
        if not words:
            return []
        ending = [full for full, its in self._by_word.get(words[-1], ()) if its[-len(words) :] == words]
        if ending or len(words) > 1:
            return ending
        others = self._by_word.get(words[0], ())
        return [full for full, its in others if its[0] == words[0]] or [full for full, _ in others]


def words_of(name: str) -> Words:
    """A name's words as they are compared: "De Wet" as "de Wet", without "Jr." and quotation marks."""
    words = [word.strip("“”\"‘’'.,").casefold().replace("’", "'") for word in name.split()]
    while len(words) > 1 and words[-1] in _BEHIND:
        words.pop()
    return tuple(word for word in words if word)


def _are_one(short: Words, long: Words) -> bool:
    """Whether two names that end alike are one person's: one ends the other, or their first names agree."""
    if long[-len(short) :] == short:
        return True
    a, b = short[0], long[0]
    return short[-1] == long[-1] and (a == b or (a[0] == b[0] and 1 in (len(a), len(b))))
