"""Quantities: the numbers that are the point of their clause, and how strongly.

In: a parsed block. Out: what each number counts, and how much speaks for the clause being about how
many or how much: what it counts, which role that has beside the verb, and what the verb means. Dates,
ages beside a name, house numbers and "the two" are in passing. The words are ``rules/kinds.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from spacy.attrs import LIKE_NUM
from spacy.tokens import Doc, Token

_COUNTS = frozenset({"nummod", "compound", "quantmod", "amod", "nmod"})
_YEAR = re.compile(r"(1[5-9]|20)\d\d")


class Quantities:
    """Finds quantities by the lists of words handed in."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self.words = {name: frozenset(some) for name, some in words.items()}

    def __call__(self, doc: Doc) -> Iterator[tuple[Token, float]]:
        """What is counted, with the strength of the evidence, above 0."""
        for index in doc.to_array([LIKE_NUM]).nonzero()[0].tolist():
            noun = self._measured(_counted(doc[index]))
            if (
                not self._is_in_passing(doc[index], noun)
                and (strength := self._strength(doc[index], noun)) > 0
            ):
                yield noun, strength

    def _measured(self, noun: Token) -> Token:
        """In "a loss of 5m" the loss, else the noun itself."""
        if noun.dep_ == "pobj" and noun.head.lower_ in {"of", "at", "to", "by"}:
            measure = noun.head.head
            if measure.lemma_ in self.words["measures"] and measure.pos_ == "NOUN":
                return measure
        return noun

    def _strength(self, number: Token, noun: Token) -> float:
        words = self.words
        large = (
            noun.lemma_.lower() in words["units"]
            or number.lower_ in words["scales"]
            or any(t.lower_ in words["units"] for t in number.doc[number.i + 1 : number.i + 3])
            or number.ent_type_ in words["amounts"]
        )
        digits = number.text[0].isdigit() and len(number.text) > 1
        small = number.lower_ in words["small"] and not large
        strength = 0.0 if small else 1.0
        strength += 1 if noun.dep_ in words["subjects"] else 0.5 if noun.dep_ in words["others"] else 0
        strength += 0.5 if large or digits else 0
        strength += 0.5 if number.ent_type_ == "PERCENT" else 0
        strength += 0.5 if not small and _verb_of(noun).lemma_ in words["measuring"] else 0
        known = any(child.lower_ in words["known"] for child in noun.children)
        price = (
            number.ent_type_ == "MONEY" and _counted(number).ent_type_ != "MONEY"
        )  # "a £412 million train set"
        return strength - known - price - _is_listed(noun)

    def _is_in_passing(self, number: Token, noun: Token) -> bool:
        """A date, an ordinal, an age beside a name, the first half of a compound."""
        passing = self.words["passing"]
        if number.ent_type_ in passing and (noun.i == number.i or noun.ent_type_ in passing):
            return True
        if number.pos_ != "NUM" and not number.text[0].isdigit():
            return True
        if number.i + 1 < len(number.doc) and number.nbor().text == "-":
            return True
        before = number.nbor(-1).pos_ if number.i else ""
        if _YEAR.fullmatch(number.text) and (noun.i == number.i or before in {"ADP", "SCONJ"}):
            return True
        return number.dep_ in {"appos", "npadvmod"} and not number.ent_type_


def _counted(number: Token) -> Token:
    """What a number counts: "40" of "some 40 families" counts families."""
    noun = number
    while noun.dep_ in _COUNTS and noun.head.i != noun.i:
        noun = noun.head
    return noun


def _is_listed(noun: Token) -> bool:
    """One of several things, the others without a number."""
    others = [child for child in noun.children if child.dep_ == "conj"]
    return bool(others) and not any(t.like_num for other in others for t in other.subtree)


def _verb_of(token: Token) -> Token:
    while token.pos_ not in {"VERB", "AUX"} and token.head.i != token.i:
        token = token.head
    return token
