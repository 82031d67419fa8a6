"""The model of kinds: what the evidence of the rules and the grammar of a sentence say together.

In: a sentence with its stage and the evidence for each kind. Out: what the model sees of it, and the kind it
takes that for: the greatest sum of weights (``rules/kinds-weights.toml``) of named features. It sees the
verbs of the main clause and of what is said, what stands beside them, words, tags and entities. The weights
are made by ``tests/eval/teach_kinds.py``. What can go wrong: a word nobody taught it leaves it with grammar
and evidence alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.attrs import ENT_TYPE, LEMMA, LIKE_NUM, LOWER, POS, TAG
from spacy.parts_of_speech import IDS
from spacy.tokens import Span, Token

from caveat.reading import rules
from caveat.reading.stage import Stage

_ATTRIBUTES = [POS, TAG, LOWER, LIKE_NUM, ENT_TYPE, LEMMA]
_CLOSED = frozenset(IDS[pos] for pos in ("ADP", "SCONJ", "AUX", "DET", "PRON", "PART", "CCONJ"))
_CONTENT = frozenset(IDS[pos] for pos in ("NOUN", "VERB", "ADJ", "ADV"))
_SIGNS = frozenset(IDS[pos] for pos in ("PUNCT", "SYM", "NOUN", "X"))
_LEADING = frozenset({"aux", "auxpass", "neg", "mark", "prep", "advmod", "agent", "expl", "prt"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_COMPLEMENTS = frozenset({"attr", "acomp", "dobj", "oprd"})
_TAGS = frozenset({"MD", "JJR", "JJS", "RBR", "RBS", "VBZ", "VBD", "VBP", "VBN", "VB", "PRP"})
_MARKS = frozenset("!?:;%$£€₹")
_PASSING = frozenset({"DATE", "TIME", "ORDINAL"})
_GENERIC = frozenset({"a", "an", "any", "no", "every", "each"})
_LENGTHS = (8, 14, 25)  # tokens
_MOST_HEADS = 2  # clauses of what is said that are looked at

Seen = dict[str, float]  # feature -> 0 to 1


class KindModel:
    """Weighs what it sees of a sentence by ``rules/kinds-weights.toml``."""

    def __init__(self, decides: float, most: float) -> None:
        self.decides, self.most = decides, most
        data = rules.read("kinds-weights")
        self.kinds: list[str] = data["kinds"]
        self.weights: dict[str, list[int]] = data[
            "weights"
        ]  # feature -> hundredths, in the order of the kinds

    def choose(self, seen: Mapping[str, float]) -> str:
        """The kind with the greatest total, the first of equals."""
        totals = [0.0] * len(self.kinds)
        for name, value in seen.items():
            if weights := self.weights.get(name):
                totals = [total + weight * value for total, weight in zip(totals, weights, strict=True)]
        return self.kinds[totals.index(max(totals))]

    def seen(
        self, sentence: Span, stage: Stage, evidence: Mapping[str, float], spoken: Mapping[str, float]
    ) -> Seen:
        """The features of a sentence. ``spoken``: the evidence if a speaker's voice were the writer's."""
        seen: Seen = {"always": 1, "said": float(stage.said)}
        for kind, total in evidence.items():
            seen[f"evidence {kind}"] = total / self.most
            seen[f"enough {kind}"] = float(total >= self.decides)
        seen |= {f"spoken {kind}": total / self.most for kind, total in spoken.items()}
        for name in _of_verb("main", sentence.root):
            seen[name] = 1
        if stage.said:
            for head in _told(sentence, stage):
                seen |= dict.fromkeys(_of_verb("told", head), 1)
        seen |= dict.fromkeys(_of_words(sentence), 1)
        seen |= {f"shorter than {length}": float(len(sentence) < length) for length in _LENGTHS}
        quoted = sum(
            max(0, min(q.end, sentence.end) - max(q.start, sentence.start)) for q in sentence.doc._.quotations
        )
        seen["quoted"] = min(1.0, quoted / len(sentence))
        return seen


def _told(sentence: Span, stage: Stage) -> Sequence[Token]:
    """The first clauses of what is said."""
    heads = [sentence.doc[i] for i in sorted(stage.heads) if sentence.start <= i < sentence.end]
    return ([head for head in heads if head.pos_ in {"VERB", "AUX"}] or heads)[:_MOST_HEADS]


def _of_verb(which: str, verb: Token) -> Iterator[str]:
    """A clause by its verb and what stands right beside it."""
    yield f"{which} verb {verb.lemma_.lower()}"
    yield f"{which} form {verb.tag_}"
    for child in verb.children:
        if child.dep_ in {"punct", "dep"}:
            continue
        yield f"{which} has {child.dep_}"
        if child.dep_ in _LEADING:
            yield f"{which} {child.dep_} {child.lower_}"
        elif child.dep_ in _SUBJECTS:
            yield f"{which} subject {child.lemma_.lower()}"
            yield f"{which} subject is {child.ent_type_ or child.tag_}"
            beside = {token.lower_ for token in child.children if token.dep_ == "det"}
            if beside & _GENERIC:
                yield f"{which} subject is any"
            if "the" in beside:
                yield f"{which} subject is known"
            if any(token.like_num for token in child.children):
                yield f"{which} subject is counted"
        elif child.dep_ in _COMPLEMENTS:
            yield f"{which} {child.dep_} {child.lemma_.lower()}"
            yield f"{which} {child.dep_} is {child.tag_}"
            if any(token.like_num for token in child.subtree):
                yield f"{which} {child.dep_} is counted"


def _of_words(sentence: Span) -> Iterator[str]:
    first = sentence[0]
    yield f"first {first.lower_}"
    yield f"first is {first.tag_}"
    strings = sentence.doc.vocab.strings
    rows = sentence.to_array(_ATTRIBUTES).tolist()  # type: ignore[attr-defined] # Span has it, its stub has not
    for pos, tag, word, number, entity, lemma in {*map(tuple, rows)}:
        if pos in _CLOSED:
            yield f"word {strings[word]}"
        elif pos in _CONTENT:
            yield f"lemma {strings[lemma].lower()}"
        if strings[tag] in _TAGS:
            yield f"tag {strings[tag]}"
        if number and strings[entity] not in _PASSING:
            yield "number"
        if entity:
            yield f"entity {strings[entity]}"
        if pos in _SIGNS and strings[word] in _MARKS:
            yield f"mark {strings[word]}"
