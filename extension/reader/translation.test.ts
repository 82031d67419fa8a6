import { afterEach, describe, expect, it } from "vitest";
import { isTranslated, watchForTranslation } from "./translation";

function page(body: string, root = ""): Document {
  return new DOMParser().parseFromString(
    `<!doctype html><html lang="en" class="${root}"><body>${body}</body></html>`,
    "text/html",
  );
}

const INHERIT = 'style="vertical-align: inherit;"';

describe("a page in a translation", () => {
  it.each([
    ["Chrome's, left to right", "<p>Wort</p>", "translated-ltr"],
    ["Chrome's, right to left", "<p>Wort</p>", "dark translated-rtl"],
    [
      "the letters that Chrome and Safari leave",
      `<p><font ${INHERIT}><font ${INHERIT}>Wort</font></font></p>`,
    ],
    ["Edge's", '<p _msttexthash="12">Wort</p>'],
    ["Yandex's", "<p><ya-tr-span>Wort</ya-tr-span></p>"],
    ["Firefox's at work", '<p>A <a href="/" data-moz-translations-id="0">word</a></p>'],
  ])("is known by %s", (_, body, root = "") => {
    expect(isTranslated(page(body, root))).toBe(true);
  });

  it.each([
    ["an ordinary page", "<p>Word</p>"],
    ["one with old letters of its own", '<p><font color="red"><font>Word</font></font></p>'],
    ["one that says it is not to be translated", '<p translate="no" class="notranslate">Word</p>'],
  ])("is not %s", (_, body) => {
    expect(isTranslated(page(body))).toBe(false);
  });
});

describe("Firefox's numbers", () => {
  afterEach(() => {
    document.body.innerHTML = "";
  });

  it("are kept in mind once they were seen, though they go at once", async () => {
    document.body.innerHTML = "<p>A <a>word</a></p>";
    const link = document.querySelector("a") as HTMLElement;
    link.dataset.mozTranslationsId = "0";
    delete link.dataset.mozTranslationsId;
    await Promise.resolve();
    expect(isTranslated(document)).toBe(false);
    watchForTranslation(document);
    link.title = "another attribute";
    await Promise.resolve();
    expect(isTranslated(document)).toBe(false);
    link.dataset.mozTranslationsId = "0";
    delete link.dataset.mozTranslationsId;
    await new Promise(done => setTimeout(done));
    expect(isTranslated(document)).toBe(true);
  });
});
