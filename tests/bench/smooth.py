"""A page of 100,000 words with 2,000 notes stays smooth: the longest task between a press and its marks.

The real extension in a real Chromium, on the page of ``tests/e2e/pages/long.html``, with a server that
answers at once and with as many notes as fit: what a page waits for is the reader, not the reading. The
browser's own trace says how long each task of the page's thread took, layout and the collection of
garbage included; processor time, so that a busy machine does not count. In: the built extension. Out: a
table, or with ``--json`` the figures. Goes wrong: no Chromium or no build, and the message says which.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

TOP = Path(__file__).parents[2]
sys.path.insert(0, str(TOP / "tests"))

from figures import Figure  # noqa: E402

from e2e.chromium import BrowserMissingError, Chromium  # noqa: E402
from e2e.newsstand import Newsstand  # noqa: E402
from e2e.waiting import until  # noqa: E402
from e2e.wire import Wire  # noqa: E402

NOTES, ROUNDS = 2_000, 3
GOAL = 50.0  # ms: what a browser itself calls a long task
PAGE = "http://gazette.example/long.html"
FAMILIES = ("sources", "numbers", "wording", "reasoning", "credit")
MARKED = "[...CSS.highlights].reduce((sum, [name, h]) => sum + (name.startsWith('caveat-') ? h.size : 0), 0)"
EDIT = (
    "(() => { const all = document.querySelectorAll('article p');"
    " for (let i = 0; i < 40; i++) all[i * 10].firstChild.data = 'Corrected: ' + all[i * 10].firstChild.data;"
    " for (let i = 0; i < 40; i++) all[i * 10 + 5].replaceWith(all[i * 10 + 5].cloneNode(true)) })()"
)


def notes_on(question: Any) -> bytes:
    """Notes on every so many words of the text, of three to seven words each."""
    text = question["text"]
    words = list(re.finditer(r"\S+", text))
    step = len(words) / NOTES
    notes = []
    for number in range(NOTES):
        first = int(number * step)
        last = min(first + 2 + number % 5, len(words) - 1)
        start, end = words[first].start(), words[last].end()
        end = start + len(text[start:end].split("\n")[0])
        quote = {
            "exact": text[start:end],
            "prefix": text[max(0, start - 32) : start],
            "suffix": text[end : end + 32],
        }
        notes.append(
            {"id": f"n{number}", "signal": FAMILIES[number % 5], "start": start, "end": end, "quote": quote,
             "message": "A note.", "question": "Who says so?", "evidence": [], "look": []}
        )  # fmt: skip
    signals = {
        f: {"name": f, "family": f, "level": "question", "why": "", "after": "", "reference": None}
        for f in FAMILIES
    }
    coverage = {"sentences": NOTES, "claims": NOTES, "attributed": 0, "named": 0}
    answer = {"signals": signals, "notes": notes, "page_notes": [], "coverage": coverage, "unread": None}
    return json.dumps(answer | {"engine": "bench", "language": "en"}).encode()


def traced(chromium: Chromium, work: Callable[[], None]) -> list[dict[str, Any]]:
    """The tasks of the page's main thread during some work, the longest first, each with what it held."""
    browser = chromium.context.browser
    assert browser is not None
    browser.start_tracing(page=chromium.tab, categories=["toplevel", "devtools.timeline", "v8"])
    work()
    events = json.loads(browser.stop_tracing())["traceEvents"]
    reader = {
        (e["pid"], e["tid"]) for e in events
        if "reader.js" in str(e.get("args", {}).get("data", {}).get("url", ""))
    }  # fmt: skip
    whole = [e for e in events if e.get("ph") == "X" and (e["pid"], e["tid"]) in reader]
    tasks = [e for e in whole if e["name"] in ("RunTask", "ThreadControllerImpl::RunTask")]
    for task in tasks:
        start, end = task["ts"], task["ts"] + task["dur"]
        inside = [e for e in whole if e is not task and start <= e["ts"] and e["ts"] + e["dur"] <= end]
        task["held"] = sorted(inside, key=lambda e: -e["dur"])[:6]
    return sorted(tasks, key=lambda t: -taken(t))


