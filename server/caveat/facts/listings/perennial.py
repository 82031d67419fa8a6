"""Rows of Wikipedia's page of perennial sources: as wikitext, or as other programs have taken it apart.

A row of the page, shortened::

    |- class="s-d" id="Daily Mail"
    | ''[[Daily Mail]]'' <small>([[MailOnline]])</small> {{WP:RSPSHORTCUT|WP:DAILYMAIL}}
    | {{WP:RSPSTATUS|d}}
    | {{rsnl|220|Daily Mail RfC|2017|rfc=y}}
    | {{WP:RSPLAST|2020}}
    | In the 2017 RfC, …
    | {{WP:RSPUSES|dailymail.co.uk|dailymail.com}}

The page is put together from parts, "/1" to "/8"; a part, or all of them in one file, will do. ``id`` is what
the link to the row ends in. In: text or a dictionary. Out: rows, as the list has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from caveat.facts.listings.lines import Fault, Found
from caveat.facts.listings.table import Row

MARK = "{{WP:RSPSTATUS"
PAGE = "https://en.wikipedia.org/wiki/Wikipedia:Reliable_sources/Perennial_sources"
# The page's own words for its codes.
CODES = {
    "gr": "generally reliable",
    "nc": "no consensus",
    "gu": "generally unreliable",
    "d": "deprecated",
    "b": "blacklisted",
}
_ROW = re.compile(r"^\|-(?P<attributes>[^\n]*)$", re.MULTILINE)
_ID = re.compile(r"\bid\s*=\s*\"([^\"\n]*)\"")
_STATUS = re.compile(r"\{\{\s*WP:RSPSTATUS\s*\|([^{}]*)\}\}", re.IGNORECASE)
_USES = re.compile(r"\{\{\s*WP:RSPUSES\s*\|([^{}]*)\}\}", re.IGNORECASE)
_NUMBERED = re.compile(r"^\d+\s*=\s*")  # "1=bbc.com" is the same as "bbc.com"
_MOST_USES = 200  # domains of one row; the longest has some fifty


@dataclass(frozen=True, slots=True)
class Source:
    """One row of the page."""

    id: str
    name: str
    categories: tuple[str, ...]
    domains: tuple[str, ...]

    def rows(self, as_of: str) -> Iterator[Row]:
        """A row a domain and category: where the page gives two, they contradict each other."""
        url = link(self.id)
        for domain in self.domains:
            for category in self.categories:
                yield Row(domain, self.name, category, as_of, url)


def link(id_: str) -> str:
    """The address of a row, or of the page for one without an id."""
    return f"{PAGE}#{quote(id_.replace(' ', '_'), safe=':/!().,')}" if id_ else PAGE


def rows(wikitext: str, as_of: str, refused: list[Fault]) -> Iterator[Found]:
    """The rows of a page's wikitext, with the lines on which they begin."""
    begins = [*_ROW.finditer(wikitext)]
    line, counted = 1, 0
    for begin, end in zip(begins, [*(b.start() for b in begins[1:]), len(wikitext)], strict=True):
        line += wikitext.count("\n", counted, begin.start())
        counted = begin.start()
        body = wikitext[begin.end() : end]
        codes = [code for status in _STATUS.findall(body) for code in _codes(status)]
        if not codes:
            continue  # the heading, or another table's row
        id_ = _ID.search(begin["attributes"])
        name = id_[1].strip() if id_ else ""
        if unknown := [code for code in codes if code not in CODES]:
            refused.append(Fault(line, name, f"its status {unknown[0][:20]!r} is none of {', '.join(CODES)}"))
            continue
        uses = [use.strip() for some in _USES.findall(body) for use in some.split("|")]
        domains = [use for use in (_NUMBERED.sub("", use) for use in uses) if "=" not in use]
        if not any(domains):
            refused.append(Fault(line, name, "it names no domain"))
            continue
        source = Source(name, name, (CODES[codes[0]],) if len(codes) == 1 else _joined(codes), tuple(domains))
        yield from (Found(line, row) for row in source.rows(as_of))


def _codes(status: str) -> Iterator[str]:
    """The codes in one status: "gu|b=y" is generally unreliable, and blacklisted as well."""
    for number, part in enumerate(status.split("|")):
        name, equals, value = part.strip().lower().partition("=")
        if number == 0 and not equals:
            yield name
        elif name == "b" and value == "y":
            yield "b"


def _joined(codes: list[str]) -> tuple[str, ...]:
    """Blacklisted goes with any other word; two other words contradict each other."""
    words = tuple(dict.fromkeys(CODES[code] for code in codes if code != "b"))
    if "b" not in codes:
        return words
    return tuple(f"{word}, {CODES['b']}" for word in words) or (CODES["b"],)


def parsed(value: dict[str, Any]) -> Source | None:
    """A row that another program took apart; None where the dictionary is something else."""
    status = _first(value, "status", "reliability_status", "category")
    uses = _first(value, "domains", "uses", "domain")
    codes = [status] if isinstance(status, str) else status
    domains = [uses] if isinstance(uses, str) else uses
    if not _texts(codes) or not _texts(domains):
        return None
    names = (value.get(key) for key in ("name", "source_name", "source", "outlet", "id"))
    name = next((one for one in names if isinstance(one, str)), "")
    id_ = value.get("id") if isinstance(value.get("id"), str) else ""
    known = [code.lower() for code in codes]
    if value.get("blacklisted") is True:
        known.append("b")
    if all(code in CODES for code in known):
        return Source(id_ or "", name.strip(), _joined(known), tuple(domains[:_MOST_USES]))
    return Source(id_ or "", name.strip(), tuple(codes), tuple(domains[:_MOST_USES]))


def _first(value: dict[str, Any], *keys: str) -> Any:
    return next((value[key] for key in keys if value.get(key)), None)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)
