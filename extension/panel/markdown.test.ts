import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { factCheck, listed, onWhole, overview, reading, record } from "../shared/specimen";
import { markdown, text } from "./markdown";

describe("words as Markdown", () => {
  it.each([
    ["emphasis", "a *bold* and _slanted_ `word`", "a \\*bold\\* and \\_slanted\\_ \\`word\\`"],
    ["brackets", "the [sic] minister", "the \\[sic\\] minister"],
    ["a link", "[here](http://x.example)", "\\[here\\](http\\://x.example)"],
    ["an address", "see https://x.example or www.x.example", "see https\\://x.example or www\\.x.example"],
    ["a tag", "<img src=x> & co", "\\<img src=x\\> \\& co"],
    ["a heading", "# One", "\\# One"],
    ["a list", "- one", "\\- one"],
    ["a numbered list", "1. one", "1\\. one"],
    ["a numbered list of another kind", "12) one", "12\\) one"],
    ["a line under a heading", "=== one", "\\=== one"],
    ["a quotation", "> one", "\\> one"],
    ["a table", "a | b", "a \\| b"],
    ["a backslash", "a\\*b", "a\\\\\\*b"],
    ["lines", " one\r\n\n  two\tthree\u2028four ", "one two three four"],
    ["a number within", "The fare rose by 40 per cent.", "The fare rose by 40 per cent."],
  ])("has no Markdown of its own: %s", (_, words, escaped) => {
    expect(text(words)).toBe(escaped);
  });

  it("sets words from right to left apart from the line around them", () => {
    expect(text("قال خبراء")).toBe("\u2068قال خبراء\u2069");
    expect(text("מומחים")).toBe("\u2068מומחים\u2069");
  });

  it("has no characters that turn the line around", () => {
    expect(text("a\u202Eb\u2066c\u2069\u200Fd")).toBe("abcd");
  });

  it("says the same words, whatever they are", () => {
    const shown = (escaped: string) =>
      escaped.replace(/[\u2068\u2069]/g, "").replace(/\\([!-/:-@[-`{-~])/g, "$1");
    const plain = (words: string) =>
      words
        .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, "")
        .replace(/[\s\p{Cc}]+/gu, " ")
        .trim();
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), words => {
        expect(shown(text(words))).toBe(plain(words));
      }),
    );
  });

  it("leaves no special character that is not escaped, and no second line", () => {
    const special = fc.constantFrom(..."\\`*_[]<>|&#!$~-+=.)(19 \n\r\twa\u202E");
    fc.assert(
      fc.property(fc.string({ unit: special, maxLength: 40 }), words => {
        const left = text(words).replace(/\\[!-/:-@[-`{-~]/g, "");
        expect(left).not.toMatch(/[\\`*_[\]<>|&#$~\n\r\t]/);
        expect(text(words)).not.toMatch(/^([-+=]|\d+[.)])/);
      }),
    );
  });
});

describe("all notes as Markdown", () => {
  const look = [{ title: "Search [fact] checks", url: "https://f.example/?q=a b>c" }];
  const evidence = [record({ title: "Bills", url: "https://r.example/b", date: "2025" })];
  const written = markdown(
    overview({
      title: "Ferries *on time*",
      reading: reading({ notes: [listed("n1", { look, evidence })], pageNotes: [onWhole("p1")] }),
    }),
    false,
  );

  it("begins with the title and what was looked at", () => {
    expect(written.split("\n\n").slice(0, 2)).toEqual([
      "# Ferries \\*on time\\*",
      "14 claims, 5 with a named source, 2 worth a question",
    ]);
  });

  it("has the notes on the whole article first", () => {
    expect(written.indexOf("Only one side")).toBeGreaterThan(0);
    expect(written.indexOf("Only one side")).toBeLessThan(written.indexOf("## In the text"));
  });

  it("gives a note's words, what it says, what it asks and where to look, under its number", () => {
    expect(written).toContain(
      [
        "1. **Vague source** (Sources)",
        "",
        "   > experts",
        "",
        "   “experts” does not say who.",
        "",
        "   *Which ones, and how many?*",
        "   - [Bills](<https://r.example/b>) (Wikidata, as of 2025)",
        "   - [Search \\[fact\\] checks](<https://f.example/?q=a%20b%3Ec>)",
      ].join("\n"),
    );
  });

  it("says whose a fact check is, of when, and what they found in their words", () => {
    const notes = [listed("n1", { signal: "checked-before", evidence: [factCheck()] })];
    expect(markdown(overview({ reading: reading({ notes }) }), false)).toContain(
      "   - [“The ferry carried nobody in May.”](<https://checks.example/ferry>) " +
        "(Checked by The Harbour Desk, May 12, 2026. Their verdict, in their words: “Half of it”)",
    );
  });

  it("says where the page is only when asked to", () => {
    expect(written).not.toContain("gazette.example");
    expect(markdown(overview(), true)).toContain("](<https://gazette.example/ferries>)");
  });
});

it.each<[string | null, string]>([
  [null, "Written for the same words on another page: [The Courier](<https://courier.example/a>)."],
  [
    "some experts",
    "much the same words on another page: [The Courier](<https://courier.example/a>). Here they are: some experts",
  ],
])("a note from elsewhere says so, whose words here are %s", (changed, said) => {
  const elsewhere = { title: "The Courier", url: "https://courier.example/a" };
  const people = {
    author: "heron",
    status: "helpful",
    reason: "",
    mine: false,
    appeal: null,
    elsewhere,
  } as const;
  const notes = [listed("n1", { people, changed })];
  expect(
    markdown(overview({ reading: reading({ notes }) }), false).replace(/[“”\u2068\u2069]/g, ""),
  ).toContain(said);
});
