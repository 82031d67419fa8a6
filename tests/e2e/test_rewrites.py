"""Readability as the extension has it (rewrites.mjs, readability.mjs), against what was published.

Both read the same documents in real browsers, because what differs between them is how a browser
parses: the same article, word for word and tag for tag, or none from both.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from .browser import Browser
from .conftest import PAGES, SHARED, news_pages
from .visit import Visit

EXTENSION = Path(__file__).parents[2] / "extension"
FILE = EXTENSION / "node_modules" / "@mozilla" / "readability" / "Readability.js"

BOTH = """(() => {
  const parsed = new DOMParser().parseFromString(%(html)s, 'text/html');
  const head = document.createElement('base');
  head.href = 'http://gazette.example/';
  (parsed.head ?? parsed.documentElement).prepend(head);
  const asInAPage = parsed.cloneNode(true); // where scripts run, a <noscript> holds nothing but text
  for (const aside of asInAPage.querySelectorAll('noscript')) aside.textContent = aside.innerHTML;
  const out = { published: [], built: [] };
  for (const [name, Readability] of Object.entries(window.finders)) {
    for (const page of [parsed, asInAPage]) {
      for (const options of [{ keepClasses: true }, { charThreshold: 1e9 }, { charThreshold: 1 }]) {
        let found = new Readability(page.cloneNode(true), options).parse();
        if (name === 'built') { // in pieces: to the last one
          const pieces = found;
          do { found = pieces.next(); } while (!found.done);
          found = found.value;
        }
        out[name].push(found);
      }
    }
  }
  return out;
})()"""

PARAGRAPH = "<p>The harbour board said that the barrage would be turning by May, if all is well.</p>"
LAZY = '<figure><img class="lazy" data-src="a.jpg"><noscript><img src="a.jpg" alt="A"></noscript></figure>'
MADE_UP = {
    "short": f"<!doctype html><title>Barrage</title><div>{PARAGRAPH}</div>",
    "shorter": "<!doctype html><title>Barrage</title>A line",
    "empty": "<!doctype html><title>Barrage</title>",
    "pictures": f"<!doctype html><title>Barrage</title><article>{LAZY}{PARAGRAPH * 6}{LAZY}</article>",
    "ways of old": f"<title>Barrage</title><div><p>Table:<table><tr><td>{PARAGRAPH}</table>{PARAGRAPH}</div>",
    "new ways": f"<!doctype html><title>B</title><p>Table:<table><tr><td>{PARAGRAPH}</table>{PARAGRAPH}",
    "begins oddly": f"<!doctype html><body> \n<!-- x --><style>p {{}}</style><link><meta> a{PARAGRAPH * 3}",
    "holds more": f"<!doctype html><form>{PARAGRAPH}<template>{PARAGRAPH}</template><pre>\n\nx</pre></form>"
    f"<svg><title>x</title></svg><math><mi>x</mi></math><select><option>1</select>{PARAGRAPH * 2}",
}


def source(of: str) -> str:
    """Readability's text: published, or as it is built."""
    if of == "published":
        return FILE.read_text()
    script = "import { source } from './readability.mjs'; process.stdout.write(source());"
    command = ["node", "--input-type=module", "--eval", script]
    built = subprocess.run(command, cwd=EXTENSION, capture_output=True, text=True, check=True).stdout
    return built.replace("export { Readability };", "")


@pytest.fixture(scope="module")
def finders() -> str:
    """An expression that puts both into a page."""
    made = [
        f"{of}: new Function('module', {json.dumps(source(of) + '; return Readability;')})({{}})"
        for of in ("published", "built")
    ]
    return f"void (window.finders = {{ {', '.join(made)} }})"


def compared(browser: Browser, finders: str, html: str) -> list[dict[str, Any] | None]:
    """What the built one finds each time; the published one must have found the same."""
    browser.open("http://gazette.example/blank.html")
    browser.page(finders)
    found: dict[str, list[Any]] = browser.page(BOTH % {"html": json.dumps(html)})
    assert found["built"] == found["published"]
    return found["built"]


def test_the_two_are_not_the_same_code() -> None:
    assert ".innerHTML = " in source("published")
    assert ".innerHTML = " not in source("built")


@pytest.mark.parametrize("name", MADE_UP)
def test_the_same_is_found_where_parsing_is_delicate(browser: Browser, finders: str, name: str) -> None:
    assert len(compared(browser, finders, MADE_UP[name])) == 6


@pytest.mark.parametrize("page", sorted(page.name for page in PAGES.glob("*.html")))
def test_the_same_article_is_found_on_our_own_pages(browser: Browser, finders: str, page: str) -> None:
    found = compared(browser, finders, (PAGES / page).read_text())
    if page == "article.html":
        assert all(article and "Harrow" in article["textContent"] for article in found)


@pytest.mark.parametrize("name", news_pages())
def test_the_same_article_is_found_on_real_news_pages(browser: Browser, finders: str, name: str) -> None:
    if name == "absent":
        pytest.skip("the real news pages are not here (CAVEAT_SHARED names their folder)")
    page = SHARED / "pages" / name / "source.html"
    assert all(compared(browser, finders, page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", ["blank.html", "strict.html"])
def test_an_article_so_short_that_readability_starts_over_is_read(visit: Visit, page: str) -> None:
    visit.open(f"http://gazette.example/{page}")
    said = (
        "Many experts say that tolls keep visitors away. The council has not said when it is to vote on them."
    )
    visit.browser.page(
        "(() => { const p = document.createElement('p');"
        f" p.textContent = {said!r}; const div = document.createElement('div'); div.append(p);"
        " document.body.replaceChildren(div); document.title = 'Tolls' })()"
    )
    assert visit.press().question["text"] == said
    assert [mark.words for mark in visit.marks()] == ["Many experts say"]
