"""The questions about office holders that the article around them leaves without a doubt.

In: the article, its blocks and their readings, the day it is held against. Out: the questions, each with its
block. Left out are an article about a film, a transcript's words, an article without a date that names older
years, a day of the week without a date that tells of which week, and a past that goes on from a block with
such a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from caveat.article import Article
from caveat.facts.offices.question import OfficeQuestion
from caveat.reading import conversation, rules
from caveat.reading.blocks import Block
from caveat.reading.record import BlockReading

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_MOST_FICTION = 2  # words of films and novels in an article that is not about one


def questions(
    article: Article, blocks: Sequence[Block], readings: Sequence[BlockReading], day: date, *, dated: bool
) -> Iterator[tuple[Block, OfficeQuestion]]:
    """The questions, in the order of the text."""
    if not any(reading.offices for reading in readings) or (not dated and _is_older(article, day)):
        return
    if len(_fiction().findall(f"{article.context.title or ''} {article.text}")) > _MOST_FICTION:
        return
    spoken = conversation.spoken(blocks)
    goes_on = False
    for block, reading in zip(blocks, readings, strict=True):
        for asked in reading.offices:
            place = block.start + asked.start
            then = asked.past and (goes_on or not dated)
            if not then and not any(start <= place < end for start, end in spoken):
                yield block, asked
        goes_on = any(year < day.year for year in _years(block.text))


def _is_older(article: Article, day: date) -> bool:
    """Whether an article names years, and all of them are over: it may be as old as they."""
    years = [*years_of_address(article), *_years(article.text)]
    return bool(years) and max(years) < day.year


def years_of_address(article: Article) -> list[int]:
    """The years that the page's address names, as in ``/2018/03/18/``: all that is asked of it here."""
    return _years(article.context.url or "")


def _years(text: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(text)]


# A pure function of a file that ships with the package, so remembering its answer shares no state.
@cache
def _fiction() -> re.Pattern[str]:
    words = rules.read("offices")["past"]["fiction"].split()
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
