"""How well matching does on a reference set: posts, and the claims that fact checkers found behind them."""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from pathlib import Path

import pytest
from match_scene import Silence

from caveat.facts.factchecks import FactCheck, Store
from caveat.facts.factchecks.matching import Encoder, Hit, Matcher, Verdict, build

SHARED = Path(os.environ.get("CAVEAT_SHARED", Path(__file__).parents[5] / "shared")) / "match"
PER_NEGATIVE = 10  # texts whose claim nobody checked, for each whose claim somebody did


def lines(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (SHARED / name).read_text("utf-8").splitlines()]


def number(hit: Hit) -> int:
    return int(hit.check.url.rpartition("/")[2])


@pytest.mark.skipif(not SHARED.exists(), reason="the reference set of checked claims is not here")
def test_posts_find_their_claims_and_what_is_shown_on_its_own_is_right(tmp_path: Path) -> None:
    encoder = Encoder.find()
    if encoder is None:
        pytest.skip("caveat[match] is not installed")
    claims = {int(str(line["id"])): line for line in lines("claims.jsonl")}
    posts = {str(line["id"]): str(line["text"]) for line in lines("queries.jsonl") if line["split"] == "dev"}
    gold: dict[str, set[int]] = defaultdict(set)
    for line in lines("qrels.jsonl"):
        gold[str(line["qid"])].add(int(str(line["cid"])))
    store = Store(tmp_path)
    store.keep(
        FactCheck(
            f"https://checker.example/{n}", str(c["claim"]), "C", "checker.example", title=str(c["title"])
        )
        for n, c in claims.items()
    )
    build(tmp_path, encoder, Silence())
    with_gold = dict(zip(posts, Matcher(tmp_path, encoder).look_up(list(posts.values())), strict=True))

    # Some claims are there twice, with other quotation marks: the same claim is gone only with both.
    same: dict[str, set[int]] = defaultdict(set)
    for n, claim in claims.items():
        same[" ".join(re.findall(r"\w+", str(claim["claim"]).lower()))].add(n)
    fits = {post: {n for twins in same.values() if twins & gold[post] for n in twins} for post in posts}
    for gone in sorted({n for each in fits.values() for n in each}):
        store.remove(f"https://checker.example/{gone}")
    build(tmp_path, encoder, Silence())
    without = Matcher(tmp_path, encoder).look_up(list(posts.values()))

    precision_at_5 = [
        average_precision([number(h) for h in hits[:5]], gold[p]) for p, hits in with_gold.items()
    ]
    found = [len(gold[p] & {number(h) for h in hits}) / len(gold[p]) for p, hits in with_gold.items()]
    shown = {p: published(hits) for p, hits in with_gold.items()}
    right = sum(bool(each) and each <= fits[p] for p, each in shown.items())
    wrong = sum(bool(each - fits[p]) for p, each in shown.items())
    wrong += PER_NEGATIVE * sum(bool(published(hits)) for hits in without)
    assert sum(precision_at_5) / len(posts) >= 0.84
    assert sum(found) / len(posts) >= 0.95
    assert right / len(posts) >= 0.25
    assert right / (right + wrong) >= 0.90


def published(hits: list[Hit]) -> set[int]:
    return {number(hit) for hit in hits if hit.verdict is Verdict.PUBLISHED}


def average_precision(ranked: list[int], gold: set[int]) -> float:
    found, total = 0, 0.0
    for place, each in enumerate(ranked, 1):
        if each in gold:
            found += 1
            total += found / place
    return total / min(len(gold), 5)
