"""Checking: what the blocks say that a record can be held against, on the article's day.

In: the article, its blocks and their readings, the facts. Out: what a record has otherwise, as notices with
the record beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from caveat.article import Article
from caveat.facts import Facts
from caveat.reading.blocks import Block
from caveat.reading.record import BlockReading
from caveat.reading.whole import Noticed


def checked(
    article: Article,  # noqa: ARG001 - nothing is asked yet
    blocks: Sequence[Block],  # noqa: ARG001
    readings: Sequence[BlockReading],  # noqa: ARG001
    facts: Facts,  # noqa: ARG001
    today: date,  # noqa: ARG001
) -> Iterator[Noticed]:
    """The notices, in the order of the text."""
    yield from ()
