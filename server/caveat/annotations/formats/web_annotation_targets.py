"""What an annotation of another program is about: the page, and the words of it.

In: an annotation's ``target``. Out: ``Target``. What can go wrong: ``Refused`` (422) with the field.

Of several targets the first is kept. Words are found again by their quotation. A target whose selectors hold
none is refused rather than taken for the whole page; without any selector it is the whole page that is meant.
"""

from __future__ import annotations

from typing import NamedTuple

from caveat.annotations.formats.json_ld import Lost, Object, address, items, refuse, several, text


class Target(NamedTuple):
    """Where a page is, what it is called, which words of it are meant, and where they begin."""

    url: str
    title: str
    quote: Object
    """``exact``, ``prefix`` and ``suffix``; empty where the whole page is meant."""
    start: int | None


def target_of(document: Object, lost: Lost) -> Target:
    """What a document is about."""
    targets = list(items(document.get("target"), "#/target", lost))
    if not targets:
        refuse("The target is missing: say which page, and which words of it.", "#/target")
    if len(targets) > 1:
        lost.add("other targets than the first")
    target = targets[0]
    if isinstance(target, str):
        if "#" in target:
            lost.add("the part of the page that its address names")
        return Target(address(target, "#/target"), "", {}, None)
    if not isinstance(target, dict):
        refuse("A target is an IRI or an object.", "#/target")
    lost.keys(target, {"id", "@id", "type", "@type", "source", "selector", "label"}, " of the target")
    source = target.get("source", target.get("id", target.get("@id")))
    if isinstance(source, dict):
        source = source.get("id", source.get("@id"))
    quote, start = _words(target.get("selector"), lost)
    return Target(address(source, "#/target/source"), text(target.get("label")), quote, start)


def _words(selectors: object, lost: Lost) -> tuple[Object, int | None]:
    if selectors is None:
        return {}, None
    quote: Object | None = None
    start: int | None = None
    for selector in items(selectors, "#/target/selector"):
        is_refined = False  # a position within what another selector found is none in the page
        while isinstance(selector, dict):
            types = several(selector, "type", "@type")
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
        refuse(
            "No selector quotes the words. Add a TextQuoteSelector with exact, prefix and suffix.",
            "#/target/selector",
        )
    return quote, start


def _quote(selector: Object) -> Object:
    quote = {name: selector.get(name, "") for name in ("exact", "prefix", "suffix")}
    for name, words in quote.items():
        if not isinstance(words, str):
            refuse("A TextQuoteSelector holds strings.", f"#/target/selector/{name}")
    if not quote["exact"].strip():
        refuse("A TextQuoteSelector needs the words themselves.", "#/target/selector/exact")
    return quote


def _start(selector: Object) -> int:
    start, end = _count(selector.get("start")), _count(selector.get("end"))
    if start is None or end is None or start > end:
        refuse("A TextPositionSelector has start and end, whole numbers from 0.", "#/target/selector/start")
    return start


def _count(value: object) -> int | None:
    is_one = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31
    return value if is_one and isinstance(value, int) else None
