"""What volunteers may say, and in which words they judge: ``rules.toml`` and the catalogue of signals."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from caveat.annotations.models import Verdict
from caveat.catalogue import Catalogue

_TABLES: Mapping[str, Any] = tomllib.loads(
    resources.files("caveat.annotations").joinpath("rules.toml").read_text("utf-8")
)

SIGNALS = frozenset(Catalogue.standard().signals) | frozenset(_TABLES["people"]["signals"])
"""What an annotation may notice."""

NEEDS_SOURCE = frozenset(_TABLES["people"]["needs-source"])
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
