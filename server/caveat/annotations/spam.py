"""Hints that an annotation may be spam, each with a sentence that says what was seen.

In: an annotation, and others to hold it against: those of the same author, and those that wait. Out: hints,
the most telling first. Nothing is decided by a hint, and no hint is no proof either. Limits, words and
sentences are in ``spam.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from caveat.annotations.models import Annotation
from caveat.annotations.spared import folded

_TABLES: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    resources.files("caveat.annotations").joinpath("spam.toml").read_text("utf-8")
)
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Hint:
    """Something that spam often has."""

    id: str
    sentence: str
    urgency: int


def hints(annotation: Annotation, others: Collection[Annotation]) -> list[Hint]:
    """What there is of such in an annotation. ``others`` may have it among them."""
    others = [other for other in others if other.id != annotation.id]
    found = []
    for id_, look in _LOOKS.items():
        table = _TABLES[id_]
        seen = look(annotation, others, table)
        if seen is not None:
            found.append(Hint(id_, table["says"].format(**seen), table["urgency"]))
    return sorted(found, key=lambda hint: -hint.urgency)


_Seen = Mapping[str, object] | None
_Others = Collection[Annotation]
_Table = Mapping[str, Any]


def _many_links(annotation: Annotation, _: _Others, table: _Table) -> _Seen:
    links = len(set(_links(annotation)))
    return {"links": links} if links > table["most"] else None


def _one_site(annotation: Annotation, others: _Others, table: _Table) -> _Seen:
    mine = [annotation, *(other for other in others if other.account_id == annotation.account_id)]
    sites = [{_host(link) for link in _links(one)} for one in mine]
    linked = [site for site in sites if site]
    if not sites[0] or len(linked) < table["least"] or len(set.union(*linked)) > 1:
        return None
    return {"annotations": len(linked), "site": next(iter(sites[0]))}


def _repeated(annotation: Annotation, others: _Others, table: _Table) -> _Seen:
    body = folded(annotation.body)
    times = sum(folded(other.body) == body for other in others)
    return {"times": times} if times >= table["least"] and len(body) >= table["shortest"] else None


def _capitals(annotation: Annotation, _: _Others, table: _Table) -> _Seen:
    letters = [c for c in _LINK.sub(" ", annotation.body) if c.isalpha()]
    percent = round(100 * sum(c.isupper() for c in letters) / max(1, len(letters)))
    return {"percent": percent} if len(letters) >= table["least"] and percent >= table["percent"] else None


def _burst(annotation: Annotation, others: _Others, table: _Table) -> _Seen:
    age = annotation.created - annotation.author.created
    mine = (other for other in others if other.account_id == annotation.account_id)
    near = 1 + sum(abs(other.created - annotation.created) <= _HOUR for other in mine)
    is_burst = age < timedelta(days=table["young"]) and near > table["most"]
    return {"days": age.days, "annotations": near} if is_burst else None


def _shortened(annotation: Annotation, _: _Others, table: _Table) -> _Seen:
    hosts = [_host(link) for link in _links(annotation)]
    shortened = [host for host in hosts if host in table["hosts"]]
    return {"host": shortened[0]} if shortened else None


def _unrelated(annotation: Annotation, _: _Others, table: _Table) -> _Seen:
    body = _telling(_LINK.sub(" ", annotation.body), table)
    around = (annotation.prefix, annotation.exact, annotation.suffix, annotation.page.title)
    marked = _telling(" ".join((*around, *(source.title for source in annotation.sources))), table)
    return {} if len(body) >= table["least"] and not body & marked else None


def _telling(text: str, table: _Table) -> set[str]:
    """Beginnings of the longer words, so that "bridges" is about a "bridge"."""
    words = (word for word in folded(text).split() if len(word) > 3 or word.isdigit())
    return {word[:5] for word in words if word not in table["common"]}


def _links(annotation: Annotation) -> Iterator[str]:
    yield from (source.url for source in annotation.sources)
    yield from _LINK.findall(annotation.body)


def _host(link: str) -> str:
    try:
        host = urlsplit(link if "://" in link else f"https://{link}").hostname or ""
    except ValueError:  # as in "https://[": no host at all
        return ""
    return host.removeprefix("www.")


_LOOKS: Mapping[str, Callable[[Annotation, _Others, _Table], _Seen]] = {
    "many-links": _many_links,
    "one-site": _one_site,
    "repeated": _repeated,
    "capitals": _capitals,
    "burst": _burst,
    "shortened": _shortened,
    "unrelated": _unrelated,
}
