"""Signals that need the whole article: its links, its date, what stands paragraphs away."""

from __future__ import annotations

import pytest

from caveat.article import Article, Context, Link
from caveat.reading import Reader

DOCUMENTS = [
    "https://lowmoor.example/council/harbour-noise.pdf",
    "https://lowmoor.example/data/ferries.csv",
    "https://lowmoor.example/data/ferries.XLSX",
    "https://www.ons.gov.uk/economy/survey",
    "https://doi.org/10.1000/182",
    "https://arxiv.org/abs/2101.00001",
    "https://pubmed.ncbi.nlm.nih.gov/12345678/",
    "https://www.nature.com/articles/s41586-000-0000-0",
    "https://www.who.int/publications/i/item/9789240000001",
    "https://www.legislation.gov.uk/ukpga/2018/12",
    "https://www.bailii.org/ew/cases/EWCA/Civ/2020/1.html",
    "https://www.courtlistener.com/opinion/1/a-v-b/",
    "https://assets.documentcloud.org/documents/1/letter.html",
    "https://www.pewresearch.org/science/2020/01/01/trust/",
    "https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    "https://www.cochrane.org/CD000001/review",
]
ORDINARY_PAGES = [
    "https://lowmoor.example/survey",
    "https://lowmoor.example/",
    "https://gov.uk.evil.example/survey",
    "https://notdoi.org/10.1000/182",
    "https://www.gov.uk/",
    "https://doi.org",
    "javascript:alert(1)//x.pdf",
    "https://[broken/survey.pdf",
    "mailto:press@gov.uk",
    "ftp://lowmoor.example/survey.pdf",
    "https://lowmoor.example/pdf/survey",
    "https://lowmoor.example/survey?file=x.pdf",
    "https://lowmoor.example/news/nature.com/articles",
    "https://facebook.com/lowmoor",
    "/local/survey.pdf",
    "#survey.pdf",
]
OPENING = "The council met on Monday.\nThe hall was full.\n"
UNSOURCED = [
    "Nearly 40 percent of the flats owned by Lowmoor Council had no heating.",
    "Thousands of drivers in Lowmoor have lost their licences to cameras.",
    "The number of night ferries has doubled, and noise in the harbour rose by 30 per cent.",
    "More than 30 percent of the children in Lowmoor went to school without breakfast.",
    "A third of the houses in Lowmoor are owned by firms in London.",
    "More than 4,000 percent of the safe dose of lead was found in the Lowmoor river.",
    "About 12% of all nurses in Lowmoor left the hospitals after the cuts.",
    "Half of the schools in the Lowmoor district have lost their libraries.",
    "The sale of the Lowmoor port led to the loss of 1,200 jobs in Harker.",
    "Millions of litres of sewage were released into the Lowmoor river.",
    "The closure of the Lowmoor mill led to the loss of 400 jobs.",
    "Some 85 percent of the bridges in Lowmoor are older than the cars that cross them.",
    "About 15 percent of the wells in Lowmoor and Harker were poisoned.",
    "Unemployment in Lowmoor fell by 12 percent as a result of the new port.",
    "Hundreds of houses in Lowmoor were sold to firms in London and Dubai.",
]
SOURCED_OR_SEEN = [
    "Nearly 40 per cent of the flats have no heating, according to the Lowmoor Housing Board.",
    "Ina Holt said thousands of drivers in Lowmoor had lost their licences.",
    "“One in five children in Lowmoor goes to school without breakfast,” said Ina Holt.",
    "On Monday, 40 per cent of the members of the Lowmoor board left the hall.",
    "In 2019, 40 per cent of the houses in Lowmoor stood empty.",
    "We lost 40 per cent of the flats in Lowmoor.",
    "The mayor of Lowmoor opened the bridge.",
    "The bridge in Lowmoor is 400 metres long and carries two roads.",
    "The new rule requires 40 per cent of the flats in Lowmoor to be heated.",
    "The plan would give 40 per cent of the quay in Lowmoor to the port.",
    "Is it true that 40 per cent of the flats in Lowmoor have no heating?",
    "It was a fine day in Lowmoor.",
    "Experts say 40 per cent of the flats in Lowmoor have no heating.",
    "The tax rate in Lowmoor is 40 per cent.",
    "Reuters reported that thousands of drivers in Lowmoor had lost their licences.",
    "The ferry to Lowmoor leaves at nine.",
]


def words_of(reader: Reader, signal: str, article: Article) -> list[str]:
    return [note.quote.exact for note in reader.analyse(article).notes if note.signal == signal]


def linked(text: str, words: str, href: str) -> Article:
    start = text.index(words)
    return Article(text, Context(links=(Link(start, start + len(words), href),)))


@pytest.mark.parametrize("href", DOCUMENTS)
def test_a_document_one_click_away_earns_credit(reader: Reader, href: str) -> None:
    article = linked("The council published the survey of the harbour on Monday.", "survey", href)
    assert words_of(reader, "document-linked", article) == ["survey"]


