import fc from "fast-check";
import { describe, expect, it } from "vitest";
import noPages from "../../tests/annotations/no-pages.json";
import table from "../../tests/annotations/page-identity.json";
import { digest, NotAPage, normal, prefix } from "./page-identity";

/** Addresses as people and programs write them, with what the rules look for among it. */
const text = fc.string({ unit: "grapheme", maxLength: 12 });
const pieces = [
  "amp",
  "print",
  "index.html",
  "2024",
  "05",
  "..",
  "bridge-is-open",
  "http://example.org",
  "%zz",
];
const items = ["a=1", "utm_source=x", "amp=1", "print", "a", "b=%2B+", "&"];
const hosts = [
  "example.org",
  "www.m.example.co.uk:8080",
  "bücher.example",
  "google.com/amp/s",
  "via.hypothes.is",
];
const urls = fc
  .record({
    host: fc.constantFrom(...hosts),
    path: fc.array(fc.oneof(fc.constantFrom(...pieces), text), { maxLength: 6 }),
    query: fc.array(fc.oneof(fc.constantFrom(...items), text), { maxLength: 6 }),
  })
  .map(({ host, path, query }) => `http://${host}/${path.join("/")}?${query.join("&")}`.trim());

/** The normal address, or nothing for what is no page. */
function page(url: string): string | null {
  try {
    return normal(url);
  } catch (error) {
    if (error instanceof NotAPage) return null;
    throw error;
  }
}

describe.each(table)("$about", ({ pages }) => {
  it("is one page for the addresses of a row", () => {
    for (const row of pages) expect(row.map(normal)).toEqual(row.map(() => normal(row[0] ?? "")));
  });

  it("is another page in every row", () => {
    expect(new Set(pages.map(([url = ""]) => normal(url))).size).toBe(pages.length);
  });
});

describe("a page's identity", () => {
  it.each([...noPages, "https://\ud800.org/", "https://example.org/\udfff"])("is none for %j", url => {
    expect(() => normal(url)).toThrow(NotAPage);
  });

  it("is none for an address longer than the limit", () => {
    expect(() => normal("https://example.org/".padEnd(4001, "a"))).toThrow("at most 4000 characters");
  });

  it("is the SHA-256 of the normal address, and five digits of it are told", () => {
    // printf %s https://example.org/a | sha256sum
    const known = "b5b10dd0429e69ac7cfaf0a20b6901c1265c50b55d1751bcb684ed96ef7b300a";
    expect(digest("http://www.example.org/a/#b")).toBe(known);
    expect(prefix("http://www.example.org/a/#b")).toBe(known.slice(0, 5));
  });

  it("is its own for a normal address", () => {
    fc.assert(
      fc.property(urls, url => {
        const address = page(url);
        return address === null || normal(address) === address;
      }),
    );
  });

  it("is the same with a fragment, and with a parameter that measures", () => {
    fc.assert(
      fc.property(
        urls.filter(url => !url.includes("#")),
        text,
        (url, words) => page(`${url}&fbclid=x#x${words}x`) === page(url),
      ),
    );
  });

  it("is another for every path", () => {
    const slugs = fc.array(fc.stringMatching(/^[a-z]{1,9}(-[a-z]{1,9}){0,3}$/), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(slugs, slugs, (one, other) => {
        fc.pre(![...one, ...other].some(slug => ["amp", "print"].includes(slug)));
        const isSame =
          normal(`https://example.org/${one.join("/")}`) === normal(`https://example.org/${other.join("/")}`);
        return isSame === (one.join("/") === other.join("/"));
      }),
    );
  });

  it("is what the browser's own parser leaves of an address too", () => {
    fc.assert(
      fc.property(
        urls,
        url => !URL.canParse(url) || page(url) === null || page(new URL(url).href) === page(url),
      ),
    );
  });

  it("fails with its own error and no other", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), words => void page(`http://${words}`)));
  });
});
