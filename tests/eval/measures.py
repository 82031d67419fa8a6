"""Each measure: what it looks at, and its figures. Data that is not here gives none."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from figures import Counts, Figure, Place, compared, f1, interval, tokens, total
from labelled import LabelledArticle, Said, articles
from readings import Readings
from spacy.tokens import Doc

from caveat.article import Analysis, Article, Attribution, Context
from caveat.reading.checkworthiness import Weights
from caveat.reading.names import Names

SHARED = Path(os.environ.get("CAVEAT_SHARED", Path(__file__).parents[3] / "shared"))
KINDS = ("quantity", "cause", "rule", "forecast", "event", "statement", "experience", "opinion")
# Test files of check-worthiness in English: where they may lie, and goals for F1 and average precision.
KEPT_ASIDE = (
    ("claimbuster", ("claimbuster/*test*", "claimbuster/groundtruth*"), (0.92, 0.97)),
    ("CheckThat! 2023", ("checkthat2023_1*/*test*",), (0.86, None)),
    ("CheckThat! 2024", ("checkthat2024_1*/*test*",), (0.70, None)),
)
OTHER_LANGUAGE = re.compile(r"[_-](ar|arabic|es|spanish|nl|dutch)(?![a-z])")
TEXT, LABEL = ("text", "sentence", "tweet_text"), ("label", "class_label", "verdict", "check_worthiness")
WORTH = frozenset({"cfs", "yes", "1", "1.0", "true", "checkworthy", "check-worthy"})
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


def sentences_of(file: Path) -> list[tuple[str, bool]]:
    """Texts of a JSON-lines, TSV or CSV file and whether they are worth checking; half a row is left out."""
    text = file.read_text(encoding="utf-8-sig")
    if file.suffix == ".jsonl":
        found = [json.loads(line) for line in text.splitlines() if line.strip()]
    else:
        marks = {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if file.suffix == ".tsv" else {}
        found = list(csv.DictReader(io.StringIO(text), **marks))
    lowered = [{str(key).lower(): value for key, value in row.items()} for row in found]
    pairs = [
        (
            next((r[k] for k in TEXT if r.get(k)), ""),
            next((r[k] for k in LABEL if r.get(k) is not None), None),
        )
        for r in lowered
    ]
    return [(str(said), str(label).lower() in WORTH) for said, label in pairs if said and label is not None]


def own(readings: Readings) -> list[tuple[LabelledArticle, Analysis]]:
    """The labelled articles beside their analyses."""
    found = articles(readings.part)
    asked = [
        Article(
            a.text, Context(title=a.head["title"], site=a.head.get("site"), published=a.head.get("published"))
        )
        for a in found
    ]
    return list(zip(found, readings.analyses("own", asked), strict=True))


# --- claim kinds ------------------------------------------------------------------------------------------


def taken_for(readings: Readings) -> list[tuple[str, str]]:
    """Each labelled sentence's kind, and what it is taken for."""
    units = []
    for article, analysis in own(readings):
        by_start = {s.start: str(s.kind) for s in analysis.sentences}
        for sentence in article.sentences:
            if sentence.kind in KINDS:
                got = by_start.get(sentence.start) or _overlapping(analysis, sentence.start, sentence.end)
                units.append((sentence.kind, got))
    return units


def kinds(readings: Readings) -> Iterator[Figure]:
    """The kind of each labelled sentence, and what it is taken for; what states nothing is no claim."""
    units = taken_for(readings)

    def macro(some: Sequence[tuple[str, str]]) -> float:
        wanted, got = Counter(w for w, _ in some), Counter(g for _, g in some)
        right = Counter(w for w, g in some if w == g)
        present = [k for k in KINDS if wanted[k]]
        return sum(2 * right[k] / (wanted[k] + got[k]) for k in present) / len(present)

    low, high = interval(units, macro)
    accuracy = sum(w == g for w, g in units) / len(units)
    taught = "" if readings.part else "; these teach the model, teach_kinds.py --check leaves them out"
    yield Figure(
        "claim kinds, own sentences: macro-F1", macro(units), low, high, 0.85, "",
        f"accuracy {accuracy:.2f}{taught}",
    )  # fmt: skip
    for kind in KINDS:
        right = sum(w == g == kind for w, g in units)
        found, wanted = sum(g == kind for _, g in units), sum(w == kind for w, _ in units)
        counts = Counts(right, found, wanted)
        taken = Counter(g for w, g in units if w == kind and g != kind).most_common(3)
        detail = ", ".join(f"{n} taken for {k}" for k, n in taken)
        yield Figure(f"  {kind} ({wanted})", counts.f1, counts.f1, counts.f1, None, "", detail)
    claims = [
        any(c.start < s.end and s.start < c.end for c in analysis.claims)
        for article, analysis in own(readings)
        for s in article.sentences
        if s.kind == "none"
    ]
    quiet = sum(not claim for claim in claims) / len(claims)
    yield Figure(
        f"  none ({len(claims)}): no claim", quiet, quiet, quiet, None, "", f"{sum(claims)} became claims"
    )


