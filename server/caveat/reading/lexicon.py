"""The lexicon of charged words: ``rules/loaded/*.toml`` made findable in a ``Doc``.

Three thousand single words would be three thousand matchers; here they are one table from a word's form to
its entries, looked up for a block's words at once. Compounds with hyphens, which the tokenizer cuts, are put
together first, so that "far-left" is one word and "rat-infested" is found by its ending.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from spacy.attrs import LEMMA, LOWER
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans
from spacy.vocab import Vocab

from caveat.reading import rules

FILES = ("judgement", "temper", "acts", "things", "tags", "adverbs", "praise", "compounds", "phrases")
# The parts of speech under which the tagger finds a word; participles are often called verbs.
_TAGGED = {
    "adjective": frozenset({"ADJ", "VERB"}),
    "adverb": frozenset({"ADV"}),
    "noun": frozenset({"NOUN"}),
    "verb": frozenset({"VERB"}),
    "participle": frozenset({"ADJ", "VERB", "NOUN"}),
}
_LIKE_ADJECTIVES = frozenset({"amod", "acomp", "attr", "oprd", "conj", "ROOT", "ccomp"})
# Names that a word may be part of: "Mr Savage", "the Evil Dead".
_NAMES = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "FAC", "OUTLET", "PLATFORM", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW"}
)
_HYPHENS = frozenset({"-", "‑", "–"})
# The tagger often mistakes rare words; those that mean one thing only are believed whatever it says.
_ONE_MEANING = 0.9
_PHRASE = 0.75  # the weight of a phrase that a plainer word can stand for


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lexicon says of a word or phrase; the fields are told in ``rules/loaded/judgement.toml``."""

    kind: str
    weight: float
    signal: str
    plain: str = ""  # a plainer way to put it, "" where there is none
    first: bool = False
    literal: bool = False


class Lexicon:
    """Finds the entries of the lexicon in a doc, in order; no two overlap."""

    def __init__(self, vocab: Vocab, files: Iterable[str] = FILES) -> None:
        self._words: dict[str, list[Entry]] = {}
        self._affixes: list[tuple[str, str, Entry]] = []
        self._phrases: dict[str, Entry] = {}
        self._plain: dict[str, str] = rules.read("loaded/plain")["words"]
        for file in files:
            data = rules.read(f"loaded/{file}")
            for phrase, plain in data.get("plainer", {}).items():
                self._phrases[phrase] = Entry("any", _PHRASE, "loaded-words", plain)
            for group in chain(data.get("group", ()), data.get("affix", ())):
                self._add(group)
        self._matcher = rules.Phrases(vocab, {notation: [notation] for notation in self._phrases})
        self._hyphens = frozenset(vocab.strings.add(mark) for mark in _HYPHENS)
        self._ids = frozenset(vocab.strings.add(word) for word in self._words if "-" not in word)

    def _add(self, group: Mapping[str, Any]) -> None:
        entry = Entry(
            group.get("is", "any"), group["weight"], group.get("signal", "loaded-words"),
            group.get("plain", ""), group.get("first", False), group.get("literal", False),
        )  # fmt: skip
        self._phrases |= dict.fromkeys(group.get("phrases", ()), entry)
        self._affixes += [("", word, entry) for word in group.get("ends", "").split()]
        self._affixes += [(word, "", entry) for word in group.get("begins", "").split()]
        for word in group.get("words", "").split():
            one = replace(entry, plain=self._plain.get(word, entry.plain))
            self._put(word, one)
            if entry.kind == "adjective" and entry.signal != "promotion" and "-" not in word:
                self._put(_adverb(word), replace(one, kind="adverb", plain=""))
            if entry.kind == "verb":
                for participle in _participles(word):
                    self._put(participle, replace(one, kind="participle"))

    def _put(self, word: str, entry: Entry) -> None:
        kept = self._words.setdefault(word, [])
        if all(one.kind != entry.kind for one in kept):  # the first file that says so
            kept.append(entry)

    def __call__(self, doc: Doc) -> Iterator[tuple[Span, Entry]]:
        ids = doc.to_array([LOWER, LEMMA])
        found = [*self._of_phrases(doc)]
        taken = {i for span, _ in found for i in range(span.start, span.end)}
        for start, end in _compounds(
            doc, [i for i, lower in enumerate(ids[:, 0].tolist()) if lower in self._hyphens]
        ):
            entry = self._of_compound(doc[start:end])
            if entry and taken.isdisjoint(range(start, end)):
                found.append((doc[start:end], entry))
            taken.update(range(start, end))  # of "rosy-sounding", "rosy" alone says nothing
        for i, row in enumerate(ids.tolist()):
            if i not in taken and not self._ids.isdisjoint(row) and (entry := self._of(doc[i])):
                found.append((doc[i : i + 1], entry))
        return iter(sorted(found, key=lambda pair: pair[0].start))

    def _of_phrases(self, doc: Doc) -> Iterator[tuple[Span, Entry]]:
        for span in filter_spans(self._matcher(doc)):
            entry = self._phrases[span.label_]
            yield span[:1] if entry.first else span, entry

    def _of(self, token: Token) -> Entry | None:
        if (token.pos_ == "PROPN" and token.ent_type_ in _NAMES) or _is_titled(token):
            return None
        fitting = [
            entry
            for word in dict.fromkeys((token.lower_, token.lemma_.lower()))
            for entry in self._words.get(word, ())
            if _fits(token, entry)
        ]
        return max(fitting, key=lambda entry: entry.weight, default=None)

    def _of_compound(self, span: Span) -> Entry | None:
        text = "-".join(t.lower_ for t in span if t.text not in _HYPHENS)
        for word in (text, text.removesuffix("s"), text.replace("-", "")):
            if word in self._words:
                return self._words[word][0]
        for begin, end, entry in self._affixes:
            if text.startswith(begin) and text.endswith(end):
                return entry
        return None


