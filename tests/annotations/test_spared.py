"""What must not be annotated."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from caveat.annotations.models import Spared
from caveat.annotations.spared import folded, refusal
from caveat.database import Database

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
PAGE = "a" * 64


def spare(database: Database, kind: str, key: str) -> None:
    with database.begin() as session:
        session.add(Spared(kind=kind, key=key, shown=key, reason="Asked for.", created=NOW))


@pytest.mark.parametrize(
    ("kind", "key", "page", "host", "words", "is_refused"),
    [
        ("page", PAGE, PAGE, "news.example", "any", True),
        ("page", PAGE, "b" * 64, "news.example", "any", False),
        ("site", "example.org", PAGE, "example.org", "any", True),
        ("site", "example.org", PAGE, "blog.example.org", "any", True),
        ("site", "example.org", PAGE, "badexample.org", "any", False),
        ("site", "blog.example.org", PAGE, "example.org", "any", False),
        ("person", "zoe muller", PAGE, "news.example", "What ZOË MÜLLER's garden hides", True),
        ("person", "zoe muller", PAGE, "news.example", "Zoe\n Muller", True),
        ("person", "zoe muller", PAGE, "news.example", "Chloe Muller", False),
        ("person", "zoe muller", PAGE, "news.example", "Zoe Mullerson", False),
        ("person", "王小明", PAGE, "news.example", "昨日王小明说", True),
    ],
)
def test_what_is_spared_is_refused_and_nothing_else(
    database: Database, kind: str, key: str, page: str, host: str, words: str, is_refused: bool
) -> None:
    spare(database, kind, key)
    with database.read() as session:
        assert (refusal(session, page, host, words) is not None) == is_refused


@pytest.mark.parametrize(
    ("text", "expected"),
    [("José-María O’Neil", "jose maria o neil"), ("STRASSE", "strasse"), ("straße", "strasse"), ("", "")],
)
def test_names_are_compared_without_capitals_accents_and_signs(text: str, expected: str) -> None:
    assert folded(text) == expected
