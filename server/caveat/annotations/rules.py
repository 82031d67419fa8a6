"""What volunteers may say, and in which words they judge: ``rules.toml`` and the catalogue of signals."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from caveat.annotations.models import Verdict
from caveat.article import Family, Signal
from caveat.catalogue import Catalogue

_TABLES: Mapping[str, Any] = tomllib.loads(
    resources.files("caveat.annotations").joinpath("rules.toml").read_text("utf-8")
)


@dataclass(frozen=True)
class PeoplesSignal:
    """What only a person can notice."""

    id: str
    name: str
    family: Family
    line: str
    needs_source: bool


PEOPLE: Mapping[str, PeoplesSignal] = {
    id_: PeoplesSignal(id_, one["name"], Family(one["family"]), one["line"], one["needs-source"])
    for id_, one in _TABLES["people"].items()
}

SIGNALS = frozenset(Catalogue.standard().signals) | frozenset(PEOPLE)
"""What an annotation may notice."""

NEEDS_SOURCE = frozenset(id_ for id_, signal in PEOPLE.items() if signal.needs_source) | frozenset(
    _TABLES["needs-source"]
)
"""Signals that are nothing without a source."""

REPORTS: Mapping[str, str] = _TABLES["reports"]
"""Kinds of reports, the urgent first, and what each says."""

GOOD: Mapping[str, str] = _TABLES["reasons"]["good"]
POOR: Mapping[str, str] = _TABLES["reasons"]["poor"]
REASONS: Mapping[Verdict, Mapping[str, str]] = {
    Verdict.HELPFUL: GOOD,
    Verdict.SOMEWHAT: {**GOOD, **POOR},
    Verdict.NOT: POOR,
}
"""Which reasons go with a verdict, and what each says."""


def name_of(signal: str, catalogue: Mapping[str, Signal]) -> str:
    """What a signal is called; its id, where it is none that is known any more."""
    known = catalogue.get(signal) or PEOPLE.get(signal)
    return known.name if known else signal
