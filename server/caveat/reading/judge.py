"""Judging the article: from the readings of its blocks to the analysis. Cheap, done every time.

Here is what needs the whole: sources resolved, claims with who stands behind them, notes that need
the links or the rest of the article, notes about the page, notes settled, coverage counted. In which
order, and why, is told in ``JUDGING.md``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from caveat.article import (
    UNATTRIBUTED,
    Analysis,
    Article,
    Attribution,
    Claim,
    ClaimKind,
    Coverage,
    Family,
    Look,
    Note,
    PageNote,
    Sentence,
    SourceKind,
    Unread,
    quote,
)
from caveat.catalogue import Catalogue
from caveat.facts import Facts
from caveat.reading import (
    checked_before,
    checking,
    conversation,
    headline,
    opinion,
    outlets,
    resolve,
    whole,
)
from caveat.reading.blocks import Block
from caveat.reading.genre import genre
from caveat.reading.look import Searches
from caveat.reading.opinion import View
from caveat.reading.people import Known
from caveat.reading.query_of import Queries
from caveat.reading.record import BlockReading, NoticeReading
from caveat.reading.settle import Settled, settle
from caveat.reading.whole import Noticed, Stated

NAMED = frozenset({SourceKind.NAMED, SourceKind.INSTITUTION, SourceKind.DOCUMENT})
_SHORTEST_SPEECH = 25  # code points; "Yes, we did." claims nothing by itself
# What is asked of an article's own sentences only: a speaker's words have their source, the speaker.
_NOT_IN_SPEECH = frozenset({"no-source", "hedged", "vague-source", "conflicts-record"})
_SPOKEN = frozenset({ClaimKind.EVENT, ClaimKind.STATEMENT})


@dataclass(frozen=True, slots=True)
class Judge:
    """Makes analyses with one catalogue."""

    engine: str
    catalogue: Catalogue
    facts: Facts

    def judge(
        self, article: Article, language: str | None, unread: Unread | None,
        blocks: Sequence[Block], readings: Sequence[BlockReading], today: date,
    ) -> Analysis:  # fmt: skip
        """The analysis of an article whose blocks were read; one that was not read has no notes at all.

        ``today`` is what facts are held against where the article has no date.
        """
        if unread is not None:
            return Analysis(self.engine, language, unread=unread)
        text = article.text
        known = Known.of(blocks, readings)
        attributions = resolve.attributions(text, known, blocks, readings)
        stated = [*_stated(blocks, readings, attributions)]
        kind = genre(blocks, len(stated))
        if kind and kind.silent:
            stated = [replace(s, claim=False) for s in stated]
        searches = Searches(article, Queries(article, known, blocks, stated))
        claims = tuple(
            _claim(text, number, s, searches.of(s))
            for number, s in enumerate((s for s in stated if s.claim), 1)
        )
        claims, before = checked_before.looked_up(text, claims, self.facts)
        noticed = [
            *(n for n in _noticed(blocks, readings) if not known.is_somebody(n.slots.get("relay", ""))),
            *whole.linked_documents(article),
            *whole.unsourced(article, stated),
            *checking.checked(article, blocks, readings, self.facts, today),
            *before,
        ]
        noticed = whole.weighed(article, noticed, stated, attributions)
        listings = outlets.listed(article, attributions, noticed, self.facts.listings)
        if kind:
            noticed = [n for n in noticed if not kind.silent and n.signal not in kind.left_out]
        spoken = conversation.spoken(blocks)
        noticed = [n for n in noticed if not self._belongs_to_a_speaker(n, spoken)]
        wording = [n for n in noticed if self._is_wording(n)]
        argues = None if kind else opinion.view(article, blocks, stated, wording, spoken)
        settled = settle(text, noticed, stated, self.catalogue, opinion=argues is not None)
        notes = tuple(self._notes(text, settled, stated, claims, searches))
        page_notes: tuple[PageNote, ...] = ()
        if kind is None:
            page_notes = tuple(self._page_notes(article, stated, claims, noticed, attributions, argues))
        used = {n.signal for n in notes} | {n.signal for n in page_notes}
        return Analysis(
            self.engine, language, claims, notes, page_notes,
            Coverage(
                len(stated), len(claims),
                sum(c.attribution.kind is not SourceKind.NONE for c in claims),
                sum(c.attribution.kind in NAMED for c in claims),
            ),
            unread, {id_: signal for id_, signal in self.catalogue.signals.items() if id_ in used},
            listings=listings,
            sentences=tuple(Sentence(s.start, s.end, s.checkworthiness, s.kind) for s in stated),
            attributions=tuple(attributions),
        )  # fmt: skip

    def _is_wording(self, n: Noticed) -> bool:
        return self.catalogue.signals[n.signal].family is Family.WORDING

    def _belongs_to_a_speaker(self, n: Noticed, spoken: Sequence[tuple[int, int]]) -> bool:
        """In a transcript the tone is the speaker's, and the label says who it is."""
        at = bisect_right(spoken, n.start, key=lambda speech: speech[0]) - 1
        return at >= 0 and n.start < spoken[at][1] and (self._is_wording(n) or n.signal in _NOT_IN_SPEECH)

    def _notes(
        self, text: str, settled: Sequence[Settled], stated: Sequence[Stated], claims: Sequence[Claim],
        searches: Searches,
    ) -> Iterator[Note]:  # fmt: skip
        by_start = {claim.start: claim for claim in claims}
        for number, one in enumerate(settled, 1):
            n = one.noticed
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
                message=self._message(text, one),
                question=signal.question,
                confidence=n.confidence,
                evidence=n.evidence,
                look=searches.of(sentence, n.slots.get("name")) if sentence else (),
            )

    def _message(self, text: str, one: Settled) -> str:
        n, more = one.noticed, []
        if one.again:
            repeated = "repeated-once" if one.again == 1 else "repeated"
            more.append(self.catalogue.text(repeated, count=str(one.again)))
        words = _words(text[n.start : n.end])
        return self.catalogue.message(n.signal, n.variant, *more, words=words, **n.slots)

    def _page_notes(
        self, article: Article, stated: Sequence[Stated], claims: Sequence[Claim], noticed: Sequence[Noticed],
        attributions: Sequence[Attribution], argues: View | None,
    ) -> Iterator[PageNote]:  # fmt: skip
        found: list[tuple[str, str, float, dict[str, str]]] = []
        if argues:
            found.append(("opinion-page", argues.variant, argues.confidence, {"words": argues.words}))
        title = headline.headline(article.context.title or "", article.context.site)
        sentences = [article.text[s.start : s.end] for s in stated] if title else []
        if gap := headline.gap(title, sentences, opinion=argues is not None):
            slots = {"headline": _words(title), "words": gap.words, "text": gap.text or ""}
            found.append(("headline-gap", gap.variant, gap.confidence, slots))
        if whole.names_nobody(len(stated), claims, noticed, attributions):
            found.append(("no-source", "page", 0.7, {"claims": str(len(claims))}))
        for number, (id_, variant, confidence, slots) in enumerate(found, 1):
            message = self.catalogue.message(id_, variant, **slots)
            yield PageNote(f"p{number}", id_, message, self.catalogue.signals[id_].question, confidence)


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
            yield Stated(start, end, kind, s.checkworthiness, claim, s.terms, number, attribution)


def _claim(text: str, number: int, s: Stated, look: tuple[Look, ...]) -> Claim:
    words = quote(text, s.start, s.end)
    return Claim(f"c{number}", s.start, s.end, words, s.kind, s.checkworthiness, s.attribution, look)


def _noticed(blocks: Sequence[Block], readings: Sequence[BlockReading]) -> Iterator[Noticed]:
    for block, reading in zip(blocks, readings, strict=True):
        for n in reading.notices:
            yield _at(block, n)


def _at(block: Block, n: NoticeReading) -> Noticed:
    return Noticed(n.signal, block.start + n.start, block.start + n.end, n.confidence, n.variant, n.slots)


def _words(words: str) -> str:
    """The words as a message quotes them: on one line, without marks of their own at the ends."""
    return " ".join(words.split()).strip("“”\"'‘’").rstrip('.,;:“”"’ ')
