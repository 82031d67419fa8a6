"""Ways out of the page: prepared searches for a sentence, opened only by a click.

In: what there is to type for it (``query``), and a document's host where the sentence links one. Out: two or
three searches, each at another place: at who is said to say so, or all over the web; among fact checks; in an
encyclopedia, in Wikidata for people and their offices, or for statistics.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from caveat.article import Article, Look, LookAt
from caveat.reading.query import MOST_CHARACTERS, Query, is_plain
from caveat.reading.query_of import Queries
from caveat.reading.whole import Stated, document_host

_ADDRESSES = {
    LookAt.WEB: "https://duckduckgo.com/?q={}",
    LookAt.SOURCE: "https://duckduckgo.com/?q={}",
    LookAt.STATISTICS: "https://duckduckgo.com/?q={}",
    LookAt.FACT_CHECKS: "https://toolbox.google.com/factcheck/explorer/search/{};hl=en",
    LookAt.WIKIPEDIA: "https://en.wikipedia.org/w/index.php?search={}",
    LookAt.WIKIDATA: "https://www.wikidata.org/w/index.php?search={}",
}
_NO_LETTER = re.compile(r"[\W_]+")  # and no digit
_FIRST = frozenset({LookAt.WEB, LookAt.SOURCE, LookAt.FACT_CHECKS})


class Searches:
    """Makes the searches of one article's sentences, of each once."""

    def __init__(self, article: Article, queries: Queries) -> None:
        self._text = article.text
        self._queries = queries
        links = ((link.start, document_host(link.href)) for link in article.context.links)
        self._hosts = [(at, host) for at, host in links if host]
        self._made: dict[int, tuple[Look, ...]] = {}

    def of(self, s: Stated, name: str | None = None) -> tuple[Look, ...]:
        """Searches for a sentence. ``name`` is somebody or something a note is on, to be looked up itself."""
        ways = self._made.get(s.start)
        if ways is None:
            ways = self._made[s.start] = tuple(self._ways(s))
        if name and is_plain(name) and len(name) <= MOST_CHARACTERS:
            ways = (*(way for way in ways if way.at in _FIRST), _look(LookAt.WIKIPEDIA, name))
        return ways

    def _ways(self, s: Stated) -> Iterator[Look]:
        query = self._queries.of(s)
        host = next((host for at, host in self._hosts if s.start <= at < s.end), None)
        is_short = s.end - s.start <= 2 * MOST_CHARACTERS  # else no search could be all of it
        whole = _bare(self._text[s.start : s.end]) if is_short else ""
        for at, words in (_first(query, host), (LookAt.FACT_CHECKS, query.few), _last(query)):
            if words and len(words) <= MOST_CHARACTERS and not (is_short and _bare(words) == whole):
                yield _look(at, words)


def _look(at: LookAt, words: str) -> Look:
    return Look(words, at, _ADDRESSES[at].format(quote(words, safe="")))


def _last(query: Query) -> tuple[LookAt, str]:
    if query.statistics:
        return LookAt.STATISTICS, query.statistics
    if query.holder:
        return LookAt.WIKIDATA, query.holder
    return LookAt.WIKIPEDIA, query.subject


def _first(query: Query, host: str | None) -> tuple[LookAt, str]:
    where = f"site:{host}" if host else query.source
    words = f"{where} {query.at_the_source}"
    if where and query.at_the_source and len(words) <= MOST_CHARACTERS:
        return LookAt.SOURCE, words
    return LookAt.WEB, query.full


def _bare(words: str) -> str:
    return _NO_LETTER.sub("", words.casefold())
