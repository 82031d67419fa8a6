"""Caveat: claims and credibility notes for the article you are reading."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

__version__ = version("caveat")  # as pyproject.toml had it at the last `make install`


def load(model: str | None = None) -> Language:
    """The reading as an ordinary spaCy pipeline: ``caveat.load()(text).spans["caveat"]``.

    Imported late, because spaCy takes seconds and the command line's help should not.
    """
    from caveat.reading.pipeline import load as load_pipeline

    return load_pipeline(model) if model else load_pipeline()
