"""A table of the data folder that cannot be read: a server starts all the same, and its journal says so."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import orjson
from flask import Flask

from caveat.facts import Facts
from caveat.reading import Reader


def test_a_server_with_a_damaged_table_starts_and_says_so(
    make_app: Callable[..., Flask], reader: Reader, lines: io.BytesIO, tmp_path: Path
) -> None:
    file = tmp_path / "facts" / "offices.json"
    file.parent.mkdir()
    file.write_bytes(b"{}")
    facts = Facts.load(tmp_path)
    make_app(Reader(reader.nlp, reader.catalogue, facts))
    entry = orjson.loads(lines.getvalue().splitlines()[0])
    assert (entry["event"], entry["table"]) == ("facts_left_aside", "offices")
    assert str(file) in entry["why"]
    assert facts.version == Facts.load().version


def test_a_folder_where_a_table_should_be_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "facts" / "offices.json").mkdir(parents=True)
    facts = Facts.load(tmp_path)
    assert facts.offices == Facts.load().offices
    assert "offices.json" in facts.status[0].trouble
