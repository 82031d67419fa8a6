"""Word classes from a table: what spaCy's attribute ruler says, asked once for each kind of word.

The model's ruler turns tags into parts of speech, morphology and some lemmas by matching 179 patterns at
every token, an eighth of a whole analysis. Nearly all of its patterns look at one token, and of that only at
the tag, the dependency and, for some hundred short words, the word. So this component remembers the
ruler's answer for each such kind, and gives a block to the ruler itself where a kind is new or where
patterns look at neighbours ("gon" before "na"). The answers are the ruler's, token for token.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, LOWER, MORPH, POS, TAG
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

NAME, REPLACED = "caveat_attributes", "attribute_ruler"
_SET = [POS, MORPH, LEMMA]
_SEEN = [TAG, DEP, LOWER]
_READ = frozenset({"TAG", "DEP", "LOWER", "IS_SPACE"})
_ASK = -1
_MOST_WORDS = 50_000  # distinct words of some thousand articles; about 5 MB

Kind = tuple[int, int, int]


class Attributes:
    """A ruler with a memory. Without a ruler to remember it changes nothing."""

    def __init__(self, nlp: Language) -> None:
        self.vocab = nlp.vocab
        self.ruler: AttributeRuler | None = None
        self._answers: dict[Kind, tuple[int, int, int]] = {}
        self._words: dict[int, int] = {}  # what a lower-cased word counts as
        self._words_named, self._deps_named = _Named({}), _Named({})
        self._first_words, self._first_deps = _Named({}), _Named({})
        self._trusted = False

    def remember(self, ruler: AttributeRuler) -> Attributes:
        """Take a ruler's place."""
        rules: list[dict[str, Any]] = ruler.patterns
        alternatives = [alternative for rule in rules for alternative in rule["patterns"]]
        tokens = [token for alternative in alternatives for token in alternative]
        first = [alternative[0] for alternative in alternatives if len(alternative) > 1]
        self._words_named, self._deps_named = _Named.by(tokens, "LOWER"), _Named.by(tokens, "DEP")
        self._first_words, self._first_deps = _Named.by(first, "LOWER"), _Named.by(first, "DEP")
        # A model whose patterns look at more than we know of is left to its ruler.
        self._trusted = all(_READ.issuperset(token) for token in tokens)
        self.ruler, self._answers, self._words = ruler, {}, {}
        return self

    def __call__(self, doc: Doc) -> Doc:
        if self.ruler is None:
            return doc
        kinds = self._kinds(doc) if self._trusted and len(doc) else None
        if kinds is not None:
            try:
                answers = [self._answers[kind] for kind in kinds]
            except KeyError:
                pass
            else:
                table: Any = np.array(answers, dtype="uint64")
                return doc.from_array(_SET, table)
        doc = self.ruler(doc)
        if kinds is not None:
            self._answers.update(zip(kinds, map(tuple, doc.to_array(_SET).tolist()), strict=True))
        return doc

    def _kinds(self, doc: Doc) -> list[Kind] | None:
        """Each token's kind, or None where the ruler has to look at the block itself."""
        kinds = []
        strings = self.vocab.strings
        for tag, dep, lower in doc.to_array(_SEEN).tolist():
            word = self._words.get(lower)
            if word is None:
                if len(self._words) >= _MOST_WORDS:
                    self._words.clear()
                word = self._words[lower] = self._counts_as(strings[lower], lower)
            if word == _ASK or strings[dep] in self._first_deps:
                return None
            kinds.append((tag, dep if strings[dep] in self._deps_named else 0, word))
        return kinds

    def _counts_as(self, word: str, lower: int) -> int:
        if word.isspace() or word in self._first_words:
            return _ASK
        return lower if word in self._words_named else 0


class _Named:
    """The values that patterns name for an attribute of a token; all others are alike to them."""

    def __init__(self, values: Iterable[str], expressions: Iterable[str] = ()) -> None:
        self._values = frozenset(values)
        self._expressions = tuple(re.compile(expression) for expression in expressions)

    @classmethod
    def by(cls, tokens: Iterable[dict[str, Any]], attribute: str) -> _Named:
        values: set[str] = set()
        expressions: set[str] = set()
        for token in tokens:
            wanted: Any = token.get(attribute, {})
            operators: dict[str, Any] = {"IN": [wanted]} if isinstance(wanted, str) else wanted
            for how, what in operators.items():
                if how == "REGEX":
                    expressions.add(what)
                else:
                    values.update(what)
        return cls(values, expressions)

    def __contains__(self, value: str) -> bool:
        return value in self._values or any(e.search(value) for e in self._expressions)


@Language.factory(NAME)
def create(nlp: Language, name: str) -> Attributes:  # noqa: ARG001 - spaCy's factories are called with a name
    return Attributes(nlp)


def replace_ruler(nlp: Language) -> None:
    """Put the table in the ruler's place, where the model has one."""
    if REPLACED in nlp.pipe_names:
        ruler: Any = nlp.get_pipe(REPLACED)
        table: Any = nlp.replace_pipe(REPLACED, NAME)
        nlp.rename_pipe(REPLACED, NAME)
        table.remember(ruler)
