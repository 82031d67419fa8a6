"""What readers are shown of pages: bytes kept in the cache's store, with the database behind it.

In: five hexadecimal digits. Out: the encoded annotations of all pages whose digest begins so, the same bytes
for everybody. What can go wrong: ``DatabaseError`` where they are not kept and cannot be read. A store that
fails is a miss.

Many pages have the same five digits, so that neither the server nor the store's keys say which was meant.
What is kept is forgotten when something that is shown changes (``forget``, after the commit), and after a
minute anyway: a reader who asked just before the commit may keep what was so until then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import orjson
from sqlalchemy.orm import Session

from caveat.annotations import lookup
from caveat.annotations.lookup import Seen
from caveat.api.annotation_schema import shown
from caveat.cache.envelope import unseal
from caveat.cache.keys import CLAIMS, PAGES
from caveat.cache.store import Store
from caveat.cache.tally import Tally
from caveat.database import Database

PREFIX = re.compile(r"[0-9a-f]{5}")
PARAMETER = {  # as OpenAPI describes it
    "in": "path",
    "name": "prefix",
    "required": True,
    "schema": {"type": "string", "pattern": f"^{PREFIX.pattern}$", "minLength": 5, "maxLength": 5},
}
KEPT = 60  # seconds


class Lookups:
    """Encoded look-ups, from the store or from the database."""

    def __init__(self, database: Database, store: Store, tally: Tally) -> None:
        self._database = database
        self._store = store
        self._tally = tally

    def find(self, prefix: str) -> bytes:
        """What is shown of the pages with this prefix."""
        return self._kept(PAGES + prefix, lambda session: encoded(lookup.of_pages(session, prefix, None)))

    def claims(self) -> bytes:
        """By which runs of words annotated claims are known, and where each is found."""
        return self._kept(CLAIMS, lambda session: orjson.dumps({"runs": lookup.claims(session)}))

    def claim(self, prefix: str) -> bytes:
        """What is shown of the quotations with this prefix."""
        return self._kept(CLAIMS + prefix, lambda session: _listed(lookup.of_claims(session, prefix)))

    def _kept(self, key: str, ask: Callable[[Session], bytes]) -> bytes:
        kept = self._store.get(key)
        answer = unseal(kept) if kept is not None else None
        self._tally.looked_up("pages", "miss" if kept is None else "hit" if answer is not None else "damaged")
        if answer is None:
            with self._database.read() as session:
                answer = ask(session)
            self._store.put({key: answer}, KEPT)
        return answer

    def forget(self, prefixes: Iterable[str]) -> None:
        """Let go of what is out of date."""
        if keys := [PAGES + prefix for prefix in prefixes]:
            self._store.forget(keys)


def _listed(seen: Iterable[Seen]) -> bytes:
    return orjson.dumps({"annotations": [shown(one, None) for one in seen]})


def encoded(seen: Iterable[Seen]) -> bytes:
    """Annotations by their pages, as a reader without an account sees them."""
    pages: dict[str, list[object]] = {}
    for one in seen:
        pages.setdefault(one.annotation.page.digest, []).append(shown(one, None))
    return orjson.dumps({"pages": pages})
