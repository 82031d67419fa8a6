"""When are two addresses one page?

An annotation belongs to a page. Somebody writes it at the address that a friend's message led to, somebody
else comes from a search on a telephone, and both have the same article before them::

    https://www.example.org/2024/05/bridge-reopens/?utm_source=newsletter#comments
    http://m.example.org/2024/05/bridge-reopens?fbclid=IwAR0
    https://www.google.com/amp/s/example.org/2024/05/bridge-reopens/amp/

So every address has a *normal address*, here ``https://example.org/2024/05/bridge-reopens``. Two addresses
are one page when their normal addresses are equal. Annotations are kept under its SHA-256. A reader's browser
asks for all that begin with its first five digits and picks its own page's out of them, so that the server
cannot tell which page was meant. For that the extension has to come to the same digits as the server:
``extension/shared/page-identity.ts`` does step by step what this module does, both read their tables from
``page-identity.json``, and a test holds them against each other.

**A note on the wrong page is worse than one that is not found.** A rule that could make one of two articles
does not fire, and what nobody can tell from the address alone stays: ``?id=``, ``?p=``, ``?page=2``,
``?ref=``, capital letters in a path. What is the same page, and what is not:

*The scheme* says how a page travels, not which it is: http is https. A port stays unless it is its scheme's
own, so that ``http://example.org:443`` is not ``https://example.org:443``. (The normal address is written
with https, but where that would make a port its own.)

*The host* is a name without capitals, without the dot at its end, with ``xn--`` for other letters, as
browsers write it (UTS 46, non-transitional: straße.de is not strasse.de). ``www.`` goes. So do labels that
choose a device: ``m.example.org``, ``en.m.wikipedia.org``, ``amp.example.org``. They stay where they are the
site's own name (``m.co.uk``), and where every label is another author (``mobile.blogspot.com``).

*A sign-in* keeps its name and loses its password: what a server shows to Alice it may not show to Bob, and a
password must never be stored. Browsers take both out of what they tell an extension.

*The path*: ``%7E`` is ``~``, ``%c3%a9`` is ``%C3%A9`` is é, ``/./`` is nothing, ``/a/../b`` is ``/b``;
several slashes are one, and none at the end. ``/index.html`` is its folder. A session (``;jsessionid=…``) is
nobody else's. ``/2024/05/bridge-reopens/amp`` and ``…/print`` are the article in another dress, because what
is in front looks like an article's own address: a date and a name, a number of five digits, three words with
hyphens, an HTML file. ``/amp`` alone, ``/shop/amp`` and ``/gallery/print`` are sections and stay. Numbered
print addresses (``/print/1234``) stay too: what they print has another number elsewhere.

*The query* loses what measures readers (``utm_source``, ``fbclid``), sessions, and views (``?amp=1``,
``?print=1``, but not ``?print=8471``). The rest is sorted by name; equal names keep their order, which may
mean something. ``+`` and ``%20`` are a space there, ``?a`` is ``?a=``, and an empty query is none.

*The fragment* is a place in the page and goes. So does ``#!``, which once was a route: where a site still
uses it all its pages are one here, and an annotation shows only where its words are found.

*A copy* is the page it is a copy of: AMP's viewers and caches, the Wayback Machine, archive.today (where the
address names the page) and Hypothesis's proxy. An older copy may say something else; there too the words
decide. A list of copies (``/web/*/``) is no copy. Translations are pages of their own, as their words are.

In: an address. Out: the normal address, or its digest. Raises ``NotAPage`` where the address is not http or
https, has no host that a browser would open, or is longer than 4,000 characters.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import re
from collections.abc import Mapping, Sequence
from importlib import resources
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import quote, unquote_to_bytes

import idna

_RULES: Mapping[str, Any] = json.loads(
    resources.files("caveat.annotations").joinpath("page-identity.json").read_bytes()
)
_LONGEST: int = _RULES["longest"]
_HOSTS, _PATHS = _RULES["hosts"], _RULES["paths"]

# RFC 3986: unreserved and sub-delims, and what has no meaning of its own where it stands.
_IN_USER = r"A-Za-z0-9._~!$&'()*+,;=\-"
_IN_PATH = _IN_USER + ":@"
_IN_NAME = r"A-Za-z0-9._~!$'()*,;:@/?\-"  # of a parameter: "&" and "=" divide, "+" is a space
_IN_VALUE = _IN_NAME + "="

_PARTS = re.compile(r"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.IGNORECASE | re.DOTALL)
_HOST_AND_PORT = re.compile(r"(\[[^\]]*\]|[^:]*)(?::0*([0-9]{0,5}))?", re.DOTALL)
_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!$)|$)){4}")
_ENDS_IN_NUMBER = re.compile(r"(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)$")
_SESSION = re.compile(f";(?:{'|'.join(_PATHS['sessions']['names'])})=[^/;]*", re.IGNORECASE)
_DRESSED = re.compile(rf"([^.].*)\.{_PATHS['views']['extension']}(\.html?)?", re.IGNORECASE)


class NotAPage(ValueError):
    """The address is none of a page on the web; the message says what is wrong with it."""


class _Address(NamedTuple):
    scheme: str
    user: str
    host: str
    port: str
    path: str
    query: str


def digest(url: str) -> str:
    """The 64 hexadecimal digits under which a page's annotations are kept."""
    return hashlib.sha256(normal(url).encode()).hexdigest()


