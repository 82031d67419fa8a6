"""What of a sentence can be looked up, beside its names: figures, dates, things, deeds.

In: a parsed sentence, and the tokens that say who is speaking. Out: terms in the order of the text, each with
how much it tells; names come from the whole article (``query_of``). The words are ``rules/search.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Span, Token

from caveat.reading import rules
from caveat.reading.record import Term, TermKind

_MOST_TOKENS = 5  # of a thing: "Patriot air defense systems", "billion-dollar deal"
_MOST_DEEDS = 2
_AMOUNTS = frozenset({"PERCENT", "MONEY", "QUANTITY"})
_NO_THING = _AMOUNTS | {"DATE", "TIME", "ORDINAL", "CARDINAL"}
_SCALES = frozenset({"thousand", "million", "billion", "trillion", "lakh", "crore", "m", "bn"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_MODIFIERS = frozenset({"compound", "amod", "nmod"})
_ROLES = {"nsubj": 1, "nsubjpass": 1, "dobj": 1, "attr": 2, "pobj": 2, "ROOT": 2}
_BESIDE = 3  # any other role
_PLAIN = re.compile(r"[^\W_]+(?:[.-][^\W_]+)*\.?")  # no address, no sign
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\b\.?)"
)
_DATE = re.compile(
    rf"(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)? )?\b{_MONTH}"
    r"(?:\s(?P<after>\d{1,2})(?:st|nd|rd|th)?(?!\d))?(?:,?\s(?P<year>(?:1[5-9]|20)\d\d)(?!\d))?"
)
_RELATIVE = re.compile(r"\b(last|this) year\b", re.IGNORECASE)
_PER_CENT = re.compile(r" ?(?:per cent|percent|pct)$")
_YEAR = re.compile(r"(1[5-9]|20)\d\d")


@dataclass(frozen=True, slots=True)
class SearchWords:
    """The lists of ``rules/search.toml``."""

    nouns: frozenset[str]
    adjectives: frozenset[str]
    verbs: frozenset[str]
    public: frozenset[str]
    points: frozenset[str]
    pointing: frozenset[str]


@cache
def lists() -> SearchWords:
    """From the file."""
    return SearchWords(**{name: frozenset(words.split()) for name, words in rules.read("search").items()})


def search_terms(sentence: Span, without: Collection[int] = ()) -> tuple[Term, ...]:
    """The terms, in the order of the text; ``without`` holds the indexes of tokens that tell who says it."""
    words = lists()
    found = [*_figures(sentence), *_dates(sentence)]
    taken = {*without, *(t.i for t in sentence if any(f.start <= t.idx < f.end for f in found))}
    found += _things(sentence, taken, words)
    found += _deeds(sentence, taken, words)
    return tuple(sorted(found, key=lambda term: (term.start, term.end)))


def _figures(sentence: Span) -> Iterator[Term]:
    """Amounts, and numbers with what they count: "41 per cent", "1,912 bags"."""
    amounts = [ent for ent in sentence.ents if ent.label_ in _AMOUNTS and any(c.isdigit() for c in ent.text)]
    for ent in amounts:
        scaled = ent.end < sentence.end and ent.doc[ent.end].lower_ in _SCALES
        figure = _term(TermKind.FIGURE, sentence.doc[ent.start : ent.end + scaled], 1)
        yield replace(figure, text=_PER_CENT.sub("%", figure.text))
    doc, at = sentence.doc, sentence.start
    within = {i for ent in amounts for i in range(ent.start, ent.end)}
    while at < sentence.end:
        start, at = at, at + 1
        if start in within or doc[start].ent_type_ != "CARDINAL" or not doc[start].text[0].isdigit():
            continue
        while at < sentence.end and doc[at].ent_type_ == "CARDINAL" and doc[at].is_alpha:
            at += 1
        end = at
        while end < min(at + 2, sentence.end) and doc[end].pos_ in {"ADJ", "NOUN"} and doc[end].is_alpha:
            end += 1
        while end > at and doc[end - 1].pos_ != "NOUN":
            end -= 1
        if end > at or len(doc[start]) >= len("100"):
            yield _term(TermKind.FIGURE, doc[start:end], 2 if end > at else 3)


def _dates(sentence: Span) -> Iterator[Term]:
    """Days and months, years, and "last year"; weekdays and "recently" find nothing."""
    dated = {t.idx - sentence.start_char for t in sentence if t.ent_type_ == "DATE"}
    place = sentence.start_char
    years = set()
    for found in _DATE.finditer(sentence.text):
        if found.start("month") in dated:
            day = found["before"] or found["after"]
            parts = (found["month"].rstrip("."), day, found["year"])
            years.add(found.start("year"))
            text = " ".join(part for part in parts if part)
            yield Term(TermKind.DATE, place + found.start(), place + found.end(), text, 1)
    for token in sentence:
        year = token.idx - place
        if token.ent_type_ == "DATE" and year not in years and _YEAR.fullmatch(token.text):
            yield Term(TermKind.DATE, token.idx, token.idx + len(token), token.text, 2)
    for found in _RELATIVE.finditer(sentence.text):
        yield Term(TermKind.DATE, place + found.start(), place + found.end(), found[0].lower(), 3)


def _things(sentence: Span, taken: Collection[int], words: SearchWords) -> Iterator[Term]:
    for head in sentence:
        if not _is_thing(head, taken, words):
            continue
        start = head.i
        while start > sentence.start and (
            (width := _hyphenated(head.doc, start, sentence.start))
            or _belongs(head.doc[start - 1], head, taken)
        ):
            start -= width or 1
        start = max(start, head.i + 1 - _MOST_TOKENS)
        while start < head.i and _begins_nothing(head.doc[start], words):
            start += 1
        span = head.doc[start : head.i + 1]
        entry = _has_a_name(span) or _nouns(span) > 1
        if entry or head.lemma_.lower() not in words.nouns:
            yield _term(TermKind.ENTRY if entry else TermKind.THING, span, _rank(span, head))


def _rank(thing: Span, head: Token) -> int:
    """What stands at the verb tells more than what is beside it, "raw sugar imports" more than "imports"."""
    nouns = _nouns(thing)
    longer = nouns + 1 if nouns > 1 else int(len(thing) > 1)
    return 2 * _ROLES.get(head.dep_, _BESIDE) - longer - 2 * _has_a_name(thing)


def _nouns(thing: Span) -> int:
    return sum(t.pos_ in _NOUNS and t.whitespace_ != "" for t in thing[:-1]) + 1


def _has_a_name(thing: Span) -> bool:
    return any(t.pos_ == "PROPN" and t.text[0].isupper() and not t.is_sent_start for t in thing)


def _is_thing(token: Token, taken: Collection[int], words: SearchWords) -> bool:
    after = token.nbor() if token.i + 1 < token.sent.end else None
    inside = after is not None and (
        (token.dep_ == "compound" and after.pos_ in _NOUNS) or (after.text == "-" and not token.whitespace_)
    )
    return (
        token.pos_ in _NOUNS
        and token.i not in taken
        and token.ent_type_ not in _NO_THING
        and not inside
        and len(token) > 1
        and _PLAIN.fullmatch(token.text) is not None
        and not (token.lemma_.lower() in words.nouns and token.n_lefts == 0)
        and token.lemma_.lower() not in words.public
    )


def _hyphenated(doc: Doc, start: int, least: int) -> int:
    """How many tokens before a place are one word with it: 2 before the "mail" of "e-mail"."""
    joined = start - 2 >= least and doc[start - 1].text == "-" and not doc[start - 2].whitespace_
    return 2 if joined and not doc[start - 1].whitespace_ else 0


def _belongs(token: Token, head: Token, taken: Collection[int]) -> bool:
    """Whether a word before a noun is part of what it names: "raw sugar imports"."""
    if token.i in taken or token.ent_type_ in _NO_THING:
        return False
    modifies = token.dep_ in _MODIFIERS and token.head.i <= head.i and token.head.i > token.i
    return modifies and token.pos_ in {"NOUN", "PROPN", "ADJ"}


def _begins_nothing(token: Token, words: SearchWords) -> bool:
    """Whether a word before a noun says nothing of it: "new", a dash."""
    if token.nbor().text == "-":  # half of a word
        return False
    empty = token.lower_ in words.adjectives or (token.pos_ == "NOUN" and token.lemma_ in words.nouns)
    return empty or not _PLAIN.fullmatch(token.text)


def _deeds(sentence: Span, taken: Collection[int], words: SearchWords) -> Iterator[Term]:
    """What was done, where the verb tells: "reimbursed", "resigned"."""
    verbs = [
        t
        for t in sentence
        if t.pos_ == "VERB"
        and t.i not in taken
        and t.is_alpha
        and t.dep_ != "amod"
        and t.lemma_ not in words.verbs
    ]
    for token in verbs[:_MOST_DEEDS]:
        yield _term(TermKind.DEED, token.doc[token.i : token.i + 1], 9)


def _term(kind: TermKind, span: Span, rank: int) -> Term:
    """A term with its words as they are typed: capitals are left to what has them for itself."""
    written = "".join(
        (t.lower_ if t.is_sent_start and t.pos_ != "PROPN" and t.ent_type_ != "NORP" else t.text)
        + (" " if t.whitespace_ else "")
        for t in span
    )
    return Term(kind, span.start_char, span.end_char, " ".join(written.split()), rank)
