"""Facts: what can be looked up, held against what an article says.

In: plain questions that a reading found ("who holds this office?") and the day they are about. Out: a
``Finding`` where a record has something else, with the record beside it; nothing where it agrees, where it
does not know, or where there is any doubt: a wrong fact note costs more trust than twenty right ones earn.
Knows ``article``; knows no spaCy, no Flask, no Redis.

Tables ship with the package. The data folder may hold newer ones, which are taken instead; updating a table
needs no code.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from caveat.facts.factchecks.matching import Encoder, Matcher
from caveat.facts.finding import Finding


@dataclass(frozen=True, slots=True)
class Facts:
    """All tables and indexes that a reading is held against."""

    checks: Matcher | None = None  # None: there is no data folder

    @property
    def version(self) -> str:
        """Names what is in the tables, for cache keys."""
        return f"facts {self.checks.version if self.checks else 'without checks'}"

    @classmethod
    def load(cls, folder: Path | None = None) -> Facts:
        """The tables that ship, or the newer ones of a data folder."""
        return cls(Matcher(folder, Encoder.find()) if folder else None)


__all__ = ["Facts", "Finding"]
