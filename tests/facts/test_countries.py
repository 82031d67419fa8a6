"""The table of countries: what it must have, and how a newer one is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from caveat.facts import Facts
from caveat.facts.figures.countries import FILE, Countries, TableError

HEAD = "names,wikidata,population,year,area_km2\n"
ROW = "Aland|Åland,Q1,30000,2024,1582\n"


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


def test_a_newer_table_of_the_data_folder_is_taken_and_is_another_version(tmp_path: Path) -> None:
    shipped = Facts.load(tmp_path)
    (tmp_path / FILE).write_text("# source: us\n" + HEAD + ROW, encoding="utf-8")
    newer = Facts.load(tmp_path)
    assert set(newer.countries.by_name) == {"Aland", "Åland"}
    assert newer.version != shipped.version == Facts.load().version


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("names,population\n", "countries.csv: no column area_km2, wikidata, year"),
        (HEAD + "Aland,Q1,many,2024,1582\n", "countries.csv: row of 'Aland': .*'many'"),
        (HEAD + "Aland,Q1\n", "countries.csv: row of 'Aland'"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_by_its_row(table: str, says: str) -> None:
    with pytest.raises(TableError, match=says):
        Countries.parse(table.encode(), FILE)
