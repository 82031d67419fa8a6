"""What a name names: evidence is added up, from the gazetteer, the name's own words and those around it.

In: a run of words (``name_runs``). Out: a score for each label. The weights and the words are data
(``rules/names.toml``, ``rules/name-contexts.toml``, ``rules/gazetteer/``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from spacy.tokens import Doc

from caveat.reading.name_contexts import Contexts
from caveat.reading.name_runs import Run, Runs

Scores = dict[str, float]

_CAPITALS = range(2, 7)  # letters of an acronym
_ARTICLES = frozenset({"the", "a", "an"})


def _is_dateline(lowered: Sequence[str], words: Sequence[str], run: Run) -> bool:
    """ "LOWMOOR, May 4 (Northline) -": a block that opens in capitals says where it was written."""
    capitals = run.start == 0 and all(word.isupper() for word in words) and len(words[0]) > 2
    return capitals and run.end < len(lowered) and lowered[run.end] in {",", "(", "-", "–", "—"}


class Evidence:
    """Scores runs."""

    def __init__(
        self,
        table: Mapping[str, Any],
        contexts: Mapping[str, Any],
        given: Iterable[str],
        runs: Runs,
        labels: Mapping[str, str],
    ) -> None:
        self.weights: Mapping[str, float] = table["weights"]
        self.contexts = Contexts(contexts)
        self.given = frozenset(given)
        self.runs = runs
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

    def scores(
        self,
        doc: Doc,
        lowered: Sequence[str],
        nouns: Sequence[bool],
        run: Run,
        listed: Mapping[tuple[int, int], str],
    ) -> Scores:
        """The score of each label for a run."""
        words = [doc[i].text for i in range(run.start, run.end)]
        scores: Scores = defaultdict(float)
        if self._is_nothing(words):
            return {}
        if label := listed.get((run.start, run.end)):
            scores[label] += self.weights["listed_place" if label == "GPE" else "listed"]
        if run.titled:
            scores["PERSON"] += self.weights["title"]
        self._own_words(words, scores)
        article = run.start > 0 and lowered[run.start - 1] in _ARTICLES
        if not run.titled:
            owns = len(words) > 1 and run.end < len(lowered) and lowered[run.end] in {"'s", "’s"}
            for context in self.contexts.before(lowered, nouns, run.start):
                if not (owns and context.label == "GPE"):  # "in Ina Holt’s speech"
                    scores[context.label] += context.weight
            if article:
                for context in self.contexts.before(lowered, nouns, run.start - 1):
                    if context.label != "PERSON":
                        scores[context.label] += context.weight / 2
        for context in self.contexts.after(lowered, nouns, run.end):
            scores[context.label] += context.weight
        if article:
            scores["PERSON"] -= self.weights["article"]
        elif (
            len(words) == 2
            and words[-1] not in self.runs.telling
            and all(word.isalpha() and word.istitle() for word in words)
        ):
            scores["PERSON"] += self.weights["two_words"]
        if _is_dateline(lowered, words, run):
            scores["GPE"] += self.weights["dateline"]
        self._model(doc, run, scores)
        return scores

    def _is_nothing(self, words: Sequence[str]) -> bool:
        return len(words) > 1 and words[-1] in self.nothing

    def _own_words(self, words: Sequence[str], scores: Scores) -> None:
        """What the name's own words tell."""
        weights, last, first = self.weights, words[-1], words[0]
        head = (
            words[: words.index("of")]
            if "of" in words
            else words[: words.index("for")]
            if "for" in words
            else None
        )
        if head:
            for label, telling in self.of:
                if head[-1] in telling:
                    scores[label] += weights["last"]
                    break
        if last in self.runs.surnames:
            scores["PERSON"] += weights["surname"]
        if len(words) == 1:
            if first.isupper() and len(first) in _CAPITALS and not scores:
                scores["ORG"] += weights["acronym"]
            if first.startswith(("Mc", "O'", "O’")) and len(first) > 3:
                scores["PERSON"] += weights["particle"] / 2
            return
        is_given = first in self.given and len(words) <= 4
        if not head:
            for label, telling in self.last:
                if last in telling:
                    if label == "OUTLET" and last in self.doubtful and not self._is_paper(words):
                        continue
                    scores[label] += weights["either" if is_given and last in self.surnames else "last"]
                    break
            else:
                for label, telling in self.first:
                    if first in telling:
                        scores[label] += weights["first"]
                        break
        if is_given:
            scores["PERSON"] += weights["given"]
        if "&" in words:
            scores["ORG"] += weights["first"]
        if any(len(word) < 4 and word.endswith(".") and word[0].isupper() for word in words[:-1]):
            scores["PERSON"] += weights["initials"]
        if not head and any(word[0].islower() and word.isalpha() for word in words):
            scores["PERSON"] += weights["particle"]
        if last.startswith(("Mc", "O'", "O’")) and len(last) > 3:
            scores["PERSON"] += weights["particle"]

    def _is_paper(self, words: Sequence[str]) -> bool:
        """ "Lowmoor Standard", "Lowmoor Evening Standard", but not "Renewable Fuel Standard"."""
        return len(words) == 2 or words[-2] in self.papers or words[-2] in self.runs.last["place"]

    def _model(self, doc: Doc, run: Run, scores: Scores) -> None:
        """The model's labels on the run's words."""
        seen: set[int] = set()
        for token in doc[run.start : run.end]:
            if token.ent_iob == 0 or token.ent_iob == 2:
                continue
            label = self.labels.get(token.ent_type_)
            if label is None or token.ent_type in seen:
                continue
            seen.add(token.ent_type)
            left = run.start == 0 or doc[run.start].ent_iob == 3 or doc[run.start - 1].lower_ in _ARTICLES
            right = run.end == len(doc) or doc[run.end].ent_iob != 1
            whole = left and right and all(t.ent_type == token.ent_type for t in doc[run.start : run.end])
            doubted = label == "ORG" and run.end - run.start == 1 and not token.is_upper
            if doubted and run.fresh and token.pos_ != "PROPN":  # a bare "Trump": no common noun, at least
                scores[label] += self.weights["model_doubted"]
            else:
                scores[label] += self.weights["model" if whole and not doubted else "model_part"]
