"""What the stores are told about the extension is true of what is built, and fits their forms."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

EXTENSION = Path(__file__).parents[2] / "extension"
LANGUAGES = ("en", "de")
BROWSERS = ("chrome", "firefox")
SUMMARY = 132  # characters, Chrome; Mozilla takes 250
DESCRIPTION = 16_000  # characters, Chrome; Mozilla takes 15,000
ADDED_BY = ("permissions", "optional_permissions", "host_permissions", "optional_host_permissions")


def listing(language: str) -> dict[str, Any]:
    return tomllib.loads((EXTENSION / "store" / f"{language}.toml").read_text(encoding="utf-8"))


def manifest(browser: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXTENSION / "dist" / browser / "manifest.json").read_text())
    return found


def shape(value: Any) -> Any:
    """The names in a table, without what they are said to be."""
    return {name: shape(inner) for name, inner in value.items()} if isinstance(value, dict) else type(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_permission_has_a_reason_and_every_reason_a_permission(language: str) -> None:
    wanted = {name for browser in BROWSERS for key in ADDED_BY for name in manifest(browser).get(key, [])}
    reasons = listing(language)["permissions"]
    assert set(reasons) == wanted
    assert [name for name, reason in reasons.items() if len(reason) < 25] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_firefox_says_is_collected_is_what_the_listing_says(language: str) -> None:
    collected = manifest("firefox")["browser_specific_settings"]["gecko"]["data_collection_permissions"]
    assert set(listing(language)["data"]["firefox"]) == {
        *collected["required"],
        *collected.get("optional", []),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_is_the_one_in_the_package_and_fits(language: str) -> None:
    messages = json.loads((EXTENSION / "_locales" / language / "messages.json").read_text(encoding="utf-8"))
    told = listing(language)
    assert told["summary"] == messages["description"]["message"]
    assert told["name"] == messages["name"]["message"]
    assert 0 < len(told["summary"]) <= SUMMARY


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_description_is_whole_and_fits(language: str) -> None:
    text = listing(language)["description"].strip()
    assert 800 < len(text) < min(DESCRIPTION, 15_000)
    assert not re.search(r"TODO|TBD|lorem|\bXX", text, re.IGNORECASE)


def test_both_languages_fill_in_the_same_forms_the_same_way() -> None:
    english, german = (listing(language) for language in LANGUAGES)
    english.pop("review")  # English only: the reviewers of both stores read it
    assert shape(english) == shape(german)
    assert english["data"]["chrome"] == german["data"]["chrome"]
    assert english["category"] == german["category"]


def test_the_reviewers_are_told_a_command_that_is_there() -> None:
    review = listing("en")["review"]
    assert "make run" in review["try"]
    assert re.search(r"^run:", (EXTENSION.parent / "Makefile").read_text(), re.MULTILINE)
    assert "Alt+Shift+Y" in review["try"]
    assert manifest("chrome")["commands"]["_execute_action"]["suggested_key"]["default"] == "Alt+Shift+Y"


@pytest.mark.parametrize("browser", BROWSERS)
def test_the_privacy_page_is_in_the_package(browser: str) -> None:
    assert (EXTENSION / "dist" / browser / listing("en")["privacy"]["page"]).is_file()
