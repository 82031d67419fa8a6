"""Names: how many are found and told apart, and what each witness brings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from figures import Counts, Figure, Place, f1
from labelled import LabelledArticle, articles
from readings import Readings
from spacy.tokens import Doc

from caveat.reading.names import Names

_OURS = {"PERSON": "PERSON", "ORG": "BODY", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE",
         "OUTLET": "OUTLET", "PLATFORM": "OUTLET"}  # fmt: skip


_STEPS = (
    ("+ gazetteer", ("model", "gazetteer")),
    ("+ the name's own words", ("model", "gazetteer", "words")),
    ("+ titles and the words around", ("model", "gazetteer", "words", "contexts")),
    ("without the model", ("gazetteer", "words", "contexts", "elsewhere")),
)


def names(readings: Readings) -> Iterator[Figure]:
    """Names with exact words and label, without articles and possessives: sentences by themselves, then in
    their paragraphs, then settled by the whole article; and what each witness brings."""
    found = articles(readings.part)
    texts = [sentence_text(a, s) for a in found for s in a.sentences]
    starts = [(a.id, s.start) for a in found for s in a.sentences]
    wanted = {
        (a.id, s.start): {
            (label, *_without_article(a.text[x:y], x, y)) for label, (x, y) in s.names
        }
        for a in found
        for s in a.sentences
    }  # fmt: skip

    def of_sentences(title: str, docs: Sequence[Doc]) -> Figure:
        got = {key: _named(doc, key[1]) for key, doc in zip(starts, docs, strict=True)}
        return f1(title, [_compared(wanted[key], got[key]) for key in starts])

    yield of_sentences("names, own sentences: F1", readings.docs("names", texts))
    ours: Any = readings.reader.nlp.get_pipe("caveat_names")
    blocks = [[(m.start(), m[0]) for m in re.finditer(r".+", a.text)] for a in found]
    parsed = readings.parsed("names-blocks", [text for some in blocks for _, text in some])
    for title, whole in (("  read in their paragraphs", False), ("  settled by the whole article", True)):
        units = []
        rest = iter(parsed)
        for article, some in zip(found, blocks, strict=True):
            docs = [next(rest).copy() for _ in some]
            known = [ours.known(doc) for doc in docs]
            weighed = [ours.weigh(doc, places) for doc, places in zip(docs, known, strict=True)]
            settled = ours.settle([one for block in weighed for one in block]) if whole else []
            got = set()
            for doc, places, block, (at, _) in zip(docs, known, weighed, some, strict=True):
                runs = {id(one.run) for one in block}
                its = [name for name in settled if id(name.run) in runs] if whole else ours.settle(block)
                got |= _named(ours.write(doc, places, its), at)
            units.append(
                _compared(set().union(*(wanted[article.id, s.start] for s in article.sentences)), got)
            )
        yield f1(title, units)
    with_model = Readings(readings.part, recogniser=True).parsed("names", texts)
    yield of_sentences("  the model alone", with_model)
    for title, witnesses in _STEPS:
        component = Names(readings.reader.nlp, witnesses)
        yield of_sentences(f"  {title}", [component(doc.copy()) for doc in with_model])


def _named(doc: Doc, at: int) -> set[tuple[str, int, int]]:
    return {
        (_OURS[ent.label_], *_without_article(ent.text, at + ent.start_char, at + ent.end_char))
        for ent in doc.ents
        if ent.label_ in _OURS
    }


def _compared(wanted: set[Any], got: set[Any]) -> Counts:
    return Counts(len(wanted & got), len(got), len(wanted))


def sentence_text(article: LabelledArticle, sentence: Any) -> str:
    return article.text[sentence.start : sentence.end]


def _without_article(text: str, start: int, end: int) -> Place:
    for word in ("the ", "The ", "an ", "a "):
        if text.startswith(word):
            start += len(word)
    for tail in ("’s", "'s", "’", "'"):
        if text.endswith(tail):
            return start, end - len(tail)
    return start, end
