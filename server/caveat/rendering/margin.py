"""An article as text with numbered notes in its margin.

In: an article, its analysis, and what the terminal can show. Out: text, ending with a line break.
On a wide terminal the notes stand beside their paragraph, on a narrow one below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from caveat.article import Analysis, Article, Claim, Context, Family, Listing, Look, Note, PageNote, Signal
from caveat.catalogue import shortened
from caveat.rendering.beside import Beside, beside, like
from caveat.rendering.marks import (
    LICENCE,
    OUTLETS,
    WHOSE,
    Mark,
    Paragraph,
    Piece,
    coverage,
    escaped,
    families,
    paragraphs,
    way,
    web_address,
)
from caveat.rendering.terminal import Terminal, harmless
from caveat.rendering.wrapping import Line, Run, shown, width, wrap

MEASURE = 68  # cells to a line of text: what reads well
WIDE = 100  # from this width on, notes stand beside the text
NARROWEST = 24  # below this even a narrow terminal gets longer lines than it has
LEAST_NOTE = 34
MOST_NOTE = 46
LONGEST_ADDRESS = 200  # code points: a longer one is of no use to copy, and would drown the note
LONGEST_CLAIM = 120  # code points; the claim stands in the text above
INDENT = "  "
GUTTER = "    "
BOLD, FAINT, ITALIC = "1", "2", "3"


@dataclass(frozen=True, slots=True)
class Columns:
    """How a terminal's width is shared between the text and its notes."""

    text: int
    notes: int
    beside: bool

    @classmethod
    def of(cls, terminal: int) -> Columns:
        """The columns for a width; the text gets its measure first."""
        inside = terminal - 2 * len(INDENT)
        if terminal < WIDE:
            measure = max(NARROWEST, min(MEASURE, inside))
            return cls(measure, measure, beside=False)
        text = min(MEASURE, inside - len(GUTTER) - LEAST_NOTE)
        return cls(text, min(MOST_NOTE, inside - len(GUTTER) - text), beside=True)


def render(article: Article, analysis: Analysis, terminal: Terminal) -> str:
    """The whole article with its notes."""
    columns = Columns.of(terminal.width)
    lines: list[Line] = [[], *_head(article.context, analysis, terminal, columns.text)]
    if not analysis.unread:
        for note in analysis.page_notes:
            lines += [*_note(None, note, analysis.signals[note.signal], terminal, columns.text), []]
        for paragraph in paragraphs(article, analysis):
            lines += [*_paragraph(paragraph, terminal, columns), []]
        lines += _claims(analysis, terminal, columns.text)
        lines += _listings(analysis.listings, terminal, columns.text)
    return "".join(f"{INDENT}{shown(line)}".rstrip(" ") + "\n" for line in lines)


def _head(context: Context, analysis: Analysis, terminal: Terminal, measure: int) -> Iterator[Line]:
    between = f" {terminal.dot} "
    about = between.join(part for part in (context.site, context.byline, context.published) if part)
    if context.title:
        yield from wrap([Run(harmless(context.title), terminal.style(BOLD))], measure)
    if about:
        yield from wrap([Run(harmless(about), terminal.style(FAINT))], measure)
    if context.title or about:
        yield []
    yield from wrap([Run(harmless(between.join(coverage(analysis))), terminal.style(BOLD))], measure)
    key = ((_line(family, terminal), Run(f"\u00a0{family}  ")) for family in families(analysis))
    yield from wrap([run for pair in key for run in pair], measure)
    yield []


def _paragraph(paragraph: Paragraph, terminal: Terminal, columns: Columns) -> Iterator[Line]:
    text = wrap([run for piece in paragraph.pieces for run in _runs(piece, terminal)], columns.text)
    notes: list[Line] = []
    for mark in paragraph.marks:
        if notes and columns.beside:
            notes.append([])
        notes += _note(mark, mark.note, mark.signal, terminal, columns.notes)
    if not columns.beside:
        yield from [*text, *notes]
        return
    for left, right in zip_longest(text, notes, fillvalue=()):
        padding = " " * (columns.text - width(left)) + GUTTER
        yield [*left, Run(padding), *right] if right else list(left)


def _runs(piece: Piece, terminal: Terminal) -> Iterator[Run]:
    """A piece's words in the line style of the narrowest note on them, and the numbers of those that end."""
    style = terminal.mark(piece.marks[-1].signal.family) if piece.marks else ""
    opening, closing = terminal.brackets
    yield Run(opening * len(piece.starting))
    yield Run(harmless(piece.text), style)
    yield Run(closing * len(piece.ending))
    for n, mark in enumerate(piece.ending):
        comma = "," if n and terminal.unicode else ""  # notes 2 and 3 are not note 23
        yield Run(comma + terminal.raised(mark.number), terminal.number(mark.signal.family))


