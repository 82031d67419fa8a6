"""Who says what, by a table of sentences."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from caveat.article import Article, Attribution
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
    expected = {key: value for key, value in case.items() if key != "text"}
    assert {key: described(found[0])[key] for key in expected} == expected


@pytest.mark.parametrize("text", [case["text"] for case in TABLE["silent"]])
def test_where_nobody_says_anything_nothing_is_attributed(reader: Reader, text: str) -> None:
    assert reader.analyse(Article(text)).attributions == ()
