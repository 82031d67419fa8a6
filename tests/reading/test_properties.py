"""Properties of a reading that hold for any text."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caveat.article import Analysis, Article, encode
from caveat.reading import BlockReading, Reader
from caveat.reading.blocks import LONGEST_BLOCK, cut

# Words that make notes, between characters that make trouble.
NOTES = [
    "Many experts say so. ",
    "“It is safe,” said Ina Holt. ",
    "Prices rose by 60 per cent. ",
    "A source said no. ",
]
TROUBLE = ["😀", "👩‍👩‍👧", "é", "مرحبا ", "שלום ", "«", "“", '"', "'", "…", "ﬁ", "𝒜", "(", "http://a.b/c "]
ENDS = ["\r\n", "\n\n", "\u2028", "\x85", "\u00ad", "\u200b", "\x00", "  ", "\t", "\ufeff"]
PIECES = st.sampled_from([*NOTES, *TROUBLE, *ENDS])
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=25).map("".join))


ARTICLES = [
    folder.read_text(encoding="utf-8")
    for folder in sorted((Path(__file__).parents[1] / "articles").glob("*/article.txt"))
]


def spans(analysis: Analysis) -> list[tuple[int, int, str]]:
    found = [(x.start, x.end, x.quote.exact) for x in (*analysis.claims, *analysis.notes)]
    for attribution in analysis.attributions:
        parts = [attribution.source, attribution.cue, attribution.relayed_by, *attribution.content]
        found += [(part.start, part.end, part.text) for part in parts if part]
    return found


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_offsets_always_slice_to_the_words(reader: Reader, text: str) -> None:
    analysis = reader.analyse(Article(text))
    for start, end, words in spans(analysis):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == words
    for one in (*analysis.claims, *analysis.notes):
        assert text[: one.start].endswith(one.quote.prefix)
        assert text[one.end :].startswith(one.quote.suffix)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_block_says_the_same_alone_and_in_company(reader: Reader, text: str) -> None:
    blocks = [block.text for block in cut(text)]
    together = reader.read(blocks)
    assert together == [reader.read([block])[0] for block in blocks]
    assert [BlockReading.decode(reading.encode()) for reading in together] == together


@settings(max_examples=300, deadline=None)
@given(st.one_of(TEXTS, st.text(alphabet="ab. \n", max_size=200).map(lambda text: text * 400)))
def test_blocks_stand_where_they_say_in_order_and_lose_nothing(text: str) -> None:
    blocks = cut(text)
    assert all(text[block.start : block.end] == block.text for block in blocks)
    assert all(a.end <= b.start for a, b in pairwise(blocks))
    assert all(0 < len(block.text) <= LONGEST_BLOCK for block in blocks)
    assert "".join("".join(block.text for block in blocks).split()) == "".join(text.split())


STRANGE = {
    "one word": "a" * 100_000,
    "brackets": "(" * 20_000,
    "dots": "a.b" * 30_000,
    "quotation marks": "“" * 5_000,
    "200,000 characters": "word " * 40_000,
    "numbers": "1 " * 50_000,
    "dashes": "-" * 30_000,
    "line ends": "\n" * 200_000,
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
def test_long_and_strange_texts_are_read(reader: Reader, text: str) -> None:
    for start, end, words in spans(reader.analyse(Article(text))):
        assert text[start:end] == words


def test_the_same_text_gives_the_same_bytes_on_many_threads(reader: Reader) -> None:
    text = "Many experts say the bridge is old.\n“It is safe,” said Ina Holt.\nPrices rose by 60 per cent."
    expected = encode(reader.analyse(Article(text)), ("sentences", "attributions"))
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(
            lambda _: encode(reader.analyse(Article(text)), ("sentences", "attributions")), range(24)
        )
    assert set(answers) == {expected}


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(ARTICLES), st.integers(0, 2**32), st.integers(1, 6))
def test_an_article_is_the_same_however_its_blocks_are_read(
    reader: Reader, text: str, seed: int, threads: int
) -> None:
    """Blocks read in any order and grouping, on one thread or many, out of a cache or fresh."""
    article = Article(text)
    survey = reader.survey(article)
    places = [*range(len(survey.blocks))]
    Random(seed).shuffle(places)
    cuts = sorted({0, len(places), *Random(seed).choices(places, k=4)})
    groups = [places[a:b] for a, b in pairwise(cuts)]
    with ThreadPoolExecutor(threads) as pool:
        read = list(pool.map(lambda group: reader.read([survey.blocks[n].text for n in group]), groups))
    readings = dict(zip(places, [one for group in read for one in group], strict=True))
    cached = {n: BlockReading.decode(one.encode()) for n, one in readings.items()}
    details = ("sentences", "attributions")
    whole = encode(reader.analyse(article), details)
    for each in (readings, cached):
        assert encode(reader.judge(article, survey, [each[n] for n in sorted(each)]), details) == whole


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(ARTICLES), st.integers(0, 2**32))
def test_line_ends_of_any_kind_cut_the_same_blocks(reader: Reader, text: str, seed: int) -> None:
    rng = Random(seed)
    lines = [line for line in text.split("\n") if line]
    other = "".join(line + rng.choice(["\n", "\r\n", "\n\n", "\u2028", "\n \n"]) for line in lines)
    one, two = reader.analyse(Article("\n".join(lines))), reader.analyse(Article(other))
    assert [(n.signal, n.quote.exact, n.message) for n in one.notes] == [
        (n.signal, n.quote.exact, n.message) for n in two.notes
    ]
    assert [(c.kind, c.quote.exact) for c in one.claims] == [(c.kind, c.quote.exact) for c in two.claims]
