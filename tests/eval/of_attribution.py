"""Attribution: sources, cues and contents by tokens, and the kind and name of each source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from figures import Counts, Figure, Place, compared, f1, interval, tokens
from labelled import Said
from readings import Readings
from sets import own, rows

from caveat.article import Article, Attribution


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