def confusion(units: Sequence[tuple[str, str]]) -> str:
    """The kinds as labelled (rows) against what they are taken for (columns), as a table in Markdown."""
    counted = Counter(units)
    lines = [f"| labelled | {' | '.join(KINDS)} |", "|---|" + "---:|" * len(KINDS)]
    lines += [f"| {w} | {' | '.join(str(counted[w, g] or '') for g in KINDS)} |" for w in KINDS]
    return "\n".join(lines)


def _overlapping(analysis: Analysis, start: int, end: int) -> str:
    best = max(analysis.sentences, key=lambda s: min(s.end, end) - max(s.start, start), default=None)
    return str(best.kind) if best is not None else "none"


# --- names ------------------------------------------------------------------------------------------------

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


def polnear(readings: Readings) -> Iterator[Figure]:
    """The same tokens in political news that others labelled."""
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


# --- check-worthiness -------------------------------------------------------------------------------------


def checkworthiness(readings: Readings) -> Iterator[Figure]:
    """How well the score ranks: our own news sentences."""
    scored = []
    for article, analysis in own(readings):
        by_start = {s.start: s.checkworthiness for s in analysis.sentences}
        scored += [(by_start[s.start], s.check) for s in article.sentences if s.start in by_start]
    yield ranked("check-worthiness, own articles: average precision", scored)


def tweets(readings: Readings) -> Iterator[Figure]:
    """How well the score ranks tweets."""
    data = rows("checkthat2021_1a_tweets", "dev.jsonl")
    if data:
        scored = zip(_scores(readings, "tweets", data), data, strict=True)
        yield ranked(
            "check-worthiness, tweets dev: average precision", [(x, row["label"] == "1") for x, row in scored]
        )


def debates(readings: Readings) -> Iterator[Figure]:
    """How well the score ranks the sentences that fact checkers looked at, debate by debate."""
    data = [row for row in rows("checkthat2019_1", "train.jsonl") if not row["id"].startswith(TRAINED_ON)]
    if not data:
        return
    files: dict[str, list[tuple[float, bool]]] = {}
    for row, score in zip(data, _scores(readings, "debates", data), strict=True):
        files.setdefault(row["id"].rpartition(":")[0], []).append((score, bool(row["label"])))
    precisions = [average_precision(pairs) for pairs in files.values() if any(right for _, right in pairs)]
    low, high = interval(precisions, lambda some: sum(some) / len(some))
    value, best = sum(precisions) / len(precisions), "best .166 on its test files"
    yield Figure("check-worthiness, debates 2016-18: MAP", value, low, high, 0.18, best,
                 f"{len(precisions)} debates")  # fmt: skip


def kept_aside(readings: Readings) -> Iterator[Figure]:
    """Test files nobody looked at, from the model's own threshold; where they are not here, nothing."""
    threshold = Weights.load().threshold
    for name, places, goals in KEPT_ASIDE:
        files = [file for place in places for file in sorted(SHARED.joinpath("data").glob(place))]
        for file in files:
            here = f"{file.parent.name}/{file.name}"
            if file.suffix not in {".jsonl", ".tsv", ".csv"} or OTHER_LANGUAGE.search(here):
                continue
            data = sentences_of(file)
            if not any(worth for _, worth in data):
                continue  # published without labels
            scores = _scores(readings, re.sub(r"\W+", "-", here), [{"text": text} for text, _ in data])
            scored = [(x, worth) for x, (_, worth) in zip(scores, data, strict=True)]
            counts = [Counts(int(s >= threshold and w), int(s >= threshold), int(w)) for s, w in scored]
            measure = f"check-worthiness, {name} ({here})"
            yield f1(f"{measure}: F1 from {threshold:.2f}", counts, goals[0])
            yield ranked(f"{measure}: average precision", scored, goals[1])


def _scores(readings: Readings, name: str, data: Sequence[dict[str, Any]]) -> list[float]:
    docs = readings.docs(name, [row["text"] for row in data])
    return [max((s.checkworthiness for s in doc._.stated), default=0.0) for doc in docs]


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


# The first of each is on our own articles, the others on public data.
MEASURES: dict[str, tuple[Callable[[Readings], Iterator[Figure]], ...]] = {
    "kinds": (kinds,),
    "names": (names,),
    "attribution": (attribution, polnear),
    "wording": (wording, babe),
    "checkworthiness": (checkworthiness, tweets, kept_aside, debates),
}
