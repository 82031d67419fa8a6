"""The catalogue of signals, read from ``signals.toml`` and, in another language, ``signals.LANGUAGE.toml``.

``Catalogue.standard()`` reads the English file that ships; ``Catalogue.standard("de")`` lays the German
texts over it. A catalogue is a value: what needs one is handed it, and its ``version`` (a digest of
the files' bytes) is part of every cache key.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from importlib import resources
from typing import Any

from caveat.article import Family, Level, Signal

DEFAULT_MESSAGE = "default"
ENGLISH = "en"
TRANSLATED = ("name", "line", "why", "question")  # the fields of a signal that are words for a reader
LONGEST_MESSAGE = 160  # code points; a card shows about four lines of it
LONGEST_SLOT = 60  # code points of the article's words in a message, unless several have to share
_ROOM = (LONGEST_SLOT, 48, 36, 24)  # tried in turn until the message is short enough
_TEXTS = "texts"  # the table of sentences that belong to no signal


class CatalogueError(ValueError):
    """The catalogue's file is wrong; the message names the signal and the field."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All signals by id, in the file's order, and the messages a detector may choose from."""

    version: str
    signals: Mapping[str, Signal]
    messages: Mapping[str, Mapping[str, str]]
    texts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def standard(cls, language: str = ENGLISH) -> Catalogue:
        """The catalogue that ships with the package. Raises ``CatalogueError`` for a language it has not."""
        catalogue = cls.parse(_file(ENGLISH))
        if language == ENGLISH:
            return catalogue
        if language not in languages():
            raise CatalogueError(f"there is no catalogue in {language!r}, only in {', '.join(languages())}")
        return catalogue.translated(_file(language))

    @classmethod
    def parse(cls, toml: bytes) -> Catalogue:
        """Read a catalogue. Raises ``CatalogueError`` where an entry is incomplete."""
        signals: dict[str, Signal] = {}
        messages: dict[str, dict[str, str]] = {}
        entries = tomllib.loads(toml.decode())
        texts = entries.pop(_TEXTS, {})
        for id_, entry in entries.items():
            variants = entry.pop("messages", {})
            if DEFAULT_MESSAGE not in variants:
                raise CatalogueError(f"{id_}: messages.default is missing")
            _refuse_unknown(id_, entry, {f.name for f in fields(Signal)})
            try:
                entry["family"], entry["level"] = Family(entry["family"]), Level(entry["level"])
                signals[id_] = Signal(id=id_, **entry)
            except (KeyError, TypeError, ValueError) as error:
                raise CatalogueError(f"{id_}: {error}") from error
            messages[id_] = variants
        return cls(_digest(toml), signals, messages, texts)

    def translated(self, toml: bytes) -> Catalogue:
        """This catalogue with another language's words over its own.

        Where a text is not translated the original stands; entries for signals that are not in this
        catalogue wait for them. Raises ``CatalogueError`` for a field that is no text.
        """
        entries: dict[str, dict[str, Any]] = tomllib.loads(toml.decode())
        texts = {**self.texts, **entries.pop(_TEXTS, {})}
        signals, messages = dict(self.signals), dict(self.messages)
        for id_, entry in entries.items():
            variants = entry.pop("messages", {})
            _refuse_unknown(id_, entry, TRANSLATED)
            if id_ in signals:
                signals[id_] = replace(signals[id_], **entry)
                messages[id_] = {**messages[id_], **variants}
        return Catalogue(_digest(self.version.encode() + toml), signals, messages, texts)

    def message(self, signal: str, variant: str = DEFAULT_MESSAGE, /, *more: str, **slots: str) -> str:
        """What the card says about the words at hand, and ``more`` sentences behind it, with long words
        shortened in their middle. Raises ``KeyError`` for an unknown signal, variant or slot."""
        template = " ".join([self.messages[signal][variant], *more])
        said = template.format(**slots)
        for room in _ROOM:
            if len(said) <= LONGEST_MESSAGE and room < LONGEST_SLOT:
                break
            said = template.format(**{name: shortened(words, room) for name, words in slots.items()})
        return said

    def text(self, name: str, **slots: str) -> str:
        """A sentence that belongs to no signal. Raises ``KeyError`` for an unknown name or slot."""
        return self.texts[name].format(**slots)


def languages() -> tuple[str, ...]:
    """The languages the catalogue is written in, English first."""
    names = (entry.name for entry in resources.files("caveat").iterdir())
    others = (name.split(".")[1] for name in names if name.startswith("signals.") and name.count(".") == 2)
    return (ENGLISH, *sorted(others))


def shortened(words: str, most: int = LONGEST_SLOT) -> str:
    """Words on one line, with an ellipsis for the middle where they are longer than ``most``: how they
    begin and how they end is what a reader finds them by."""
    words = " ".join(words.split())
    if len(words) <= most:
        return words
    head, tail = words[: most * 3 // 5], words[-(most * 2 // 5 - 3) :]
    if " " in head and " " in tail:
        return f"{head.rpartition(' ')[0]} … {tail.partition(' ')[2]}"
    return f"{head}…{tail}"


def _file(language: str) -> bytes:
    name = "signals.toml" if language == ENGLISH else f"signals.{language}.toml"
    return resources.files("caveat").joinpath(name).read_bytes()


def _digest(toml: bytes) -> str:
    return hashlib.blake2b(toml, digest_size=6).hexdigest()


def _refuse_unknown(id_: str, entry: Mapping[str, Any], known: Any) -> None:
    if unknown := set(entry).difference(known):
        raise CatalogueError(f"{id_}: unknown field {', '.join(sorted(unknown))}")
