"""Figures that stand together: what arithmetic, a calendar or a table can be asked about a block.

Writes ``doc._.figures``: questions (``caveat.facts.figures``) with places in code points from the block's
start. Words between quotation marks are the speaker's, and nothing is asked about them. Most blocks hold no
numbers that stand together, so each finder looks for its own words first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from msgspec.structs import replace
from spacy.language import Language
from spacy.tokens import Doc

from caveat.facts.figures import Countries, Figure
from caveat.reading.figures.changes import Changes
from caveat.reading.figures.dates import Calendar, Dates
from caveat.reading.figures.lives import Lives
from caveat.reading.figures.said import Numbers
from caveat.reading.figures.sizes import Sizes
from caveat.reading.figures.totals import Totals


class Figures:
    """Finds them, sentence by sentence."""

    def __init__(self, names: Iterable[str]) -> None:
        numbers, calendar = Numbers(), Calendar()
        self.some = numbers.some
        self.dates = Dates(calendar)
        self.lives = Lives(numbers, calendar)
        # With the fewest numbers that a sentence must hold for them.
        self.finders = (
            (2, Changes(numbers)),
            (3, Totals(numbers)),
            (1, Sizes(numbers, names)),
            (1, self.lives),
        )

    def __call__(self, doc: Doc) -> Doc:
        if found := [*self._found(doc)]:
            spoken = [doc[q.start : q.end] for q in doc._.quotations]
            own = (f for f in found if all(f.end <= s.start_char or s.end_char <= f.start for s in spoken))
            doc._.figures = sorted(own, key=lambda f: (f.start, f.end))
        return doc

    def _found(self, doc: Doc) -> Iterator[Figure]:
        text = doc.text
        if not (numbers := [m.start() for m in self.some.finditer(text)]):
            return
        yield from self.dates(text)
        yield from self.lives.deaths(text)
        yield from self.lives.pairs(text)
        for sentence in doc.sents:
            at, end = sentence.start_char, sentence.end_char
            if count := bisect_left(numbers, end) - bisect_left(numbers, at):
                words = text[at:end]
                for least, find in self.finders:
                    if count >= least:
                        for one in find(words):
                            yield replace(one, start=one.start + at, end=one.end + at)


@Language.factory("caveat_figures")
def create(nlp: Language, name: str) -> Figures:  # noqa: ARG001 - spaCy's factories are called with a name
    Doc.set_extension("figures", default=(), force=True)
    return Figures(Countries.load().by_name)
