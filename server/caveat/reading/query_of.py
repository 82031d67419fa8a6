"""From an article to what there is to type for each of its sentences.

In: the article's names, its day and its sentences with their terms. Out: a ``Query`` a sentence, with names
in full, dates with their year, and what the article is about where a sentence has no name of its own. Nothing
that looks like an address gets into one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from caveat.article import Article, ClaimKind, SourceKind
from caveat.reading import search_words
from caveat.reading.blocks import Block
from caveat.reading.name_labels import BODY, OUTLET, PERSON, PLACE, PLATFORM
from caveat.reading.people import Known, Placed, plain
from caveat.reading.query import NAMES, Name, Query, is_plain, shorter
from caveat.reading.record import Term, TermKind
from caveat.reading.whole import Stated

_OFTEN = 2  # sentences; a name said once is not what the article is about
_TOPIC = 3  # sentences with a thing that the article is about
_FEW_THINGS = 2
_ENOUGH = 3  # names and things; what the article is about would only crowd them
_DATELINE = re.compile(r"[A-Z]{3}[^\n—–]{0,60}?\s(?:—|–|--?)\s")
_LEGAL_FORM = re.compile(r",? (?:Plc|PLC|Inc|Ltd|Limited|Corp|LLC|GmbH|AG)\.?$")
_PART_OF_A_PAPER = re.compile(r"\b(?:from|by|of) (?:the )?(.+)$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_SURE = 4  # months from the article's day: which year a month further away is in, nobody can tell
_LONGEST_NAME = 60  # code points: how far before a term a name that reaches into it may begin
_LONGEST_SOURCE = 4  # words; a longer description is no name
_OFFICE = r"(?:[\w’'-]+ ){0,2}(?:of|for|at|to) (?:the )?$"
_THINGS = frozenset({TermKind.THING, TermKind.ENTRY})

T = TypeVar("T")


class Queries:
    """Makes the queries of one article."""

    def __init__(
        self, article: Article, known: Known, blocks: Sequence[Block], stated: Sequence[Stated]
    ) -> None:
        self._text = article.text
        self._site = (article.context.site or "").casefold()
        dated = _MONTH.match(article.context.published or "")
        self._printed = (int(dated[1]), int(dated[2])) if dated else None
        self._known = known
        self._blocks = blocks
        self._words = search_words.lists()
        self._public = {name for role in self._words.public for name in known.roles.get(role, ())}
        named = ([replace(name, titled=False) for name in self._names(s.start, s.end)] for s in stated)
        unknown = (_named(s.terms) for s in stated)
        self._about = _most_common(named, _OFTEN) or _most_common(unknown, _OFTEN)
        self._topic = _most_common((_told(s.terms) for s in stated), _TOPIC)

    def of(self, s: Stated) -> Query:
        """What there is to type for a sentence."""
        dateline = _DATELINE.match(self._text, s.start, s.end)
        start = dateline.end() if dateline else s.start
        source, named = self._source(s), {name.text: name for name in self._names(start, s.end)}
        speaker = self._speaker(s)
        if speaker:
            speaker = named.pop(speaker.text, speaker)
        names = sorted(
            named.values(), key=lambda name: (name.text == source, not name.public, name.label == PLACE)
        )
        if self._about and not names and not (speaker and speaker.public) and self._about.text != source:
            names.append(self._about)
        if speaker:
            names.insert(0 if speaker.public else len(names), speaker)
        at = self._blocks[s.block].start
        terms = [t for term in s.terms if at + term.start >= start and (t := self._beside_names(term, at))]
        terms.sort(key=lambda term: (term.rank, term.start))
        figures = [term.text for term in terms if term.kind is TermKind.FIGURE]
        dates = [term.text for term in terms if term.kind is TermKind.DATE]
        counted = s.kind is ClaimKind.QUANTITY
        things = tuple(self._things(terms, names))
        entries = [term.text for term in terms if term.kind is TermKind.ENTRY]
        return Query(
            tuple(names),
            things,
            next((thing for thing in entries if thing in things), None),
            figures[0] if figures else None,
            self._date(dates, counted),
            source,
            self._office(start, s.end),
            counted,
        )

    def _here(self, start: int, end: int) -> Sequence[Placed]:
        names = self._known.names
        first = bisect_left(names, start, key=lambda one: one.at)
        return names[first : bisect_left(names, end, first, key=lambda one: one.at)]

    def _names(self, start: int, end: int) -> list[Name]:
        """Subjects first, each once, newsrooms and platforms left out."""
        found: dict[str, Name] = {}
        for one in sorted(self._here(start, end), key=lambda one: (not one.mention.subject, one.at)):
            text = self._in_full(one)
            titled = not self._words.public.isdisjoint(one.mention.roles)
            left_out = one.label in {OUTLET, PLATFORM} or text in self._words.points or not is_plain(text)
            if not left_out and (text not in found or titled):
                found[text] = Name(
                    text, one.label, one.person and text in self._public, one.person and titled
                )
        return [*found.values()]

    def _in_full(self, one: Placed) -> str:
        text = plain(" ".join(one.mention.text.split()))
        if one.person:
            return self._known.person(one.mention.text, one.mention) or text
        return _LEGAL_FORM.sub("", self._known.body(text) or text) if one.label == BODY else text

    def _speaker(self, s: Stated) -> Name | None:
        """Whoever says it, where it is a person with a name."""
        name = s.attribution.name
        if s.attribution.kind is not SourceKind.NAMED or not name or not is_plain(name):
            return None
        return Name(name, PERSON, name in self._public)

    def _source(self, s: Stated) -> str | None:
        """The body or the paper that stands behind it, or the newsroom that heard it first."""
        behind = s.attribution
        if behind.relayed_by:
            for one in self._here(behind.relayed_by.start, behind.relayed_by.end):
                relay = plain(one.mention.text)
                if one.label == OUTLET and relay.casefold() not in self._site:
                    return relay
        if behind.kind not in {SourceKind.INSTITUTION, SourceKind.DOCUMENT}:
            return None
        if behind.name:
            is_place = any(
                one.label == PLACE and one.mention.text == behind.name for one in self._here(s.start, s.end)
            )
            return None if is_place or not is_plain(behind.name) else _LEGAL_FORM.sub("", plain(behind.name))
        words = plain(" ".join(behind.source.text.split())) if behind.source else ""
        if behind.kind is SourceKind.DOCUMENT:
            found = _PART_OF_A_PAPER.search(words)
            words = found[1] if found else ""
        first, *more = words.split() or [""]
        if (
            not 1 <= len(more) < _LONGEST_SOURCE
            or first.lower() in self._words.pointing
            or not is_plain(words)
        ):
            return None
        return words

    def _office(self, start: int, end: int) -> str | None:
        """An office and its body, where a sentence gives somebody one: "Commander of the … Command"."""
        here = self._here(start, end)
        roles = {role for one in here if one.person for role in one.mention.roles} & self._words.public
        for one in here:
            if one.label in {BODY, PLACE} and roles:
                said = rf"\b(?:{'|'.join(map(re.escape, sorted(roles)))}) {_OFFICE}"
                if found := re.search(said, self._text[start : one.at], re.IGNORECASE):
                    return " ".join(f"{found[0]}{plain(one.mention.text)}".split())
        return None

    def _beside_names(self, term: Term, block: int) -> Term | None:
        """A term without the words of a name in it; nothing is left of one that ends in a name."""
        start, end = block + term.start, block + term.end
        for one in self._here(start - _LONGEST_NAME, end):
            after = one.at + len(one.mention.text)
            if after <= start:
                continue
            left = set(self._text[after:end].lower().split())
            kept = [word for word in term.text.split() if word.lower() in left]
            if not kept or (len(kept) == 1 and kept[0].lower() in self._words.nouns):
                return None
            return Term(term.kind, term.end - len(" ".join(kept)), term.end, " ".join(kept), term.rank)
        return term

    def _things(self, terms: Sequence[Term], names: Sequence[Name]) -> Iterator[str]:
        """The most telling things; where there are few, what the article is about, and a deed."""
        words = {word.casefold() for name in names for word in name.text.split()}
        things = [term.text for term in terms if term.kind in _THINGS]
        deeds = [term.text for term in terms if term.kind is TermKind.DEED]
        left = _FEW_THINGS
        topic = [self._topic] if self._topic and min(len(names), NAMES) + len(things) < _ENOUGH else []
        for text in (*things, *topic, *deeds):
            new = [word.casefold() for word in text.split()]
            if left and not words.intersection(new[-1:]) and is_plain(text):
                words.update(new)
                left -= 1
                yield text

    def _date(self, dates: Sequence[str], counted: bool) -> str | None:
        """The date with its year; of a figure without one the year in which it was printed."""
        text = dates[0] if dates else ""
        if self._printed is None:
            return None if text.endswith("year") else text or None
        year, month = self._printed
        if not text:
            return str(year) if counted else None
        if text.endswith("year"):
            return str(year if text.startswith("this") else year - 1)
        away = (_MONTHS.index(text[:3].lower()) + 1 - month + 6) % 12 - 6 if text[0].isalpha() else 0
        if re.search(r"\d{4}s?$", text) or abs(away) > _SURE:
            return text
        return f"{text} {year + (month + away - 1) // 12}"


def _told(terms: Iterable[Term]) -> list[str]:
    """The things of a sentence that could be what an article is about: those of more than one word."""
    return [shorter(term.text) for term in terms if term.kind in _THINGS and " " in term.text]


def _named(terms: Iterable[Term]) -> list[Name]:
    """Words with a capital of which nothing says what they name."""
    return [
        Name(t.text, "") for t in terms if t.kind in _THINGS and t.text[0].isupper() and " " not in t.text
    ]


def _most_common(lists: Iterable[Iterable[T]], least: int) -> T | None:
    """What is in most of the lists, if in enough of them; of equals the first."""
    best = Counter(each for some in lists for each in dict.fromkeys(some)).most_common(1)
    return best[0][0] if best and best[0][1] >= least else None
