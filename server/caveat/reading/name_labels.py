"""Which label a name gets, once what speaks for each is known: in one block, or settled by a whole article.

In: names with the scores of ``name_evidence``, of one block or of many. Out: a label for each, or none. A
pure function, so that what blocks say alone, and may be remembered, is settled whenever they come together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Protocol

from caveat.reading import gazetteer, rules

PERSON, BODY, PLACE, OUTLET, PLATFORM = "PERSON", "ORG", "GPE", "OUTLET", "PLATFORM"
# Where a name is in two tables, the later one is believed: posts are made on Facebook.
_TABLES = {"places": PLACE, "bodies": BODY, "outlets": OUTLET, "platforms": PLATFORM}
_X = "X"  # a platform where something is posted on it, else a letter


class Weighed(Protocol):
    """A name and what speaks for each label."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def scores(self) -> Mapping[str, float]:
        """By label."""

    @property
    def coined(self) -> bool:
        """The language has none of its words."""


class Labels:
    """Decides by the weights of ``rules/names.toml``."""

    def __init__(self) -> None:
        self.listed: dict[str, str] = {}
        for key, label in _TABLES.items():
            self.listed |= dict.fromkeys(gazetteer.names(key), label)
        table = rules.read("names")
        self._weights: dict[str, float] = table["weights"]
        self._companies = frozenset(f"{table['last']['company']} {table['last']['team']}".split())

    def settle(self, names: Sequence[Weighed]) -> list[str | None]:
        """The label of each: what the surest of them tell of shorter ones is believed."""
        told = self._given_elsewhere(names)
        return [self.best(one, told.get(one.text)) for one in names]

    def best(self, one: Weighed, told: str | None = None) -> str | None:
        """The label that most speaks for, if that is enough."""
        scores = one.scores
        if told:
            scores = {**scores, told: scores.get(told, 0.0) + self._weights["named_before"]}
        label = max(scores, key=lambda label: (scores[label], label), default="")
        if not label or scores[label] < self._weights["enough_coined" if one.coined else "enough"]:
            return None
        if len(one.text.rstrip(".")) == 1:
            return PLATFORM if one.text == _X and label == OUTLET else None
        return label

    def _given_elsewhere(self, names: Iterable[Weighed]) -> dict[str, str]:
        """What the surest names tell of shorter ones: a surname is a person's, "Marl" is "Marl Foods"."""
        told: dict[str, tuple[float, str]] = {}
        for name in names:
            label = self.best(name)
            if label is None:
                continue
            parts, score = name.text.split(), max(name.scores.values())
            short = [name.text]
            if label == PERSON and len(parts) > 1:
                short += [parts[-1], parts[0], " ".join(parts[-2:])]
            elif label == BODY and len(parts) > 1 and parts[-1] in self._companies:
                short += [" ".join(parts[:-1]), parts[0]]
            elif label == OUTLET and len(parts) > 1:
                short += [parts[-1]]
            for text in short:
                if text not in self.listed and told.get(text, (0.0, ""))[0] < score:
                    told[text] = (score, label)
        for name in names:  # "Mr Devkar" tells that "Raghunath Devkar" is somebody
            score, label = told.get(name.text.split()[-1], (0.0, ""))
            if label == PERSON and score >= self._weights["title"] and name.text not in self.listed:
                told.setdefault(name.text, (score, PERSON))
        return {text: label for text, (_, label) in told.items()}


@cache  # a pure function of files that ship with the package
def standard() -> Labels:
    """The labels of the standard rules."""
    return Labels()
