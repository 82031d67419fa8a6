"""What is prepared to look a claim up with: by a table of short texts, and what holds for any text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caveat.article import Article, Context, Link, Look, LookAt
from caveat.reading import Reader
from caveat.reading.query import MOST_CHARACTERS

CASES = tomllib.loads(Path(__file__).with_name("searches.toml").read_text(encoding="utf-8"))["case"]
ARTICLES = [
    folder.read_text(encoding="utf-8")
    for folder in sorted((Path(__file__).parents[1] / "articles").glob("*/article.txt"))
]
HOSTS = {"duckduckgo.com", "toolbox.google.com", "en.wikipedia.org", "www.wikidata.org"}
# What makes claims, beside what must not get into an address.
PIECES = [
    "Ina Holt, the mayor of Lowmoor, said rents rose by 60 per cent in May. ",
    "The Harbour Board paid £3.4 million to Tidal Works Ltd. ",
    "Some critics say https://a.example/b?c=d#e is false. ",
    "Prices rose. ",
    "Rents rose by 6 %; 7 & 8 + 9. ",
    "Ina/Holt@a.example said “it’s 100 % safe”.\n",
    "Zoë Ní Fhlatharta said 🚢 sank in Århus on 3 May. ",
    "\u202e",
    '"',
]


def bare(words: str) -> str:
    return "".join(c for c in words.casefold() if c.isalnum())


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_a_claim_is_looked_up_with_what_a_fact_checker_would_type(
    reader: Reader, case: dict[str, str]
) -> None:
    *_, claim = reader.analyse(Article(case["text"], Context(published=case["published"] or None))).claims
    expected = {at: words for at, words in case.items() if at not in {"text", "published"}}
    assert {look.at.value: look.title for look in claim.look} == expected


@pytest.mark.parametrize("text", ARTICLES, ids=[text[:20] for text in ARTICLES])
def test_every_claim_and_note_of_an_article_has_two_or_three_searches(reader: Reader, text: str) -> None:
    analysis = reader.analyse(Article(text))
    assert {len(claim.look) for claim in analysis.claims} <= {2, 3}
    assert all(note.look for note in analysis.notes)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.sampled_from([None, "2026-05-04", "2026", "May", "2026-05-04T07:30:00Z"]),
)
def test_a_search_is_short_and_safe_to_open_and_never_the_whole_sentence(
    reader: Reader, text: str, published: str | None
) -> None:
    context = Context(url="https://page.example/ferries", published=published)
    analysis = reader.analyse(Article(text, context))
    for one in (*analysis.claims, *analysis.notes):
        for look in one.look:
            check(look)
            sentence = next(s for s in analysis.sentences if s.start <= one.start < s.end)
            assert bare(look.title) != bare(text[sentence.start : sentence.end])


def check(look: Look) -> None:
    assert 0 < len(look.title) <= MOST_CHARACTERS
    assert look.url.isascii()
    assert not set(look.url) & set(" \"<>'\\^`{|}")
    address = urlsplit(look.url)
    assert address.scheme == "https"
    assert address.hostname in HOSTS
    assert unquote(look.url).count(look.title) == 1
    assert not address.fragment
    assert "example" not in look.url


def test_a_linked_document_is_searched_where_it_lies(reader: Reader) -> None:
    text = "The Harbour Board paid £3.4 million to Tidal Works in 2019, its accounts show."
    start = text.index("its accounts")
    link = Link(start, start + 12, "https://www.gov.uk/harbour/accounts.pdf?reader=7")
    (claim,) = reader.analyse(Article(text, Context(links=(link,)))).claims
    assert claim.look[0].at is LookAt.SOURCE
    assert claim.look[0].title == 'site:gov.uk "Harbour Board" "Tidal Works" £3.4 million 2019'


def test_an_outlet_is_not_sent_to_itself(reader: Reader) -> None:
    text = "According to a person cited by Reuters, Corvane Shipping will close its yard at Eskelund."
    first = {
        site: reader.analyse(Article(text, Context(site=site))).claims[0].look[0].at
        for site in ("The Lowmoor Courier", "Reuters")
    }
    assert first == {"The Lowmoor Courier": LookAt.SOURCE, "Reuters": LookAt.WEB}


def test_a_note_on_a_name_leads_to_that_name(reader: Reader) -> None:
    text = "Ina Holt said the harbour bridge cost £40 million."
    (note,) = [n for n in reader.analyse(Article(text)).notes if n.signal == "named-source"]
    assert (note.look[-1].at, note.look[-1].title) == (LookAt.WIKIPEDIA, "Ina Holt")
