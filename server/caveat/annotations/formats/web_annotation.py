"""Annotations in the Web Annotation Data Model (https://www.w3.org/TR/annotation-model/), as JSON-LD.

In: an annotation with its page, sources and author, and what is known of this server (``Home``). Out: a
``dict`` that says what a reader of the annotation sees, and no more: nothing of ratings or status.

The shape is that of the notes that the extension's side panel exports (``extension/panel/annotations.ts``):
a tag for the signal (a remark has none), the words as a ``TextualBody``, sources as bodies with the purpose
``linking``, and a target whose words are found by what they are or by where they stand, in code points of
Unicode.

The motivation is ``assessing`` where a signal asks how well the words hold, and ``commenting`` where it gives
credit, as the extension has it for credit. It is not ``questioning``, as a machine's notes are: a machine
can only ask, but a person was asked to answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from caveat.annotations import rules
from caveat.annotations.models import Annotation
from caveat.article import Family, Signal

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'
FORMER = "former volunteer"
"""Who wrote what a closed account left behind."""
PLAIN = "text/plain"
UNTAGGED = "remark"
"""The signal of an annotation that notices none in particular: it has no tag, as it came without one."""

Document = dict[str, Any]


@dataclass(frozen=True)
class Home:
    """Where annotations live, and on what terms they may be used."""

    url: str
    """The server's address, without a slash at the end."""
    signals: Mapping[str, Signal]
    rights: str | None = None
    """The IRI of the licence; None where its operator names none."""
    name: str = "Caveat"

    @property
    def container(self) -> str:
        """The IRI that every annotation's begins with."""
        return f"{self.url}/annotations/"

    def iri(self, annotation: Annotation) -> str:
        """What an annotation is called."""
        return f"{self.container}{annotation.uuid}"

    def page(self, annotation: Annotation) -> str:
        """Where people read it."""
        return f"{self.url}/a/{annotation.uuid}"

    def signal_iri(self, signal: str) -> str:
        """What a signal is called."""
        return f"{self.url}/api/v1/signals#{signal}"


def document(annotation: Annotation, home: Home, context: bool = True) -> Document:
    """The annotation; ``context`` is left out where it stands in a document that has one."""
    written: Document = {"@context": CONTEXT} if context else {}
    written |= {
        "id": home.iri(annotation),
        "type": "Annotation",
        "motivation": motivation(home.signals.get(annotation.signal)),
        "creator": {"type": "Person", "nickname": author(annotation)},
        "created": moment(annotation.created),
    }
    if annotation.edited is not None:
        written["modified"] = moment(annotation.edited)
    if home.rights:
        written["rights"] = home.rights
    if annotation.canonical:
        written["canonical"] = annotation.canonical
    if annotation.via:
        written["via"] = list(annotation.via)
    written["body"] = _bodies(annotation, home)
    written["target"] = _target(annotation)
    return written


def collection(items: list[Document], home: Home, label: str) -> Document:
    """Annotations in one file: a collection with one page."""
    return {
        "@context": CONTEXT,
        "id": home.container,
        "type": "AnnotationCollection",
        "label": label,
        "total": len(items),
        "last": f"{home.container}?page=0",
        "first": {
            "id": f"{home.container}?page=0",
            "type": "AnnotationPage",
            "partOf": home.container,
            "startIndex": 0,
            "items": items,
        },
    }


def author(annotation: Annotation) -> str:
    """Whom readers are told it is by."""
    return annotation.author.alias or FORMER


def motivation(signal: Signal | None) -> str:
    """Why somebody writes of this signal."""
    return "commenting" if signal is None or signal.family is Family.CREDIT else "assessing"


def moment(at: datetime) -> str:
    """A moment as the model has it: ISO 8601 in UTC, with Z. Whole seconds are enough for readers."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _bodies(annotation: Annotation, home: Home) -> list[Document]:
    language = {"language": annotation.language} if annotation.language else {}
    bodies: list[Document] = []
    if annotation.signal != UNTAGGED:
        tag = rules.name_of(annotation.signal, home.signals)
        bodies.append({"id": home.signal_iri(annotation.signal), **_textual(tag, "tagging")})
    bodies.append(_textual(annotation.body, "commenting") | language)
    if annotation.correction:
        bodies.append(_textual(annotation.correction, "replying") | language)
    for source in annotation.sources:
        linked = {"type": "SpecificResource", "purpose": "linking", "source": source.url}
        bodies.append(linked | ({"label": source.title} if source.title else {}))
    return bodies


def _textual(value: str, purpose: str) -> Document:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": PLAIN}


def _target(annotation: Annotation) -> Document | str:
    page = annotation.page
    if not annotation.exact:  # of the whole page
        return page.url
    quote = {"type": "TextQuoteSelector", "exact": annotation.exact}
    quote |= {"prefix": annotation.prefix} if annotation.prefix else {}
    quote |= {"suffix": annotation.suffix} if annotation.suffix else {}
    selectors: list[Document] = [quote]
    if annotation.start is not None:
        end = annotation.start + len(annotation.exact)
        selectors.append({"type": "TextPositionSelector", "start": annotation.start, "end": end})
    target: Document = {"type": "SpecificResource", "source": page.url, "selector": selectors}
    return target | ({"label": page.title} if page.title else {})