def _is_titled(token: Token) -> bool:
    """A capital in mid-sentence is a title's ("Cleanliness, Godliness and Madness"), save in a headline."""
    if not token.text[0].isupper() or token.i == token.sent.start or token.doc[token.i - 1].is_punct:
        return False
    words = [t for t in token.sent if t.is_alpha]
    return sum(t.text[0].isupper() for t in words) < len(words) / 2 and token.ent_type_ != "NORP"


def _compounds(doc: Doc, hyphens: list[int]) -> list[tuple[int, int]]:
    """Where words are joined by hyphens without spaces."""
    found: list[tuple[int, int]] = []
    for i in hyphens:
        if not 0 < i < len(doc) - 1:
            continue
        before, after = doc[i - 1], doc[i + 1]
        if before.whitespace_ or doc[i].whitespace_ or not (before.is_alpha and after.is_alpha):
            continue
        if found and found[-1][1] == i:
            found[-1] = (found[-1][0], i + 2)
        else:
            found.append((i - 1, i + 2))
    return found


def _fits(token: Token, entry: Entry) -> bool:
    """Whether the tagger's part of speech allows the entry, or is likely to be mistaken."""
    if token.pos_ in _TAGGED[entry.kind]:
        if entry.kind == "adjective" and token.pos_ == "VERB":
            return token.dep_ in _LIKE_ADJECTIVES
        # "The squandering of the fund", not "a railing"
        return (
            entry.kind != "participle" or token.pos_ != "NOUN" or any(t.lower_ == "of" for t in token.rights)
        )
    if entry.weight < _ONE_MEANING or entry.kind == "verb":
        return False
    return token.pos_ in {"PROPN", "X"} or (entry.kind != "noun" and not token.text[0].isupper())


def _adverb(word: str) -> str:
    if word.endswith("ic"):
        return word + "ally"
    if word.endswith("le"):
        return word[:-1] + "y"
    if word.endswith("y"):
        return word[:-1] + "ily"
    return word + "ly"


def _participles(verb: str) -> tuple[str, str]:
    if verb.endswith("e"):
        return verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied", verb + "ing"
    if len(verb) <= 4 and verb[-1] not in "aeiouwxy" and verb[-2] in "aeiou" and verb[-3:-2] not in "aeiou":
        return verb + verb[-1] + "ed", verb + verb[-1] + "ing"
    return verb + "ed", verb + "ing"