def taken(event: dict[str, Any]) -> float:
    """The milliseconds of the processor that something took, or of the clock."""
    return float(event.get("tdur", event["dur"])) / 1000


def longest(tasks: list[dict[str, Any]]) -> tuple[float, str]:
    """The milliseconds of the longest task, and the names of what it held."""
    if not tasks:
        return 0.0, "no task of the reader was seen"
    task = tasks[0]
    held = ", ".join(f"{e['name']} {taken(e):.0f}" for e in task["held"] if taken(e) > 2)
    return taken(task), f"{held} ({task['dur'] / 1000:.0f} ms by the clock)"


def once(chromium: Chromium, wire: Wire) -> dict[str, tuple[float, str]]:
    """One reading of the page, loaded anew."""
    chromium.open(PAGE)
    chromium.page("new Promise(done => setTimeout(done, 1500))")
    wire.exchanges.clear()

    def press() -> None:
        chromium.press()
        until(lambda: chromium.page(MARKED) >= NOTES * 0.95, "marks", seconds=60, pause=0.3)
        time.sleep(1)  # what comes after the marks: the list of the notes, their layout

    def edit() -> None:
        chromium.page(EDIT)
        time.sleep(4)

    reading = longest(traced(chromium, press))
    chromium.close_popup()
    edited = longest(traced(chromium, edit))
    chromium.tab_session.send("HeapProfiler.collectGarbage")
    heap = chromium.tab_session.send("Runtime.getHeapUsage")["usedSize"] / 2**20
    return {"reading": reading, "edited": edited, "heap": (heap, "")}


def measure() -> list[Figure]:
    """The figures of the table."""
    from playwright.sync_api import sync_playwright

    built = TOP / "extension" / "dist" / "chrome"
    if not (built / "manifest.json").is_file():
        sys.exit("smooth: extension/dist/chrome is not built; `make build` builds it")
    stand = Newsstand({"gazette.example": TOP / "tests" / "e2e" / "pages"})
    wire = Wire(0)
    wire.invented = notes_on
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        try:
            chromium = Chromium(playwright, Path(shutil.copytree(built, Path(folder, "chrome"))), stand.port)
        except BrowserMissingError as error:
            sys.exit(f"smooth: {error}")
        chromium.open("http://gazette.example/blank.html")
        until(lambda: chromium.background("typeof chrome") == "object", "extension that is awake")
        chromium.background(f"chrome.storage.local.set({{ server: '{wire.address}' }})")
        rounds = [once(chromium, wire) for _ in range(ROUNDS)]
        chromium.close()
    wire.cut()
    stand.close()

    def figure(name: str, key: str, unit: str, goal: float | None, detail: str) -> Figure:
        values = sorted(round[key] for round in rounds)
        middle = values[len(values) // 2]
        return Figure(name, median(v for v, _ in values), unit, goal=goal, detail=f"{detail}{middle[1]}")

    return [
        figure("longest task while a page of 100,000 words is read", "reading", "ms", GOAL, ""),
        figure("longest task after 80 of its paragraphs have changed", "edited", "ms", GOAL, ""),
        figure("  the page's heap with 2,000 notes", "heap", "MB", None, "page and reader together"),
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure how smooth a long page stays.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    as_json = parser.parse_args().json
    figures = measure()
    if as_json:
        print(json.dumps([asdict(figure) | {"verdict": figure.verdict} for figure in figures], indent=2))
        return
    for figure in figures:
        goal = "" if figure.goal is None else f"at most {figure.goal:g}"
        value = f"{figure.value:.2f} {figure.unit}"
        print(f"{figure.name:<52} {value:>9}  {goal:<12} {figure.verdict:<5} {figure.detail}")


if __name__ == "__main__":
    main()