def normal(url: str) -> str:
    """The one address of the page that ``url`` means."""
    address = _short_enough(url.strip("".join(map(chr, range(33)))))
    while (again := _normal(address)) != address:  # a copy may be of a copy; each turn leaves less
        address = again
    return _short_enough(address)


def _short_enough(url: str) -> str:
    if len(url) > _LONGEST:
        raise NotAPage(f"An address has at most {_LONGEST} characters, this one {len(url)}.")
    return url


def _normal(url: str) -> str:
    address = _split(url)
    host = _host_without_views(address.host)
    segments = _segments(address.path)
    query = _query(address.query, host)
    copied = _copied(host, "/" + "/".join(segments), query)
    if copied is not None:
        return copied
    while (shorter := _one_view_less(segments)) != segments:
        segments = shorter
    scheme = "https" if address.port != str(_RULES["ports"]["https"]) else "http"
    user = f"{address.user}@" if address.user else ""
    port = f":{address.port}" if address.port else ""
    return f"{scheme}://{user}{host}{port}/{'/'.join(segments)}{'?' if query else ''}{query}"


def _split(url: str) -> _Address:
    """The parts as browsers read them: no tabs and line breaks, backslashes as slashes."""
    if re.search("[\ud800-\udfff]", url):
        raise NotAPage("An address is Unicode text, and this one has half a character in it.")
    url = re.sub(r"[\t\n\r]", "", url)
    url = re.sub(r"^[^?#]*", lambda front: front[0].replace("\\", "/"), url)
    parts = _PARTS.fullmatch(url)
    if parts is None:
        raise NotAPage("A page's address begins with http:// or https://.")
    scheme = parts[1].lower()
    userinfo, _, place = parts[2].rpartition("@")
    host, port = _host_and_port(place)
    if port == str(_RULES["ports"][scheme]):
        port = ""
    user = _encoded(userinfo.partition(":")[0], _IN_USER)
    return _Address(scheme, user, host, port, parts[3], parts[4] or "")


def _host_and_port(place: str) -> tuple[str, str]:
    try:
        found = _HOST_AND_PORT.fullmatch(unquote_to_bytes(place).decode())
    except UnicodeDecodeError:
        found = None
    if found is None or int(found[2] or 0) > 65535:
        raise NotAPage("Behind the address's slashes there is no host, or a port that is none.")
    return _host(found[1]), found[2] or ""


def _host(host: str) -> str:
    if host.startswith("["):
        return _ipv6(host[1:-1])
    name = host.lower() if host.isascii() else _punycode(host)
    name = name.removesuffix(".")
    if _ENDS_IN_NUMBER.search(name):
        if not host.isascii() or not _IPV4.fullmatch(name):
            raise NotAPage("The address's host is a number, and not four of them from 0 to 255.")
    elif not _NAME.fullmatch(name) or len(name) > 253:
        raise NotAPage("The address's host is no name that a browser would look for.")
    return name


def _ipv6(host: str) -> str:
    try:
        if "%" in host:
            raise ValueError
        address = ipaddress.IPv6Address(host)
    except ValueError as error:
        raise NotAPage("The address's host is no IPv6 address.") from error
    low = int(address) & 0xFFFFFFFF  # Pythons differ here: some write an IPv4 address in decimals
    return f"[::ffff:{low >> 16:x}:{low & 0xFFFF:x}]" if address.ipv4_mapped else f"[{address}]"


def _punycode(host: str) -> str:
    """As browsers do it. Not ``idna.encode``, which refuses names they open (☃.net), and not Python's own
    codec, which is of 2003 and makes one of two names (straße.de, strasse.de). A letter that is newer than
    one side's Unicode is refused there; extensions are asked about what a browser has made of it already."""
    try:
        labels = idna.uts46_remap(host, std3_rules=False, transitional=False).split(".")
        for label in labels:
            if not label.isascii():
                idna.check_initial_combiner(label)
                idna.check_bidi(label)
    except (idna.IDNAError, ValueError) as error:
        raise NotAPage("The address's host has letters that no name has.") from error
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels
    )


