"""Annotations that other programs wrote in the Web Annotation Data Model.

In: a JSON value, and the signals of the catalogue. Out: a ``Reading``: the draft of an annotation of ours,
and in plain words what of theirs has no place in it. What can go wrong: ``Refused`` (422) with the field.

The model allows a body or target to be an IRI, an object or several; all are read. Of several targets the
first is kept, of several texts all, one under the other. What is not kept: formatting, who wrote it and when
(an import is by whoever imports it), styles, audiences, and any key that the model does not have.

A context is known by its name and **never fetched**: the document must name the model's own. One that gives
another meaning to a word that is read here is refused, since what it says would not be what we read.

Words are found again by their quotation. A target whose selectors hold none is refused rather than taken for
the whole page; without any selector it is the whole page that is meant. What has no tag that is a signal of
ours is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from caveat.accounts.refused import Refused
from caveat.annotations import rules
from caveat.annotations.formats.web_annotation import CONTEXT
from caveat.annotations.submission import Cited, Draft
from caveat.article import Signal

DEEPEST = 32  # levels of a document; the model's own examples have eight
LONGEST_IRI = 2_000
MOST = 100  # bodies, targets, selectors or IRIs in one list
UNTAGGED = "remark"
"""The signal of an annotation that names none."""

_CONTEXTS = {CONTEXT, CONTEXT.replace("http:", "https:")}
_PLAIN = {"text/plain", "text/markdown", "text/x-markdown"}
_SEVERAL = {"Choice", "Composite", "List", "Independents"}
_READ = {
    "@context", "id", "@id", "type", "@type", "motivation", "body", "bodyValue", "target", "canonical", "via",
}  # fmt: skip
_TERMS = _READ | {
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
        _refuse("An annotation is a JSON object.", "#")
    refuse_depth(document)
    _check_context(document.get("@context"))
    if "Annotation" not in _several(document, "type", "@type"):
        _refuse('The type must be "Annotation".', "#/type")
    lost = _Lost()
    lost.keys(document, _READ, "")
    id_ = _iri(document.get("id", document.get("@id")), "#/id")
    url, title, quote, start = _target(document, lost)
    body = _body(document, signals, lost)
    draft = Draft(
        client_id=client_id,
        url=url,
        title=title,
        exact=quote.get("exact", ""),
        prefix=quote.get("prefix", ""),
        suffix=quote.get("suffix", ""),
        start=start,
        signal=body.signal or UNTAGGED,
        body="\n\n".join(body.words),
        sources=tuple(body.sources),
        language=body.language,
        canonical=_iri(document.get("canonical"), "#/canonical"),
        via=tuple(_via(document)),
        of_page=not quote,
    )
    return Reading(draft, id_, lost.said())


class _Lost:
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


def _refuse(detail: str, pointer: str) -> NoReturn:
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
    _refuse(f"The document is nested too deep; the limit is {DEEPEST} levels.", "#")


def _check_context(context: object) -> None:
    named = context if isinstance(context, list) else [context]
    if not any(isinstance(name, str) and name in _CONTEXTS for name in named):
        _refuse(f"The context must name {CONTEXT}. Contexts are known by name and not fetched.", "#/@context")
    for inline in named:
        if isinstance(inline, dict) and not _TERMS.isdisjoint(inline):
            _refuse("A context gives another meaning to a word of the model.", "#/@context")


def _target(document: Object, lost: _Lost) -> tuple[str, str, Object, int | None]:
    """The page's address and title, the quotation, and where it begins."""
    targets = list(_items(document.get("target"), "#/target"))
    if not targets:
        _refuse("The target is missing: say which page, and which words of it.", "#/target")
    if len(targets) > 1:
        lost.add("other targets than the first")
    target = targets[0]
    if isinstance(target, str):
        return _address(target, "#/target"), "", {}, None
    if not isinstance(target, dict):
        _refuse("A target is an IRI or an object.", "#/target")
    lost.keys(target, {"id", "@id", "type", "@type", "source", "selector", "label"}, " of the target")
    source = target.get("source", target.get("id", target.get("@id")))
    if isinstance(source, dict):
        source = source.get("id", source.get("@id"))
    quote, start = _words(target.get("selector"), lost)
    return _address(source, "#/target/source"), _text(target.get("label")), quote, start


def _words(selectors: object, lost: _Lost) -> tuple[Object, int | None]:
    if selectors is None:
        return {}, None
    quote: Object | None = None
    start: int | None = None
    for selector in _items(selectors, "#/target/selector"):
        is_refined = False  # a position within what another selector found is none in the page
        while isinstance(selector, dict):
            types = _several(selector, "type", "@type")
            if "TextQuoteSelector" in types and quote is None:
                quote = _quote(selector)
            elif "TextPositionSelector" in types and not is_refined:
                start = _start(selector)
            elif "TextQuoteSelector" not in types:
                lost.add("a selector that is neither a quotation nor a position")
            selector, is_refined = selector.get("refinedBy"), True
        if isinstance(selector, str):
            lost.add("a selector that is only named")
    if quote is None:
        _refuse(
            "No selector quotes the words. Add a TextQuoteSelector with exact, prefix and suffix.",
            "#/target/selector",
        )
    return quote, start


