"""The container of annotations and its pages, as JSON-LD (https://www.w3.org/TR/annotation-protocol/, 4).

In: how large the collection is, the annotations of a page, and whether pages hold their names or all that
they say. Out: documents. What can go wrong: nothing.

The container's IRI says which of both its pages hold, so that an answer has one name whoever asked for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from caveat.annotations.collection import PAGE, Extent
from caveat.annotations.formats.web_annotation import CONTEXT, Document, Home, document, moment
from caveat.annotations.models import Annotation

_LDP_CONTEXT = "http://www.w3.org/ns/ldp.jsonld"


def container(home: Home, extent: Extent, iris: bool) -> Document:
    """The container, with links to its pages."""
    address = _address(home, iris)
    written: Document = {
        "@context": [CONTEXT, _LDP_CONTEXT],
        "id": address,
        "type": ["BasicContainer", "AnnotationCollection"],
        "label": f"What volunteers say of words on pages: {home.name}",
        "total": extent.total,
    }
    if extent.modified is not None:
        written["modified"] = moment(extent.modified)
    if home.rights:
        written["rights"] = home.rights
    return written | {"first": f"{address}&page=0", "last": f"{address}&page={extent.last}"}


def page(
    home: Home,
    extent: Extent,
    contents: Sequence[Annotation],
    number: int,
    iris: bool,
    embedded: bool = False,
) -> Document:
    """A page; ``embedded`` is one within the container's own document, which has the context already."""
    address = _address(home, iris)
    whole: Document = {"id": address, "total": extent.total}
    if extent.modified is not None:
        whole["modified"] = moment(extent.modified)
    written: Document = {} if embedded else {"@context": CONTEXT}
    written |= {"id": f"{address}&page={number}", "type": "AnnotationPage"}
    written |= {"partOf": whole, "startIndex": number * PAGE}
    if number > 0:
        written["prev"] = f"{address}&page={number - 1}"
    if number < extent.last:
        written["next"] = f"{address}&page={number + 1}"
    # Each with its context, so that it says the same where it is taken out of the page.
    written["items"] = [home.iri(each) if iris else document(each, home) for each in contents]
    return written


def _address(home: Home, iris: bool) -> str:
    return f"{home.container}?iris={int(iris)}"
