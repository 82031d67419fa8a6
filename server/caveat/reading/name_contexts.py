"""What the words around a name tell: the patterns of ``rules/name-contexts.toml``.

In: a block's words in small letters and a name's place. Out: the patterns that fit, each with a label and a
weight. A pattern is looked up by the word nearest to the name, so a name costs a few lookups, however many
patterns there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

_FAR = 4  # words that "..." may pass over
_AGES = range(10, 111)
_BREAKS = frozenset({",", ".", ";", ":", "(", ")"})


@dataclass(frozen=True, slots=True)
class Context:
    """A pattern of words around a name and what it tells."""

    words: tuple[frozenset[str] | None, ...]  # None: up to four words of any kind
    label: str
    weight: float


class Contexts:
    """The patterns of ``rules/name-contexts.toml``, looked up by the word nearest to the name."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._classes = {name: frozenset(words.split()) for name, words in table["classes"].items()}
        self._sides: dict[str, dict[str, list[Context]]] = {"before": {}, "after": {}}
        self._heads = self._classes["role"] | self._classes["body_noun"] | self._classes["place_noun"]
        for entry in table["evidence"]:
            for side, index in self._sides.items():
                for notation in entry.get(side, ()):
                    for words in self._expanded(notation):
                        context = Context(
                            words[::-1] if side == "before" else words, entry["label"], entry["weight"]
                        )
                        for word in sorted(context.words[0] or ()):
                            index.setdefault(word, []).append(context)

    def _expanded(self, notation: str) -> Iterator[tuple[frozenset[str] | None, ...]]:
        choices: list[tuple[tuple[frozenset[str] | None, ...], ...]] = []
        for part in notation.split():
            bare = part.rstrip("?")
            one: tuple[frozenset[str] | None, ...]
            if bare == "...":
                one = (None,)
            else:
                words: set[str] = set()
                for word in bare.split("|"):
                    words |= self._classes.get(word[1:], {word}) if word.startswith("@") else {word}
                one = (frozenset(words),)
            choices.append(((), one) if part.endswith("?") else (one,))
        for chosen in product(*choices):
            if flat := tuple(word for part in chosen for word in part):
                yield flat

    def before(self, words: Sequence[str], nouns: Sequence[bool], start: int) -> Iterator[Context]:
        """What the words before a name tell."""
        return self._matching("before", words, nouns, start - 1, -1)

    def after(self, words: Sequence[str], nouns: Sequence[bool], end: int) -> Iterator[Context]:
        """What the words after a name tell."""
        return self._matching("after", words, nouns, end, 1)

    def _matching(
        self, side: str, words: Sequence[str], nouns: Sequence[bool], at: int, step: int
    ) -> Iterator[Context]:
        if 0 <= at < len(words):
            for context in self._sides[side].get(_word(words[at]), ()):
                if self._fits(context.words, words, nouns, at, step):
                    yield context

    def _fits(
        self,
        pattern: Sequence[frozenset[str] | None],
        words: Sequence[str],
        nouns: Sequence[bool],
        at: int,
        step: int,
    ) -> bool:
        for place, wanted in enumerate(pattern):
            if wanted is None:
                rest = pattern[place + 1 :]
                for far in range(_FAR + 1):
                    here = at + far * step
                    if not 0 <= here < len(words) or words[here] in _BREAKS:
                        return False
                    head = (
                        rest
                        and words[here] in (rest[0] or ())
                        and not (here + 1 < len(words) and nouns[here + 1])
                    )
                    if head and self._fits(rest, words, nouns, here, step):
                        return True
                return False
            if not 0 <= at < len(words) or _word(words[at]) not in wanted:
                return False
            at += step
        return True


def _word(word: str) -> str:
    return "@age" if word.isdecimal() and len(word) < 4 and int(word) in _AGES else word
