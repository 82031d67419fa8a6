"""Hints that an annotation may be spam."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caveat.accounts.models import Account, Role
from caveat.annotations.models import Annotation, Page, Source
from caveat.annotations.spam import hints

from .desk_scene import NOW


def one(
    id_: int = 1,
    body: str = "The council's own report gives another date for the bridge.",
    sources: tuple[str, ...] = ("https://council.example/report",),
    author: int = 1,
    age: int = 100,
    created_before: timedelta = timedelta(0),
    title: str = "Bridge reopens",
) -> Annotation:
    """An annotation of words about a bridge; nothing is stored."""
    created = NOW - created_before
    return Annotation(
        id=id_,
        account_id=author,
        author=Account(id=author, alias="Vera", role=Role.VOLUNTEER, created=NOW - timedelta(days=age)),
        page=Page(title=title),
        exact="the bridge was closed",
        prefix="",
        suffix="",
        body=body,
        created=created,
        sources=[Source(position=at, url=url, title="") for at, url in enumerate(sources)],
    )


def found(annotation: Annotation, *others: Annotation) -> dict[str, str]:
    return {hint.id: hint.sentence for hint in hints(annotation, others)}


def test_a_good_annotation_gives_no_hint() -> None:
    assert found(one(), one(2, body="Something else about it.", sources=("https://other.example/",))) == {}


@pytest.mark.parametrize(
    ("id_", "annotation", "others", "part"),
    [
        ("many-links", one(sources=tuple(f"https://a.example/{n}" for n in range(6))), [], "6 links"),
        (
            "one-site",
            one(sources=("https://shop.example/a",)),
            [one(n, body=f"Bridge text {n}", sources=(f"https://www.shop.example/{n}",)) for n in (2, 3)],
            "All 3 annotations of this volunteer lead to shop.example",
        ),
        (
            "repeated",
            one(body="Buy the bridge report now!"),
            [one(2, body="BUY the bridge  report now", author=2)],
            "1 other",
        ),
        ("capitals", one(body="THE BRIDGE REPORT IS A LIE, see the council."), [], "% of its letters"),
        (
            "burst",
            one(age=2),
            [one(n, age=2, body=f"Bridge {n}", created_before=timedelta(minutes=n)) for n in range(2, 7)],
            "2 days old and wrote 6 annotations",
        ),
        ("shortened", one(body="See https://bit.ly/3abc about the bridge."), [], "bit.ly"),
        (
            "unrelated",
            one(body="Casino winners everywhere celebrate amazing jackpots tonight without paying anything"),
            [],
            "no word",
        ),
    ],
)
def test_each_hint_fires_where_it_should_and_says_what_it_saw(
    id_: str, annotation: Annotation, others: list[Annotation], part: str
) -> None:
    assert part in found(annotation, *others)[id_]


@pytest.mark.parametrize(
    ("id_", "annotation", "others"),
    [
        ("many-links", one(sources=tuple(f"https://a.example/{n}" for n in range(5))), []),
        ("one-site", one(), [one(2)]),
        ("one-site", one(), [one(2), one(3, sources=("https://other.example/",))]),
        ("one-site", one(), [one(2, author=2), one(3, author=2)]),
        ("one-site", one(sources=()), [one(2), one(3), one(4)]),
        ("repeated", one(body="Source is missing."), [one(2, body="Source is missing.", author=2)]),
        ("repeated", one(), [one()]),
        ("capitals", one(body="NATO and the EU."), []),
        ("burst", one(age=20), [one(n, age=20) for n in range(2, 9)]),
        ("burst", one(age=2), [one(n, age=2, created_before=timedelta(hours=2)) for n in range(2, 9)]),
        ("shortened", one(sources=("https://habit.ly/", "https://[")), []),
        ("unrelated", one(body="Casino winners celebrate."), []),
        (
            "unrelated",
            one(
                title="A casino opens",
                body="Casino winners everywhere celebrate amazing jackpots without paying anything",
            ),
            [],
        ),
    ],
)
def test_and_not_where_it_should_not(id_: str, annotation: Annotation, others: list[Annotation]) -> None:
    assert id_ not in found(annotation, *others)


def test_the_most_telling_hint_comes_first() -> None:
    shouting = one(body="BUY IT AT HTTPS://BIT.LY/3ABC, THE BRIDGE REPORT FOR EVERYBODY")
    assert [hint.id for hint in hints(shouting, [])] == ["shortened", "capitals"]
