"""Ways out of the page: prepared searches, opened only by a click.

Queries are names, figures and the things a sentence is about, never the whole sentence.
"""

from __future__ import annotations

from urllib.parse import quote

from caveat.article import Look

_FACT_CHECKS = "https://toolbox.google.com/factcheck/explorer/search/{}"
_WEB = "https://duckduckgo.com/?q={}"
_ENCYCLOPEDIA = "https://en.wikipedia.org/w/index.php?search={}"


def look_elsewhere(query: str, name: str | None = None) -> tuple[Look, ...]:
    """Searches for a sentence, and for who stands behind it where that is known."""
    ways = []
    if query:
        ways += [
            Look(f"Search: {query}", _WEB.format(quote(query))),
            Look("Fact checks", _FACT_CHECKS.format(quote(query))),
        ]
    if name:
        ways.append(Look(f"Wikipedia: {name}", _ENCYCLOPEDIA.format(quote(name))))
    elif query:
        ways.append(Look("Wikipedia", _ENCYCLOPEDIA.format(quote(query))))
    return tuple(ways)
