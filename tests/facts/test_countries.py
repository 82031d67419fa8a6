"""The table of countries: what it must have, and how a newer one is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from caveat.facts import Facts
from caveat.facts.figures.countries import FILE, Countries
from caveat.facts.tables import FOLDER

ABOUT = "# as_of: 2026-01-31\n# source: us\n# licence: CC0\n"
HEAD = "names,wikidata,population,year,area_km2\n"
ROW = "Aland|Åland,Q1,30000,2024,1582\n"

OWN = Path(FOLDER, FILE)


def test_the_table_that_ships_has_plausible_countries() -> None:
    countries = Countries.load().by_name
    for country in countries.values():
        assert country.population > 10_000, country
        assert 2010 <= country.year <= 2026, country
        assert country.wikidata.startswith("Q"), country
        assert 0.01 < country.population / max(country.area, 1) < 25_000, country
    assert countries["US"] is countries["United States"]


@pytest.mark.parametrize("name", ["Georgia", "Jordan", "Congo", "Luxembourg", "Malta", "England"])
def test_a_name_that_may_mean_another_place_is_not_in_it(name: str) -> None:
    assert name not in Countries.load().by_name


def keep(folder: Path, table: str | bytes) -> None:
    (folder / OWN).parent.mkdir(parents=True)
    (folder / OWN).write_bytes(table if isinstance(table, bytes) else table.encode())


def test_a_newer_table_of_the_data_folder_is_taken_and_is_another_version(tmp_path: Path) -> None:
    shipped = Facts.load(tmp_path)
    keep(tmp_path, ABOUT + HEAD + ROW)
    newer = Facts.load(tmp_path)
    assert set(newer.countries.by_name) == {"Aland", "Åland"}
    assert newer.version != shipped.version == Facts.load().version
    status = newer.countries.status
    assert (status.table, status.rows, str(status.as_of), status.sources) == (
        "countries", 1, "2026-01-31", "us",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (ABOUT + "names,population\n", "there is no column wikidata, year, area_km2"),
        (ABOUT + HEAD + "Aland,Q1,many,2024,1582\n", "row of 'Aland': invalid literal"),
        (ABOUT + HEAD + "Aland,Q1\n", "row of 'Aland'"),
        (HEAD + ROW, "there is no line # as_of"),
        (b"\xff\x00", "can't decode"),
    ],
)
def test_a_damaged_table_is_left_aside_and_says_why(tmp_path: Path, table: str | bytes, says: str) -> None:
    keep(tmp_path, table)
    facts = Facts.load(tmp_path)
    assert facts.version == Facts.load().version
    assert says in facts.countries.status.trouble
    assert str(tmp_path / OWN) in facts.countries.status.trouble
