"""An article as paragraphs of pieces, each with the marks that lie on it.

In: an article and its analysis. Out: ``Paragraph``s in order. The pieces of all paragraphs, joined,
are the article's text without its line breaks; the pieces under one mark, joined, are the words of
its note (a mark over a line break lies on both paragraphs, and its note stands beside the first).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from caveat.article import Analysis, Article, Evidence, Family, Level, Look, LookAt, Note, Signal

# What stands above and below the listings.
OUTLETS = "Outlets linked or cited here"
WHOSE = "Lists by Wikipedia's editors"
LICENCE = ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/")


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered note: the number stands after its words and before its note."""

    number: int
    note: Note
    signal: Signal
    suggested: tuple[Evidence, ...] = ()  # fact checks of claims like the one it is about


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with the same marks on all of them."""

    text: str
    marks: tuple[Mark, ...] = ()  # from the widest to the narrowest
    starting: tuple[Mark, ...] = ()  # those whose words begin with this piece
    ending: tuple[Mark, ...] = ()  # those whose words end with it, in the order of their numbers


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text as sent, and the marks that begin in it."""

    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]


def numbered(analysis: Analysis) -> list[Mark]:
    """All notes in reading order, numbered from 1."""
    notes = sorted(analysis.notes, key=lambda note: (note.start, note.end))
    suggested = {claim.id: claim.suggested for claim in analysis.claims}
    return [
        Mark(n, note, analysis.signals[note.signal], suggested.get(note.claim or "", ()))
        for n, note in enumerate(notes, 1)
    ]


def paragraphs(article: Article, analysis: Analysis) -> list[Paragraph]:
    """The article's paragraphs; lines of white space are none."""
    return list(_paragraphs(article.text, numbered(analysis)))


def _paragraphs(text: str, marks: Sequence[Mark]) -> Iterator[Paragraph]:
    start = 0
    shown: set[int] = set()
    for line in text.splitlines(keepends=True):
        words = line.rstrip()
        end = start + len(words)
        if words:
            first = start + len(line) - len(line.lstrip())
            here = [m for m in marks if m.note.start < end and m.note.end > first]
            new = tuple(m for m in here if m.number not in shown)
            shown.update(m.number for m in new)
            yield Paragraph(tuple(_pieces(text, first, end, here)), new)
        start += len(line)


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    edges = {start, end} | {edge for m in marks for edge in (m.note.start, m.note.end) if start < edge < end}
    cuts = sorted(edges)
    for a, b in pairwise(cuts):
        over = [m for m in marks if m.note.start < b and m.note.end > a]
        over.sort(key=lambda m: (m.note.start - m.note.end, m.number))
        ending = sorted((m for m in over if min(m.note.end, end) == b), key=lambda m: m.number)
        starting = (m for m in over if max(m.note.start, start) == a)
        yield Piece(text[a:b], tuple(over), tuple(starting), tuple(ending))


def coverage(analysis: Analysis) -> list[str]:
    """What was looked at, then what was found, as short phrases."""
    if analysis.unread:
        return [analysis.unread.message]
    c = analysis.coverage
    levels = [signal.level for signal in _signals(analysis)]
    phrases = [
        f"{_count(c.sentences, 'sentence')} read",
        _count(c.claims, "claim"),
        f"{c.named} with a named source",
        f"{levels.count(Level.QUESTION)} worth a question",
    ]
    if credit := levels.count(Level.CREDIT):
        phrases.append(f"{credit} done well")
    return phrases


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


_WAYS = {
    LookAt.WEB: "Search",
    LookAt.SOURCE: "At the source",
    LookAt.STATISTICS: "Statistics",
    LookAt.FACT_CHECKS: "Fact checks",
    LookAt.WIKIPEDIA: "Wikipedia",
    LookAt.WIKIDATA: "Wikidata",
}


def way(look: Look) -> str:
    """Where a search leads and for what, as its link says it."""
    return f"{_WAYS[look.at]}: {look.title}"


def families(analysis: Analysis) -> list[Family]:
    """The families that occur, in the catalogue's order: what the key explains."""
    used = {signal.family for signal in _signals(analysis)}
    return [family for family in Family if family in used]


def _signals(analysis: Analysis) -> list[Signal]:
    """The signal of every note."""
    ids = [note.signal for note in analysis.notes] + [note.signal for note in analysis.page_notes]
    return [analysis.signals[id_] for id_ in ids]


def web_address(url: str | None) -> str | None:
    """The address if a reader may follow it; other schemes (``javascript:``) are no way out of a page."""
    return url if url and url.lower().startswith(("https://", "http://")) else None


def escaped(address: str) -> str:
    """A web address without a character that would end a link, or turn the line around."""
    return quote(address, safe="%/:?#[]@!$&'()*+,;=~-._", errors="replace")
