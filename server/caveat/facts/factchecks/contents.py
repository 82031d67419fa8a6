"""What is in the store of fact checks, for people who look after it.

In: a store. Out: records that hold some words, those of one page, and counts. What can go wrong:
``StoreFault``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caveat.facts.factchecks.record import FactCheck
from caveat.facts.factchecks.store import Store

MOST_PUBLISHERS = 10


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a store."""

    checks: int
    removed: int
    retracted: int
    generation: int
    first_published: str | None
    last_published: str | None
    bytes: int
    languages: dict[str, int]
    publishers: dict[str, int]  # the largest ones
    licences: dict[str, int]


def contents(store: Store) -> Contents:
    """Count what is there. Raises ``StoreFault``."""
    hidden = store.rows("SELECT total(removed <> 0), total(removed = 0 AND retracted) FROM checks")
    days = store.rows("SELECT min(published), max(published) FROM shown")
    return Contents(
        checks=store.count(),
        removed=int(hidden[0][0]) if hidden else 0,
        retracted=int(hidden[0][1]) if hidden else 0,
        generation=store.generation,
        first_published=days[0][0] if days else None,
        last_published=days[0][1] if days else None,
        bytes=store.path.stat().st_size if store.path.exists() else 0,
        languages=_counts(store, "SELECT language, count(*) FROM shown GROUP BY 1 ORDER BY 2 DESC, 1"),
        publishers=_counts(
            store,
            "SELECT publisher_site, count(*) FROM shown GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?",
            MOST_PUBLISHERS,
        ),
        licences=_counts(store, "SELECT licence, count(*) FROM shown GROUP BY 1 ORDER BY 2 DESC, 1"),
    )


def holding(store: Store, words: Sequence[str], most: int) -> list[FactCheck]:
    """Those that hold all of some words, the newest first. Raises ``StoreFault``."""
    # Python folds case in every script; SQLite's LIKE does so for English letters only.
    found: list[FactCheck] = []
    wanted = [word.casefold() for word in words]
    for _, check in store.after():
        searched = f"{check.claim}\n{check.title}\n{check.publisher}\n{check.url}".casefold()
        if all(word in searched for word in wanted):
            found.append(check)
    return sorted(found, key=lambda check: check.published or "", reverse=True)[:most]


def at(store: Store, url: str) -> list[FactCheck]:
    """What was checked at an address. Raises ``StoreFault``."""
    rows = store.rows("SELECT id FROM shown WHERE url = ? ORDER BY id", (url,))
    return list(store.get(row[0] for row in rows).values())


def _counts(store: Store, query: str, *values: object) -> dict[str, int]:
    return {name or "not given": count for name, count in store.rows(query, values)}
