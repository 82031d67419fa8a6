"""What a client of the Web Annotation Protocol wants to get: ``Accept``, ``Prefer``, and the page.

In: a request. Out: one of the forms we have, a ``Preference``, a page's number. What can go wrong, as a
problem: a form that we do not have (406), a page that cannot be (404).

JSON-LD is what the Protocol demands; the same bytes go as JSON, too. Turtle is a SHOULD that is not followed:
who wants nothing else is told what there is (406), rather than sent what they did not ask for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from flask import request

from caveat.api.problems import refuse

MINIMAL = "http://www.w3.org/ns/ldp#PreferMinimalContainer"
IRIS = "http://www.w3.org/ns/oa#PreferContainedIRIs"
DESCRIPTIONS = "http://www.w3.org/ns/oa#PreferContainedDescriptions"


class Preference(NamedTuple):
    """How a container is wanted."""

    is_heard: bool
    """Whether a preference was given that we follow."""
    iris: bool
    """Names of annotations, rather than all that they say."""
    is_embedded: bool
    """The first page inside."""


def wanted(*offers: str) -> str:
    """Which of the forms we have the client likes best; the first where it does not say. Parameters are not
    looked at: there is one profile."""
    accepted = list(request.accept_mimetypes)
    if not accepted:
        return offers[0]
    best, liked = offers[0], 0.0
    for offer in offers:
        ranges = (offer, offer.partition("/")[0] + "/*", "*/*")
        likes = [[q for name, q in accepted if name.partition(";")[0].strip() == range_] for range_ in ranges]
        like = next((max(each) for each in likes if each), 0.0)  # the narrowest range decides (RFC 9110)
        if like > liked:
            best, liked = offer, like
    if not liked:
        refuse(406, f"There is this as {' or '.join(offers)}. Ask for one of them in Accept.")
    return best


def preference() -> Preference:
    """How the container is wanted; without a preference as its address says. What contradicts itself is no
    preference, and what we do not know is none either (RFC 7240)."""
    iris = request.args.get("iris") == "1"
    include = _included(request.headers.get("Prefer", ""))
    if {IRIS, DESCRIPTIONS} <= include:
        include -= {IRIS, DESCRIPTIONS}
    is_told = not include.isdisjoint((IRIS, DESCRIPTIONS))
    is_minimal = MINIMAL in include
    return Preference(is_minimal or is_told, IRIS in include if is_told else iris, is_told and not is_minimal)


def page_number() -> int | None:
    """The page that is asked for; None is the container itself."""
    sent = request.args.get("page")
    if sent is None:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", sent):
        refuse(404, "Pages are numbered from 0.")
    return int(sent)


def _included(prefer: str) -> set[str]:
    """What ``return=representation; include="..."`` names, whatever other preferences stand beside it. Of
    several for ``return`` the first counts."""
    for preference in _split(prefer, ","):
        (name, value), *parameters = [_pair(part) for part in _split(preference, ";")] or [("", "")]
        if name == "return":
            included = (words for parameter, words in parameters if parameter == "include")
            return set(next(included, "").split()) if value == "representation" else set()
    return set()


def _split(text: str, mark: str) -> Iterator[str]:
    """The parts between marks that stand in no quotation."""
    yield from re.findall(rf'(?:"[^"]*"|[^"{mark}])+', text)


def _pair(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return name.strip().lower(), value.strip().strip('"')
