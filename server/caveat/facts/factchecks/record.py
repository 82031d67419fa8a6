"""A claim that somebody checked, and what makes two records the same.

All texts are plain: whoever makes a record has taken tags and entities out of them. Days are written
``2025-07-14``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode, urlsplit

KEY = 16  # bytes; among a billion records two of 16 bytes meet by chance once in 10^20

# What campaigns and social networks hang on an address; it never says which page is meant.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|__twitter_impression", re.I)


@dataclass(frozen=True, slots=True)
class FactCheck:
    """One claim as it was checked, who checked it, and what they call it."""

    url: str  # of the check, always http or https
    claim: str
    publisher: str  # the site's name where the checker has none
    publisher_site: str  # a host without "www."
    published: str | None = None  # the day of the check
    rating: str | None = None  # in the checker's words; None: a number alone, or nothing
    language: str | None = None  # of the check, as BCP 47 has it
    title: str | None = None  # the check's headline
    claimant: str | None = None  # who made the claim
    claim_date: str | None = None  # the day it was made
    appearances: tuple[str, ...] = ()  # pages where it was made
    modified: str | None = None  # the day the check was last changed
    licence: str | None = None  # of this record, as its feed names it
    retracted: bool = False  # the checker took it back

    @property
    def key(self) -> bytes:
        """The same for every version of one check: of a page several claims may be checked."""
        return blake2b(f"{_page(self.url)}\n{_words(self.claim)}".encode(), digest_size=KEY).digest()

    @property
    def latest(self) -> str:
        """The last day its checker worked on it; empty where nobody says."""
        return max(self.published or "", self.modified or "")


def _page(url: str) -> str:
    """An address without what differs between ways to the same page."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])
    ]
    return f"{host}{port}{parts.path.rstrip('/')}?{urlencode(query)}"


def _words(claim: str) -> str:
    """A claim's letters and digits: feeds differ in quotes, full stops and spaces."""
    folded = unicodedata.normalize("NFKC", claim).casefold()
    return " ".join(re.findall(r"\w+", folded)) or folded
