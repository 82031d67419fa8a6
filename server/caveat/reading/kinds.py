"""Kinds: what sort of thing a sentence states.

In: a block with its attributions and quotations. Out: a ``Kind`` for each sentence. Each pattern of
``rules/kinds*.toml`` is evidence for one kind. It counts by how sure it is and by where it stands: in
the main clause of what is said, in a clause that depends on it, or in an aside (``stage``). What all the
evidence and the sentence's grammar come to, a small model says (``kind_model``). What can go wrong: a
list that lacks a word, or a verb the model was not taught.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from caveat.article import ClaimKind
from caveat.reading import rules
from caveat.reading.kind_model import KindModel, Seen
from caveat.reading.quantities import Quantities
from caveat.reading.quotations import within
from caveat.reading.stage import Stage, Stages
from caveat.reading.trees import Trees

_SPEAKER = frozenset({"i", "my"})
_OPENING = 2  # tokens; words of a page about itself stand at the start of their line
_ASKED = "asked"
_TOLD = "told"
_NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a sentence is."""

    kind: ClaimKind
    firsthand: bool = False  # a speaker's "I waited": an experience where the whole page is an interview
    nothing: bool = False  # a question, a credit line, a call to subscribe: no claim


@dataclass(frozen=True, slots=True)
class _Found:
    """Evidence at one token."""

    token: Token
    kind: str
    strength: float
    own: bool  # counts in the writer's voice alone


class Kinds:
    """Finds the kind of every sentence of a block."""

    def __init__(self, nlp: Language) -> None:
        data = rules.read("kinds")
        self.own_voice = frozenset(data["own_voice"])
        self.most: float = data["most"]
        self.model = KindModel(data["decides"], data["most"])
        self.strengths: dict[str, float] = data["strengths"]
        self.phrases = rules.Phrases(
            nlp.vocab,
            {f"{kind}.{s}": some for kind, by in data["phrases"].items() for s, some in by.items()},
        )
        trees = rules.read("kinds-trees")
        self.trees = Trees(nlp.vocab, trees["patterns"], trees["lists"])
        self.own_trees = frozenset(p["name"] for p in trees["patterns"] if p.get("voice") == "own")
        self.stages = Stages(data["speech"], data["places"])
        self.quantities = Quantities(data["numbers"])

    def __call__(self, doc: Doc) -> list[Kind]:
        """What the block's sentences are, in order."""
        return [self._kind(sentence, some) for sentence, some in self._found(doc)]

    def seen(self, doc: Doc) -> list[Seen]:
        """What the model sees of the block's sentences, in order."""
        return [
            self._seen(sentence, some, self._stage(sentence, some)) for sentence, some in self._found(doc)
        ]

    def _found(self, doc: Doc) -> Iterator[tuple[Span, list[_Found]]]:
        """Each sentence with its evidence."""
        sentences = [*doc.sents]
        starts = [sentence.start for sentence in sentences]
        found: list[list[_Found]] = [[] for _ in sentences]
        for one in (*self._phrases(doc), *self._trees(doc), *self._amounts(doc)):
            found[bisect_right(starts, one.token.i) - 1].append(one)
        yield from zip(sentences, found, strict=True)

    def _phrases(self, doc: Doc) -> Iterator[_Found]:
        for span in self.phrases(doc):
            kind, _, strength = span.label_.partition(".")
            token = span[0] if kind == _NOTHING else span.root
            yield _Found(token, kind, self.strengths[strength], kind in self.own_voice)

    def _trees(self, doc: Doc) -> Iterator[_Found]:
        for name, bound in self.trees(doc):
            kind, strength, _ = name.split(".")
            own = kind in self.own_voice or name in self.own_trees
            yield _Found(bound["cue"], kind, self.strengths[strength], own)

    def _amounts(self, doc: Doc) -> Iterator[_Found]:
        for noun, strength in self.quantities(doc):
            yield _Found(noun, ClaimKind.QUANTITY, strength, own=False)

    def _stage(self, sentence: Span, found: Sequence[_Found]) -> Stage:
        return self.stages.of(sentence, [one.token for one in found if one.kind == _TOLD])

    def _seen(self, sentence: Span, found: Sequence[_Found], stage: Stage) -> Seen:
        spoken = [one for one in found if one.own]
        return self.model.seen(
            sentence, stage, self._total(found, stage), self._total(spoken, stage, own=True)
        )

    def _kind(self, sentence: Span, found: Sequence[_Found]) -> Kind:
        if any(one.kind == _NOTHING and one.token.i < sentence.start + _OPENING for one in found):
            return Kind(ClaimKind.EVENT, nothing=True)
        stage = self._stage(sentence, found)
        if not stage.said and sentence.text.rstrip("\"'”’) ").endswith("?"):
            wants_none = _ASKED in self._total(found, stage)
            return Kind(ClaimKind.OPINION if wants_none else ClaimKind.EVENT, nothing=True)
        kind = ClaimKind(self.model.choose(self._seen(sentence, found, stage)))
        return Kind(kind, firsthand=stage.said and self._is_firsthand(found, stage))

    def _is_firsthand(self, found: Sequence[_Found], stage: Stage) -> bool:
        """A speaker's "I waited" as what is mainly said; "we" may be a company."""
        lived = [one for one in found if one.kind == ClaimKind.EXPERIENCE and one.token.lower_ in _SPEAKER]
        return self._total(lived, stage, own=True).get(ClaimKind.EXPERIENCE, 0) >= self.most

    def _total(self, found: Sequence[_Found], stage: Stage, *, own: bool = False) -> dict[str, float]:
        """The evidence for each kind; ``own`` takes the speaker's voice for the writer's."""
        at: dict[str, dict[tuple[int, bool], float]] = defaultdict(dict)
        for one in found:
            quoted = within(one.token.doc, one.token.i, one.token.i + 1) is not None
            if one.own and not own and (stage.said or quoted):
                continue
            worth = one.strength * self.stages.share(one.token, stage)
            place = one.token.i, worth < 0  # of what stands at one token only the strongest counts
            at[one.kind][place] = max(worth, at[one.kind].get(place, 0), key=abs)
        return {
            kind: min(self.most, total) for kind, worths in at.items() if (total := sum(worths.values())) > 0
        }
