"""The labelled articles: sentences with the labels of ``tests/articles/GUIDE.md``, offsets worked out.

In: ``tests/articles/*/labels.toml``. Out: articles whose text joins sentences with a space and
paragraphs with a line break, and whose labels are spans of that text, in code points.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "articles"
UNSEEN = "unseen/"  # the part that nobody looks at while building

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution as a person labelled it."""

    kind: str
    source: Place | None
    cue: Place | None
    content: tuple[Place, ...]
    name: str
    denied: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One labelled sentence."""

    start: int
    end: int
    kind: str
    check: bool
    names: tuple[tuple[str, Place], ...]
    said: tuple[Said, ...]
    marks: tuple[tuple[str, Place], ...]


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """One labelled article."""

    id: str
    text: str
    head: dict[str, Any]
    sentences: tuple[Sentence, ...] = field(repr=False)


def articles(part: str = "") -> list[LabelledArticle]:
    """All of a part, by name."""
    return [_article(path) for path in sorted(FOLDER.glob(f"{part}*/labels.toml"))]


def _article(path: Path) -> LabelledArticle:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    text, sentences = "", []
    for number, paragraph in enumerate(data.pop("paragraph")):
        text += "\n" if number else ""
        for place, labels in enumerate(paragraph["sentence"]):
            text += " " if place else ""
            sentences.append(_sentence(labels, len(text)))
            text += labels["text"]
    return LabelledArticle(path.parent.name, text, data, tuple(sentences))


def _sentence(labels: dict[str, Any], at: int) -> Sentence:
    text = labels["text"]

    def place(words: str) -> Place | None:
        return _find(text, words, at) if words else None

    def places(entries: list[str], between: str) -> tuple[tuple[str, Place], ...]:
        pairs = (entry.split(between, 1) for entry in entries)
        return tuple((label, _find(text, words.strip(), at)) for label, words in pairs)

    said = tuple(
        Said(
            one["kind"],
            place(one.get("source", "")),
            place(one.get("cue", "")),
            tuple(_find(text, words, at) for words in one.get("content", [])),
            one.get("name", ""),
            one.get("denied", False),
        )
        for one in labels.get("said", [])
    )
    names, marks = labels.get("names", []), labels.get("marks", [])
    return Sentence(
        at, at + len(text), labels["kind"], labels.get("check", False),
        places(names, " "), said, places(marks, ":"),
    )  # fmt: skip


def _find(text: str, words: str, at: int) -> Place:
    """Where words stand: whole words first, ``#2`` for the second time."""
    words, _, nth = words.partition("#") if words[-2:-1] == "#" else (words, "", "1")
    found, start = [], -1
    while (start := text.find(words, start + 1)) >= 0:
        before, after = text[start - 1 : start], text[start + len(words) : start + len(words) + 1]
        whole = not (before.isalnum() and words[0].isalnum()) and not (
            after.isalnum() and words[-1].isalnum()
        )
        found.append((not whole, start))
    if len(found) < int(nth):
        raise ValueError(f"{words!r} does not stand {nth} times in {text!r}")
    start = sorted(found)[int(nth) - 1][1]
    return at + start, at + start + len(words)
