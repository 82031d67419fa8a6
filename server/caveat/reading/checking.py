"""Checking: what the blocks say that a record can be held against, on the article's day.

In: the article, its blocks and their readings, the facts. Out: what a record has otherwise, as notices with
the record beside them. The day is the one the page gives, or today where it gives none, or one to come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from caveat.article import Article
from caveat.facts import Facts, Finding, figures
from caveat.reading import office_questions
from caveat.reading.blocks import Block
from caveat.reading.figures.dates import years
from caveat.reading.record import BlockReading
from caveat.reading.whole import Noticed


def checked(
    article: Article, blocks: Sequence[Block], readings: Sequence[BlockReading], facts: Facts, today: date
) -> Iterator[Noticed]:
    """The notices: offices first, then figures."""
    published = day_of(article)
    dated, day = published is not None, min(published or today, today)
    for block, asked in office_questions.questions(article, blocks, readings, day, dated=dated):
        if found := facts.office_check.answer(asked, day, dated=dated):
            yield _noticed(block, asked.start, asked.end, found)
    yield from _figures(article, blocks, readings, facts, figures.Day(published or today, dated))


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


def day_of(article: Article) -> date | None:
    """The day an article was published on, where the page gives one that can be read."""
    try:
        return date.fromisoformat((article.context.published or "")[:10])
    except ValueError:
        return None


def _noticed(block: Block, start: int, end: int, found: Finding) -> Noticed:
    place = (block.start + start, block.start + end)
    return Noticed(found.signal, *place, found.confidence, found.variant, dict(found.slots), found.evidence)
