"""Each measure: what it looks at, and its figures. Data that is not here gives none."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from figures import Counts, Figure, Place, compared, f1, interval, tokens, total
from readings import Readings
from spacy.tokens import Doc

from caveat.article import Analysis, Article, Attribution, Context
from caveat.reading.checkworthiness import Weights
from gold import GoldArticle, Said, articles

SHARED = Path(os.environ.get("CAVEAT_SHARED", Path(__file__).parents[3] / "shared"))
KINDS = ("quantity", "cause", "rule", "forecast", "event", "statement", "experience", "opinion")
# Test files: their folder, the label of what is worth checking, goals for F1 and average precision.
KEPT_ASIDE = (
    ("claimbuster", "CFS", (0.92, 0.97)),
    ("checkthat2023_1b", "Yes", (0.86, None)),
    ("checkthat2024_1", "Yes", (0.70, None)),
)
TRAINED_ON = ("20160926", "20161010", "20161019")  # three debates that stand in ClaimBuster too
WORDING = frozenset(
    {"loaded-words", "promotion", "doubt-words", "overstated", "name-calling", "pressure", "cause-leap"}
)


def rows(*path: str) -> list[dict[str, Any]]:
    """A data set's rows, or none where it is absent."""
    file = SHARED.joinpath("data", *path)
    return (
        [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.is_file() else []
    )


def own(readings: Readings) -> list[tuple[GoldArticle, Analysis]]:
    """The gold articles beside their analyses."""
    found = articles()
    asked = [
        Article(
            a.text, Context(title=a.head["title"], site=a.head.get("site"), published=a.head.get("published"))
        )
        for a in found
    ]
    return list(zip(found, readings.analyses("gold", asked), strict=True))


# --- claim kinds ------------------------------------------------------------------------------------------


def kinds(readings: Readings) -> Iterator[Figure]:
    """The kind of each labelled sentence, and what it is taken for."""
    units = []
    for article, analysis in own(readings):
        by_start = {s.start: str(s.kind) for s in analysis.sentences}
        for sentence in article.sentences:
            if sentence.kind in KINDS:
                got = by_start.get(sentence.start) or _overlapping(analysis, sentence.start, sentence.end)
                units.append((sentence.kind, got))

    def macro(some: Sequence[tuple[str, str]]) -> float:
        wanted, got = Counter(w for w, _ in some), Counter(g for _, g in some)
        right = Counter(w for w, g in some if w == g)
        present = [k for k in KINDS if wanted[k]]
        return sum(2 * right[k] / (wanted[k] + got[k]) for k in present) / len(present)

    low, high = interval(units, macro)
    accuracy = sum(w == g for w, g in units) / len(units)
    yield Figure(
        "claim kinds, own sentences: macro-F1", macro(units), low, high, 0.85, "", f"accuracy {accuracy:.2f}"
    )
    for kind in KINDS:
        right = sum(w == g == kind for w, g in units)
        found, wanted = sum(g == kind for _, g in units), sum(w == kind for w, _ in units)
        counts = Counts(right, found, wanted)
        taken = Counter(g for w, g in units if w == kind and g != kind).most_common(3)
        detail = ", ".join(f"{n} taken for {k}" for k, n in taken)
        yield Figure(f"  {kind} ({wanted})", counts.f1, counts.f1, counts.f1, None, "", detail)


def _overlapping(analysis: Analysis, start: int, end: int) -> str:
    best = max(analysis.sentences, key=lambda s: min(s.end, end) - max(s.start, start), default=None)
    return str(best.kind) if best is not None else "none"


# --- names ------------------------------------------------------------------------------------------------

_OURS = {"PERSON": "PERSON", "ORG": "BODY", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE",
         "OUTLET": "OUTLET", "PLATFORM": "OUTLET"}  # fmt: skip


def names(readings: Readings) -> Iterator[Figure]:
    """Entities with exact words and label, by our component and by the model alone."""
    found = articles()
    texts = [sentence_text(a, s) for a in found for s in a.sentences]
    sentences = [s for a in found for s in a.sentences]
    for title, docs in (
        ("names, own sentences: F1", readings.docs("names", texts)),
        ("  the model alone", readings.parsed("names", texts)),
    ):
        units = []
        for sentence, doc in zip(sentences, docs, strict=True):
            wanted = {(label, s - sentence.start, e - sentence.start) for label, (s, e) in sentence.names}
            got = {
                (_OURS[ent.label_], *_without_article(ent.text, ent.start_char, ent.end_char))
                for ent in doc.ents
                if ent.label_ in _OURS
            }
            units.append(Counts(len(wanted & got), len(got), len(wanted)))
        yield f1(title, units)


def sentence_text(article: GoldArticle, sentence: Any) -> str:
    return article.text[sentence.start : sentence.end]


def _without_article(text: str, start: int, end: int) -> Place:
    for word in ("the ", "The ", "an ", "a "):
        if text.startswith(word):
            start += len(word)
    for tail in ("’s", "'s", "’", "'"):
        if text.endswith(tail):
            return start, end - len(tail)
    return start, end


# --- attribution ------------------------------------------------------------------------------------------


def attribution(readings: Readings) -> Iterator[Figure]:
    """Tokens of sources, cues and contents; the kind of each source that was found."""
    pairs = own(readings)
    parts: dict[str, list[Counts]] = {"source": [], "cue": [], "content": []}
    kinds_right: list[tuple[bool, bool]] = []
    names_right: list[bool] = []
    for article, analysis in pairs:
        wanted = [one for s in article.sentences for one in s.said if not one.denied]
        spans = {
            "source": [one.source for one in wanted if one.source],
            "cue": [one.cue for one in wanted if one.cue],
            "content": [place for one in wanted for place in one.content],
        }
        _compare(article.text, analysis.attributions, spans, parts)
        for one in wanted:
            if one.source:
                match = _matching(one, analysis.attributions)
                kinds_right.append((match is not None, match is not None and str(match.kind) == one.kind))
                if match is not None and one.name and one.kind == "named":
                    names_right.append(match.name == one.name)
    for part, units in parts.items():
        yield f1(f"attribution, own articles: {part}", units)
    found = [right for there, right in kinds_right if there]
    low, high = interval(found, lambda some: sum(some) / len(some))
    yield Figure(
        "  kind of source, of those found", sum(found) / len(found), low, high, 0.9, "",
        f"{len(found)} of {len(kinds_right)} found",
    )  # fmt: skip
    low, high = interval(names_right, lambda some: sum(some) / len(some))
    yield Figure("  full name resolved, of those found", sum(names_right) / len(names_right), low, high)
    yield from _polnear(readings)


def _polnear(readings: Readings) -> Iterator[Figure]:
    data = rows("polnear", "dev.jsonl")
    if not data:
        return
    analyses = readings.analyses("polnear", [Article(row["text"]) for row in data])
    parts: dict[str, list[Counts]] = {"source": [], "cue": [], "content": []}
    for row, analysis in zip(data, analyses, strict=True):
        wanted: dict[str, list[Place]] = {"source": [], "cue": [], "content": []}
        for start, end, label, _ in row["spans"]:
            wanted[label.lower()].append((start, end))
        _compare(row["text"], analysis.attributions, wanted, parts)
    goals = {"source": (0.74, "CRF .71"), "cue": (0.68, "CRF .61"), "content": (0.82, "CRF .83")}
    for part, units in parts.items():
        yield f1(f"attribution, PolNeAR dev: {part}", units, *goals[part])


def _compare(
    text: str, got: Sequence[Attribution], wanted: dict[str, list[Place]], parts: dict[str, list[Counts]]
) -> None:
    ours = {
        "source": [(a.source.start, a.source.end) for a in got if a.source],
        "cue": [(a.cue.start, a.cue.end) for a in got if a.cue],
        "content": [(c.start, c.end) for a in got for c in a.content],
    }
    for part, units in parts.items():
        units.append(compared(tokens(text, ours[part]), tokens(text, wanted[part])))


def _matching(one: Said, got: Sequence[Attribution]) -> Attribution | None:
    """The attribution whose source overlaps, the one with the same cue first."""
    assert one.source
    near = [a for a in got if a.source and a.source.start < one.source[1] and one.source[0] < a.source.end]
    same = [a for a in near if one.cue and a.cue and a.cue.start < one.cue[1] and one.cue[0] < a.cue.end]
    return next(iter(same or near), None)


# --- wording ----------------------------------------------------------------------------------------------


def wording(readings: Readings) -> Iterator[Figure]:
    """Tokens of wording notes against experts' biased words; one article a sentence."""
    data = rows("babe_sg2", "dev.jsonl")
    if data:
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


# --- check-worthiness -------------------------------------------------------------------------------------


def checkworthiness(readings: Readings) -> Iterator[Figure]:
    """How well the score ranks: our own news sentences, debates that fact checkers looked at, tweets.

    ClaimBuster's and CheckThat's test files are measured at the model's own threshold, where they are here.
    """
    scored = []
    for article, analysis in own(readings):
        by_start = {s.start: s.checkworthiness for s in analysis.sentences}
        scored += [(by_start[s.start], s.check) for s in article.sentences if s.start in by_start]
    yield ranked("check-worthiness, own articles: average precision", scored)
    tweets = rows("checkthat2021_1a_tweets", "dev.jsonl")
    if tweets:
        docs = readings.docs("tweets", [row["text"] for row in tweets])
        scores = [_highest(doc) for doc in docs]
        yield ranked("check-worthiness, tweets dev: average precision",
                     [(x, row["label"] == "1") for x, row in zip(scores, tweets, strict=True)])  # fmt: skip
    threshold = Weights.load().threshold
    for name, positive, goals in KEPT_ASIDE:
        kept_aside = rows(name, "test.jsonl")
        if kept_aside:
            docs = readings.docs(name, [row["text"] for row in kept_aside])
            pairs = [
                (_highest(doc), row["label"] == positive) for doc, row in zip(docs, kept_aside, strict=True)
            ]
            counts = [Counts(int(s >= threshold and w), int(s >= threshold), int(w)) for s, w in pairs]
            yield f1(f"check-worthiness, {name} test: F1 from {threshold}", counts, goals[0])
            yield ranked(f"check-worthiness, {name} test: average precision", pairs, goals[1])
    debates = [row for row in rows("checkthat2019_1", "train.jsonl") if not row["id"].startswith(TRAINED_ON)]
    if debates:
        docs = readings.docs("debates", [row["text"] for row in debates])
        files: dict[str, list[tuple[float, bool]]] = {}
        for row, doc in zip(debates, docs, strict=True):
            score = _highest(doc)
            files.setdefault(row["id"].rpartition(":")[0], []).append((score, bool(row["label"])))
        precisions = [
            average_precision(pairs) for pairs in files.values() if any(right for _, right in pairs)
        ]
        low, high = interval(precisions, lambda some: sum(some) / len(some))
        value, best = sum(precisions) / len(precisions), "best .166 on its test files"
        yield Figure("check-worthiness, debates 2016-18: MAP", value, low, high, 0.18, best,
                     f"{len(precisions)} debates")  # fmt: skip


def _highest(doc: Doc) -> float:
    return max((s.checkworthiness for s in doc._.stated), default=0.0)


def ranked(measure: str, scored: Sequence[tuple[float, bool]], goal: float | None = None) -> Figure:
    low, high = interval(scored, average_precision)
    share = sum(right for _, right in scored) / len(scored)
    return Figure(
        measure, average_precision(scored), low, high, goal, "", f"{share:.0%} of {len(scored)} are"
    )


def average_precision(scored: Sequence[tuple[float, bool]]) -> float:
    ordered = sorted(scored, key=lambda pair: -pair[0])
    right, sum_ = 0, 0.0
    for rank, (_, wanted) in enumerate(ordered, 1):
        if wanted:
            right += 1
            sum_ += right / rank
    return sum_ / right if right else 0.0


MEASURES = {
    "kinds": kinds,
    "names": names,
    "attribution": attribution,
    "wording": wording,
    "checkworthiness": checkworthiness,
}
