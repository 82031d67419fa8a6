"""Features: sentences as rows of the columns that the scorer looks up, fast to multiply.

What a word's letters say is the same in every sentence. So a sentence is a row of words, pairs and tags, a
word a row of columns, and their product is never written out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.language import Language
from spacy.strings import StringStore

from caveat.reading.checkworthiness.passages import (
    COUNTED,
    PAIR_COLUMNS,
    TAG_KINDS,
    Passages,
    in_one_row,
    passages,
)
from caveat.reading.checkworthiness.scoring import LENGTHS, length_kinds
from caveat.reading.checkworthiness.words import WORD_COLUMNS, Array, columns
from caveat.training.sparse import Rows

PARTS = {
    "words": WORD_COLUMNS,
    "pairs": PAIR_COLUMNS,
    "tag_pairs": TAG_KINDS**2,
    "counts": len(COUNTED),
    "lengths": LENGTHS,
}
_RARE = {
    "words": 2,
    "pairs": 2,
    "tag_pairs": 3,
    "counts": 1,
    "lengths": 1,
}  # of fewer, names would be learned


@dataclass(frozen=True, slots=True)
class Features:
    """Sentences by columns. ``used`` says which columns of the parts, laid side by side, they are."""

    sentences: Rows  # words of the vocabulary, then the other columns
    words: Rows  # the words' columns
    presence: Rows  # every column of each sentence, once
    used: Array
    rare: Array  # for each column, in how many sentences it should stand
    plain: Array  # whether a column counts as it is, however often it is there

    def some(self, which: Array) -> Features:
        """The same columns of some sentences."""
        return Features(
            self.sentences.some(which),
            self.words,
            self.presence.some(which),
            self.used,
            self.rare,
            self.plain,
        )

    def times(self, weights: Array) -> Array:
        """Sentences x kinds, of columns x kinds."""
        of_words = self.words.times(weights[: self.words.width])
        return self.sentences.times(np.vstack([of_words, weights[self.words.width :]]))

    def back(self, errors: Array) -> Array:
        """Columns x kinds, of sentences x kinds."""
        back = self.sentences.back(errors)
        count = len(self.words.starts) - 1
        return np.vstack([self.words.back(back[:count]), back[count:]])

    def by_part(self, weights: Array) -> dict[str, Array]:
        """Weights where the scorer looks them up."""
        whole = np.zeros((sum(PARTS.values()), weights.shape[1]))
        whole[self.used] = weights
        return dict(zip(PARTS, np.split(whole, np.cumsum([*PARTS.values()])[:-1]), strict=True))


def tagged(texts: Sequence[str], nlp: Language, on_step: Callable[[], None]) -> Passages:
    """Each text as one sentence; ``nlp`` needs a tagger."""
    found = []
    needed = [name for name in ("tok2vec", "tagger") if name in nlp.pipe_names]
    with nlp.select_pipes(enable=needed):
        for doc in nlp.pipe(texts, batch_size=128):
            one, _ = passages([(doc, [(0, len(doc))])])
            found.append((one.words[one.at], one.tags[one.at]))
            on_step()
    return in_one_row(found)


def features(text: Passages, strings: StringStore) -> Features:
    """The features of sentences, without columns that are too rare in all of them."""
    ids, word = np.unique(text.words[text.at], return_inverse=True)
    own = [columns(strings[id_]) for id_ in ids.tolist()]
    sentence = np.repeat(np.arange(len(text.starts)), text.lengths)
    begins = dict(zip(PARTS, np.cumsum([0, *PARTS.values()]).tolist(), strict=False))
    counts = text.counts()
    counted = np.nonzero(counts)
    others = [  # sentence, column, value
        (sentence, text.pairs() + begins["pairs"], 1 / np.sqrt(text.lengths)[sentence]),
        (sentence, text.tag_pairs() + begins["tag_pairs"], 1 / np.sqrt(text.lengths)[sentence]),
        (counted[0], counted[1] + begins["counts"], counts[counted]),
        (np.arange(len(text.starts)), length_kinds(text) + begins["lengths"], np.ones(len(text.starts))),
    ]
    sizes = np.array([len(places) for places, _ in own])
    letters = np.concatenate([places for places, _ in own])
    of_letters = np.concatenate([counts for _, counts in own])
    presence = _presence(sentence, word, others, letters, sizes)

    seen = np.bincount(presence.columns, minlength=presence.width)
    rare = np.repeat(list(_RARE.values()), list(PARTS.values()))
    used = np.flatnonzero(seen >= rare)
    place = np.full(presence.width, -1)
    place[used] = np.arange(len(used))
    of_words = int(np.searchsorted(used, WORD_COLUMNS))
    words = Rows.of(np.repeat(np.arange(len(ids)), sizes), place[letters], of_letters, len(ids), of_words)
    pieces = [(sentence, word, 1 / np.sqrt(text.lengths)[sentence])]
    for of, columns_, values in others:
        kept = place[columns_] >= 0
        pieces.append((of[kept], place[columns_][kept] - of_words + len(ids), values[kept]))
    of, at, values = (np.concatenate([piece[n] for piece in pieces]) for n in range(3))
    sentences = Rows.of(of, at, values, len(text.starts), len(ids) + len(used) - of_words)
    of = np.repeat(np.arange(len(text.starts)), np.diff(presence.starts))
    there = Rows.of(of, place[presence.columns], np.ones(len(of)), len(text.starts), len(used))
    return Features(sentences, words, there, used, rare[used], used >= begins["counts"])


def _presence(
    sentence: Array, word: Array, others: Sequence[tuple[Array, Array, Array]], letters: Array, sizes: Array
) -> Rows:
    """Every column of each sentence once."""
    begin = np.cumsum(sizes) - sizes
    count = sizes[word]
    each = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat(begin[word], count)
    of = np.concatenate([np.repeat(sentence, count), *(piece[0] for piece in others)])
    at = np.concatenate([letters[each], *(piece[1] for piece in others)])
    width = sum(PARTS.values())
    keys = np.unique(of * width + at)
    return Rows.of(keys // width, keys % width, np.ones(len(keys)), int(sentence.max()) + 1, width)
