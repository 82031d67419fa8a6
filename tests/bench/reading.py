"""Reading: cold against plain spaCy, and one changed paragraph against cold on the cache's path."""

from __future__ import annotations

import gc
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from statistics import median
from typing import Any

from figures import Figure, take_turns
from spacy.language import Language

from articles import article, paragraph, texts
from caveat.app import create_app
from caveat.article import Article
from caveat.config import Settings
from caveat.reading import Reader, rules
from caveat.reading.pipeline import MODELS
from caveat.reading.record_of import record_of
from caveat.reading.sources import SourceWords

ROUNDS = 9


def measure() -> Iterator[Figure]:
    """The ratios."""
    reader = Reader.load(None)
    plain = _plain_model()
    for name, text in texts():
        sides = take_turns(
            {"plain": lambda t=text: plain(t), "ours": lambda t=text: reader.analyse(Article(t))}, ROUNDS
        )
        yield Figure(
            f"cold analysis / nlp(text): {name}", sides["ours"] / sides["plain"], goal=1.2,
            detail=f"{sides['ours'] * 1e3:.0f} ms against {sides['plain'] * 1e3:.0f} ms CPU",
        )  # fmt: skip
    yield _changed(reader)


def profile() -> Iterator[Figure]:
    """Where the time of a cold analysis goes: the share of each component of the model, and of ours."""
    reader = Reader.load(None)
    nlp, text = reader.nlp, "\n".join(article(1, 40))
    survey = reader.survey(Article(text))
    texts = [block.text for block in survey.blocks]
    used: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        with nlp.memory_zone():
            for name, docs in _stages(nlp, texts, used):
                if name == "record":
                    before = time.process_time()
                    reader.judge(Article(text), survey, docs)
                    used["judge"].append(time.process_time() - before)
    shares = {name: median(times) for name, times in used.items()}
    whole = sum(shares.values())
    model = {name: took for name, took in shares.items() if not name.startswith("caveat_")}
    for name, took in sorted(model.items(), key=lambda item: -item[1]):
        yield Figure(f"  {name}", 100 * took / whole, "%")
    ours = {name: took for name, took in shares.items() if name not in model}
    yield Figure("  our components", 100 * sum(ours.values()) / whole, "%", detail=_largest(ours, whole))


def _stages(nlp: Language, texts: list[str], used: dict[str, list[float]]) -> Iterator[tuple[str, Any]]:
    """The documents after each component, which then has seen all of them."""
    docs: Any = texts
    words = SourceWords.of(rules.read("sources"))
    steps: list[tuple[str, Any]] = [("tokenizer", nlp.make_doc), *nlp.pipeline]
    for name, step in [*steps, ("record", lambda doc: record_of(doc, words))]:
        gc.collect()
        before = time.process_time()
        docs = list(step.pipe(docs, batch_size=128)) if hasattr(step, "pipe") else [step(doc) for doc in docs]
        used[name].append(time.process_time() - before)
        yield name, docs


def _largest(took: dict[str, float], whole: float) -> str:
    first = sorted(took.items(), key=lambda item: -item[1])[:6]
    return ", ".join(f"{name.removeprefix('caveat_')} {100 * t / whole:.1f}" for name, t in first)


def _changed(reader: Reader) -> Figure:
    import random

    app = create_app(Settings(log_level="error", database_url="sqlite://"), reader)
    answers = app.extensions["caveat"].answers
    fresh = count(1_000)
    rng = random.Random(7)
    kept = article(0, 40)

    def answer(paragraphs: list[str]) -> None:
        sent = Article("\n".join(paragraphs))
        key = answers.key(sent, ())
        assert answers.find(key) is None
        answers.make(key, sent, ())

    def changed() -> None:
        place = rng.randrange(40)
        answer([*kept[:place], paragraph(rng) + f" That was the {next(fresh)}th time.", *kept[place + 1 :]])

    answer(kept)
    gc.collect()
    gc.freeze()  # as the server does before it forks
    sides = take_turns({"cold": lambda: answer(_all_new(next(fresh))), "changed": changed}, ROUNDS)
    app.extensions["caveat"].store.close()
    return Figure(
        "one changed paragraph of forty / cold", sides["changed"] / sides["cold"], goal=0.08,
        detail=f"{sides['changed'] * 1e3:.1f} ms against {sides['cold'] * 1e3:.0f} ms CPU",
    )  # fmt: skip


def _all_new(seed: int) -> list[str]:
    return [f"{p} It was the {seed}th such day." for p in article(seed, 40)]


def _plain_model():  # type: ignore[no-untyped-def]
    import importlib

    for name in MODELS:
        try:
            return importlib.import_module(name).load()
        except ImportError:
            continue
    raise SystemExit("No spaCy model is installed; run make install.")
