"""bare-number: a large figure, a share or a change with no base, period or comparison in its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.attrs import LOWER
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from caveat.reading import rules
from caveat.reading.detectors import Notice, detector
from caveat.reading.quotations import within
from caveat.reading.sourcing import is_question

_LARGE = frozenset({"million", "billion", "trillion", "m", "bn", "tn"})
_PERCENT = frozenset({"%", "percent", "percents", "pct"})
_IDIOMS = frozenset({"100", "110", "99", "zero", "hundred"})  # "a hundred per cent sure"
_APART = frozenset({"DATE", "TIME", "ORDINAL"})
_COMPARATIVES = frozenset({"JJR", "RBR"})  # "70 per cent more energy"
_NEAR = 5  # tokens on each side in which a word tells that the figure is a change
_UP_OR_DOWN = frozenset({"up", "down"})
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_LEAST = 10  # a smaller number beside the figure is no comparison: "two men stole $4 million"


@detector("bare-number")
class BareNumber:
    """Percentages, multiples, records and weighty millions that stand alone."""

    def __init__(self, nlp: Language) -> None:
        lists = rules.read("numbers")["bare-number"]
        self.change, self.weighty = frozenset(lists["change"]), frozenset(lists["weighty"])
        self.plans, self.rates = frozenset(lists["plans"]), frozenset(lists["rates"])
        self.poll = frozenset(lists["poll"])
        self.multiples = rules.Phrases(
            nlp.vocab, {k: lists[k] for k in ("multiples", "record", "no_multiple")}
        )
        self.units = frozenset(nlp.vocab.strings.add(word) for word in (*_LARGE, *_PERCENT, "cent"))
        self.measured = rules.Phrases(nlp.vocab, {k: lists[k] for k in ("measured", "passing")})

    def __call__(self, doc: Doc) -> Iterator[Notice]:
        words = self.multiples(doc)
        if not words and self.units.isdisjoint(doc.to_array(LOWER).tolist()):
            return  # most blocks hold no figure, and looking at each word costs
        found: dict[int, list[tuple[Span, str]]] = {}  # by the start of their sentence
        for span, variant in self._figures(doc, words):
            found.setdefault(span.sent.start, []).append((span, variant))
        for _, figures in sorted(found.items()):
            span, variant = figures[0]
            sentence = span.sent
            if len(figures) != 1 or is_question(sentence):  # two figures can be held against each other
                continue
            if not within(doc, span.start, span.end) and not self._is_measured(sentence, span):
                yield Notice(span, 0.7, variant)

    def _figures(self, doc: Doc, words: list[Span]) -> Iterator[tuple[Span, str]]:
        idioms = {t.i for span in words if span.label_ == "no_multiple" for t in span}
        for span in words:
            if span.label_ != "no_multiple" and span.start not in idioms:
                yield span, "multiple" if span.label_ == "multiples" else "record"
        for index, word in enumerate(doc.to_array(LOWER).tolist()):
            if word not in self.units:
                continue
            token = doc[index]
            if token.lower_ in _PERCENT or (
                token.lower_ == "cent" and index and doc[index - 1].lower_ == "per"
            ):
                if found := self._percentage(token):
                    yield found
            elif token.lower_ in _LARGE and index > token.sent.start and doc[index - 1].like_num:
                span = _amount(token)
                if self._weighs(span):
                    yield span, "default"

    def _percentage(self, token: Token) -> tuple[Span, str] | None:
        """A change or a share; None for a rate, a rule, a certainty or a share whose whole is given."""
        doc = token.doc
        start = max(token.sent.start, token.i - (2 if token.lower_ == "cent" else 1))
        if not doc[start].like_num or doc[start].lower_ in _IDIOMS:
            return None
        if start > token.sent.start + 1 and doc[start - 1].text in {"-", "–"} and doc[start - 2].like_num:
            start -= 2
        near = {
            t.lemma_.lower()
            for t in doc[max(token.sent.start, start - _NEAR) : min(token.sent.end, token.i + _NEAR)]
        }
        before = [t.lower_ for t in doc[max(token.sent.start, start - 3) : start]]
        change = bool(near & self.change and before[-1:] != ["at"]) or bool(_UP_OR_DOWN.intersection(before))
        more = token.i + 1 < token.sent.end and doc[token.i + 1].tag_ in _COMPARATIVES
        following = {t.lemma_.lower() for t in doc[token.i + 1 : min(token.sent.end, token.i + 3)]}
        whole = token.i + 1 < token.sent.end and doc[token.i + 1].lower_ in {"of", "to"}
        sentence = {t.lemma_.lower() for t in token.sent}
        if following & self.rates or (
            not (change or more) and (whole or sentence & (self.rates | self.poll))
        ):
            return None
        return doc[start : token.i + 1], "multiple" if more else "change" if change else "share"

    def _weighs(self, span: Span) -> bool:
        """Spent, saved, lost, or the size of a plan: "a $4 million scheme"."""
        root = span.root
        above = [root, *list(root.ancestors)[:2]]
        beside = (t.lemma_.lower() for t in span.doc[span.end - 1 : min(span.sent.end, span.end + 3)])
        return any(t.lemma_ in self.weighty for t in above) or any(lemma in self.plans for lemma in beside)

    def _is_measured(self, sentence: Span, figure: Span) -> bool:
        if any(ent.label_ == "DATE" for ent in sentence.ents) or self.measured(sentence):
            return True
        return any(_is_number(t) for t in sentence if not figure.start <= t.i < figure.end)


def _is_number(token: Token) -> bool:
    """A number that the figure can be held against."""
    if not token.like_num or token.ent_type_ in _APART:
        return False
    digits = token.text.replace(",", "")
    return token.lower_ in _LARGE or (_PLAIN.fullmatch(digits) is not None and float(digits) >= _LEAST)


def _amount(token: Token) -> Span:
    """The figure with the currency before it or the thing counted after: "4.2 million passengers"."""
    doc, start, end = token.doc, token.i - 1, token.i + 1
    if start > token.sent.start and doc[start - 1].is_currency:
        start -= 1
    elif end < token.sent.end and doc[end].pos_ == "NOUN":
        end += 1
    return doc[start:end]
