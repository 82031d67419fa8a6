"""The catalogue of signals, read from ``signals.toml``.

``Catalogue.standard()`` reads the file that ships. A catalogue is a value: what needs one is handed
it, and its ``version`` (a digest of the file's bytes) is part of every cache key.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib import resources

from caveat.article import Family, Level, Signal

DEFAULT_MESSAGE = "default"


class CatalogueError(ValueError):
    """The catalogue's file is wrong; the message names the signal and the field."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All signals by id, in the file's order, and the messages a detector may choose from."""

    version: str
    signals: Mapping[str, Signal]
    messages: Mapping[str, Mapping[str, str]]

    @classmethod
    def standard(cls) -> Catalogue:
        """The catalogue that ships with the package."""
        return cls.parse(resources.files("caveat").joinpath("signals.toml").read_bytes())

    @classmethod
    def parse(cls, toml: bytes) -> Catalogue:
        """Read a catalogue. Raises ``CatalogueError`` where an entry is incomplete."""
        signals: dict[str, Signal] = {}
        messages: dict[str, dict[str, str]] = {}
        for id_, entry in tomllib.loads(toml.decode()).items():
            texts = entry.pop("messages", {})
            if DEFAULT_MESSAGE not in texts:
                raise CatalogueError(f"{id_}: messages.default is missing")
            known = {f.name for f in fields(Signal)}
            if unknown := set(entry) - known:
                raise CatalogueError(f"{id_}: unknown field {', '.join(sorted(unknown))}")
            try:
                entry["family"], entry["level"] = Family(entry["family"]), Level(entry["level"])
                signals[id_] = Signal(id=id_, **entry)
            except (KeyError, TypeError, ValueError) as error:
                raise CatalogueError(f"{id_}: {error}") from error
            messages[id_] = texts
        return cls(hashlib.blake2b(toml, digest_size=6).hexdigest(), signals, messages)

    def message(self, signal: str, variant: str = DEFAULT_MESSAGE, **slots: str) -> str:
        """What the card says about the words at hand. Raises ``KeyError`` for an unknown signal,
        variant or slot."""
        return self.messages[signal][variant].format(**slots)
