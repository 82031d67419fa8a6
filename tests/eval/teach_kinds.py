"""Fit the model of kinds, in half a minute: ``python tests/eval/teach_kinds.py [--check]``.

It learns from our own sentences alone: the labelled articles that are looked at, ``kinds.toml`` (at half
weight, because the rules were made to pass it), ``kinds-training.toml`` (what states nothing at less still)
and the half of ``kinds-held-out.toml`` to build on. Writes ``kinds-weights.toml``; ``--check`` writes
nothing, leaves a quarter out, four times, and prints how much of that is read rightly. The fit is plain:
softmax regression by accelerated gradient descent, with an L2 penalty and classes halfway balanced.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from labelled import articles
from readings import Readings

TABLES = Path(__file__).parents[1] / "reading"
WEIGHTS = Path(__file__).parents[2] / "server/caveat/reading/rules/kinds-weights.toml"
KINDS = ["experience", "opinion", "quantity", "forecast", "cause", "rule", "statement", "event"]
FEWEST = 4  # sentences that show a feature, below which it is left out
PENALTY, BALANCE, STEPS = (
    9.0,
    0.5,
    200,
)  # as four folds of --check liked them, within chance of their neighbours
CONSTRUCTED, NOTHING = 0.5, 0.3  # the weight of a sentence; 1 costs opinions, 0 takes recipes for them
HEAD = """\
# The model of kinds (reading/kind_model.py): what a feature of a sentence adds for each kind, in hundredths.
#
# Made by tests/eval/teach_kinds.py from our own labelled sentences and articles, and from nothing else. Not
# to be edited by hand, but to be read: a weight that cannot be explained asks for more sentences.
"""

Example = tuple[str, dict[str, float], float]  # kind, what is seen, weight


def _table(name: str) -> dict[str, list[str]]:
    table: dict[str, list[str]] = tomllib.loads((TABLES / f"{name}.toml").read_text("utf-8"))
    return table


def examples(readings: Readings) -> list[list[Example]]:
    """The sentences in groups that belong together: an article, or a single sentence."""
    kinds = readings.reader.nlp.get_pipe("caveat_claims").kinds
    constructed: dict[str, Any] = {**_table("kinds")}
    taught = _table("kinds-training")
    nothing = taught.pop("none")
    del constructed["none"], constructed["not_yet"]
    sentences = [
        *((kind, text, CONSTRUCTED) for kind, cases in constructed.items() for text in cases["like"]),
        *((kind, text, CONSTRUCTED) for cases in constructed.values() for text, kind in cases["unlike"]),
        *((kind, text, 1.0) for kind, texts in taught.items() for text in texts),
        *(("event", text, NOTHING) for text in nothing),
        *((kind, text, 1.0) for kind, texts in _table("kinds-held-out").items() for text in texts[::2]),
    ]
    docs = readings.docs("kinds", [text for _, text, _ in sentences])
    groups = [
        [(kind, kinds.seen(doc)[-1], weight)] for (kind, _, weight), doc in zip(sentences, docs, strict=True)
    ]
    for article in articles():
        paragraphs, start, group = article.text.split("\n"), 0, []
        labels = {(s.start, s.end): s.kind for s in article.sentences if s.kind in KINDS}
        for paragraph, doc in zip(paragraphs, readings.docs(article.id, paragraphs), strict=True):
            for sentence, seen in zip(doc.sents, kinds.seen(doc), strict=True):
                place = start + sentence.start_char, start + sentence.end_char
                if place in labels:
                    group.append((labels[place], seen, 1.0))
            start += len(paragraph) + 1
        groups.append(group)
    return groups


def fit(some: list[Example]) -> dict[str, list[int]]:
    """The weights, in hundredths, of the features that are seen often enough."""
    counted = Counter(name for _, seen, _ in some for name, value in seen.items() if value)
    columns = {name: i for i, name in enumerate(sorted(n for n, c in counted.items() if c >= FEWEST))}
    x = np.zeros((len(some), len(columns)), np.float64)
    for row, (_, seen, _) in enumerate(some):
        for name, value in seen.items():
            if name in columns:
                x[row, columns[name]] = value
    kind = np.array([KINDS.index(k) for k, _, _ in some])
    wanted, weight = np.eye(len(KINDS))[kind], np.array([w for _, _, w in some])
    size = np.array([weight[kind == k].sum() for k in range(len(KINDS))])
    weight = weight * ((weight.sum() / size) ** BALANCE)[kind]
    weight /= weight.mean()
    penalty = np.full((len(columns), 1), PENALTY / len(some))
    penalty[columns["always"]] = 0
    steepest = 0.5 * np.linalg.norm((x * weight[:, None]).T @ x / len(some), 2) + PENALTY / len(some)
    now = ahead = np.zeros((len(columns), len(KINDS)))
    momentum = 1.0
    for _ in range(STEPS):
        odds = np.exp(x @ ahead - (x @ ahead).max(1, keepdims=True))
        odds /= odds.sum(1, keepdims=True)
        slope = x.T @ ((odds - wanted) * weight[:, None]) / len(some) + penalty * ahead
        before, now = now, ahead - slope / steepest
        faster = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        ahead, momentum = now + (momentum - 1) / faster * (now - before), faster
    rounded = np.rint(100 * now).astype(int)
    return {name: rounded[i].tolist() for name, i in columns.items() if rounded[i].any()}


def main() -> None:
    """Fit and write, or check."""
    readings = Readings()
    groups = examples(readings)
    if "--check" not in sys.argv:
        weights = fit([one for group in groups for one in group])
        names = ", ".join(f'"{kind}"' for kind in KINDS)
        lines = [f"kinds = [{names}]", "", "[weights]"]
        lines += [f"{json.dumps(name, ensure_ascii=False)} = {row}" for name, row in weights.items()]
        WEIGHTS.write_text(HEAD + "\n" + "\n".join(lines) + "\n", "utf-8")
        print(f"{len(weights)} features, {WEIGHTS.stat().st_size // 1000} kB")
        return
    model = readings.reader.nlp.get_pipe("caveat_claims").kinds.model
    read: dict[str, list[tuple[str, str]]] = {"single sentences": [], "articles": []}
    for fold in range(4):
        model.kinds = KINDS
        model.weights = fit([one for i, group in enumerate(groups) if i % 4 != fold for one in group])
        for i, group in enumerate(groups):
            if i % 4 == fold and group and group[0][2] == 1:
                which = "articles" if len(group) > 1 else "single sentences"
                read[which] += [(kind, model.choose(seen)) for kind, seen, _ in group]
    for which, some in read.items():
        right = sum(kind == found for kind, found in some) / len(some)
        print(f"{which}: macro-F1 {_macro_f1(some):.3f}, accuracy {right:.3f} of {len(some)}")


def _macro_f1(read: list[tuple[str, str]]) -> float:
    both = Counter(kind for kind, found in read if kind == found)
    size = Counter(kind for kind, _ in read) + Counter(found for _, found in read)
    return sum(2 * both[kind] / max(1, size[kind]) for kind in KINDS) / len(KINDS)


if __name__ == "__main__":
    main()
