"""Facts: a cold analysis with everything that tables can check, against the same without.

Without are the two components that find questions of offices and of figures, as a block in which nothing is
asked costs a check nothing; the table of outlets is empty there. Fact checks are apart, in ``matching``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from figures import Figure, take_turns

from articles import texts
from caveat.article import Article
from caveat.catalogue import Catalogue
from caveat.facts import Facts
from caveat.facts.listings import Listings
from caveat.facts.listings.table import Table
from caveat.reading import Reader, pipeline

ROUNDS = 15
QUESTIONS = ("caveat_offices", "caveat_figures")


def measure() -> Iterator[Figure]:
    """The ratio for each text."""
    informed, bare = Reader.load(None), _bare()
    for name, text in texts():
        both = {"with": informed, "without": bare}
        sides = take_turns(
            {side: lambda r=r, t=text: r.analyse(Article(t)) for side, r in both.items()}, ROUNDS
        )
        yield Figure(
            f"cold analysis with facts / without: {name}", sides["with"] / sides["without"], goal=1.1,
            detail=f"{sides['with'] * 1e3:.0f} ms against {sides['without'] * 1e3:.0f} ms CPU",
        )  # fmt: skip


def _bare() -> Reader:
    """A reader that asks nothing of any table."""
    nlp = pipeline.load()
    for name in QUESTIONS:
        nlp.remove_pipe(name)
    empty = Listings.of_table(Table.of(()), "nowhere")
    return Reader(nlp, Catalogue.standard(), replace(Facts.load(), listings=empty))
