"""What keeps somebody out, as axe-core finds it.

In: a way to evaluate JavaScript in a page (a browser's page, a tab of the extension), and how much of the
page is looked at. Out: each broken rule of WCAG 2.2 AA and of good practice with where and why; none is
good. Goes wrong: a failed test that names the command, where axe-core is not installed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .browser import HOST, Browser

AXE = Path(__file__).parents[2] / "extension" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

WHAT = """violations => violations.map(({ id, nodes }) =>
  `${id}: ${nodes.map(node => `${node.target.flat().join(' ')} ${node.failureSummary}`).join('; ')}`)
"""


def barriers(evaluate: Callable[[str], Any], context: str = "document") -> list[str]:
    """What axe finds in a page, or in a part of it."""
    if not AXE.is_file():
        pytest.fail("axe-core is not installed; `npm ci` in extension/ installs it", pytrace=False)
    evaluate(f"(() => {{ {AXE.read_text()} }})()")
    found: list[str] = evaluate(
        f"axe.run({context}, {{ runOnly: {json.dumps(RULES)} }})"
        f".then(({{ violations }}) => ({WHAT})(violations))"
    )
    return found


def barriers_in_notes(browser: Browser) -> list[str]:
    """What axe finds in the list of notes and the open card.

    Their shadow root is closed. The test, which sees through it, hands it to axe and takes it back.
    """
    browser.shadow(
        "root => Object.defineProperty(root.host, 'shadowRoot', { value: root, configurable: true })"
    )
    try:
        return barriers(browser.page, HOST)
    finally:
        browser.page(f"delete {HOST}.shadowRoot")
