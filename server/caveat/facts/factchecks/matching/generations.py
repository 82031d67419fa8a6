"""Generations of an index: folders beside each other, and a pointer to the one that holds.

In: a data folder. Out: the folder of the current generation and what its manifest says. What can go wrong:
``Busy`` where another is building; everything else that a crash leaves behind is swept at the next build.

A generation is written under a name that nobody looks at, then renamed, then pointed to: each step is all or
nothing, so that a reader finds the old one or the new one, whole. The one before stays until the next build;
who has an older one mapped keeps what is mapped, whatever its name became.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

FOLDER = Path("factchecks", "index")  # in the data folder
_POINTER = "current"
_MANIFEST = "manifest.json"
_NAME = re.compile(r"index-(\d+)")
_HALF = ".half"  # ends the name of a generation that is being written


class Busy(Exception):
    """Somebody else is building; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made of."""

    store: int  # the store's generation
    claims: int
    vectors: int  # fewer than claims: the rest have none; 0: found by their words alone
    encoder: str | None  # which model made the vectors
    digest: str  # of what is in the files
    format: int  # of the files; another is built anew


FORMAT = 1


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation that is complete."""

    folder: Path
    manifest: Manifest


class Generations:
    """The generations in a data folder."""

    def __init__(self, data_folder: Path) -> None:
        self.folder = data_folder / FOLDER

    def pointer(self) -> str | None:
        """The name of the current generation. Cheap: a few bytes are read."""
        try:
            name = (self.folder / _POINTER).read_text(encoding="utf-8").strip()
        except OSError:
            return None
        return name if _NAME.fullmatch(name) else None

    def current(self) -> Generation | None:
        """The current generation, if there is one that this version can read."""
        while name := self.pointer():
            try:
                data = (self.folder / name / _MANIFEST).read_bytes()
                manifest = msgspec.json.decode(data, type=Manifest)
            except (OSError, msgspec.DecodeError):
                if name == self.pointer():
                    return None
                continue  # two builds ended while we looked
            return Generation(self.folder / name, manifest) if manifest.format == FORMAT else None
        return None

    @contextmanager
    def building(self) -> Iterator[Path]:
        """A folder to write files into, for ``publish``. Raises ``Busy``."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy("Another program is building the index; wait until it is done.") from None
            half = self.folder / f"index-{max(self._numbers(), default=0) + 1}{_HALF}"
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            try:
                yield half
            finally:
                shutil.rmtree(half, ignore_errors=True)

    def publish(self, half: Path, manifest: Manifest) -> Generation:
        """Make what was written the current generation, and sweep what nobody needs."""
        (half / _MANIFEST).write_bytes(msgspec.json.encode(manifest))
        for file in half.iterdir():
            _settle(file)
        folder = half.with_name(half.name.removesuffix(_HALF))
        before = self.pointer()
        half.rename(folder)
        beside = self.folder / f"{_POINTER}{_HALF}"
        beside.write_text(folder.name + "\n", encoding="utf-8")
        _settle(beside)
        beside.replace(self.folder / _POINTER)
        _settle(self.folder)
        for path in self.folder.iterdir():
            if path.name.startswith("index-") and path.name not in {before, folder.name}:
                shutil.rmtree(path, ignore_errors=True)
        return Generation(folder, manifest)

    def _numbers(self) -> list[int]:
        found = (_NAME.fullmatch(path.name) for path in self.folder.iterdir())
        return [int(match[1]) for match in found if match]


def _settle(path: Path) -> None:
    """See to it that a power cut does not lose what is at a path."""
    handle: Any = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
