"""The check on data that lies beside the project, where it does: made-up cases, a real slip, real news."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from caveat.article import Article, Context, Note
from caveat.catalogue import Catalogue
from caveat.facts import Facts
from caveat.reading import Reader, rules

SHARED = Path(os.environ.get("CAVEAT_SHARED", Path(__file__).parents[3] / "shared"))
CASES, SLIP = SHARED / "facts/office_cases_dev.jsonl", SHARED / "articles/patriot-meeting.txt"
NEWS, PAGES = SHARED / "data/polnear/dev.jsonl", SHARED / "pages"
TODAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def today(reader: Reader) -> Reader:
    """A reader for whom it is a certain day, so that this gives the same next year."""
    return Reader(reader.nlp, Catalogue.standard(), Facts.load(), lambda: TODAY)


def asked(reader: Reader, text: str, published: str | None) -> list[Note]:
    found = reader.analyse(Article(text, Context(published=published))).notes
    return [note for note in found if note.signal == "conflicts-record"]


def of_offices(notes: list[Note]) -> list[str]:
    return [note.quote.exact for note in notes if note.evidence]


def test_of_made_up_cases_nearly_all_are_found_and_none_that_is_true(today: Reader) -> None:
    if not CASES.is_file():
        pytest.skip("the made-up cases are not here (CAVEAT_SHARED names their folder)")
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    articles = [Article(case["text"], Context(published=case["date"])) for case in cases]
    readings = today.read([article.text for article in articles])
    analyses = [today.judge(a, today.survey(a), [r]) for a, r in zip(articles, readings, strict=True)]
    found = [any(note.evidence for note in analysis.notes) for analysis in analyses]
    wrong = [c for c, hit in zip(cases, found, strict=True) if hit and c["expect"] == "ok"]
    assert wrong == []
    flags = [hit for case, hit in zip(cases, found, strict=True) if case["expect"] == "flag"]
    assert sum(flags) / len(flags) >= 0.97


@pytest.mark.parametrize("published", ["2025-07-21", None])
def test_a_chancellor_long_out_of_office_is_asked_about_and_nothing_that_is_true(
    today: Reader, published: str | None
) -> None:
    if not SLIP.is_file():
        pytest.skip("the article is not here (CAVEAT_SHARED names its folder)")
    notes = asked(today, SLIP.read_text(encoding="utf-8"), published)
    words = of_offices(notes)
    assert words[-1] == "German Chancellor Angela Merkel"
    assert "Friedrich Merz" in notes[-1].message
    spelled = ["Alexus Greenkwich, Commander of the United States European Command"] if published else []
    assert words[:-1] == spelled


def test_real_dated_news_raises_nothing(today: Reader) -> None:
    if not NEWS.is_file():
        pytest.skip("the news texts are not here (CAVEAT_SHARED names their folder)")
    titles = [t for some in rules.read("offices")["titles"].values() for t in some.split("|")]
    titled = re.compile("|".join(map(re.escape, titles)), re.IGNORECASE)
    raised = []
    for row in map(json.loads, NEWS.read_text(encoding="utf-8").splitlines()):
        # Only blocks with a title can raise anything; leaving out the others saves most of the time.
        text = "\n".join(block for block in row["text"].splitlines() if titled.search(block))
        day = re.search(r"\d{4}-\d\d-\d\d", row["id"])
        assert day is not None
        raised += [(row["id"], words) for words in of_offices(asked(today, text, day.group()))]
    assert raised == []


def test_real_pages_raise_nothing(today: Reader) -> None:
    if not PAGES.is_dir():
        pytest.skip("the real news pages are not here (CAVEAT_SHARED names their folder)")
    for page in sorted(folder for folder in PAGES.iterdir() if folder.is_dir()):
        head = json.loads((page / "expected-metadata.json").read_text(encoding="utf-8"))
        text = "\n".join(_blocks((page / "expected.html").read_text(encoding="utf-8")))
        assert of_offices(asked(today, text, head.get("publishedTime"))) == [], page.name


def _blocks(html: str) -> Iterator[str]:
    """The text of a page's article, an element of its own line a block."""
    for block in re.split(r"</?(?:p|div|h\d|li|ul|ol|br|blockquote|figcaption|figure|section)\b[^>]*>", html):
        if words := " ".join(re.sub(r"<[^>]+>", "", block).split()):
            yield words
