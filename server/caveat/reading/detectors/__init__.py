"""Detectors: one signal, one file, one component of the pipeline.

A detector is a class made with the pipeline's ``Language`` and called with a ``Doc`` in which names,
quotations and attributions are already found. It yields ``Notice``s: spans of tokens with how sure
it is. ``@detector("signal-id")`` registers it as the spaCy factory ``caveat_signal_id``; every module
in this folder is found by itself, so a new signal is one table in ``signals.toml`` and one file here.

Others add detectors from their own packages: a spaCy factory whose name begins with ``caveat_``,
published under the entry point group ``spacy_factories``, joins the pipeline too.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module, metadata
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

SPANS = "caveat"  # the key in doc.spans, for displaCy and for whoever reads the pipeline's output


@dataclass(frozen=True, slots=True)
class Notice:
    """One signal noticed in a block, as tokens."""

    span: Span
    confidence: float
    variant: str = "default"  # which of the signal's messages
    slots: Mapping[str, str] = field(default_factory=dict)  # what fills the message beside {words}


class Detector(Protocol):
    """What a detector is."""

    def __call__(self, doc: Doc) -> Iterator[Notice]: ...


class Component:
    """A detector as a spaCy component: puts its notices into ``doc._.notices`` and ``doc.spans``."""

    def __init__(self, signal: str, detect: Detector) -> None:
        self.signal = signal
        self.detect = detect

    def __call__(self, doc: Doc) -> Doc:
        spans = doc.spans.setdefault(SPANS, SpanGroup(doc, name=SPANS))  # type: ignore[no-untyped-call]
        for notice in self.detect(doc):
            doc._.notices.append((self.signal, notice))
            spans.append(Span(doc, notice.span.start, notice.span.end, label=self.signal))
        return doc


def detector(signal: str) -> Callable[[Callable[[Language], Detector]], Callable[[Language], Detector]]:
    """Register a detector for a signal of the catalogue."""

    def register(make: Callable[[Language], Detector]) -> Callable[[Language], Detector]:
        def factory(nlp: Language, name: str) -> Component:  # noqa: ARG001 - spaCy calls factories with a name
            Doc.set_extension("notices", default=[], force=True)
            return Component(signal, make(nlp))

        Language.factory(component_name(signal), func=factory)
        return make

    return register


def component_name(signal: str) -> str:
    """The spaCy factory's name for a signal."""
    return f"caveat_{signal.replace('-', '_')}"


def components() -> list[str]:
    """The factories of all detectors: those in this folder by file name, then those of other packages."""
    ours = sorted(module.name for module in pkgutil.iter_modules(__path__))
    for module in ours:
        import_module(f"{__name__}.{module}")
    own = [component_name(module) for module in ours]
    others = {
        entry.name
        for entry in metadata.entry_points(group="spacy_factories")
        if entry.name.startswith("caveat_")
    }
    return own + sorted(others.difference(own))
