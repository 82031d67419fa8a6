"""The margin and the page: every word of the article, every note beside its words, nothing obeyed."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from caveat.article import (
    Analysis,
    Article,
    Claim,
    ClaimKind,
    Context,
    Coverage,
    Listing,
    Look,
    LookAt,
    Note,
    PageNote,
    quote,
)
from caveat.catalogue import Catalogue
from caveat.rendering import margin, marks, page
from caveat.rendering.terminal import Terminal

SIGNALS = Catalogue.standard().signals
HOSTILE = "<script>alert(1)</script> & \"'>\x1b[2J\x1b]0;owned\x07 \u202ereversed \x00 end"


def analysis(text: str, spans: list[tuple[int, int, str]]) -> Analysis:
    """An analysis with one note on each span."""
    notes = tuple(
        Note(f"n{n}", signal, None, a, b, quote(text, a, b), f"About {text[a:b]}", "Who says so?", 0.9)
        for n, (a, b, signal) in enumerate(spans, 1)
    )
    used = {signal: SIGNALS[signal] for _, _, signal in spans}
    return Analysis("engine", "en", (), notes, (), Coverage(3, 2, 1, 1), None, used)


@st.composite
def annotated(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str]]]:
    text = draw(st.text(min_size=1, max_size=200))
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 60), st.sampled_from(sorted(SIGNALS)))
    return text, [(a, min(len(text), a + n), s) for a, n, s in draw(st.lists(places, max_size=6))]


@given(annotated())
def test_the_pieces_are_the_text_and_the_pieces_under_a_mark_are_its_words(
    case: tuple[str, list[tuple[int, int, str]]],
) -> None:
    text, spans = case
    pieces = [
        p for paragraph in marks.paragraphs(Article(text), analysis(text, spans)) for p in paragraph.pieces
    ]
    assert "".join("".join(p.text for p in pieces).split()) == "".join(text.split())
    for mark in marks.numbered(analysis(text, spans)):
        under = "".join(p.text for p in pieces if mark in p.marks)
        assert "".join(under.split()) == "".join(mark.note.quote.exact.split())


@given(annotated(), st.sampled_from([24, 70, 100, 140]), st.booleans())
def test_no_line_is_wider_than_the_terminal_and_no_control_character_is_passed_on(
    case: tuple[str, list[tuple[int, int, str]]], width: int, unicode: bool
) -> None:
    text, spans = case
    shown = margin.render(Article(text), analysis(text, spans), Terminal(width, unicode=unicode))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert all(cell_len(line) <= max(width, 28) for line in shown.split("\n"))


@given(annotated())
def test_the_page_shows_the_text_and_nothing_of_it_becomes_markup(
    case: tuple[str, list[tuple[int, int, str]]],
) -> None:
    text, spans = case
    plain, hostile = (
        page.render(Article("x"), analysis("x", [])),
        page.render(Article(text), analysis(text, spans)),
    )
    assert tags(hostile) <= tags(plain) | {"div", "p", "mark", "sup", "a", "ol", "ul", "li", "h2", "span"}


def tags(html: str) -> set[str]:
    found: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert not [name for name, _ in attrs if name.startswith("on")]
            assert not [value for name, value in attrs if name in ("src", "srcset")]
            found.add(tag)

    Reader().feed(html)
    return found


def hostile() -> tuple[Article, Analysis]:
    article = Article(
        HOSTILE, Context(url="javascript:alert(1)", title=HOSTILE, site=HOSTILE, byline=HOSTILE)
    )
    note = Note(
        "n1", "vague-source", None, 0, 8, quote(HOSTILE, 0, 8), HOSTILE, HOSTILE, 0.9,
        look=(Look(HOSTILE, LookAt.WEB, "javascript:alert(1)"), Look("x", LookAt.WEB, 'https://x.example/?"><script>\x1b')),
    )  # fmt: skip
    page_note = PageNote("p1", "no-source", HOSTILE, HOSTILE, 0.9)
    claim = Claim("c1", 0, 8, quote(HOSTILE, 0, 8), ClaimKind.EVENT, 0.9, look=note.look)
    used = {name: SIGNALS[name] for name in ("vague-source", "no-source")}
    return article, Analysis("engine", "en", (claim,), (note,), (page_note,), Coverage(1), None, used)


def test_a_page_made_of_hostile_words_runs_nothing_and_asks_nobody() -> None:
    html = page.render(*hostile())
    assert "script" not in tags(html)
    assert "javascript:" not in html
    assert "default-src 'none'" in html
    assert not re.search(r"(?:@import|url\()", html)
    assert not {"img", "link", "iframe", "script"} & tags(html)


def test_a_terminal_obeys_nothing_an_article_says() -> None:
    shown = margin.render(*hostile(), Terminal(120, escapes=True, colour=True, line_styles=True))
    ours = re.sub(r"\x1b\[[\d;:]*m|\x1b\]8;;[!-~]*\x1b\\", "", shown)
    assert "\x1b" not in ours
    assert "\x07" not in shown
    assert "javascript:" not in re.findall(r"\x1b\]8;;([!-~]*)\x1b", shown)
    assert "\u202e" not in shown


TEXT = "Many experts say so.\nThe plan is a devastating blow, Mara Teale said."
SPANS = [(0, 12, "vague-source"), (33, 49, "loaded-words"), (51, 61, "named-source")]


def test_on_a_wide_terminal_notes_stand_beside_their_paragraph_and_on_a_narrow_one_below_it() -> None:
    wide = margin.render(Article(TEXT), analysis(TEXT, SPANS), Terminal(120))
    narrow = margin.render(Article(TEXT), analysis(TEXT, SPANS), Terminal(70))
    assert re.search(r"‹Many experts›¹ say so\. +1 ┈┈ Vague source", wide)
    assert re.search(
        r"‹Many experts›¹ say so\.\n +1 ┈┈ Vague source\n +About Many experts\n +Who says so\?", narrow
    )


def test_what_was_looked_at_comes_first_and_credit_is_as_plain_as_caution() -> None:
    first, second = margin.render(Article(TEXT), analysis(TEXT, SPANS), Terminal(120)).split("\n")[1:3]
    assert (
        "3 sentences read · 2 claims · 1 with a named source · 2 worth a question"
        in f"{first} {second.strip()}"
    )
    html = page.render(Article(TEXT), analysis(TEXT, SPANS))
    assert 'class="note credit"' in html
    assert "1 done well" in html


@pytest.mark.parametrize(
    ("family", "line"),
    [("sources", "4:4"), ("numbers", "4:2"), ("wording", "4:3"), ("reasoning", "4:5"), ("credit", "4:1")],
)
def test_each_family_has_its_own_line(family: str, line: str) -> None:
    signal = next(s.id for s in SIGNALS.values() if s.family == family)
    styled = Terminal(80, escapes=True, line_styles=True)
    assert f"\x1b[{line}mMany" in margin.render(Article(TEXT), analysis(TEXT, [(0, 4, signal)]), styled)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"TERM": "xterm-kitty"}, (True, True, True)),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7200"}, (True, True, True)),
        ({"TERM": "xterm-256color"}, (True, True, False)),
        ({"TERM": "screen-256color", "VTE_VERSION": "7200"}, (True, True, False)),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, (True, False, True)),
        ({"TERM": "dumb"}, (False, False, False)),
    ],
)
def test_a_terminal_gets_what_it_can_show(environ: dict[str, str], expected: tuple[bool, bool, bool]) -> None:
    terminal = Terminal.of(environ, escapes=True, width=80, encoding="utf-8")
    assert (terminal.escapes, terminal.colour, terminal.line_styles) == expected


def with_listings(*listings: Listing) -> Analysis:
    return Analysis("engine", "en", coverage=Coverage(1, 0, 0, 0), listings=listings)


DISCUSSED = "https://en.wikipedia.org/wiki/Wikipedia:Reliable_sources/Perennial_sources#Reuters"
REUTERS = Listing("Reuters", "reuters.com", "generally reliable", "2026-08", DISCUSSED, ((0, 3),))


def test_what_a_list_says_of_outlets_stands_below_the_text_with_its_date_and_licence() -> None:
    article, read = Article("See the letter."), with_listings(REUTERS)
    shown = margin.render(article, read, Terminal(100))
    assert "Outlets linked or cited here\n" in shown
    assert "Reuters — Wikipedia's editors, 2026-08: generally reliable" in shown
    assert "Lists by Wikipedia's editors, CC BY-SA 4.0" in shown
    assert f"\x1b]8;;{DISCUSSED}\x1b" in margin.render(article, read, Terminal(100, escapes=True))
    html = page.render(article, read)
    assert "Reuters — Wikipedia’s editors, 2026-08: generally reliable" in html
    assert f'href="{DISCUSSED}"' in html
    assert 'href="https://creativecommons.org/licenses/by-sa/4.0/"' in html


def test_where_nothing_is_listed_nothing_is_said_of_lists() -> None:
    article, read = Article("See the letter."), with_listings()
    assert "Outlets" not in margin.render(article, read, Terminal(100)) + page.render(article, read)


def test_nothing_of_a_listing_becomes_markup_or_is_obeyed() -> None:
    hostile = with_listings(Listing(HOSTILE, HOSTILE, HOSTILE, HOSTILE, "javascript:alert(1)", ()))
    html = page.render(Article("See the letter."), hostile)
    assert "<script" not in html
    assert "javascript:" not in html
    for escapes in (False, True):
        shown = margin.render(Article("See the letter."), hostile, Terminal(100, escapes=escapes))
        assert not re.search(r"[\x00-\x09\x0b-\x1a\x7f-\x9f\u202a-\u202e]|\x1b(?!\[[\d;]*m)", shown)


def with_claims() -> Analysis:
    """Two claims, the first of them with a note."""
    found = analysis(TEXT, SPANS[:1])
    look = (Look("Lowmoor ferry", LookAt.FACT_CHECKS, "https://x.example/?q=Lowmoor"),)
    claims = tuple(
        Claim(f"c{n}", a, b, quote(TEXT, a, b), ClaimKind.EVENT, 0.9, look=look)
        for n, (a, b) in enumerate([(0, 20), (21, 72)], 1)
    )
    return replace(found, claims=claims, notes=(replace(found.notes[0], claim="c1"),))


def test_a_terminal_with_links_has_the_searches_of_claims_without_a_note() -> None:
    shown = margin.render(Article(TEXT), with_claims(), Terminal(120, escapes=True))
    assert shown.count("https://x.example/?q=Lowmoor") == 1
    assert shown.index("The plan is a devastating blow") < shown.index("Fact checks: Lowmoor ferry")
    assert "Fact checks" not in margin.render(Article(TEXT), with_claims(), Terminal(120))


def test_the_page_has_the_searches_of_every_claim_folded_away() -> None:
    html = page.render(Article(TEXT), with_claims())
    assert "<summary>Look up the claims (2)</summary>" in html
    assert (
        html.count('<a href="https://x.example/?q=Lowmoor" rel="noreferrer">Fact checks: Lowmoor ferry') == 2
    )
