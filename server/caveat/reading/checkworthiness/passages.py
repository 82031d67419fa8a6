"""Passages: sentences as arrays, the same in training and in reading.

In: a tagged ``Doc`` and the places of sentences. Out: their words and tags in one row, with a gap before,
between and after them, so that a word at an edge has a neighbour that is nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from spacy.attrs import IS_SPACE, LOWER, TAG
from spacy.strings import get_string_id
from spacy.tokens import Doc

from caveat.reading.checkworthiness.words import Array

# Penn Treebank's tags as OntoNotes has them; 0 is a gap or a tag of another model.
TAGS = (
    *("$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "HYPH", "IN"),
    *("JJ", "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB"),
    *("RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$"),
    *("WRB", "XX", "``", "_SP"),
)
TAG_KINDS = len(TAGS) + 1
PAIR_COLUMNS = 1 << 18
# What of a sentence is counted: tags, up to how many, and what one counts.
COUNTED = (
    (("CD",), 3, 0.3),
    (("NNP", "NNPS"), 6, 0.15),
    (("VBD", "VBN"), 1, 0.4),
)
_NUMBER_OF = {get_string_id(tag): number for number, tag in enumerate(TAGS, 1)}
_COUNTED_AS = np.array([[tag in tags for tags, _, _ in COUNTED] for tag in (None, *TAGS)], dtype=np.int64)
_MIX, _MIX_SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)  # odd, bits well spread


Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passages:
    """Sentences in one row: ``words`` are spaCy's ids (0 in a gap), ``at`` is where each word stands, and
    ``starts`` where in ``at`` each sentence begins."""

    words: Array
    tags: Array
    at: Array
    starts: Array

    @property
    def lengths(self) -> Array:
        return np.diff(np.append(self.starts, len(self.at)))

    def pairs(self) -> Array:
        """The column of each word with the one before it; a gap before it says that a sentence begins."""
        first, second = self.words[self.at - 1], self.words[self.at]
        return (((first * _MIX) ^ (second * _MIX_SECOND)) >> np.uint64(46)).astype(np.int64)

    def tag_pairs(self) -> Array:
        """The column of each tag with the tag before it."""
        return self.tags[self.at - 1].astype(np.int64) * TAG_KINDS + self.tags[self.at]

    def counts(self) -> Array:
        """Sentences x kinds of words that are counted."""
        kinds = np.add.reduceat(_COUNTED_AS[self.tags[self.at]], self.starts)
        return np.minimum(kinds, [most for _, most, _ in COUNTED]) * [each for _, _, each in COUNTED]


def passages(docs: Sequence[tuple[Doc, Sequence[Place]]]) -> tuple[Passages, Array]:
    """The sentences that have words, and which of all places they are."""
    texts = []
    for doc, places in docs:
        seen: Array = doc.to_array([LOWER, TAG, IS_SPACE])
        texts += [seen[start:end][seen[start:end, 2] == 0] for start, end in places]
    which = np.array([number for number, text in enumerate(texts) if len(text)], dtype=np.int64)
    return in_one_row([(texts[n][:, 0], _numbers(texts[n][:, 1])) for n in which]), which


def in_one_row(sentences: Sequence[tuple[Array, Array]]) -> Passages:
    """Words and tags of sentences that have words, laid behind each other."""
    lengths = np.array([len(words) for words, _ in sentences], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    at = np.arange(lengths.sum()) + np.repeat(np.arange(1, len(lengths) + 1), lengths)
    words = np.zeros(lengths.sum() + len(lengths) + 1, dtype=np.uint64)
    tags = np.zeros(len(words), dtype=np.uint8)
    if len(lengths):
        words[at] = np.concatenate([words for words, _ in sentences])
        tags[at] = np.concatenate([tags for _, tags in sentences])
    return Passages(words, tags, at, starts)


def _numbers(tags: Array) -> Array:
    return np.array([_NUMBER_OF.get(tag, 0) for tag in tags.tolist()], dtype=np.uint8)
