"""Judging the article: from the readings of its blocks to the analysis. Cheap, done every time.

Here is what needs the whole: sources resolved, claims with who stands behind them, notes that need
the links or the rest of the article, notes that overlap settled, coverage counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caveat.article import (
    UNATTRIBUTED,
    Analysis,
    Article,
    Attribution,
    Claim,
    ClaimKind,
    Coverage,
    Family,
    Level,
    Note,
    PageNote,
    Sentence,
    SourceKind,
    Unread,
    quote,
)
from caveat.catalogue import Catalogue
from caveat.reading import resolve, whole
from caveat.reading.blocks import Block
from caveat.reading.look import look_elsewhere, subject
from caveat.reading.record import BlockReading, NoticeReading
from caveat.reading.whole import Noticed, Stated

NAMED = frozenset({SourceKind.NAMED, SourceKind.INSTITUTION, SourceKind.DOCUMENT})
_SHORTEST_SPEECH = 25  # code points; "Yes, we did." claims nothing by itself
_SPOKEN = frozenset({ClaimKind.EVENT, ClaimKind.STATEMENT})
MOST_NOTES = 3  # on one sentence; more is noise, and the most useful ones come first
_RANK = {Level.QUESTION: 0, Level.CREDIT: 1, Level.QUIET: 2}


@dataclass(frozen=True, slots=True)
class Judge:
    """Makes analyses with one catalogue."""

    engine: str
    catalogue: Catalogue

    def judge(
        self, article: Article, language: str | None, unread: Unread | None,
        blocks: Sequence[Block], readings: Sequence[BlockReading],
    ) -> Analysis:  # fmt: skip
        """The analysis of an article whose blocks were read; one that was not read has no notes at all."""
        if unread is not None:
            return Analysis(self.engine, language, unread=unread)
        text = article.text
        attributions = resolve.attributions(text, blocks, readings)
        stated = [*_stated(blocks, readings, attributions)]
        claims = tuple(_claim(text, number, s) for number, s in enumerate((s for s in stated if s.claim), 1))
        noticed = [
            *_noticed(blocks, readings),
            *whole.linked_documents(article),
            *whole.unsourced(article, stated),
        ]
        noticed = whole.weighed(article, noticed, stated, attributions)
        notes = tuple(self._notes(text, _settled(noticed, stated, self.catalogue), stated, claims))
        page_notes = tuple(self._page_notes(claims, notes))
        used = {n.signal for n in notes} | {n.signal for n in page_notes}
        return Analysis(
            self.engine, language, claims, notes, page_notes,
            Coverage(
                len(stated), len(claims),
                sum(c.attribution.kind is not SourceKind.NONE for c in claims),
                sum(c.attribution.kind in NAMED for c in claims),
            ),
            unread, {id_: signal for id_, signal in self.catalogue.signals.items() if id_ in used},
            tuple(Sentence(s.start, s.end, s.checkworthiness, s.kind) for s in stated), tuple(attributions),
        )  # fmt: skip

    def _notes(
        self, text: str, noticed: Sequence[Noticed], stated: Sequence[Stated], claims: Sequence[Claim]
    ) -> Iterator[Note]:
        by_start = {claim.start: claim for claim in claims}
        about = subject(s.query for s in stated)
        for number, n in enumerate(noticed, 1):
            sentence = whole.sentence_at(stated, n.start)
            claim = by_start.get(sentence.start) if sentence else None
            signal = self.catalogue.signals[n.signal]
            yield Note(
                id=f"n{number}",
                signal=n.signal,
                claim=claim.id if claim else None,
                start=n.start,
                end=n.end,
                quote=quote(text, n.start, n.end),
                message=self.catalogue.message(
                    n.signal, n.variant, words=_words(text[n.start : n.end]), **n.slots
                ),
                question=signal.question,
                confidence=n.confidence,
                look=look_elsewhere(sentence.query if sentence else "", about, n.slots.get("name")),
            )

    def _page_notes(self, claims: Sequence[Claim], notes: Sequence[Note]) -> Iterator[PageNote]:
        if whole.names_nobody(claims, notes):
            signal = self.catalogue.signals["no-source"]
            yield PageNote("p1", signal.id, self.catalogue.message(signal.id, "page"), signal.question, 0.7)


def _stated(
    blocks: Sequence[Block], readings: Sequence[BlockReading], attributions: Sequence[Attribution]
) -> Iterator[Stated]:
    places = [
        (b.start + s.start, b.start + s.end)
        for b, r in zip(blocks, readings, strict=True)
        for s in r.sentences
    ]
    behind = iter(resolve.behind(places, attributions))
    interview = whole.is_first_person(readings)
    for number, (block, reading) in enumerate(zip(blocks, readings, strict=True)):
        for s in reading.sentences:
            start, end = block.start + s.start, block.start + s.end
            attribution = next(behind)
            kind, claim = s.kind, s.claim
            known = attribution.cue is not None and start <= attribution.cue.start < end
            if interview and s.firsthand:
                kind, claim = ClaimKind.EXPERIENCE, False
            elif attribution is not UNATTRIBUTED and not known and kind in _SPOKEN:
                # Speech that goes on, known only from the sentence or block before.
                kind = ClaimKind.STATEMENT
                claim = claim or end - start >= _SHORTEST_SPEECH
            yield Stated(start, end, kind, s.checkworthiness, claim, s.query, number, attribution)


def _claim(text: str, number: int, s: Stated) -> Claim:
    return Claim(
        f"c{number}", s.start, s.end, quote(text, s.start, s.end), s.kind, s.checkworthiness, s.attribution
    )


def _noticed(blocks: Sequence[Block], readings: Sequence[BlockReading]) -> Iterator[Noticed]:
    for block, reading in zip(blocks, readings, strict=True):
        for n in reading.notices:
            yield _at(block, n)


def _at(block: Block, n: NoticeReading) -> Noticed:
    return Noticed(n.signal, block.start + n.start, block.start + n.end, n.confidence, n.variant, n.slots)


def _settled(noticed: Sequence[Noticed], stated: Sequence[Stated], catalogue: Catalogue) -> list[Noticed]:
    """In reading order, one of a signal on the same words, at most three on a sentence."""
    chosen: dict[int, list[Noticed]] = {}  # by the start of their sentence
    for n in sorted(
        noticed, key=lambda n: (_RANK[catalogue.signals[n.signal].level], -n.confidence, n.start)
    ):
        sentence = whole.sentence_at(stated, n.start)
        key = sentence.start if sentence else n.start
        beside = chosen.setdefault(key, [])
        repeats = any(_same_remark(c, n, catalogue) and c.start < n.end and n.start < c.end for c in beside)
        if not repeats and len(beside) < MOST_NOTES:
            beside.append(n)
    return sorted((n for beside in chosen.values() for n in beside), key=lambda n: (n.start, n.end, n.signal))


def _same_remark(a: Noticed, b: Noticed, catalogue: Catalogue) -> bool:
    """One signal twice, or two remarks on the same words' tone."""
    families = {catalogue.signals[n.signal].family for n in (a, b)}
    return a.signal == b.signal or families == {Family.WORDING}


def _words(words: str) -> str:
    """The words as a message quotes them: on one line, without quotation marks of their own."""
    return " ".join(words.split()).strip("“”\"'‘’")
