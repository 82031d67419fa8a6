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
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any

from spacy.attrs import LEMMA, LOWER
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

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


class Phrases:
    """Finds the phrases of named lists of patterns.

    A spaCy Matcher tries every pattern at every token, which for hundreds of patterns costs more than
    the parse. So each pattern gets a Matcher of its own that runs only where the pattern's rarest
    word (its anchor) occurs at all: measured, a tenth of the time.
    """

    def __init__(self, vocab: Vocab, lists: Mapping[str, Iterable[str]]) -> None:
        self._anchored: dict[int, list[Matcher]] = {}  # by the word's hash in the string store
        self._always: list[Matcher] = []
        for key, patterns in lists.items():
            for notation in patterns:
                pattern = phrase(notation)
                matcher = Matcher(vocab)
                matcher.add(key, [pattern], greedy="LONGEST")
                anchors = _anchors(pattern)
                for word in anchors:
                    self._anchored.setdefault(vocab.strings.add(word), []).append(matcher)
                if not anchors:
                    self._always.append(matcher)
        self._words = frozenset(self._anchored)

    def __call__(self, words: Doc | Span) -> list[Span]:
        """All matches in a doc or a sentence, labelled with their list's name, in order; they may overlap."""
        ids = words.to_array([LOWER, LEMMA])  # type: ignore[union-attr] # Span has it, its stub has not
        present = self._words.intersection(ids.ravel().tolist())
        matchers = {id(m): m for word in present for m in self._anchored[word]}
        found = [span for m in (*self._always, *matchers.values()) for span in m(words, as_spans=True)]
        return sorted(found, key=lambda span: (span.start, span.end, span.label_))


def _anchors(pattern: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The alternatives of the required token whose shortest word is longest; rare words are long."""
    sets = [
        token[kind]["IN"]
        for token in pattern
        for kind in ("LOWER", "LEMMA")
        if kind in token and token.get("OP") != "?"
    ]
    return frozenset(max(sets, key=lambda words: min(map(len, words)), default=()))
