"""Checking: what the blocks say that a record can be held against, on the article's day.

In: the article, its blocks and their readings, the facts. Out: what a record has otherwise, as notices with
the record beside them. The day is the one the page gives, or today where it gives none, or one to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from caveat.article import Article
from caveat.facts import Facts, Finding
from caveat.reading import conversation, rules
from caveat.reading.blocks import Block
from caveat.reading.record import BlockReading
from caveat.reading.whole import Noticed

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_MOST_FICTION = 2  # words of films and novels in an article that is not about one


def checked(
    article: Article, blocks: Sequence[Block], readings: Sequence[BlockReading], facts: Facts, today: date
) -> Iterator[Noticed]:
    """The notices, in the order of the text."""
    published = _published(article)
    day = min(published or today, today)
    yield from _offices(article, blocks, readings, facts, day, dated=published is not None)


def _offices(
    article: Article, blocks: Sequence[Block], readings: Sequence[BlockReading], facts: Facts, day: date,
    *, dated: bool,
) -> Iterator[Noticed]:  # fmt: skip
    """People in offices that a record gives to others. What the article around them makes doubtful is left
    out: an article about a film, a talk, one without a date that names older years, and a past that goes on
    from a block with such a year."""
    if not any(reading.offices for reading in readings) or (not dated and _is_older(article, day)):
        return
    if len(_fiction().findall(f"{article.context.title or ''} {article.text}")) > _MOST_FICTION:
        return
    spoken = conversation.spoken(blocks)
    before = [None, *blocks]
    for previous, block, reading in zip(before, blocks, readings, strict=False):
        goes_on = previous is not None and _names_a_year_before(previous.text, day)
        for asked in reading.offices:
            place = block.start + asked.start
            if (asked.past and goes_on) or any(start <= place < end for start, end in spoken):
                continue
            if found := facts.office_check.answer(asked, day, dated=dated):
                yield _noticed(block, asked.start, asked.end, found)


def _published(article: Article) -> date | None:
    """The day the page gives, if it is one."""
    try:
        return date.fromisoformat((article.context.published or "")[:10])
    except ValueError:
        return None


def _is_older(article: Article, day: date) -> bool:
    """Whether an article names years, and all of them are over: it may be as old as they."""
    years = [int(year) for year in _YEAR.findall(f"{article.context.url or ''} {article.text}")]
    return bool(years) and max(years) < day.year


def _names_a_year_before(text: str, day: date) -> bool:
    return any(int(year) < day.year for year in _YEAR.findall(text))


# A pure function of a file that ships with the package, so remembering its answer shares no state.
@cache
def _fiction() -> re.Pattern[str]:
    words = rules.read("offices")["past"]["fiction"].split()
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def _noticed(block: Block, start: int, end: int, found: Finding) -> Noticed:
    place = (block.start + start, block.start + end)
    return Noticed(found.signal, *place, found.confidence, found.variant, dict(found.slots), found.evidence)