@pytest.mark.parametrize("href", ORDINARY_PAGES)
def test_an_ordinary_page_is_no_document(reader: Reader, href: str) -> None:
    article = linked("The council published the survey of the harbour on Monday.", "survey", href)
    assert words_of(reader, "document-linked", article) == []


@pytest.mark.parametrize("sentence", UNSOURCED)
def test_a_statistic_or_a_cause_that_nobody_tells_is_asked_for_its_source(
    reader: Reader, sentence: str
) -> None:
    assert words_of(reader, "no-source", Article(OPENING + sentence)) == [sentence]


@pytest.mark.parametrize("sentence", SOURCED_OR_SEEN)
def test_what_somebody_tells_or_everybody_saw_is_not(reader: Reader, sentence: str) -> None:
    assert words_of(reader, "no-source", Article(OPENING + sentence)) == []


def test_a_linked_statistic_is_not_asked_for_its_source(reader: Reader) -> None:
    text = OPENING + UNSOURCED[0]
    assert words_of(reader, "no-source", linked(text, "no heating", "https://lowmoor.example/a")) == []


def test_an_article_is_asked_for_no_more_than_two_sources(reader: Reader) -> None:
    assert len(words_of(reader, "no-source", Article(OPENING + "\n".join(UNSOURCED[:6])))) == 2


@pytest.mark.parametrize(
    ("text", "published", "words"),
    [
        ("The owner sold the mill last month.", None, ["last month"]),
        ("The owner sold the mill last month.", "2026-05-04", []),
        ("The owner recently sold the mill.", "2026-05-04", ["recently"]),
        ("The mill was sold last year.\nThe bridge was closed last week.", None, ["last year"]),
        ("The mill was sold recently.\nThe bridge was closed recently.", None, ["recently"]),
    ],
)
def test_a_date_on_the_page_answers_when_last_month_was(
    reader: Reader, text: str, published: str | None, words: list[str]
) -> None:
    assert words_of(reader, "undated", Article(text, Context(published=published))) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Critics accuse Lowmoor Water of fraud.\nLowmoor Water said in a statement that all was well.",
            1,
        ),
        ("Lowmoor Water opened a shop.\nLowmoor Water said in a statement that all was well.", 0),
        ("Ina Holt complained about the noise.\nA spokesperson said the lamps would be turned off.", 1),
        ("The fair was sunny.\nA spokesperson said the fair would be back in May.", 0),
        ("Critics blamed Ina Holt for the delay.\nHolt replied that the pump was new.", 1),
        ("Ina Holt was accused of neglect.\nThrough her lawyer, Holt said the pump was new.", 1),
        ("Ina Holt opened the fair.\nThrough her lawyer, Holt sent flowers.", 0),
        ("Lowmoor Water was accused of fraud.\nLowmoor Water announced in a statement a new pump.", 0),
    ],
)
def test_a_statement_is_a_reply_where_somebody_was_blamed(reader: Reader, text: str, words: int) -> None:
    assert len(words_of(reader, "reply-given", Article(text))) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The harbour trust was accused of neglect.\nAsked about the figures, the trust blamed the flu.", 1),
        ("The trust opened a ward.\nAsked about the colours, the trust pointed to the sea.", 0),
    ],
)
def test_who_was_blamed_and_is_asked_about_it_has_a_reply(reader: Reader, text: str, words: int) -> None:
    assert len(words_of(reader, "reply-given", Article(text))) == words


def test_a_study_named_further_down_has_a_trail(reader: Reader) -> None:
    text = "A new study shows that tea keeps people awake.\nThe mayor drinks tea.\n"
    assert words_of(reader, "study-unlinked", Article(text)) == ["A new study"]
    named = text + "The study was published in the Journal of Sleep."
    assert words_of(reader, "study-unlinked", Article(named)) == []


def test_a_share_in_an_article_on_a_poll_is_of_those_who_were_asked(reader: Reader) -> None:
    text = "Some 12 per cent had not made up their minds."
    assert words_of(reader, "bare-number", Article(text)) == ["12 per cent"]
    assert words_of(reader, "bare-number", Article(f"The poll asked 900 voters.\n{text}")) == []


def test_a_source_is_credited_once_and_under_the_full_name(reader: Reader) -> None:
    text = "Ina Holt said the bridge was safe.\nHolt said it would open in May.\nShe added that she was glad."
    assert words_of(reader, "named-source", Article(text)) == ["Ina Holt said"]


def test_the_articles_own_outlet_passes_nothing_on(reader: Reader) -> None:
    text = "“The bridge is safe,” Ina Holt told Reuters."
    assert words_of(reader, "second-hand", Article(text)) == ["Reuters"]
    assert words_of(reader, "second-hand", Article(text, Context(site="Reuters"))) == []
