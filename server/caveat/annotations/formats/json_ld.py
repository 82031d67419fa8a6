"""Values of JSON-LD documents in the shapes that the Web Annotation Data Model allows.

In: parts of a parsed document. Out: one or several strings, IRIs, objects. What can go wrong: ``Refused``
(422) with the field: a document that is too deep or of another context, an IRI that is none.

A context is known by its name and **never fetched**: the document must name the model's own. One that gives
another meaning to a word that is read here is refused, since what it says would not be what we read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from caveat.accounts.refused import Refused
from caveat.annotations.formats.web_annotation import CONTEXT

DEEPEST = 32  # levels of a document; the model's own examples have eight
LONGEST_IRI = 2_000
MOST = 100  # bodies, targets, selectors or IRIs in one list

_CONTEXTS = {CONTEXT, CONTEXT.replace("http:", "https:")}
_SEVERAL = {"Choice", "Composite", "List", "Independents"}
_TERMS = {
    "@context", "id", "@id", "type", "@type", "motivation", "body", "bodyValue", "target", "canonical", "via",
    "source", "selector", "exact", "prefix", "suffix", "start", "end", "value", "purpose", "format",
    "language", "items", "refinedBy", "label", "Annotation", "TextualBody", "SpecificResource",
    "TextQuoteSelector", "TextPositionSelector",
}  # fmt: skip
_LOST = {
    "creator": "who wrote it",
    "created": "when it was written",
    "modified": "when it was changed",
    "generator": "which program wrote it",
    "generated": "when its document was made",
    "rights": "its licence",
    "audience": "whom it is for",
    "stylesheet": "its style sheet",
}
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20\x7f<>\"{}|\\^`]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


Object = Mapping[str, Any]


class Lost:
    """Collects what has no place in an annotation of ours, each once."""

    def __init__(self) -> None:
        self._words: dict[str, None] = {}

    def add(self, words: str) -> None:
        self._words[words] = None

    def keys(self, found: Object, read: set[str], where: str) -> None:
        for key in found:
            if key not in read:
                self.add(_LOST.get(key) or f"“{_shown(key)}”{where}")

    def said(self) -> tuple[str, ...]:
        return tuple(self._words)


def refuse(detail: str, pointer: str) -> NoReturn:
    """Say what is wrong with a field."""
    raise Refused(422, detail, pointer)


def refuse_depth(document: object) -> None:
    """Refuse what is deeper than any annotation, before anything here calls itself."""
    level: list[object] = [document]
    for _ in range(DEEPEST):
        inner: list[object] = []
        for value in level:
            if isinstance(value, dict):
                inner += value.values()
            elif isinstance(value, list):
                inner += value
        if not inner:
            return
        level = inner
    refuse(f"The document is nested too deep; the limit is {DEEPEST} levels.", "#")


def check_context(context: object) -> None:
    """Refuse a document in which words do not mean what the model means by them."""
    named = context if isinstance(context, list) else [context]
    if not any(isinstance(name, str) and name in _CONTEXTS for name in named):
        refuse(f"The context must name {CONTEXT}. Contexts are known by name and not fetched.", "#/@context")
    for inline in named:
        if isinstance(inline, dict) and not _TERMS.isdisjoint(inline):
            refuse("A context gives another meaning to a word of the model.", "#/@context")


def items(value: object, pointer: str, lost: Lost | None = None) -> Iterator[Any]:
    """One or several, whether in a list or in one of the model's own kinds of sets."""
    if value is None:
        return
    if isinstance(value, dict) and not _SEVERAL.isdisjoint(several(value, "type", "@type")):
        inner = value.get("items")
        # Of a choice the first is the default (4.1, Choices); of the others all belong.
        if isinstance(inner, list) and "Choice" in several(value, "type", "@type"):
            if lost is not None and len(inner) > 1:
                lost.add("what else there is to choose from")
            inner = inner[:1]
        value = inner
    found = value if isinstance(value, list) else [value]
    if len(found) > MOST:
        refuse(f"There are too many; the limit is {MOST}.", pointer)
    yield from found


def several(found: Object, *names: str) -> list[str]:
    """The strings under a key, be it one or a list."""
    value: object = next((found[name] for name in names if name in found), [])
    return [word for word in (value if isinstance(value, list) else [value]) if isinstance(word, str)]


def address(value: object, pointer: str) -> str:
    """The address of a page on the web."""
    found = iri(value, pointer)
    if found is None or not found.lower().startswith(("http://", "https://")):
        refuse("This must be a page's address, with http:// or https://.", pointer)
    return found


def iri(value: object, pointer: str) -> str | None:
    """One absolute IRI, or none."""
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > LONGEST_IRI or not _IRI.fullmatch(value):
        refuse(f"This must be one absolute IRI of at most {LONGEST_IRI:,} characters.", pointer)
    return value


def text(value: object) -> str:
    """A string; empty for what is none, where none is needed."""
    return value if isinstance(value, str) else ""


def _shown(key: str) -> str:
    """A key as a message may show it."""
    return key if len(key) <= 40 and re.fullmatch(r"[A-Za-z0-9_:.@-]+", key) else "…"
