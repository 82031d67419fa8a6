"""What a screen reader meets on an article with notes, and the way through it by keyboard alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from .chromium import Chromium
from .test_records import BILLS, MINISTER, read
from .test_volunteers import on
from .visit import Visit
from .waiting import until

ARTICLE = "http://gazette.example/article.html"
RECORDS = (
    "## Records and fact checks\n\nA record's card, and a fact check's, as they are played to a test.\n\n"
)
TRANSCRIPT = Path(__file__).parents[2] / "extension" / "reader" / "SCREEN-READER.md"
OPENING = """# What a screen reader meets

The accessibility tree of the test article (`tests/e2e/pages/article.html`) in Chromium, after a press and
with the first note open: each line a role and its name, indented as it is nested. Long texts end in “…”.
`CAVEAT_REWRITE=1 pytest tests/e2e/test_screen_reader.py` writes this page anew; without it, the test
compares.

"""
NAMED = {
    "heading", "link", "button", "navigation", "main", "article", "banner", "complementary", "contentinfo",
    "region", "dialog", "status", "list", "listitem", "figure", "image", "RootWebArea",
}  # fmt: skip
NAMES = {"RootWebArea": "page"}
FOCUSED = "root => root.activeElement?.closest('[data-caveat=notes]') && root.activeElement.dataset.note"


def words(text: str, most: int = 90) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= most else folded[:most].rsplit(" ", 1)[0] + " …"


def transcript(nodes: list[dict[str, Any]]) -> str:
    """The tree as Markdown: what has a role worth saying, and the text between."""
    by_id = {node["nodeId"]: node for node in nodes}
    lines: list[str] = []

    def value(node: dict[str, Any], field: str) -> str:
        return str(node.get(field, {}).get("value", ""))

    def text(node: dict[str, Any]) -> str:
        if value(node, "role") == "StaticText":
            return value(node, "name")
        return "".join(text(by_id[child]) for child in node.get("childIds", []) if child in by_id)

    def walk(node: dict[str, Any], depth: int) -> None:
        role, name = value(node, "role"), words(value(node, "name"))
        children = [by_id[child] for child in node.get("childIds", []) if child in by_id]
        if role in {"paragraph", "term", "definition", "StaticText"}:
            if said := words(text(node)):
                lines.append(f"{'  ' * depth}- {said}")
            children = [c for c in children if value(c, "role") in {"link", "button"}]
            depth += 1
        elif role in NAMED and not node.get("ignored"):
            if role == "status":
                name = words(text(node))
            described = words(value(node, "description"), 200)
            line = f"{NAMES.get(role, role)}{f' “{name}”' if name else ''}"
            lines.append(f"{'  ' * depth}- {line}{f', described as “{described}”' if described else ''}")
            if role in {"heading", "link", "button", "status"}:
                children = []
            depth += 1
        for child in children:
            walk(child, depth)

    walk(nodes[0], 0)
    return "\n".join(lines) + "\n"


def tree(chromium: Chromium) -> list[dict[str, Any]]:
    """What the browser tells a screen reader."""
    chromium.tab_session.send("Accessibility.enable")
    nodes: list[dict[str, Any]] = chromium.tab_session.send("Accessibility.getFullAXTree")["nodes"]
    chromium.tab_session.send("Accessibility.disable")
    return nodes


def compare(now: str, part: int) -> None:
    """With what is written down: the article's, and behind it that of records."""
    parts = TRANSCRIPT.read_text().removeprefix(OPENING).split("\n" + RECORDS)
    if os.environ.get("CAVEAT_REWRITE"):
        parts[part:] = [now, *parts[part + 1 :]]
        TRANSCRIPT.write_text(OPENING + ("\n" + RECORDS).join(parts))
    assert parts[part] == now, "it reads otherwise; CAVEAT_REWRITE=1 writes it down anew"


@pytest.mark.parametrize("browser", ["chromium"], indirect=True)  # Firefox does not hand out its tree
def test_the_article_its_list_of_notes_and_an_open_note_read_as_written_down(visit: Visit) -> None:
    chromium = visit.browser
    assert isinstance(chromium, Chromium)
    visit.open(ARTICLE)
    total = len(visit.press().answer["notes"])
    visit.browser.close_popup()
    listed = "root => root.querySelectorAll('[data-caveat=notes] button').length"
    until(lambda: visit.shadow(listed) == total, "list of all notes")
    visit.browser.command("next-note")
    visit.opened_after(None)
    visit.drawn()
    nodes = tree(chromium)
    now = transcript(nodes)
    compare(now, 0)
    assert now.count("button “") >= total
    assert "navigation “Caveat notes”" in now


@pytest.mark.parametrize("browser", ["chromium"], indirect=True)
def test_a_record_and_a_fact_check_read_as_written_down(visit: Visit) -> None:
    chromium = visit.browser
    assert isinstance(chromium, Chromium)
    read(visit)
    cards = []
    for words in (MINISTER, BILLS):
        visit.click_on(on(visit, words))
        visit.drawn()
        cards.append("- dialog " + transcript(tree(chromium)).partition("- dialog ")[2])
        visit.browser.key("Escape")
        visit.gone()
    compare("\n".join(cards), 1)


def test_by_keyboard_alone_from_the_list_through_two_notes_and_back(visit: Visit) -> None:
    visit.open(ARTICLE)
    visit.press()
    visit.browser.close_popup()
    for _ in range(60):
        visit.browser.key("Tab")
        if first := visit.shadow(FOCUSED):
            break
    assert first, "Tab never reached the list of notes"
    visit.browser.key("Enter")
    card = visit.opened_after(None)
    assert card.note == first
    inside = "root => root.activeElement?.closest('[data-caveat=card]') !== null"
    assert visit.shadow(inside)
    for _ in range(2):  # past “previous” to “next”
        visit.browser.key("Tab")
    assert visit.shadow("root => root.activeElement?.dataset.caveat") == "next"
    visit.browser.key("Enter")
    assert visit.opened_after(first).parts["message"]
    assert visit.shadow(inside)
    visit.browser.key("Escape")
    visit.gone()
    assert visit.shadow(FOCUSED) == first, "the focus is where it was"
