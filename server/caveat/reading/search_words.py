"""The words a fact checker would type to look a sentence up: names, figures and the things it is about."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Span, Token

_MOST = 7
_LASTING = frozenset({"year", "month", "week", "day", "hour", "minute"})
_DASHES = frozenset({"—", "–", "-", "--"})
_LONGEST_DATELINE = 12  # tokens
_ABOUT = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "compound", "ROOT"})
_EMPTY = frozenset(
    {
        "time",
        "way",
        "thing",
        "lot",
        "part",
        "fact",
        "case",
        "number",
        "people",
        "year",
        "month",
        "week",
        "day",
        "percent",
        "cent",
        "one",
        "move",
    }
)


def search_words(sentence: Span, without: Collection[int] = ()) -> str:
    """At most seven words in the order of the text; names come before figures, figures before nouns.

    ``without`` holds the indexes of tokens that nobody could look up: "some critics".
    """
    start = _after_dateline(sentence)
    looked_up = [t for t in sentence if t.i >= start and t.i not in without and _rank(t)]
    ranked = sorted(looked_up, key=lambda t: (_rank(t), t.i))[:_MOST]
    seen: dict[str, Token] = {}
    for token in sorted(ranked, key=lambda t: t.i):
        seen.setdefault(token.lower_, token)
    return " ".join(token.text if token.pos_ == "PROPN" else token.lower_ for token in seen.values())


def _after_dateline(sentence: Span) -> int:
    """Where the sentence begins behind "LONDON, May 4 (Reuters) —": nobody looks up where it was written."""
    if sentence[0].is_upper and len(sentence[0]) > 2:
        dash = next((t.i for t in sentence[:_LONGEST_DATELINE] if t.text in _DASHES), None)
        return sentence.start if dash is None else dash + 1
    return sentence.start


def _rank(token: Token) -> int:
    """1 for what is looked up first; 0 for what is not looked up."""
    if token.pos_ == "PROPN" and token.ent_type_ not in {"DATE", "TIME"} and token.is_alpha:
        return 1
    if token.like_num and any(c.isdigit() for c in token.text):
        lasts = token.i + 1 < len(token.doc) and token.nbor().lemma_ in _LASTING
        of_a_date = token.ent_type_ in {"DATE", "TIME"} and len(token) < len("2026")
        return 0 if lasts or of_a_date else 2
    if token.pos_ == "NOUN" and token.dep_ in _ABOUT and token.lemma_ not in _EMPTY and token.is_alpha:
        return 3
    return 0
