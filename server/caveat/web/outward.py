"""Links that lead away from the server, made of what strangers wrote.

In: an address, or a page and the words on it. Out: what may stand in ``href``, or None where it may not: only
http and https lead anywhere, since ``javascript:`` would run. The template says of each that nobody vouches
for it (``rel``).
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

REL = "noopener noreferrer nofollow ugc"
LONGEST_WORDS = 120  # characters of a quotation in a link; of a longer one its beginning and its end
_AT_AN_END = 5  # words


def href(address: str) -> str | None:
    """The address, where it leads somewhere."""
    if not re.match(r"https?://[^/?#\\\s]", address, re.IGNORECASE) or re.search(
        r"[\x00-\x20\x7f\\]", address
    ):
        return None
    try:
        return address if urlsplit(address).hostname else None
    except ValueError:  # as in "https://["
        return None


def at_words(address: str, words: str) -> str | None:
    """The page, scrolled to the words (a text fragment: wicg.github.io/scroll-to-text-fragment)."""
    page, text = href(address), " ".join(words.split())
    if page is None or not text:
        return page
    parts = [text]
    if len(text) > LONGEST_WORDS and len(text.split()) > 2 * _AT_AN_END:
        found = text.split()
        parts = [" ".join(found[:_AT_AN_END]), " ".join(found[-_AT_AN_END:])]
    # "-" and "," have a meaning there, and quote leaves the former as it is.
    encoded = ",".join(quote(part, safe="").replace("-", "%2D") for part in parts)
    return f"{page.partition('#')[0]}#:~:text={encoded}"
