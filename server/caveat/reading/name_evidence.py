"""What a name names: evidence is added up, from the gazetteer, the name's own words and those around it.

In: a run of words (``name_runs``). Out: a score for each label. The weights and the words are data
(``rules/names.toml``, ``rules/name-contexts.toml``, ``rules/gazetteer/``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from caveat.reading.name_contexts import Contexts
from caveat.reading.name_runs import Run, Runs

Scores = dict[str, float]
Telling = Sequence[tuple[str, frozenset[str]]]

WITNESSES = ("gazetteer", "words", "contexts", "model")

_CAPITALS = range(2, 7)  # letters of an acronym
_IRISH = ("Mc", "O'", "O’")
_LONGEST_PERSON = 4  # words: "Anneke van der Velden"
_BEGINS, _WITHIN = 3, 1  # spaCy's ent_iob
_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Block:
    """A block as the witnesses see it."""

    doc: Doc
    lowered: Sequence[str]
    nouns: Sequence[bool]
    listed: Mapping[tuple[int, int], str]  # the gazetteer's names by their tokens


def _add(scores: Scores, telling: Telling, word: str, weight: float) -> bool:
    """Add to the first label that a word tells."""
    for label, words in telling:
        if word in words:
            scores[label] += weight
            return True
    return False


class Evidence:
    """Scores runs."""

    def __init__(
        self,
        table: Mapping[str, Any],
        contexts: Mapping[str, Any],
        given: Iterable[str],
        runs: Runs,
        labels: Mapping[str, str],
        seen: frozenset[str],
        witnesses: Iterable[str],
    ) -> None:
        self.witnesses = frozenset(witnesses)
        self.weights: Mapping[str, float] = table["weights"]
        self.patterns = Contexts(contexts)
        self.given = frozenset(given)
        self.runs = runs
        self.seen = seen  # words that the model was trained on
        self.labels = labels  # of the model's labels, those that are ours
        last, first = runs.last, table["first"]
        self.last = [
            ("ORG", last["body"] | last["company"] | last["team"]),
            ("OUTLET", last["outlet"]),
            ("GPE", last["place"]),
        ]
        self.doubtful, self.papers = last["doubtful"], last["papers"]
        self.nothing, self.surnames = last["nothing"], last["surnames"]
        self.first = [
            ("ORG", frozenset(first["body"].split())),
            ("OUTLET", frozenset(first["outlet"].split())),
            ("GPE", frozenset(first["place"].split())),
        ]
        self.of = [
            ("ORG", frozenset(first["body_of"].split())),
            ("GPE", frozenset(first["place_of"].split())),
        ]

    def scores(self, block: Block, run: Run) -> Scores:
        """The score of each label for a run; none where the run is a law, an event or the like."""
        words = [block.doc[i].text for i in range(run.start, run.end)]
        scores: Scores = defaultdict(float)
        if len(words) > 1 and words[-1] in self.nothing:
            return scores
        if "gazetteer" in self.witnesses:
            self._gazetteer(block, run, words, scores)
        if "words" in self.witnesses:
            self._words(words, scores)
        if "contexts" in self.witnesses:
            self._contexts(block, run, words, scores)
        if "model" in self.witnesses:
            self._model(block.doc, run, scores)
        return scores

    def _gazetteer(self, block: Block, run: Run, words: Sequence[str], scores: Scores) -> None:
        """What the lists of names say."""
        if label := block.listed.get((run.start, run.end)):
            scores[label] += self.weights["listed_place" if label == "GPE" else "listed"]
        if words[-1] in self.runs.surnames:
            scores["PERSON"] += self.weights["surname"]
        if words[0] in self.given and len(words) - 2 * words.count("-") <= _LONGEST_PERSON:
            scores["PERSON"] += self.weights["given" if len(words) > 1 else "given_alone"]

    def _contexts(self, block: Block, run: Run, words: Sequence[str], scores: Scores) -> None:
        """What stands around the name: a title, an article, the patterns, a dateline."""
        lowered, weights = block.lowered, self.weights
        after = lowered[run.end] if run.end < len(lowered) else ""
        article = run.start > 0 and lowered[run.start - 1] in _ARTICLES
        if run.titled:
            scores["PERSON"] += weights["title"]
        else:
            owns = len(words) > 1 and after in {"'s", "’s"}
            for context in self.patterns.before(lowered, block.nouns, run.start):
                if not (owns and context.label == "GPE"):  # "in Ina Holt’s speech"
                    scores[context.label] += context.weight
        if article:
            scores["PERSON"] -= weights["article"]
            for context in self.patterns.before(lowered, block.nouns, run.start - 1):
                if context.label != "PERSON":
                    scores[context.label] += context.weight / 2
        elif len(words) == 2 and words[-1] not in self.runs.telling and all(map(str.isalpha, words)):
            scores["PERSON"] += weights["two_words"] if all(map(str.istitle, words)) else 0.0
        for context in self.patterns.after(lowered, block.nouns, run.end):
            scores[context.label] += context.weight
        # "LOWMOOR, May 4 (Northline) -": a block that opens in capitals says where it was written
        capitals = run.start == 0 and all(map(str.isupper, words)) and len(words[0]) > len("US")
        if capitals and after in {",", "(", "-", "–", "—"}:
            scores["GPE"] += weights["dateline"]

    def _words(self, words: Sequence[str], scores: Scores) -> None:
        """What the name's own words tell."""
        weights, last = self.weights, words[-1]
        if len(words) == 1:
            if last.isupper() and len(last) in _CAPITALS and not scores:
                scores["ORG"] += weights["acronym"]
            return
        of = next((i for i, word in enumerate(words) if word in {"of", "for"}), 0)
        if of:
            _add(scores, self.of, words[of - 1], weights["last"])
        elif not self._last(words, scores):
            _add(scores, self.first, words[0], weights["first"])
        if "&" in words:
            scores["ORG"] += weights["first"]
        if any(len(word) < len("Rev.") and word.endswith(".") and word[0].isupper() for word in words[:-1]):
            scores["PERSON"] += weights["initials"]
        if last.startswith(_IRISH) or (not of and any(word in self.runs.particles for word in words)):
            scores["PERSON"] += weights["particle"]

    def _last(self, words: Sequence[str], scores: Scores) -> bool:
        """The last word, where it tells: "… Council"; less where it is a surname, too."""
        last = words[-1]
        either = words[0] in self.given and len(words) <= _LONGEST_PERSON and last in self.surnames
        telling = self.last
        if last in self.doubtful and not self._is_paper(words):
            telling = [(label, some) for label, some in telling if label != "OUTLET"]
        return _add(scores, telling, last, self.weights["either" if either else "last"])

    def _is_paper(self, words: Sequence[str]) -> bool:
        """ "Lowmoor Standard", "Lowmoor Evening Standard", but not "Renewable Fuel Standard"."""
        return len(words) == 2 or words[-2] in self.papers or words[-2] in self.runs.last["place"]

    def _model(self, doc: Doc, run: Run, scores: Scores) -> None:
        """The model's labels on the run's words; it guesses where it has never seen them."""
        tokens = doc[run.start : run.end]
        kinds = {token.ent_type_ for token in tokens if token.ent_type_ in self.labels}
        if not kinds:
            return
        knows = all(token.lower_ in self.seen for token in tokens if token.is_alpha)
        left = run.start == 0 or tokens[0].ent_iob == _BEGINS or doc[run.start - 1].lower_ in _ARTICLES
        right = run.end == len(doc) or doc[run.end].ent_iob != _WITHIN
        whole = left and right and all(token.ent_type_ in kinds for token in tokens) and len(kinds) == 1
        for kind in sorted(kinds):
            label = self.labels[kind]
            # It takes many a surname for a company, but a bare "Trump" is at least no common noun.
            doubted = label == "ORG" and len(tokens) == 1 and not tokens[0].is_upper
            if doubted and run.fresh and tokens[0].pos_ != "PROPN":
                weight = self.weights["model_doubted"]
            else:
                weight = self.weights["model" if whole and not doubted else "model_part"]
            scores[label] += weight if knows else weight * self.weights["model_unseen"]