def _host_without_views(host: str) -> str:
    labels = host.split(".")
    while (at := next((i for i in range(len(labels) - 2) if _is_view(labels, i)), None)) is not None:
        del labels[at]
    return ".".join(labels)


def _is_view(labels: Sequence[str], at: int) -> bool:
    if at == 0 and labels[0] == "www":
        return True
    behind = labels[at + 1 :]
    is_suffix = len(behind) == 2 and behind[0] in _HOSTS["suffixes"] and len(behind[1]) == 2
    return (
        labels[at] in _HOSTS["inside" if at else "first"]
        and not is_suffix
        and ".".join(behind) not in _HOSTS["platforms"]
    )


def _copied(host: str, path: str, query: str) -> str | None:
    """The address that this one is a copy of, where it is one."""
    for copy in _RULES["copies"]:
        found = re.fullmatch(copy["host"], host) and re.fullmatch(copy["path"], path, re.DOTALL)
        if not found:
            continue
        address = f"{found[1] or 'https'}://{found[2]}{'?' if query else ''}{query}"
        try:
            _split(address)
        except NotAPage:
            return None
        return address
    return None


def _segments(path: str) -> list[str]:
    """The path's parts, encoded in one way, without those that lead nowhere."""
    kept: list[str] = []
    for part in path.split("/")[1:]:
        segment = _SESSION.sub("", _encoded(part, _IN_PATH))
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return [segment for segment in kept if segment]


def _one_view_less(segments: list[str]) -> list[str]:
    views = _PATHS["views"]
    if not segments:
        return segments
    *before, last = segments
    if last.lower() in _PATHS["indexes"]["names"]:
        return before
    if last.lower() in views["last"] and _is_article(before):
        return before
    if segments[0].lower() in views["first"] and _has_date_or_number(segments[1:]):
        return segments[1:]
    dressed = _DRESSED.fullmatch(last)
    return [*before, dressed[1] + (dressed[2] or "")] if dressed else segments


def _is_article(segments: Sequence[str]) -> bool:
    """Whether a path ends as articles' do, and sections' seldom."""
    last = segments[-1].lower() if segments else ""
    words = len(re.findall("[-_]", last)) + 1
    return words >= 3 or last.endswith((".html", ".htm")) or _has_date_or_number(segments)


def _has_date_or_number(segments: Sequence[str]) -> bool:
    if not segments:
        return False
    *before, last = segments
    last = re.sub("%[0-9A-F]{2}", "%", last)  # the digits of an encoded space are no number
    if re.search("[0-9]{5}", last):
        return True
    is_dated = any(
        re.fullmatch("(?:19|20)[0-9]{2}", year) and re.fullmatch("[0-9]{1,2}|[A-Za-z]{3}", month)
        for year, month in pairwise(before)
    )
    return is_dated and re.search("[A-Za-z%]", last) is not None


def _query(query: str, host: str) -> str:
    kept = []
    for item in query.split("&"):
        name, _, value = item.partition("=")
        name, value = _encoded(name, _IN_NAME, space="+"), _encoded(value, _IN_VALUE, space="+")
        if (name or value) and not _says_nothing(name.lower(), value.lower(), host):
            kept.append((name, value))
    kept.sort(key=lambda item: item[0])
    return "&".join(f"{name}={value}" if value else name for name, value in kept)


def _says_nothing(name: str, value: str, host: str) -> bool:
    """Whether a parameter does not say which page is meant."""
    return any(
        any(name.startswith(n[:-1]) if n.endswith("*") else name == n for n in family["names"])
        and ("values" not in family or value in family["values"])
        and ("hosts" not in family or any(f".{host}".endswith(f".{h}") for h in family["hosts"]))
        for family in _RULES["parameters"]
    )


def _encoded(text: str, plain: str, space: str = "%20") -> str:
    """``text`` with its ``plain`` characters as themselves and all others by their bytes. A "%" that
    begins nothing counts as itself; in a query, "+" is a space."""

    def one(found: re.Match[str]) -> str:
        character = found[0] if len(found[0]) == 1 else chr(int(found[0][1:], 16))
        if character == " " or (character == found[0] == "+"):
            return space
        if re.fullmatch(f"[{plain}]", character):
            return character
        return found[0].upper() if len(found[0]) == 3 else quote(character, safe="")

    return re.sub(f"%[0-9A-Fa-f]{{2}}|[^{plain}]", one, text, flags=re.DOTALL)