def _note(
    mark: Mark | None, note: Note | PageNote, signal: Signal, terminal: Terminal, measure: int
) -> Iterator[Line]:
    """What is noticed, in what words, what to ask, and ways out of the page; the number hangs in front."""
    number = f"{mark.number:>2} " if mark else "   "
    hang = Run(" " * len(number))
    heading = [_line(signal.family, terminal), Run(" "), Run(signal.name, terminal.style(BOLD))]
    parts: list[Sequence[Run]] = [heading, [Run(harmless(note.message))]]
    if note.question:
        parts.append([Run(harmless(note.question), terminal.style(ITALIC))])
    for one in beside(note.evidence, signal.id):
        parts += _beside(one, terminal)
    if ways := _ways_out(note.look, terminal):
        parts.append(ways)
    for one in like(mark.suggested if mark else ()):
        words = [Run(f"A fact check of a like claim: {one.quoted}", terminal.style(FAINT))]
        parts.append([*words, *_linked(one, terminal)])
    lines = [line for part in parts for line in wrap(part, measure - len(number))]
    for n, line in enumerate(lines):
        yield [Run(number, terminal.number(signal.family)) if n == 0 else hang, *line]


def _beside(one: Beside, terminal: Terminal) -> Iterator[Sequence[Run]]:
    """A record or a fact check: what it says, whose it is and of when, what they found, where it is."""
    yield [Run(f"{one.heading}: ", terminal.style(FAINT)), Run(one.quoted)]
    verdict = f"Their verdict, in their words: “{one.rating}”" if one.rating else ""
    said = ". ".join(part for part in (one.whose, verdict) if part)
    yield [Run(said, terminal.style(FAINT)), *_linked(one, terminal)]


def _linked(one: Beside, terminal: Terminal) -> Iterator[Run]:
    """Where it is: written out, and to click on where a terminal can have that."""
    if not one.address:
        return
    yield Run(" ")
    written = shortened(one.address, LONGEST_ADDRESS)
    yield Run(written, terminal.style(FAINT), one.address if terminal.escapes else "")


def _listings(listings: Sequence[Listing], terminal: Terminal, measure: int) -> Iterator[Line]:
    """What a public list says of the outlets, in its own words, and whose list it is."""
    if not listings:
        return
    yield [Run(OUTLETS, terminal.style(BOLD))]
    for one in listings:
        dash = "—" if terminal.unicode else "-"
        said = harmless(f"{one.outlet} {dash} Wikipedia's editors, {one.date}: {one.category}")
        address = web_address(one.url) if terminal.escapes else None
        yield from wrap([Run(said, link=escaped(address) if address else "")], measure)
    yield from wrap([Run(f"{WHOSE}, {LICENCE[0]}", terminal.style(FAINT))], measure)
    yield []


def _ways_out(looks: Sequence[Look], terminal: Terminal) -> list[Run]:
    """Links to click on, where a terminal can have them; addresses written out would drown the note."""
    if not terminal.escapes:
        return []
    arrow = "↗" if terminal.unicode else ">"
    ways: list[Run] = []
    for look in looks:
        if address := web_address(look.url):
            if ways:
                ways.append(Run("  "))
            ways.append(Run(f"{harmless(way(look))}\u00a0{arrow}", terminal.style(FAINT), escaped(address)))
    return ways


def _claims(analysis: Analysis, terminal: Terminal, measure: int) -> Iterator[Line]:
    """The claims that no note is on, with their searches; nothing where a terminal has no links."""
    noted = {note.claim for note in analysis.notes}
    claims = [claim for claim in analysis.claims if claim.id not in noted and claim.look]
    if not terminal.escapes or not claims:
        return
    yield from wrap([Run("Claims without a note, to look up", terminal.style(BOLD))], measure)
    yield []
    for claim in claims:
        yield from wrap([Run(harmless(_shortened(claim)))], measure)
        yield from wrap(_ways_out(claim.look, terminal), measure)
        yield []


def _shortened(claim: Claim) -> str:
    words = " ".join(claim.quote.exact.split())
    return words if len(words) <= LONGEST_CLAIM else words[:LONGEST_CLAIM].rsplit(" ", 1)[0] + " …"


def _line(family: Family, terminal: Terminal) -> Run:
    return Run(terminal.drawn(family), terminal.number(family))
