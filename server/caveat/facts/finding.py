"""What a record says against the words it was asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from caveat.article import Evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """A record that has something else, for a note of its signal."""

    signal: str
    confidence: float
    variant: str = "default"  # which of the signal's messages
    slots: Mapping[str, str] = field(default_factory=dict)  # what fills the message beside {words}
    evidence: tuple[Evidence, ...] = ()
