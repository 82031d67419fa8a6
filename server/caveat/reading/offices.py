"""Who is put into which office: a component that writes ``doc._.offices``, questions for the facts room.

In: a parsed block. Out: an ``OfficeQuestion`` for "German Chancellor Angela Merkel", "Chancellor Angela
Merkel of Germany", "Britain's prime minister, Gordon Brown", "Angela Merkel, the German chancellor," where
the sentence tells of now (``told_now``) and nothing beside the title says that it was, will be or is not
quite their office. What it cannot read for sure it leaves out; who holds an office on a day it does not know.
The words are in ``rules/offices.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.attrs import LOWER
from spacy.language import Language
from spacy.tokens import Doc, Span

from caveat.facts.offices.question import OfficeQuestion
from caveat.reading import rules
from caveat.reading.quotations import within
from caveat.reading.told_now import Told, ToldNow

_YEAR = re.compile(r"(1[5-9]\d\d|20\d\d)(?:s|['’]s)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(
    r"(January|February|March|April|May|June|July|August|September|October|November|December)|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_SHORT_MONTH = 5  # letters of "March"
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_FILLERS = frozenset({"new", "current", "the", "own"})  # between a place and its title
_HYPHENS = frozenset({"-", "–"})
_PRESENT = frozenset({"VBZ", "VBP", "MD"})
_SHORTENED = 2  # letters before a full stop that ends no sentence
_NO_END = frozenset({*_HYPHENS, "."})
_LONGEST_NAME = 6  # words; "Luiz Inácio Lula da Silva" has five
_BESIDE = 4  # words before a phrase in which "former" and the like still belong to it
_NAMING = frozenset({"ADJ", "NOUN", "PROPN"})
_CLOSES = frozenset({",", ".", ";", ":", ")", "—", "–", "!", "?"})


class Wordlist:
    """Phrases of one word or several, each with what it stands for; the longest is found."""

    def __init__(self, named: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, phrases in named.items():
            for phrase in phrases.split("|"):
                words = tuple(re.sub(r"(?<=\w)-(?=\w)", " - ", phrase).split())
                self._by_first.setdefault(words[0], []).append((words, name))
        for known in self._by_first.values():
            known.sort(key=lambda one: -len(one[0]))

    def at(self, words: list[str], start: int) -> tuple[int, str] | None:
        """Where the phrase that starts here ends, and what it stands for."""
        for phrase, name in self._by_first.get(words[start], ()) if start < len(words) else ():
            if tuple(words[start : start + len(phrase)]) == phrase:
                return start + len(phrase), name
        return None

    def before(self, words: list[str], end: int) -> tuple[int, str] | None:
        """Where the longest phrase that ends here starts, and what it stands for."""
        for start in range(max(0, end - 5), end):
            if (found := self.at(words, start)) and found[0] == end:
                return start, found[1]
        return None

    @property
    def firsts(self) -> Iterable[str]:
        """The words that a phrase can start with."""
        return self._by_first


@dataclass(frozen=True, slots=True)
class _Title:
    """A title in a block, with the place named beside it: tokens ``start`` to ``end``; the title's own words
    begin at ``own``."""

    start: int
    own: int
    end: int
    name: str
    place: str | None


class Offices:
    """Finds people in offices."""

    def __init__(self, nlp: Language) -> None:
        table = rules.read("offices")
        self.titles, self.places = Wordlist(table["titles"]), Wordlist(table["places"])
        self.places_of_titles: Mapping[str, str] = table["places_of_titles"]
        self.honorifics = frozenset(table["name"]["honorifics"].split())
        self.particles = frozenset(table["name"]["particles"].split())
        self.never = frozenset(table["name"]["never"].split())
        self.not_quite = frozenset(table["not_quite"]["words"].split())
        self.behind = frozenset(table["not_quite"]["behind"].split())
        self.after_comma = frozenset(table["not_quite"]["after_comma"].split())
        self.told_now = ToldNow(table)
        self._anchors = frozenset(nlp.vocab.strings.add(word) for word in self.titles.firsts)

    def __call__(self, doc: Doc) -> Doc:
        lowered = doc.to_array([LOWER]).tolist() if len(doc) else []
        if not self._anchors.isdisjoint(lowered):
            doc._.offices = tuple(self._questions(doc))
        return doc

    def _questions(self, doc: Doc) -> Iterator[OfficeQuestion]:
        words = [token.lower_ for token in doc]
        done = 0
        for at in range(len(words)):
            if at < done or not (title := self._title(doc, words, at)):
                continue
            done = title.end
            if found := self._behind(doc, words, title) or self._ahead(doc, words, title):
                start, end, place, person = found
                span = doc[start:end]
                if place is None and (len(person) < 2 or _is_elsewhere(doc, start)):
                    continue  # "President Obama": of which country, and since when?
                past = words[end : end + 2] == [",", "who"] and _tag(doc, end + 2) not in _PRESENT
                if past or self._is_not_quite(words, title, start, end) or within(doc, start, end):
                    continue
                if told := self.told_now(span, person):
                    yield OfficeQuestion(
                        span.start_char, span.end_char, title.name, place, person.text,
                        told is Told.THIS_WEEK, _years(span), _months(span),
                    )  # fmt: skip

    def _title(self, doc: Doc, words: list[str], at: int) -> _Title | None:
        """The title that starts here, with a place before or behind it."""
        if not (found := self.titles.at(words, at)):
            return None
        end, name = found
        start, place = at, self.places_of_titles.get(" ".join(words[at:end]).replace(" - ", "-"))
        before = at
        while before and (words[before - 1] in _POSSESSIVE or words[before - 1] in _FILLERS):
            before -= 1
        if (beside := self.places.before(words, before)) and doc[beside[0]].text[0].isupper():
            start, place = beside
        elif place is None and end < len(words) and words[end] in {"of", "for"}:
            after = end + 1 + (words[end + 1 : end + 2] == ["the"])
            if beside := self.places.at(words, after):
                end, place = beside
        return _Title(start, at, end, name, place)

    def _behind(self, doc: Doc, words: list[str], title: _Title) -> tuple[int, int, str | None, Span] | None:
        """The name behind a title, behind a comma in "Britain's prime minister, Gordon Brown,"."""
        at, place = title.end, title.place
        comma = at < len(words) and words[at] == ","
        at += comma
        while at < len(words) and words[at] in self.honorifics:
            at += 1
        end = self._name_from(doc, words, at)
        if end is None or (comma and (place is None or end - at < 2 or not self._closes(words, end))):
            return None
        person = doc[at:end]
        if end + 1 < len(words) and words[end] == "of" and not comma:
            after = end + 1 + (words[end + 1] == "the")
            if beside := self.places.at(words, after):
                end = beside[0]
                if place is None:
                    place = beside[1]
                else:
                    person = doc[at:end]  # "Abdullah of Saudi Arabia"
        return title.start, end, place, person

    def _ahead(self, doc: Doc, words: list[str], title: _Title) -> tuple[int, int, str | None, Span] | None:
        """The name before a title in apposition: "Angela Merkel, the German chancellor,"."""
        at = title.start
        at -= bool(at and words[at - 1] in {"the", "a"})
        if title.place is None or at < 3 or words[at - 1] != "," or not self._closes(words, title.end):
            return None
        end = start = at - 1
        while start and end - start < _LONGEST_NAME and self._is_of_a_name(doc, words, start - 1):
            start -= 1
        while start < end and (words[start] in self.honorifics or not doc[start].text[0].isupper()):
            start += 1
        return (start, title.end, title.place, doc[start:end]) if end - start >= 2 else None

    def _name_from(self, doc: Doc, words: list[str], at: int) -> int | None:
        """Where the name that starts here ends."""
        end = at
        while end < len(words) and end - at < 2 * _LONGEST_NAME and self._is_of_a_name(doc, words, end):
            end += 1
        while end > at and (words[end - 1] in self.particles or words[end - 1] in _NO_END):
            end -= 1
        return end if end > at and doc[at].text[0].isupper() else None

    def _is_of_a_name(self, doc: Doc, words: list[str], at: int) -> bool:
        word = doc[at].text
        if word[0].isupper():
            return words[at] not in self.never and word[0].isalpha()
        if words[at] in _HYPHENS:  # "Geun-hye"
            return not doc[at].whitespace_ and at > 0 and not doc[at - 1].whitespace_
        if word == ".":  # "Th. Jóhannesson"
            return at > 0 and len(doc[at - 1]) <= _SHORTENED and doc[at - 1].text[0].isupper()
        return words[at] in self.particles or (at > 0 and words[at - 1] in _HYPHENS and word.isalpha())

    @staticmethod
    def _closes(words: list[str], at: int) -> bool:
        return at >= len(words) or words[at] in _CLOSES

    def _is_not_quite(self, words: list[str], title: _Title, start: int, end: int) -> bool:
        """Whether it was, will be, or is nearly their office: "former", "deputy", "-elect"."""
        beside = [*words[max(0, start - _BESIDE) : title.own], *words[title.end : end]]
        near = {*beside, *" ".join(beside).replace(" - ", "-").split()}  # "one-time" is three tokens
        after = [word for word in words[title.end : title.end + 2] if word not in _HYPHENS]
        last = words[end : end + 3]
        return (
            not self.not_quite.isdisjoint(near)
            or not self.behind.isdisjoint(after[:1])
            or (last[:1] == ["("])  # an actor, a year, a party: a list or a film
            or (last[:1] == [","] and not self.after_comma.isdisjoint(last[1:2]))
            or (last[:1] in (["-"], ["–"]))
        )


def _is_elsewhere(doc: Doc, start: int) -> bool:
    """Whether the word before a title names a place or a body that is not known: "Yugoslav President X"."""
    before = doc[start - 1] if start else None
    if before is None or not before.text[0].isalpha():
        return before is not None and before.text in _POSSESSIVE
    return before.text in _POSSESSIVE or (before.text[0].isupper() and before.pos_ in _NAMING)


def _tag(doc: Doc, at: int) -> str:
    return doc[at].tag_ if at < len(doc) else ""


def _years(span: Span) -> tuple[int, ...]:
    """The years named in the block up to the end of the sentence."""
    until = span.doc[: span.sent.end]
    return tuple(sorted({int(found[1]) for token in until if (found := _YEAR.fullmatch(token.text))}))


def _months(span: Span) -> tuple[int, ...]:
    """The months named in the sentence; short ones ("May", "March", "Oct.") only beside a figure, for some
    are words and names too."""
    found = set()
    for token in span.sent:
        if (word := _MONTH.fullmatch(token.text)) and not span.start <= token.i < span.end:
            near = span.doc[max(0, token.i - 1) : token.i + 2]
            if (word[1] and len(token) > _SHORT_MONTH) or any(t.like_num for t in near):
                found.add(_MONTHS.index(token.lower_[:3]) + 1)
    return tuple(sorted(found))


@Language.factory("caveat_offices")
def create(nlp: Language, name: str) -> Offices:  # noqa: ARG001 - spaCy's factories are called with a name
    Doc.set_extension("offices", default=(), force=True)
    return Offices(nlp)
