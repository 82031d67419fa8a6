"""The labelled sets: our own articles beside their analyses, and public data where it lies."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from labelled import LabelledArticle, articles
from readings import Readings

from caveat.article import Analysis, Article, Context

SHARED = Path(os.environ.get("CAVEAT_SHARED", Path(__file__).parents[3] / "shared"))


def rows(*path: str) -> list[dict[str, Any]]:
    """A data set's rows, or none where it is absent."""
    file = SHARED.joinpath("data", *path)
    return (
        [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.is_file() else []
    )


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