def _quote(selector: Object) -> Object:
    quote = {name: selector.get(name, "") for name in ("exact", "prefix", "suffix")}
    for name, words in quote.items():
        if not isinstance(words, str):
            _refuse("A TextQuoteSelector holds strings.", f"#/target/selector/{name}")
    if not quote["exact"].strip():
        _refuse("A TextQuoteSelector needs the words themselves.", "#/target/selector/exact")
    return quote


def _start(selector: Object) -> int:
    start, end = _count(selector.get("start")), _count(selector.get("end"))
    if start is None or end is None or start > end:
        _refuse("A TextPositionSelector has start and end, whole numbers from 0.", "#/target/selector/start")
    return start


def _count(value: object) -> int | None:
    is_one = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31
    return value if is_one and isinstance(value, int) else None


class _Body:
    """What the bodies come to."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.signal: str | None = None
        self.sources: list[Cited] = []
        self.language: str | None = None


def _body(document: Object, signals: Mapping[str, Signal], lost: _Lost) -> _Body:
    body = _Body()
    if "bodyValue" in document:
        if "body" in document:
            _refuse("An annotation has a body or a bodyValue, not both.", "#/bodyValue")
        if not isinstance(document["bodyValue"], str):
            _refuse("bodyValue is a string.", "#/bodyValue")
        body.words.append(document["bodyValue"])
    for part in _items(document.get("body"), "#/body"):
        if isinstance(part, str):
            body.sources.append(Cited(_address(part, "#/body")))
        elif not isinstance(part, dict):
            _refuse("A body is an IRI or an object.", "#/body")
        elif "TextualBody" in _several(part, "type", "@type") or "value" in part:
            _textual(part, body, signals, lost)
        else:
            _linked(part, body, lost)
    if not body.words:
        _refuse("No body holds words: add a TextualBody with a value.", "#/body")
    return body


def _textual(part: Object, body: _Body, signals: Mapping[str, Signal], lost: _Lost) -> None:
    read = {"id", "@id", "type", "@type", "value", "purpose", "format", "language"}
    lost.keys(part, read, " of a body")
    value = part.get("value")
    if not isinstance(value, str):
        _refuse("A TextualBody has one value, a string.", "#/body/value")
    purposes = _several(part, "purpose")
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
    formats = _several(part, "format")
    if formats and not _PLAIN.intersection(formats):
        _refuse("Words are kept as plain text: send the body with the format text/plain.", "#/body/format")
    if formats and "text/plain" not in formats:
        lost.add("formatting")
    languages = _several(part, "language")
    if len(languages) == 1 and _LANGUAGE.fullmatch(languages[0]) and len(languages[0]) <= 35:
        body.language = body.language or languages[0]
    body.words.append(value)


def _signal(part: Object, value: str, signals: Mapping[str, Signal]) -> str | None:
    """The signal that a tag means: by the IRI it has here, by its id, or by its name."""
    named = part.get("id", part.get("@id"))
    if isinstance(named, str) and named.rpartition("#")[2] in rules.SIGNALS:
        return named.rpartition("#")[2]
    wanted = " ".join(value.split()).casefold()
    by_name = next((id_ for id_, signal in signals.items() if signal.name.casefold() == wanted), None)
    return by_name or (id_ if (id_ := wanted.replace(" ", "-")) in rules.SIGNALS else None)


def _linked(part: Object, body: _Body, lost: _Lost) -> None:
    lost.keys(part, {"id", "@id", "type", "@type", "source", "purpose", "label"}, " of a body")
    source = part.get("source", part.get("id", part.get("@id")))
    if isinstance(source, dict):
        source = source.get("id", source.get("@id"))
    body.sources.append(Cited(_address(source, "#/body/source"), _text(part.get("label"))))


def _via(document: Object) -> Iterator[str]:
    for via in _items(document.get("via"), "#/via"):
        found = _iri(via, "#/via")
        if found is not None:
            yield found


def _items(value: object, pointer: str) -> Iterator[Any]:
    """One or several, whether in a list or in one of the model's own kinds of sets."""
    if value is None:
        return
    if isinstance(value, dict) and not _SEVERAL.isdisjoint(_several(value, "type", "@type")):
        items = value.get("items")
        # Of a choice the first is the default (4.1, Choices); of the others all belong.
        value = items[:1] if isinstance(items, list) and "Choice" in _several(value, "type") else items
    found = value if isinstance(value, list) else [value]
    if len(found) > MOST:
        _refuse(f"There are too many; the limit is {MOST}.", pointer)
    yield from found


def _several(found: Object, *names: str) -> list[str]:
    """The strings under a key, be it one or a list."""
    value: object = next((found[name] for name in names if name in found), [])
    return [word for word in (value if isinstance(value, list) else [value]) if isinstance(word, str)]


def _address(value: object, pointer: str) -> str:
    """The address of a page on the web."""
    address = _iri(value, pointer)
    if address is None or not address.lower().startswith(("http://", "https://")):
        _refuse("This must be a page's address, with http:// or https://.", pointer)
    return address


def _iri(value: object, pointer: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > LONGEST_IRI or not _IRI.fullmatch(value):
        _refuse(f"This must be one absolute IRI of at most {LONGEST_IRI:,} characters.", pointer)
    return value


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _shown(key: str) -> str:
    """A key as a message may show it."""
    return key if len(key) <= 40 and re.fullmatch(r"[A-Za-z0-9_:.@-]+", key) else "…"
