"""Reviews of our own writing, and what hears of an import."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from caveat.facts.factchecks import FactCheck, Store
from caveat.facts.factchecks.importing import Import, Outcome, Source
from caveat.facts.factchecks.reviews import Entry, reviews

CHECK = FactCheck(
    url="https://checks.example/lake",
    claim="The lake of Harrow lost half of its water in 2023.",
    publisher="Harrow Checks",
    publisher_site="checks.example",
    published="2024-02-03",
    rating="Half of it",
    claimant="Ada Brook",
    claim_date="2024-01-30",
    appearances=("https://news.example/lake",),
)
REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checks.example/lake",
    "datePublished": "2024-02-03",
    "claimReviewed": "The lake of Harrow lost half of its water in 2023.",
    "author": {"@type": "Organization", "name": "Harrow Checks", "url": "https://checks.example/"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Ada Brook"},
        "datePublished": "2024-01-30",
        "appearance": {"@type": "CreativeWork", "url": "https://news.example/lake"},
    },
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": 3,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "Half of it",
    },
}
TEXT = json.dumps(REVIEW)


def found(text: str, size: int = 64) -> list[FactCheck | Entry]:
    chunks: Iterator[str] = (text[at : at + size] for at in range(0, len(text), size))
    return list(reviews(chunks))


def with_(**changes: Any) -> str:
    """The review with other values; None takes a field away."""
    changed = {name: value for name, value in (REVIEW | changes).items() if value is not None}
    return json.dumps(changed)


def review(number: int, **more: Any) -> dict[str, Any]:
    return {
        "@type": "ClaimReview",
        "url": f"https://checks.example/{number}",
        "claimReviewed": f"The mill of Größe {number} burns.",
        "reviewRating": {"alternateName": "No"},
    } | more


def lines(*numbers: int) -> str:
    return "".join(json.dumps(review(number), ensure_ascii=False) + "\n" for number in numbers)


class Heard:
    """A listener that remembers."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, Entry]] = []
        self.notes: list[str] = []
        self.bytes = 0

    def entry(self, file: str, entry: Entry) -> None:
        self.entries.append((file, entry))

    def note(self, file: str, note: str) -> None:
        self.notes.append(f"{file}: {note}")

    def read(self, count: int) -> None:
        self.bytes += count

    @property
    def kinds(self) -> list[tuple[int, str]]:
        return [(entry.line, entry.kind) for _, entry in self.entries]


def run(store: Store | None, heard: Heard, data: bytes) -> Outcome:
    return Import(store, heard).run([Source("feed", lambda: io.BytesIO(data))])


def numbers(store: Store) -> list[int]:
    return [int(check.url.rpartition("/")[2]) for _, check in store.after()]
