"""Patterns over the parse, in the form of spaCy's DependencyMatcher, run from the cue outwards.

DependencyMatcher tests every node of every pattern at every token, and that was a tenth of a whole
reading. All our patterns begin with a cue that is one of a list of words; starting there and
walking to heads and children finds the same matches (a test holds the two against each other) in a
sixth of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.attrs import LEMMA, LOWER
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

Bound = dict[str, Token]  # role -> token

_VALUES: dict[str, Callable[[Token], str]] = {
    "LEMMA": lambda token: token.lemma_,
    "LOWER": lambda token: token.lower_,
    "POS": lambda token: token.pos_,
    "TAG": lambda token: token.tag_,
    "DEP": lambda token: token.dep_,
    "ENT_TYPE": lambda token: token.ent_type_,
}


@dataclass(frozen=True, slots=True)
class _Node:
    role: str
    left: str | None
    relation: str  # ">": the left node is this one's head; "<": this one is the left node's head
    tests: tuple[
        tuple[Callable[[Token], str], frozenset[str], bool], ...
    ]  # value, words, whether it must be in

    def fits(self, token: Token) -> bool:
        return all((value(token) in words) is wanted for value, words, wanted in self.tests)


_Index = dict[int, list[tuple[str, tuple[_Node, ...]]]]


class Trees:
    """Finds named patterns; each match binds the pattern's roles to tokens."""

    def __init__(
        self, vocab: Vocab, patterns: Sequence[Mapping[str, Any]], lists: Mapping[str, Sequence[str]]
    ) -> None:
        # By the first node's lemma or word, which needs no test any more.
        self._by_lemma: _Index = {}
        self._by_lower: _Index = {}
        for pattern in patterns:
            first, *others = pattern["nodes"]
            key = "LEMMA" if "LEMMA" in first["attrs"] else "LOWER"
            tests = {name: value for name, value in first["attrs"].items() if name != key}
            nodes = tuple(_node(node, lists) for node in ({**first, "attrs": tests}, *others))
            index = self._by_lemma if key == "LEMMA" else self._by_lower
            for word in _words(first["attrs"][key], lists)[0]:
                index.setdefault(vocab.strings.add(word), []).append((pattern["name"], nodes))

    def __call__(self, doc: Doc) -> Iterator[tuple[str, Bound]]:
        """Each match as the pattern's name and its tokens by role."""
        for index, (lemma, lower) in enumerate(doc.to_array([LEMMA, LOWER]).tolist()):
            patterns = (*self._by_lemma.get(lemma, ()), *self._by_lower.get(lower, ()))
            if patterns:
                token = doc[index]
                for name, (first, *others) in patterns:
                    if first.fits(token):
                        yield from ((name, bound) for bound in _bind(others, {first.role: token}))


def expanded(pattern: Mapping[str, Any], lists: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """The pattern as spaCy's own DependencyMatcher takes it, with words in place of the lists' names."""
    nodes = []
    for node in pattern["nodes"]:
        attrs = {}
        for name, value in node["attrs"].items():
            words, wanted = _words(value, lists)
            attrs[name] = {"IN" if wanted else "NOT_IN": list(words)}
        entry: dict[str, Any] = {"RIGHT_ID": node["id"], "RIGHT_ATTRS": attrs}
        if "left" in node:
            entry |= {"LEFT_ID": node["left"], "REL_OP": node["op"]}
        nodes.append(entry)
    return nodes


def _bind(nodes: Sequence[_Node], bound: Bound) -> Iterator[Bound]:
    if not nodes:
        yield bound
        return
    node, rest = nodes[0], nodes[1:]
    left = bound[node.left or ""]
    candidates = left.children if node.relation == ">" else (left.head,) if left.head.i != left.i else ()
    for token in candidates:
        if node.fits(token):
            yield from _bind(rest, {**bound, node.role: token})


def _node(node: Mapping[str, Any], lists: Mapping[str, Sequence[str]]) -> _Node:
    tests = tuple((_VALUES[name], *_words(value, lists)) for name, value in node["attrs"].items())
    return _Node(node["id"], node.get("left"), node.get("op", ""), tests)


def _words(value: Any, lists: Mapping[str, Sequence[str]]) -> tuple[frozenset[str], bool]:
    """The words an attribute may have, and whether it must be one of them (IN) or none (NOT_IN)."""
    wanted = not (isinstance(value, Mapping) and "NOT_IN" in value)
    if isinstance(value, Mapping):
        value = value.get("IN", value.get("NOT_IN"))
    if isinstance(value, str):
        value = lists[value[1:]] if value.startswith("@") else [value]
    return frozenset(value), wanted
