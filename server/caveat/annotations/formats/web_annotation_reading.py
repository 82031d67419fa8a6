"""Annotations that other programs wrote in the Web Annotation Data Model.

In: a JSON value, and the signals of the catalogue. Out: a ``Reading``: the draft of an annotation of ours,
and in plain words what of theirs has no place in it. What can go wrong: ``Refused`` (422) with the field.

The model allows a body to be an IRI, an object or several; all are read. Of several texts all are kept, one
under the other; of a choice, the first. What is not kept: formatting, who wrote it and when (an import is by
whoever imports it), why (what its signal is says that), styles, audiences, and any key that the model does
not have. What has no tag that is a signal of ours is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from caveat.annotations import rules
from caveat.annotations.drafts import Cited, Draft
from caveat.annotations.formats.json_ld import (
    Lost,
    Object,
    address,
    check_context,
    iri,
    items,
    refuse,
    refuse_depth,
    several,
    text,
)
from caveat.annotations.formats.web_annotation import UNTAGGED, motivation
from caveat.annotations.formats.web_annotation_targets import target_of
from caveat.article import Signal

_PLAIN = {"text/plain", "text/markdown", "text/x-markdown"}
_READ = {
    "@context", "id", "@id", "type", "@type", "motivation", "body", "bodyValue", "target", "canonical", "via",
}  # fmt: skip
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
# Where a field of a draft is in a document, for what is refused of it.
_FIELDS = {
    "#/page/url": "#/target",
    "#/page/title": "#/target/label",
    **{f"#/target/{name}": f"#/target/selector/{name}" for name in ("exact", "prefix", "suffix", "start")},
    "#/signal": "#/body",
    "#/language": "#/body/language",
}


@dataclass(frozen=True)
class Reading:
    """What was read: the draft, and what of the document is not in it."""

    draft: Draft
    id: str | None
    """What the annotation was called where it comes from."""
    left_out: tuple[str, ...]

    @property
    def imported(self) -> Draft:
        """The draft of a new annotation, which keeps what this one was called as ``via`` (Protocol, 5.1)."""
        if self.id is None or self.id in self.draft.via:
            return self.draft
        return replace(self.draft, via=(*self.draft.via, self.id))


def read(document: object, client_id: str, signals: Mapping[str, Signal]) -> Reading:
    """The draft that a document describes. Raises ``Refused``."""
    if not isinstance(document, dict):
        refuse("An annotation is a JSON object.", "#")
    refuse_depth(document)
    check_context(document.get("@context"))
    if "Annotation" not in several(document, "type", "@type"):
        refuse('The type must be "Annotation".', "#/type")
    lost = Lost()
    lost.keys(document, _READ, "")
    id_ = iri(document.get("id", document.get("@id")), "#/id")
    url, title, quote, start = target_of(document, lost)
    body = _body(document, signals, lost)
    signal = body.signal or UNTAGGED
    if several(document, "motivation") not in ([], [motivation(signals.get(signal))]):
        lost.add("its motivation")
    draft = Draft(
        client_id=client_id,
        url=url,
        title=title,
        exact=quote.get("exact", ""),
        prefix=quote.get("prefix", ""),
        suffix=quote.get("suffix", ""),
        start=start,
        signal=signal,
        body="\n\n".join(body.words),
        sources=tuple(body.sources),
        language=body.language,
        canonical=iri(document.get("canonical"), "#/canonical"),
        via=tuple(_via(document)),
        of_page=not quote,
    )
    return Reading(draft, id_, lost.said())


def pointer_of(field: str | None) -> str | None:
    """Where in a document that was sent a draft's field is, of which something is wrong."""
    if field is None or field.startswith("#/sources"):
        return field and "#/body"
    return _FIELDS.get(field, field)


class _Body:
    """What the bodies come to."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.signal: str | None = None
        self.sources: list[Cited] = []
        self.language: str | None = None


def _body(document: Object, signals: Mapping[str, Signal], lost: Lost) -> _Body:
    body = _Body()
    if "bodyValue" in document:
        if "body" in document:
            refuse("An annotation has a body or a bodyValue, not both.", "#/bodyValue")
        if not isinstance(document["bodyValue"], str):
            refuse("bodyValue is a string.", "#/bodyValue")
        body.words.append(document["bodyValue"])
    for part in items(document.get("body"), "#/body", lost):
        if isinstance(part, str):
            body.sources.append(Cited(address(part, "#/body")))
        elif not isinstance(part, dict):
            refuse("A body is an IRI or an object.", "#/body")
        elif "TextualBody" in several(part, "type", "@type") or "value" in part:
            _textual(part, body, signals, lost)
        else:
            _linked(part, body, lost)
    if not body.words:
        refuse("No body holds words: add a TextualBody with a value.", "#/body")
    return body


def _textual(part: Object, body: _Body, signals: Mapping[str, Signal], lost: Lost) -> None:
    read = {"id", "@id", "type", "@type", "value", "purpose", "format", "language"}
    lost.keys(part, read, " of a body")
    value = part.get("value")
    if not isinstance(value, str):
        refuse("A TextualBody has one value, a string.", "#/body/value")
    purposes = several(part, "purpose")
    if "tagging" in purposes:
        signal = _signal(part, value, signals)
        if signal is None:
            lost.add("a tag that is no signal of the catalogue")
        elif body.signal not in (None, signal):
            lost.add("more than one signal")
        else:
            body.signal = signal
        return
    if "replying" in purposes:
        lost.add("what the page was corrected to")
        return
    formats = several(part, "format")
    if formats and not _PLAIN.intersection(formats):
        refuse("Words are kept as plain text: send the body with the format text/plain.", "#/body/format")
    if formats and "text/plain" not in formats:
        lost.add("formatting")
    languages = several(part, "language")
    if len(languages) == 1 and _LANGUAGE.fullmatch(languages[0]) and len(languages[0]) <= 35:
        body.language = body.language or languages[0]
    if languages and languages != [body.language]:
        lost.add("a language")
    body.words.append(value)


def _signal(part: Object, value: str, signals: Mapping[str, Signal]) -> str | None:
    """The signal that a tag means: by the IRI it has here, by its id, or by its name."""
    named = part.get("id", part.get("@id"))
    if isinstance(named, str) and named.rpartition("#")[2] in rules.SIGNALS:
        return named.rpartition("#")[2]
    wanted = " ".join(value.split()).casefold()
    names = {id_: rules.name_of(id_, signals).casefold() for id_ in rules.SIGNALS}
    by_name = next((id_ for id_, name in names.items() if name == wanted), None)
    return by_name or (id_ if (id_ := wanted.replace(" ", "-")) in rules.SIGNALS else None)


def _linked(part: Object, body: _Body, lost: Lost) -> None:
    lost.keys(part, {"id", "@id", "type", "@type", "source", "purpose", "label"}, " of a body")
    source = part.get("source", part.get("id", part.get("@id")))
    if isinstance(source, dict):
        source = source.get("id", source.get("@id"))
    body.sources.append(Cited(address(source, "#/body/source"), text(part.get("label"))))


def _via(document: Object) -> Iterator[str]:
    for via in items(document.get("via"), "#/via"):
        found = iri(via, "#/via")
        if found is not None:
            yield found
