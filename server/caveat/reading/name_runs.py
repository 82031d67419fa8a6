"""Where a name begins and ends: runs of capitalised words, and the small words that join them.

In: a tagged ``Doc``. Out: ``Run``s in order, without titles, articles and possessives. What a run names,
and whether it names anything, is for ``name_evidence`` to say. In a line in capitals or in title case,
capitals tell nothing: there the model and the gazetteer are believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Span

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
# Before these a possessive is part of the name: "St Brede’s", "the Queen’s Theatre", "Farmers’ Union".
_POSSESSORS = frozenset(
    {"King", "Queen", "Children", "Women", "Men", "People", "Workers", "Farmers", "Teachers", "Lloyd"}
)
_JOINING = frozenset({"-", "&", "/"})
_SAINT = frozenset({"St", "St.", "Saint"})
_OPENING = frozenset({"“", '"', "‘", "‘‘", "``", ":", "•", "*"})
_NO_NAME = frozenset({"DET", "ADP", "PRON", "ADV", "CCONJ", "SCONJ", "AUX", "INTJ", "PART", "NUM", "VERB"})
_MODEL_NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
_MOST_CAPITALS = 0.8  # of a sentence's words: above it their capitals tell nothing
_TOLD = frozenset({"VERB", "NOUN", "ADJ", "ADV"})  # what a title writes with a capital
_SHORT = 4  # words; a shorter sentence is not judged by its capitals


@dataclass(frozen=True, slots=True)
class Run:
    """The words of what may be a name."""

    start: int
    end: int
    titled: bool = False  # a title or an honorific stands before it
    fresh: bool = False  # begins a sentence, where a capital tells little


class Runs:
    """Finds runs by the words of ``rules/names.toml``."""

    def __init__(
        self,
        table: Mapping[str, Any],
        common: frozenset[str],
        surnames: Iterable[str],
        given: Iterable[str],
        roles: Iterable[str],
    ) -> None:
        self.common = common
        self.surnames, self.given = frozenset(surnames), frozenset(given)
        last, first, titles = table["last"], table["first"], table["titles"]
        self.last = {key: frozenset(words.split()) for key, words in last.items()}
        self.telling = frozenset().union(
            *(self.last[k] for k in ("body", "company", "team", "outlet", "place"))
        )
        self.of = frozenset(first["body_of"].split()) | frozenset(first["place_of"].split())
        self.directions = frozenset(first["place"].split())
        self.legal = frozenset(
            {"Inc", "Inc.", "Ltd", "Ltd.", "LLC", "LLP", "PLC", "plc", "Plc", "AG", "A/S", "Corp."}
        )
        abbreviated = titles["abbreviated"].split()
        self.honorifics = frozenset([*titles["honorifics"].split(), *abbreviated])
        self.behind = frozenset(titles["behind"].split())
        self.roles = frozenset(roles)
        self.sides = frozenset(titles["sides"].split())
        self.titles = frozenset(titles["titles"].split()) | self.honorifics
        self.beside = self.titles | frozenset(titles["before_titles"].split())
        self.particles = frozenset(table["particles"].split())
        self.never = frozenset(table["never"]["words"].split())
        self.adjectives = frozenset(table["never"]["adjectives"].split())
        self.endings = tuple(table["never"]["endings"])
        self.starts = frozenset(table["starts"]["words"].split())

    def __call__(self, doc: Doc, known: Mapping[int, int]) -> Iterator[Run]:
        """The runs of a doc. ``known`` are the listed names, start to end: names even in odd places."""
        words = [token.text for token in doc]
        capital = self._capitals(doc, words, known)
        at = 0
        while at < len(words):
            if not capital[at]:
                at += 1
                continue
            end = self._end(doc, words, capital, at)
            yield from self._cut(words, at, end, known, fresh=self._is_fresh(doc, words, at))
            at = end

    def is_people(self, word: str) -> bool:
        """ "French", "Luranian": a people, a language or a belief."""
        ending = (
            len(word) > 5 and word.endswith(self.endings) and word not in self.given
        )  # "Hamish", "Adrian"
        return word in self.adjectives or ending

    def is_coined(self, word: str) -> bool:
        """Whether a word is none of the language's: "Corvane" is a name wherever it stands."""
        lower = word.lower()
        return bool(self.common) and self.common.isdisjoint(
            {lower, lower.removesuffix("s"), lower.removesuffix("es")}
        )

    def _capitals(self, doc: Doc, words: list[str], known: Mapping[int, int]) -> list[bool]:
        """Which tokens are written like a word of a name."""
        capital = [word[0].isupper() and word not in self.never for word in words]
        for sentence in doc.sents:
            if _is_title(sentence):
                for i in range(sentence.start, sentence.end):
                    capital[i] = capital[i] and (i in known or doc[i].ent_type_ in _MODEL_NAMES)
        fresh = [self._is_fresh(doc, words, i) for i in range(len(words))]
        within = {
            word
            for word, is_capital, new in zip(words, capital, fresh, strict=True)
            if is_capital and not new
        }
        for i, is_capital in enumerate(capital):
            if is_capital:
                capital[i] = (
                    self._is_name_at_a_start(doc, words, i, within, known)
                    if fresh[i]
                    else self._is_name_within(doc, words, i)
                )
        return capital

    def _is_name_within(self, doc: Doc, words: list[str], at: int) -> bool:
        """Within a sentence a capital tells, but for "He" after a quotation and "Luranian" before a noun."""
        token = doc[at]
        if words[at] in self.adjectives or not self.is_people(words[at]):
            return token.pos_ not in {"PRON", "DET"}
        plain = token.pos_ != "ADJ" and not words[at].endswith("s")
        followed = at + 1 < len(words) and words[at + 1][0].islower() and doc[at + 1].pos_ in {"NOUN", "ADJ"}
        return plain and not followed

    def _is_name_at_a_start(
        self, doc: Doc, words: list[str], at: int, within: set[str], known: Mapping[int, int]
    ) -> bool:
        """At a sentence's start something else tells: the tagger, the next word, the rest of the block."""
        word, token = words[at], doc[at]
        followed = at + 1 < len(words) and words[at + 1][0].isupper() and words[at + 1] not in self.never
        if word in self.starts:
            return followed and word in self.of
        if self.is_people(word) and word not in self.adjectives and not self._is_name_within(doc, words, at):
            return False
        return (
            token.pos_ == "PROPN"
            or (followed and token.pos_ not in _NO_NAME)
            or at in known
            or word in within
            or token.ent_type_ in _MODEL_NAMES
            or (len(word) > 2 and (self.is_coined(word) or word in self.surnames))
        )

    def _is_fresh(self, doc: Doc, words: list[str], at: int) -> bool:
        return at == 0 or bool(doc[at].is_sent_start) or words[at - 1] in _OPENING or words[at - 1].isspace()

    def _end(self, doc: Doc, words: list[str], capital: list[bool], start: int) -> int:
        """Where the run that begins here ends."""
        end, joined = start + 1, False
        size = len(words)

        def is_capital(at: int) -> bool:
            return at < size and capital[at]

        while end < size:
            word = words[end]
            if capital[end] or word in self.legal:
                end += 1
            elif is_capital(end + 1) and (
                word in _JOINING or (word in _POSSESSIVE and self._owns(words, start, end))
            ):
                end += 2
            elif word in _POSSESSIVE and words[start] in _SAINT and self._ends_a_phrase(doc, end + 1):
                return end + 1
            elif word == "," and end + 1 < size and words[end + 1] in self.legal:
                end += 2
            elif word in {"of", "for", "on"} and words[end - 1] in self.of:
                after = end + 1 + (end + 1 < size and words[end + 1] == "the")
                if not is_capital(after):
                    break
                end, joined = after + 1, True
            elif (
                word == "and"
                and is_capital(end + 1)
                and self._both(words, capital, start, end, joined=joined)
            ):
                end += 2
            elif word in self.particles:
                after = end
                while after < size and words[after] in self.particles:
                    after += 1
                if not is_capital(after):
                    break
                end = after + 1
            else:
                break
        return end

    def _ends_a_phrase(self, doc: Doc, at: int) -> bool:
        """ "She came to St Brede’s in May": nothing follows that the saint could own."""
        return at >= len(doc) or doc[at].pos_ not in {"NOUN", "ADJ", "NUM", "PROPN"}

    def _owns(self, words: list[str], start: int, end: int) -> bool:
        """Whether a possessive belongs to a name: of a saint, or of whom theatres are named for."""
        after = words[end + 1] if end + 1 < len(words) else ""
        saint = words[start] in _SAINT and after in self.telling
        return saint or (words[end - 1] in _POSSESSORS and after in self.telling)

    def _both(self, words: list[str], capital: list[bool], start: int, at: int, *, joined: bool) -> bool:
        """Whether "and" joins one name: "Ministry of Health and Welfare", "the Fish and Wildlife Service"."""
        end = at + 1
        while end < len(words) and capital[end]:
            end += 1
        tells = words[end - 1] in self.last["body"]
        if joined:
            return not tells and end - at <= 3 and words[at + 1] not in self.titles
        article = start > 0 and words[start - 1].lower() == "the"
        return article and tells and end - at >= 3 and words[at - 1] not in self.telling

    def _cut(
        self, words: list[str], start: int, end: int, known: Mapping[int, int], *, fresh: bool
    ) -> Iterator[Run]:
        """The names of a run: without titles, and a place or a body that stands before a title by itself."""
        titled = start > 0 and words[start - 1] in self.honorifics
        if (
            start > 1
            and words[start - 1] == "of"
            and words[start - 2] in self.titles
            and words[start] in {"State", "Staff"}
        ):
            start, titled = start + 1, True
        while end > start + 1 and words[end - 1] in self.behind and self._is_behind(words, start, end):
            end -= 1
        while end > start + 1 and words[end - 1] in self.titles and not self._is_surname(words, start, end):
            end -= 1
            while end > start and words[end - 1] in self.beside:
                end -= 1
        at = max((i for i in range(start, end - 1) if words[i] in self.titles), default=None)
        if at is not None and not (
            at == start and words[end - 1] in self.telling and words[at] not in self.honorifics
        ):
            before = at
            while before > start and (
                words[before - 1] in self.beside or words[before - 1] in {"-", "&", "and"}
            ):
                before -= 1
            if before > start:
                yield from self._cut(words, start, before, known, fresh=fresh)
            start, titled, fresh = at + 1, True, False
        while not titled and end - start > 2 and self._is_trade(words, start, end, fresh=fresh):
            start, titled, fresh = start + 1, True, False
        if end - start > 1 and words[start] in self.sides:
            start, fresh = start + 1, False
        if not titled:
            while start < end and known.get(start, 0) < end and self._is_adjective(words, start, end):
                start, fresh = start + 1, False
        called = start > 0 and words[start - 1] in self.honorifics
        office = all(words[i] in self.beside or words[i] in {"of", "-"} for i in range(start, end))
        if start < end and (called or not office):
            yield Run(start, end, titled, fresh)

    def _is_behind(self, words: list[str], start: int, end: int) -> bool:
        """Whether letters at a run's end are a person's: "Declan Foley SC", but not "East Bengal SC"."""
        after = words[end] if end < len(words) else ""
        called = words[start] in self.given or words[start] in self.titles or words[start - 1] in self.titles
        return end - start > 1 and (called or (end - start > 2 and after in {",", "for", "told", "asked"}))

    def _is_trade(self, words: list[str], start: int, end: int, *, fresh: bool) -> bool:
        """ "Wicketkeeper Dinesh Rathore", "Leader of the Opposition Anil Rao": an office, or a noun that
        begins the sentence, then a given name."""
        word = words[start]
        trade = word in self.beside or (fresh and (word.lower() in self.roles or not self.is_coined(word)))
        named = word in self.given or word in self.surnames
        return trade and not named and words[start + 1] in self.given and words[end - 1] not in self.telling

    def _is_surname(self, words: list[str], start: int, end: int) -> bool:
        """Whether a title at a run's end is somebody's name: "Mr Singer", "Joan Judge"."""
        before = words[end - 2]
        named = before in self.given and end - start == 2
        return named or before in self.honorifics or before in {"of", "-", "&"}

    def _is_adjective(self, words: list[str], start: int, end: int) -> bool:
        """Whether the first word is a people's, and no part of a body's or a paper's name."""
        if words[start] not in self.adjectives and not (end - start > 1 and self.is_people(words[start])):
            return False
        return end - start == 1 or words[end - 1] not in self.telling


def _is_title(sentence: Span) -> bool:
    """Whether a sentence is written like a title, "New Bridge to Open in May": its capitals tell nothing. In
    a sentence full of names ("Mr Marl met Chancellor Trunk") the verb is small."""
    spoken = [token for token in sentence if token.text[0].isalpha()]
    small = [token for token in spoken if not token.text[0].isupper()]
    return (
        len(spoken) > _SHORT
        and len(small) < (1 - _MOST_CAPITALS) * len(spoken)
        and not any(token.pos_ in _TOLD for token in small)
    )
