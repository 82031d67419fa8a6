"""Ways out of the page: prepared searches, opened only by a click.

Queries are names, figures and the things a sentence is about, never the whole sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from urllib.parse import quote

from caveat.article import Look

_OFTEN = 2  # sentences; a name said once is not what the article is about
_FACT_CHECKS = "https://toolbox.google.com/factcheck/explorer/search/{}"
_WEB = "https://duckduckgo.com/?q={}"
_ENCYCLOPEDIA = "https://en.wikipedia.org/w/index.php?search={}"


def subject(queries: Iterable[str]) -> str:
    """The name that an article's sentences share most, to add to a search that has none of its own."""
    names = Counter(word for query in queries for word in query.split() if word[:1].isupper())
    name, count = names.most_common(1)[0] if names else ("", 0)
    return name if count >= _OFTEN else ""


def look_elsewhere(query: str, about: str = "", name: str | None = None) -> tuple[Look, ...]:
    """Searches for a sentence of an article about something, and for who stands behind it, if known."""
    if query and about and not any(word[:1].isupper() for word in query.split()):
        query = f"{about} {query}"
    ways = []
    quoted = quote(query)
    if query:
        ways += [
            Look(f"Search: {query}", _WEB.format(quoted)),
            Look("Fact checks", _FACT_CHECKS.format(quoted)),
        ]
    if name:
        ways.append(Look(f"Wikipedia: {name}", _ENCYCLOPEDIA.format(quote(name))))
    elif query:
        ways.append(Look("Wikipedia", _ENCYCLOPEDIA.format(quoted)))
    return tuple(ways)
