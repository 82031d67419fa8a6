"""Who says what, by a table of sentences."""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caveat.article import Article, Attribution, Span
from caveat.reading import Reader

TABLE = tomllib.loads(Path(__file__).with_name("attributions.toml").read_text(encoding="utf-8"))


def described(attribution: Attribution) -> dict[str, str | None]:
    return {
        "kind": attribution.kind.value,
        "source": attribution.source.text if attribution.source else None,
        "cue": attribution.cue.text if attribution.cue else None,
        "content": " … ".join(span.text for span in attribution.content),
        "relayed_by": attribution.relayed_by.text if attribution.relayed_by else None,
    }


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: case["text"])
def test_source_cue_and_content_are_found(reader: Reader, case: dict[str, Any]) -> None:
    found = reader.analyse(Article(case["text"])).attributions
    assert found
    one = described(found[case.get("nth", 1) - 1])
    expected = {key: value for key, value in case.items() if key not in {"text", "nth"}}
    assert {key: one[key] for key in expected} == expected


@pytest.mark.parametrize("text", [case["text"] for case in TABLE["silent"]])
def test_where_nobody_says_anything_nothing_is_attributed(reader: Reader, text: str) -> None:
    assert reader.analyse(Article(text)).attributions == ()


@pytest.mark.parametrize("case", TABLE["meant"], ids=lambda case: case["text"])
def test_a_short_source_is_given_the_name_it_means(reader: Reader, case: dict[str, Any]) -> None:
    found = reader.analyse(Article(case["text"])).attributions
    meant = [one for one in found if one.source and one.source.text == case["source"]]
    assert [(one.kind.value, one.name or "") for one in meant] == [(case["kind"], case["name"])]


def test_what_is_wanted_is_listed_but_backs_no_claim(reader: Reader) -> None:
    analysis = reader.analyse(Article("Mara Teale wants the harbour board to repair 40 boats in May."))
    assert [one.voiced for one in analysis.attributions] == [False]
    assert all(claim.attribution.source is None for claim in analysis.claims)


TEXTS = [one["text"] for one in (*TABLE["case"], *TABLE["silent"], *TABLE["meant"])]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=6), st.sampled_from([" ", "\n", "\n\n"]))
def test_attributions_never_overlap_nonsense(reader: Reader, texts: list[str], between: str) -> None:
    text = between.join(texts)
    analysis = reader.analyse(Article(text))
    assert analysis == reader.analyse(Article(text))
    for one in analysis.attributions:
        spans = [span for span in (one.source, one.cue, one.relayed_by, *one.content) if span]
        assert all(text[span.start : span.end] == span.text and span.text.strip() for span in spans)
        assert one.cue is None or "\n" not in one.cue.text
        if one.source and one.cue:
            assert not _overlap(one.source, one.cue)
            assert any(
                s.start <= min(one.source.start, one.cue.start) and max(one.source.end, one.cue.end) <= s.end
                for s in analysis.sentences
            )
        if one.cue:
            assert not any(_overlap(span, one.cue) for span in one.content)
        assert all(a.end <= b.start or b.end <= a.start for a, b in combinations(one.content, 2))
    starts = [(one.cue or one.content[0]).start for one in analysis.attributions]
    assert starts == sorted(starts)


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end
