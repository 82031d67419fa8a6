"""The privacy page says what the code does, in both languages alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from caveat.config import Settings

EXTENSION = Path(__file__).parents[2] / "extension"
PAGE = (EXTENSION / "privacy" / "privacy.html").read_text(encoding="utf-8")


def article(language: str) -> str:
    """The part of the page in a language."""
    found = re.search(rf'<article id="{language}" lang="{language}">(.*?)</article>', PAGE, re.DOTALL)
    assert found
    return found[1]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


@pytest.mark.parametrize(
    ("language", "days", "text"), [("en", "seven days", "200,000"), ("de", "sieben Tagen", "200.000")]
)
def test_the_figures_are_those_of_the_code(language: str, days: str, text: str) -> None:
    assert Settings.cache_ttl == 7 * 24 * 3600
    assert f"after {days}" in words(article(language)) or f"nach {days}" in words(article(language))
    assert f"{Settings.max_text:,}" == "200,000"
    assert f"{text} " in words(article(language))
    standard = re.search(r'STANDARD_SERVER = "([^"]+)"', (EXTENSION / "shared" / "server.ts").read_text())
    assert standard
    assert f"<code>{standard[1]}</code>" in article(language)


def test_both_languages_say_the_same_number_of_things() -> None:
    def shape(language: str) -> list[str]:
        return re.findall(r"<(h1|h2|p|ul|li|strong|em|code)\b", article(language))

    assert shape("en") == shape("de")


def test_the_page_runs_and_loads_nothing_but_its_style() -> None:
    assert "<script" not in PAGE
    assert re.findall(r'(?:src|href)="([^"#][^"]*)"', PAGE) == ["privacy.css"]


@pytest.mark.parametrize("browser", ["chrome", "firefox"])
def test_the_extension_and_the_server_have_the_same_page(browser: str) -> None:
    built = EXTENSION / "dist" / browser
    served = EXTENSION.parent / "server" / "caveat" / "web" / "static" / "privacy"
    page = (served / "index.html").read_text(encoding="utf-8")
    assert (
        page.replace("/static/privacy/", "") == (built / "privacy.html").read_text(encoding="utf-8") == PAGE
    )
    assert (served / "privacy.css").read_bytes() == (built / "privacy.css").read_bytes()
