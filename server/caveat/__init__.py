"""Caveat: claims and credibility notes for the article you are reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

__version__ = "0.1.0"


def load(model: str | None = None) -> Language:
    """The reading as an ordinary spaCy pipeline: ``caveat.load()(text).spans["caveat"]``.

    Imported late, because spaCy takes seconds and the command line's help should not.
    """
    from caveat.reading.pipeline import load as load_pipeline

    return load_pipeline(model) if model else load_pipeline()
