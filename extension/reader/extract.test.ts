import { afterEach, describe, expect, it } from "vitest";
import { extract } from "./extract";

const SENTENCE =
  "The harbour board said on Monday that the barrage would be turning by the second of May, if the tests go well. ";

function page(body: string, head = ""): void {
  document.documentElement.innerHTML = `<head><title>Barrage to open</title>${head}</head><body>${body}</body>`;
}

function article(body: string, head = "") {
  page(body, head);
  const extraction = extract(document);
  if ("none" in extraction) throw new Error(extraction.none);
  return extraction;
}

afterEach(() => page(""));

describe("the article of a page", () => {
  it("is what is left without its surroundings", () => {
    const { article: found } = article(
      `<nav><a href="/">Front page</a></nav>
       <article><h1>Barrage to open</h1><p>${SENTENCE.repeat(4)}</p><p>Critics <em>say</em> otherwise. ${SENTENCE}</p>
       <figure><img src="x"><figcaption>Drawing: the Gazette</figcaption></figure><aside>Most read</aside></article>
       <footer>Imprint</footer>`,
    );
    expect(found.text).toContain("Critics say otherwise.");
    for (const other of ["Front page", "Imprint", "Most read", "Drawing"])
      expect(found.text).not.toContain(other);
    expect(found.text.split("\n").every(line => line === line.trim() && line !== "")).toBe(true);
  });

  it("is found on a page so short that Readability tries twice", () => {
    const { article: found } = article(
      `<div><p>${SENTENCE}</p><p>Nobody was asked, the mayor says.</p></div>`,
    );
    expect(found.text).toBe(`${SENTENCE.trim()}\nNobody was asked, the mayor says.`);
  });

  it("comes with what the page says about it, and never with the page's address", () => {
    const { article: found } = article(
      `<article><p>${SENTENCE.repeat(6)}</p></article>`,
      '<meta property="og:site_name" content="The Gazette"><meta name="author" content="Imre Oduya"><meta property="article:published_time" content="2026-03-09T08:00:00Z">',
    );
    expect(found.context).toMatchObject({
      title: "Barrage to open",
      site: "The Gazette",
      byline: "Imre Oduya",
      published: "2026-03-09T08:00:00Z",
    });
    expect(found.context).not.toHaveProperty("url");
  });

  it.each([
    ["a class", '<p class="byline">Imre Oduya</p>', "Imre Oduya"],
    ["a link to the author", '<p><a rel="author" href="/io">Imre Oduya</a></p>', "Imre Oduya"],
    ["nothing", "<p>Imre Oduya</p>", null],
    ["a class on a text too long for a name", `<div class="author">${SENTENCE}</div>`, null],
  ])("has the byline that %s tells", (_, line, byline) => {
    const { article: found } = article(`<article>${line}<p>${SENTENCE.repeat(6)}</p></article>`);
    expect(found.context.byline).toBe(byline);
  });

  it("keeps the links within its text, where they stand, and only to the web", () => {
    const { article: found } = article(
      `<article><p>${SENTENCE.repeat(5)} See the <a href="https://board.example/report">inspection report</a> and <a href="javascript:alert(1)">this</a>.</p></article>`,
    );
    const links = found.context.links?.map(({ start, end, href }) => [found.text.slice(start, end), href]);
    expect(links).toEqual([["inspection report", "https://board.example/report"]]);
  });

  it.each([
    ["an empty page", ""],
    [
      "a list of headlines",
      "<ul><li><a href='/1'>Council votes</a></li><li><a href='/2'>Ferry late</a></li></ul>",
    ],
    ["a few words", "<p>Sign in</p>"],
  ])("is not seen in %s", (_, body) => {
    page(body);
    expect(extract(document)).toEqual({ none: "no-article" });
  });

  it("is found without a change to the page", () => {
    page(`<article><p>${SENTENCE.repeat(6)}</p><p hidden>secret</p></article>`);
    const before = document.documentElement.outerHTML;
    extract(document);
    expect(document.documentElement.outerHTML).toBe(before);
  });
});
