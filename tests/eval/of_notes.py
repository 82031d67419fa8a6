"""Notes: whether they stand on the words a person would show, on our articles and on experts' words."""

from __future__ import annotations

from collections.abc import Iterator

from figures import Counts, Figure, compared, f1, interval, tokens, total
from readings import Readings
from sets import own, rows

from caveat.article import Article

WORDING = frozenset(
    {"loaded-words", "promotion", "doubt-words", "overstated", "name-calling", "pressure", "cause-leap"}
)


def babe(readings: Readings) -> Iterator[Figure]:
    """Tokens of wording notes against experts' biased words; one article a sentence."""
    data = rows("babe_sg2", "dev.jsonl")
    if not data:
        return
    analyses = readings.analyses("babe", [Article(row["text"]) for row in data])
    units = [
        compared(
            tokens(row["text"], [(n.start, n.end) for n in analysis.notes if n.signal in WORDING]),
            tokens(row["text"], [(s, e) for s, e, _ in row["spans"]]),
        )
        for row, analysis in zip(data, analyses, strict=True)
    ]
    low, high = interval(units, lambda some: total(some).precision)
    whole = total(units)
    yield Figure("wording, BABE dev: token precision", whole.precision, low, high, 0.60, "CRF .575",
                 f"{whole.found} tokens")  # fmt: skip
    low, high = interval(units, lambda some: total(some).recall)
    yield Figure("wording, BABE dev: token recall", whole.recall, low, high, 0.35, "CRF .313")


def wording(readings: Readings) -> Iterator[Figure]:
    """Notes of all labelled signals against what a teacher would show."""
    marks: dict[str, list[Counts]] = {}
    for article, analysis in own(readings):
        wanted = [(signal, place) for s in article.sentences for signal, place in s.marks]
        got = [(n.signal, (n.start, n.end)) for n in analysis.notes]
        for signal in {s for s, _ in wanted} | {s for s, _ in got if s in WORDING}:
            theirs = [p for s, p in wanted if s == signal]
            ours = [p for s, p in got if s == signal]
            right = sum(any(a < d and c < b for c, d in theirs) for a, b in ours)
            hit = sum(any(a < d and c < b for c, d in ours) for a, b in theirs)
            marks.setdefault(signal, []).append(Counts(min(right, hit), len(ours), len(theirs)))
    yield f1("notes, own articles: all signals labelled", [c for units in marks.values() for c in units])
    for signal, units in sorted(marks.items()):
        whole = total(units)
        yield Figure(f"  {signal} ({whole.wanted})", whole.f1, whole.f1, whole.f1, None, "",
                     f"precision {whole.precision:.2f}, recall {whole.recall:.2f}")  # fmt: skip
