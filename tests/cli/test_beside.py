"""Records and fact checks in the margin and on the page: whose they are, and nothing of a feed obeyed."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from caveat.article import Analysis, Article, Claim, ClaimKind, Coverage, Evidence, Note, quote
from caveat.catalogue import Catalogue
from caveat.rendering import margin, page
from caveat.rendering.beside import beside
from caveat.rendering.terminal import Terminal

SIGNALS = Catalogue.standard().signals
TEXT = "Many experts say so.\nThe plan is a devastating blow, Mara Teale said."
RECORD = Evidence(
    "Edda Quist, mayor since 6 May 2025", "https://records.example/mayor", "2026-10-01", "Register"
)
CHECK = Evidence(
    "The ferry carried nobody.",
    "https://checks.example/1",
    "2026-05-12T23:30:00-08:00",
    "The Desk",
    "Half of it",
)
LIKE = Evidence("The plan fell.", "https://checks.example/2")


def with_evidence(evidence: Evidence, signal: str = "checked-before") -> Analysis:
    """One note with something beside it, on a claim like one that was checked."""
    claim = Claim("c1", 0, 20, quote(TEXT, 0, 20), ClaimKind.EVENT, 0.9, suggested=(LIKE,))
    words = quote(TEXT, 0, 12)
    note = Note("n1", signal, "c1", 0, 12, words, "About them", "Who says so?", 0.9, evidence=(evidence,))
    used = {signal: SIGNALS[signal]}
    return Analysis("engine", "en", (claim,), (note,), coverage=Coverage(3, 2, 1, 1), signals=used)


def tags(html: str) -> set[str]:
    """The elements of a page, none of which runs or fetches anything."""
    found: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert not [name for name, _ in attrs if name.startswith("on") or name in ("src", "srcset")]
            found.add(tag)

    Reader().feed(html)
    return found


def in_words(html: str) -> str:
    """What a reader of the page sees."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<article>")[2]).split())


def test_a_fact_check_is_shown_as_its_checkers_put_it() -> None:
    shown = " ".join(margin.render(Article(TEXT), with_evidence(CHECK), Terminal(60)).split())
    assert "The claim as it was checked: “The ferry carried nobody.”" in shown
    assert "Checked by The Desk, 12 May 2026. Their verdict, in their words: “Half of it”" in shown
    assert "https://checks.example/1" in shown
    html = page.render(Article(TEXT), with_evidence(CHECK))
    said = in_words(html)
    assert "The claim as it was checked “The ferry carried nobody.” Checked by The Desk , 12 May 2026" in said
    assert "Their verdict, in their words “Half of it” Read the fact check ↗" in said
    assert '<a href="https://checks.example/1" rel="noreferrer">' in html


def test_a_record_is_shown_with_its_date_and_where_it_is() -> None:
    found = with_evidence(RECORD, "conflicts-record")
    shown = " ".join(margin.render(Article(TEXT), found, Terminal(60)).split())
    said = "On record: Edda Quist, mayor since 6 May 2025 Register, as of 1 October 2026"
    assert f"{said} https://records.example/mayor" in shown
    assert "On record Edda Quist, mayor since 6 May 2025 Register , as of 1 October 2026" in in_words(
        page.render(Article(TEXT), found)
    )


def test_a_fact_check_of_a_like_claim_is_a_way_to_look() -> None:
    shown = " ".join(margin.render(Article(TEXT), with_evidence(CHECK), Terminal(60)).split())
    assert "A fact check of a like claim: “The plan fell.” https://checks.example/2" in shown
    assert "A fact check of a like claim: “The plan fell.” ↗" in in_words(
        page.render(Article(TEXT), with_evidence(CHECK))
    )


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("2026-05-12", "12 May 2026"),
        ("2026-05", "2026-05"),
        ("2026-02-30", "2026-02-30"),
        ("last\nweek", "last week"),
        (None, ""),
    ],
)
def test_a_date_is_in_words_where_it_is_one(said: str | None, shown: str) -> None:
    assert beside([replace(CHECK, date=said)], "checked-before")[0].dated == shown


BAD = "<img src=x onerror=alert(1)>\x1b]0;owned\x07\u202e\u2066\x00 and so on, " * 90


@settings(deadline=None)
@given(
    st.builds(
        Evidence,
        *[st.sampled_from([BAD, "", "\u202e", "مسبار"]) | st.text()] * 2,
        *[st.none() | st.sampled_from([BAD, "http://[", "0000-00-00"]) | st.text()] * 3,
    ),
    st.sampled_from(
        ["javascript:alert(1)", "http://[", 'https://x.example/"><img>\x1b\u202e', f"https://x/{BAD}"]
    ),
    st.sampled_from(["checked-before", "conflicts-record"]),
)
def test_nothing_that_a_feed_says_is_obeyed_or_drowns_the_note(
    evidence: Evidence, url: str, signal: str
) -> None:
    found = with_evidence(replace(evidence, url=url), signal)
    shown = margin.render(Article(TEXT), found, Terminal(80))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert all(cell_len(line) <= 80 for line in shown.split("\n"))
    assert len(shown.split("\n")) < 80
    styled = margin.render(Article(TEXT), found, Terminal(80, escapes=True, colour=True))
    assert "\x1b" not in re.sub(r"\x1b\[[\d;:]*m|\x1b\]8;;[!-~]*\x1b\\", "", styled)
    html = page.render(Article(TEXT), found)
    assert tags(html) <= tags(page.render(Article(TEXT), with_evidence(CHECK)))
    assert "javascript:" not in re.findall(r'href="([^"]*)', html)
    assert not re.search(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html)
