"""Articles of our own, with the analysis a person has looked at.

Each folder of ``tests/articles`` holds ``article.txt``, ``context.json`` and ``expected.txt``. When a
rule changes, ``CAVEAT_REWRITE=1 pytest tests/reading/test_articles.py`` writes the expectations anew;
read the difference before committing it: it is what readers will see.
"""

from __future__ import annotations

import json
import os
from importlib import resources
from pathlib import Path

import pytest

from caveat.article import Analysis, Article, Context, Link
from caveat.reading import Reader

ARTICLES = Path(__file__).parent.parent / "articles"
SHARED = Path(os.environ.get("CAVEAT_SHARED", Path(__file__).parents[3] / "shared"))


def summary(text: str, analysis: Analysis) -> str:
    """What a reviewer wants to see: each sentence, whose it is, and its notes below it."""
    lines = [
        f"{analysis.coverage}",
        *(f"page: {note.signal}: {note.message}" for note in analysis.page_notes),
    ]
    claims = {claim.start: claim for claim in analysis.claims}
    for sentence in analysis.sentences:
        claim = claims.get(sentence.start)
        said = f"{claim.kind}, {claim.attribution.kind}, {claim.attribution.name}" if claim else "no claim"
        lines += ["", f"{' '.join(text[sentence.start : sentence.end].split())}  ({said})"]
        for note in analysis.notes:
            if sentence.start <= note.start < sentence.end:
                lines.append(f"    {note.signal}: {note.quote.exact!r}: {note.message}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "folder",
    sorted(f for f in ARTICLES.iterdir() if (f / "context.json").is_file()),
    ids=lambda folder: folder.name,
)
def test_an_article_is_read_as_it_was_reviewed(reader: Reader, folder: Path) -> None:
    text = (folder / "article.txt").read_text(encoding="utf-8")
    context = Context(**json.loads((folder / "context.json").read_text(encoding="utf-8")))
    got = summary(text, reader.analyse(Article(text, context)))
    expected = folder / "expected.txt"
    if os.environ.get("CAVEAT_REWRITE"):
        expected.write_text(got, encoding="utf-8")
    assert got == expected.read_text(encoding="utf-8")


def test_the_sample_of_the_lens_shows_every_signal(reader: Reader) -> None:
    sample = json.loads(resources.files("caveat").joinpath("web/sample.json").read_text(encoding="utf-8"))
    links = tuple(Link(**link) for link in sample["context"].pop("links"))
    analysis = reader.analyse(Article(sample["text"], Context(**sample["context"], links=links)))
    of_the_page = {"headline-gap", "opinion-page"}
    of_an_index = {"checked-before"}
    assert {note.signal for note in analysis.notes} == set(
        reader.catalogue.signals
    ) - of_the_page - of_an_index


def test_a_wire_article_is_read_as_a_teacher_would(reader: Reader) -> None:
    file = SHARED / "articles" / "patriot-meeting.txt"
    if not file.exists():
        pytest.skip("the reference article is not part of the project and is not here")
    text = file.read_text(encoding="utf-8")
    noticed = {(note.signal, note.quote.exact) for note in reader.analyse(Article(text)).notes}
    assert noticed >= {
        ("unnamed-source", "According to a confidential source cited by Reuters"),
        ("second-hand", "cited by Reuters"),
        ("second-hand", "According to Politico"),
        ("vague-source", "Some have questioned"),
        ("vague-source", "some analysts view"),
        ("vague-source", "is seen by some"),
        ("loaded-words", "relentless"),
    }
