"""Addresses and the rules of a list that may fit them.

A rule is a host, or a host with the beginning of a path: "bbc.co.uk", "blogs.example.edu",
"example.com/opinion". It fits that host and the hosts below it that belong to the same site; "www." is no
difference. What is a site is said by the public suffix list: "x.blogspot.com" belongs to whoever writes it,
so no rule for "blogspot.com" can be made and none would fit it. A path is compared by its parts: "/opinion"
is not the beginning of "/opinions".

In: whatever an article links, or a list's row. Out: ``Address``, or None for what is no web page's address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urlsplit

import idna
from publicsuffixlist import PublicSuffixList

_HOST = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
)
_LONGEST = 8_000  # characters; browsers and servers give up about there
_DEEPEST = 16  # parts of a path; rules have one or two


@dataclass(frozen=True, slots=True)
class Address:
    """A host in the letters that travel (no capitals, IDNs in Punycode), and the parts of a path."""

    host: str
    path: tuple[str, ...] = ()

    @property
    def site(self) -> str | None:
        """The part of the host that somebody registered; None where the host is a public suffix itself."""
        return _suffixes().privatesuffix(self.host)

    def hosts(self, site: str) -> Iterator[str]:
        """The host and those above it, down to the site itself."""
        host = self.host
        while host:
            yield host
            host = "" if host == site else host.partition(".")[2]

    def __str__(self) -> str:
        return "/".join((self.host, *self.path))


def address(href: str) -> Address | None:
    """The address that a browser would open, if it is a web page's."""
    href = href.strip()
    if len(href) > _LONGEST or not href[:8].lower().startswith(("https://", "http://")):
        return None
    try:
        parts = urlsplit(href.replace("\\", "/"))  # as browsers read it: what follows is no user's name
        host = parts.hostname or ""
    except ValueError:
        return None
    return _address(host, parts.path)


def rule(text: str) -> Address | None:
    """A list's rule: a domain, with or without a path; None for a single page ("?", "#")."""
    text = text.strip().removeprefix("https://").removeprefix("http://")
    if len(text) > _LONGEST or re.search(r"[?#@:\\\s]", text):
        return None
    host, _, path = text.partition("/")
    return _address(host, path)


def _address(host: str, path: str) -> Address | None:
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, ValueError):
            return None
    host = host.lower().removesuffix(".").removeprefix("www.")
    return Address(host, _parts(path)) if _HOST.fullmatch(host) else None


def _parts(path: str) -> tuple[str, ...]:
    """The path's parts as a server sees them; capitals are no difference here, as in no list they are."""
    parts: list[str] = []
    for part in unquote(path).casefold().split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in {"", "."}:
            parts.append(part)
    return tuple(parts[:_DEEPEST])


@cache
def _suffixes() -> PublicSuffixList:
    """The list as it comes with the package: nothing is fetched."""
    return PublicSuffixList()
