"""Checking: what the blocks say that a record can be held against, on the article's day.

In: the article, its blocks and their readings, the facts. Out: what a record has otherwise, as notices with
the record beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from caveat.article import Article
from caveat.facts import Facts, figures
from caveat.facts.finding import Finding
from caveat.reading.blocks import Block
from caveat.reading.figures.dates import years
from caveat.reading.record import BlockReading
from caveat.reading.whole import Noticed


def checked(
    article: Article, blocks: Sequence[Block], readings: Sequence[BlockReading], facts: Facts, today: date
) -> Iterator[Noticed]:
    """The notices, in the order of the text."""
    published = day_of(article)
    day = figures.Day(published or today, published is not None)
    told = tuple(years(article.text)) if any(reading.figures for reading in readings) else ()
    for block, reading in zip(blocks, readings, strict=True):
        for asked in reading.figures:
            last = max([0, *years(article.text[: block.start + asked.start])[-1:]])
            if found := figures.held(asked, replace(day, told=told, last=last or None), facts.countries):
                yield _noticed(block, asked.start, asked.end, found)


def day_of(article: Article) -> date | None:
    """The day an article was published on, where the page gives one that can be read."""
    try:
        return date.fromisoformat((article.context.published or "")[:10])
    except ValueError:
        return None


def _noticed(block: Block, start: int, end: int, found: Finding) -> Noticed:
    place = block.start + start, block.start + end
    return Noticed(found.signal, *place, found.confidence, found.variant, dict(found.slots), found.evidence)
