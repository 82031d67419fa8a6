"""Rules as data: word lists and patterns in ``rules/*.toml``, turned into spaCy matchers.

Short patterns are written in a small notation that people can argue about, one token a word:

    recently          the word, whatever its case
    critic|expert     either word
    [say|claim]       any form of the lemma
    [claim]/VERB      … as this part of speech
    <NUM>             any token of this part of speech
    *                 any token
    word?             there or not
    word+             once or more

so that ``"it [be] (widely|often)? [believe]"`` matches "It was believed" and "it is widely believed".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from spacy.attrs import LEMMA, LOWER, POS
from spacy.parts_of_speech import IDS
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

_ATTRIBUTES = [LOWER, LEMMA, POS]
_TOKEN = re.compile(r"(?P<body>\*|<[^>]+>|\[[^\]]+\]|\([^)]+\)|[^\s/?+]+)(?:/(?P<pos>[A-Z|]+))?(?P<op>[?+])?")
_HYPHEN = re.compile(r"(?<=\w)(-)(?=\w)")  # the tokenizer makes three tokens of "so-called"


class RuleError(ValueError):
    """A rule file is wrong; the message quotes the pattern."""


def read(name: str) -> dict[str, Any]:
    """The contents of ``rules/NAME.toml``."""
    return tomllib.loads(
        resources.files("caveat.reading").joinpath(f"rules/{name}.toml").read_text(encoding="utf-8")
    )


def phrase(notation: str) -> list[dict[str, Any]]:
    """A Matcher pattern from the notation above. Raises ``RuleError`` where it cannot be read."""
    return [_token(part, notation) for word in notation.split() for part in _HYPHEN.split(word)]


def _token(word: str, notation: str) -> dict[str, Any]:
    found = _TOKEN.fullmatch(word)
    if not found or word.count("(") != word.count(")") or word.count("[") != word.count("]"):
        raise RuleError(f"cannot read {word!r} in {notation!r}; alternatives hold no spaces and no hyphens")
    body = found["body"]
    token: dict[str, Any] = {}
    if body.startswith("["):
        token["LEMMA"] = {"IN": body[1:-1].split("|")}
    elif body.startswith("<"):
        token["POS"] = {"IN": body[1:-1].split("|")}
    elif body != "*":
        token["LOWER"] = {"IN": (body[1:-1] if body[0] == "(" and body[-1] == ")" else body).split("|")}
    if found["pos"]:
        token["POS"] = {"IN": found["pos"].split("|")}
    if found["op"]:
        token["OP"] = found["op"]
    return token


@dataclass(frozen=True, slots=True)
class _Word:
    """One token of a pattern: which values its attributes may have, by their place in ``_ATTRIBUTES``."""

    tests: tuple[tuple[int, frozenset[int]], ...]
    optional: bool
    repeated: bool

    def fits(self, values: Sequence[int]) -> bool:
        return all(values[place] in wanted for place, wanted in self.tests)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A pattern, cut at the word the search starts from."""

    label: str
    before: tuple[_Word, ...]  # from the anchor backwards
    anchor: _Word
    after: tuple[_Word, ...]


class Phrases:
    """Finds the phrases of named lists of patterns.

    A spaCy Matcher tries every pattern at every token, which for hundreds of patterns costs more than
    the parse. Here each pattern is tried only where its rarest word (its anchor) stands, from there
    to both sides, and its longest match is taken: the same matches (a test holds the two against each
    other) in a tenth of the time.
    """

    def __init__(self, vocab: Vocab, lists: Mapping[str, Iterable[str]]) -> None:
        self._anchored: dict[int, list[_Phrase]] = {}  # by the word's hash in the string store
        self._always: list[_Phrase] = []
        for key, patterns in lists.items():
            for notation in patterns:
                words = [_word(token, vocab) for token in phrase(notation)]
                at = _anchor(phrase(notation))
                compiled = _Phrase(
                    key, tuple(reversed(words[: at or 0])), words[at or 0], tuple(words[(at or 0) + 1 :])
                )
                if at is None:
                    self._always.append(compiled)
                    continue
                for place, ids in compiled.anchor.tests:
                    if _ATTRIBUTES[place] in (LOWER, LEMMA):
                        for word in ids:
                            self._anchored.setdefault(word, []).append(compiled)
        self._words = frozenset(self._anchored)

    def __call__(self, words: Doc | Span) -> list[Span]:
        """All matches in a doc or a sentence, labelled with their list's name, in order; they may overlap."""
        values = words.to_array(_ATTRIBUTES)  # type: ignore[union-attr] # Span has it, its stub has not
        present = self._words.intersection(values[:, :2].ravel().tolist())
        if not present and not self._always:
            return []
        rows: list[list[int]] = values.tolist()
        found: dict[int, tuple[_Phrase, set[tuple[int, int]]]] = {}
        for index, row in enumerate(rows):
            near = present.intersection(row)
            for compiled in (*self._always, *(one for word in near for one in self._anchored[word])):
                if compiled.anchor.fits(row):
                    end = max(_reach(compiled.after, rows, index + 1, 1), default=None)
                    start = min(_reach(compiled.before, rows, index - 1, -1), default=None)
                    if start is not None and end is not None:
                        found.setdefault(id(compiled), (compiled, set()))[1].add((start + 1, end))
        doc, at = (words, 0) if isinstance(words, Doc) else (words.doc, words.start)
        spans = [
            Span(doc, at + start, at + end, label=compiled.label)
            for compiled, places in found.values()
            for start, end in _longest(places)
        ]
        return sorted(spans, key=lambda span: (span.start, span.end, span.label_))


def _word(token: Mapping[str, Any], vocab: Vocab) -> _Word:
    tests = []
    for place, name in enumerate(("LOWER", "LEMMA", "POS")):
        if name in token:
            number = vocab.strings.add if name != "POS" else IDS.__getitem__
            tests.append((place, frozenset(number(word) for word in token[name]["IN"])))
    return _Word(tuple(tests), token.get("OP") == "?", token.get("OP") == "+")


def _anchor(pattern: Sequence[Mapping[str, Any]]) -> int | None:
    """The place of the required word whose shortest alternative is longest; rare words are long."""
    shortest = {
        index: min(map(len, token[kind]["IN"]))
        for index, token in enumerate(pattern)
        for kind in ("LOWER", "LEMMA")
        if kind in token and "OP" not in token
    }
    return max(shortest, key=lambda index: shortest[index], default=None)


def _reach(words: Sequence[_Word], rows: Sequence[Sequence[int]], at: int, step: int) -> Iterator[int]:
    """Where the pattern's words can end, walked from ``at`` in one direction."""
    if not words:
        yield at
        return
    word, rest = words[0], words[1:]
    if word.optional:
        yield from _reach(rest, rows, at, step)
    while 0 <= at < len(rows) and word.fits(rows[at]):
        at += step
        yield from _reach(rest, rows, at, step)
        if not word.repeated:
            break


def _longest(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Of one pattern's matches that overlap, the longest, and of those the first."""
    taken: set[int] = set()
    for start, end in sorted(places, key=lambda place: (place[0] - place[1], place[0])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            yield start, end
