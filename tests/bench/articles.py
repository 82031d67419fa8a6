"""News-like texts of our own, on invented people and places: the same ones for the same seed."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import orjson

import caveat

PEOPLE = ("Mara Teale", "Joss Arkwright", "Ines Calloway", "Tobias Wren", "Petra Lindqvist", "Owen Marsh")
OFFICES = (
    "who chairs the harbour board",
    "the mayor",
    "a spokesman for the ministry",
    "an engineer at the works",
)
BODIES = (
    "The Lowmoor council",
    "The harbour board",
    "The transport ministry",
    "The ferry company",
    "The court",
)
DEEDS = (
    "approved the night ferry", "rejected the plan for the east quay", "published its accounts",
    "opened an inquiry into the accident", "raised fares by 4 per cent", "delayed the timetable until May",
)  # fmt: skip
TAILS = (
    "after a meeting that lasted until midnight", "on Thursday", "although residents had asked for more time",
    "which had been expected since the spring", "in a vote of 14 to 9", "as the tourist season begins",
)  # fmt: skip
FRAMES = (
    "{body} {deed} {tail}.",
    "“We have listened, and we will listen again,” said {person}, {office}.",
    "According to {person}, {office}, the line carried {n:,} passengers, a rise of {share} per cent.",
    "Many experts say that the change could cost {n:,} jobs in the region.",
    "A study found that {share} per cent of travellers had waited for more than an hour.",
    "Critics fear a devastating blow to the town, and some fear that shops will close for ever.",
    "{body} did not answer a request for comment.",
    "People close to the talks said that {body_low} had {deed} {tail}.",
    "{person} told the Lowmoor Courier that the figures were wrong and that a correction would follow.",
    "The old timetable had been in force since 1998, and nobody had questioned it before.",
)


def paragraph(rng: random.Random) -> str:
    """Two to four sentences."""
    return " ".join(_sentence(rng) for _ in range(rng.randint(2, 4)))


def article(seed: int, paragraphs: int) -> list[str]:
    """The paragraphs of one article."""
    rng = random.Random(seed)
    return [paragraph(rng) for _ in range(paragraphs)]


def _sentence(rng: random.Random) -> str:
    body = rng.choice(BODIES)
    return rng.choice(FRAMES).format(
        body=body, body_low=body[0].lower() + body[1:], deed=rng.choice(DEEDS), tail=rng.choice(TAILS),
        person=rng.choice(PEOPLE), office=rng.choice(OFFICES),
        n=rng.randint(200, 90_000), share=rng.randint(2, 80),
    )  # fmt: skip


def texts() -> Iterator[tuple[str, str]]:
    """The names and the words of those that a cold analysis is measured on."""
    sample = Path(caveat.__file__).parent / "web" / "sample.json"
    if sample.is_file():
        yield "our sample article", orjson.loads(sample.read_bytes())["text"]
    yield "a long news text, generated", "\n".join(article(1, 40))
    shared = Path(os.environ.get("CAVEAT_SHARED") or Path(__file__).parents[3] / "shared")
    for file in sorted((shared / "articles").glob("*.txt")):
        yield file.stem, file.read_text("utf-8")
