"""Properties of a reading that hold for any text."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

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
