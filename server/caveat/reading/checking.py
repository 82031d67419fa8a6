"""Checking: what the blocks say that a record can be held against, on the article's day.

In: the article, its blocks and their readings, the facts. Out: what a record has otherwise, as notices with
the record beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from caveat.article import Article
from caveat.facts import Facts, Finding, figures
from caveat.reading.blocks import Block
from caveat.reading.figures.dates import years
from caveat.reading.record import BlockReading
from caveat.reading.whole import Noticed


def checked(
    article: Article, blocks: Sequence[Block], readings: Sequence[BlockReading], facts: Facts, today: date
) -> Iterator[Noticed]:
    """The notices, in the order of the text."""
    published = _published(article)
    yield from _figures(
        article, blocks, readings, facts, figures.Day(published or today, published is not None)
    )


def _figures(
    article: Article,
    blocks: Sequence[Block],
    readings: Sequence[BlockReading],
    facts: Facts,
    day: figures.Day,
) -> Iterator[Noticed]:
    """Figures that do not fit each other, with the years that the article tells of, as those may be meant."""
    if not any(reading.figures for reading in readings):
        return
    told = tuple(years(article.text))
    for block, reading in zip(blocks, readings, strict=True):
        for asked in reading.figures:
            before = years(article.text[: block.start + asked.start])
            then = replace(day, told=told, last=before[-1] if before else None)
            if found := figures.held(asked, then, facts.countries):
                yield _noticed(block, asked.start, asked.end, found)


def _published(article: Article) -> date | None:
    """The day the page gives, if it is one."""
    try:
        return date.fromisoformat((article.context.published or "")[:10])
    except ValueError:
        return None


def _noticed(block: Block, start: int, end: int, found: Finding) -> Noticed:
    place = (block.start + start, block.start + end)
    return Noticed(found.signal, *place, found.confidence, found.variant, dict(found.slots), found.evidence)
