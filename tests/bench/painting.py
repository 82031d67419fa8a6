"""Painting 200 marks on a page of 10,000 words, against wrapping the same words in ``<mark>``.

Script and the layout it forces, in a real Chromium, each round on a page loaded anew: a reader's page is
cold too; what the compositor draws afterwards counts for neither. Extraction and anchoring, which both
ways need, are shown apart. In: the benchmark bundle of the extension, built by ``make build``. Out: a
table, or with ``--json`` the figures. What can go wrong: no Chromium or no bundle, and the message says
which.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
from dataclasses import asdict
from html import escape
from pathlib import Path
from statistics import median
from typing import Any

from figures import Figure

from articles import article

BUNDLE = Path(__file__).parents[2] / "extension" / "dist" / "bench"
WORDS, MARKS, ROUNDS = 10_000, 200, 9
GOAL = 0.2  # at most a fifth of wrapping

# Notes over words of the extracted text, three to twenty-five of them, spread over the article.
CHOOSE = """
(text, count) => {
  const families = ['sources', 'numbers', 'wording', 'reasoning', 'credit'], notes = [];
  const words = [...text.matchAll(/\\S+/g)].filter(w => w.index > 0);
  for (let i = 0; i < count; i++) {
    const at = Math.floor((i + 0.5) * words.length / count);
    let last = Math.min(at + 2 + (i * 7) % 23, words.length - 1);
    const line = text.indexOf('\\n', words[at].index);
    while (line >= 0 && words[last].index > line) last--;
    const start = words[at].index, end = words[last].index + words[last][0].length;
    const quote = {
      exact: text.slice(start, end),
      prefix: text.slice(Math.max(0, start - 32), start),
      suffix: text.slice(end, end + 32),
    };
    notes.push({ id: 'n' + i, start, end, quote, signal: { family: families[i % 5], level: 'question' } });
  }
  return notes;
}
"""

OURS = f"""
() => {{
  document.body.offsetHeight;
  const t0 = performance.now();
  const {{ article, index }} = caveat.extract(document);
  const t1 = performance.now();
  const notes = ({CHOOSE})(article.text, {MARKS});
  const t2 = performance.now();
  const marks = caveat.place(notes, index);
  const t3 = performance.now();
  document.body.offsetHeight;
  let mutations = 0;
  const observer = new MutationObserver(() => {{}});
  observer.observe(document, {{ subtree: true, childList: true, characterData: true, attributes: true }});
  const t4 = performance.now();
  caveat.paint(marks);
  document.body.offsetHeight;
  const t5 = performance.now();
  return {{
    extract: t1 - t0, anchor: t3 - t2, paint: t5 - t4, mutations: observer.takeRecords().length,
    marks: marks.length, words: article.text.split(/\\s+/).length,
  }};
}}
"""

# The usual way: split the text nodes at the ends of the words and put each part into an element. The
# places are found before the clock starts, and no live Range is left that the DOM would have to follow.
WRAPPING = f"""
() => {{
  const {{ article, index }} = caveat.extract(document);
  const parts = [];
  for (const {{ start, end, signal }} of ({CHOOSE})(article.text, {MARKS})) {{
    for (const range of index.ranges(start, end)) {{
      const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
      let node = walker.currentNode = range.startContainer;
      for (; node; node = walker.nextNode()) {{
        const from = node === range.startContainer ? range.startOffset : 0;
        const to = node === range.endContainer ? range.endOffset : node.data.length;
        if (to > from) parts.push({{ node, from, to, family: signal.family }});
        if (node === range.endContainer) break;
      }}
      range.selectNodeContents(document.head);
    }}
  }}
  document.body.offsetHeight;
  const observer = new MutationObserver(() => {{}});
  observer.observe(document, {{ subtree: true, childList: true, characterData: true, attributes: true }});
  const t0 = performance.now();
  for (const {{ node, from, to, family }} of parts.reverse()) {{
    const words = from > 0 ? node.splitText(from) : node;
    if (to - from < words.data.length) words.splitText(to - from);
    const mark = document.createElement('mark');
    mark.className = family;
    words.replaceWith(mark);
    mark.append(words);
  }}
  document.body.offsetHeight;
  return {{ paint: performance.now() - t0, mutations: observer.takeRecords().length, marks: parts.length }};
}}
"""


def page(words: int) -> str:
    """An article page with the links, emphasis and neighbours that news pages have."""
    rng = random.Random(7)
    paragraphs: list[str] = []
    count = 0
    while count < words:
        for text in article(rng.randrange(10**6), 20):
            pieces = []
            for word in text.split(" "):
                dice = rng.random()
                name = (
                    "a href='#x'" if dice < 0.03 else "em" if dice < 0.06 else "strong" if dice < 0.07 else ""
                )
                pieces.append(f"<{name}>{escape(word)}</{name.split(' ')[0]}>" if name else escape(word))
            paragraphs.append(f"<p>{' '.join(pieces)}</p>")
            count += len(pieces)
            if count >= words:
                break
    style = (BUNDLE / "marks.css").read_text()
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>A long article</title><style>{style}"
        "body{max-width:42em;margin:auto;font:18px/1.6 serif} mark{text-decoration:underline}</style><nav>"
        f"<a href=#>Home</a></nav><article><h1>A long article</h1>{''.join(paragraphs)}</article>"
    )


def rounds() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What each side took, taking turns; the first round of each does not count."""
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("painting: no Chromium here; on Debian and Ubuntu: apt-get install -y chromium")
    if not (BUNDLE / "bench.js").is_file():
        sys.exit("painting: extension/dist/bench is not built; `make build` builds it")
    html, taken = page(WORDS), ([], [])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for turn in range(ROUNDS + 1):
            for side, script in zip(taken, (OURS, WRAPPING), strict=True):
                tab = browser.new_page(viewport={"width": 1280, "height": 900})
                tab.set_content(html)
                tab.add_script_tag(path=BUNDLE / "bench.js")
                result = tab.evaluate(script)
                tab.close()
                if turn:
                    side.append(result)
        browser.close()
    return taken


def measure() -> list[Figure]:
    """The figures of the table."""
    ours, wrapping = rounds()

    def ms(side: list[dict[str, Any]], name: str) -> float:
        return median(each[name] for each in side)

    painted, wrapped = ms(ours, "paint"), ms(wrapping, "paint")
    first = ours[0]
    assert first["marks"] == MARKS, f"{first['marks']} of {MARKS} marks were placed"
    what = f"{first['marks']} marks, {first['words']:,} words"
    mutated = f"{first['mutations']} DOM changes against {wrapping[0]['mutations']:,}"
    return [
        Figure(
            "painting / wrapping in <mark>", painted / wrapped, goal=GOAL,
            detail=f"{painted:.1f} ms against {wrapped:.1f} ms; {mutated}; {what}",
        ),
        Figure("  extraction", ms(ours, "extract"), "ms", detail="Readability on a clone and the text index"),
        Figure("  anchoring", ms(ours, "anchor"), "ms", detail=f"{MARKS} quotes to places in the page"),
    ]  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure painting against wrapping.")
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
