"""Clean news: figures that stand together are told on at most one sentence of a thousand; so far on none."""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import spacy

from caveat.article import Article, Context
from caveat.facts import Facts
from caveat.reading.blocks import cut
from caveat.reading.checking import checked
from caveat.reading.record import BlockReading

SHARED = Path(os.environ.get("CAVEAT_SHARED", Path(__file__).parents[3] / "shared"))
TODAY = date(2026, 5, 10)
DATED = re.compile(r"\d{4}-\d\d-\d\d")
SETS = ["data/polnear/dev", "data/polnear/train", "data/babe_sg2/dev", "data/babe_sg2/train"]


def articles(name: str) -> Iterator[Article]:
    if name == "pages":
        for folder in sorted(path for path in (SHARED / name).iterdir() if path.is_dir()):
            about = json.loads((folder / "expected-metadata.json").read_text("utf-8"))
            text = re.sub(r"</(?:p|h\d|li|div)>", "\n", (folder / "expected.html").read_text("utf-8"))
            yield Article(
                html.unescape(re.sub(r"<[^>]+>", "", text)), Context(published=about.get("publishedTime"))
            )
        return
    for line in (SHARED / f"{name}.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        day = DATED.search(one.get("file") or one["id"])
        yield Article(one["text"], Context(published=day.group() if day else None))


@pytest.mark.parametrize("name", ["pages", "data/claimbuster/train", *SETS])
def test_no_figures_of_clean_news_are_told(name: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("the news that figures are measured on is not here (CAVEAT_SHARED names its folder)")
    nlp = spacy.blank("en")
    for component in ("sentencizer", "caveat_quotations", "caveat_figures"):
        nlp.add_pipe(component)
    facts, told = Facts.load(), []
    for article in articles(name):
        # Blocks without a digit hold no two figures; the tokenizer is what takes time here.
        blocks = [block for block in cut(article.text) if re.search(r"\d", block.text)]
        readings = [BlockReading(figures=tuple(doc._.figures)) for doc in nlp.pipe(b.text for b in blocks)]
        told += [
            (article.text[n.start : n.end], n.variant)
            for n in checked(article, blocks, readings, facts, TODAY)
        ]
    assert told == []
