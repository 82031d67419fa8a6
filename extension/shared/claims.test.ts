import { describe, expect, it } from "vitest";
import { parseAnalysis, type Wire } from "./analysis";
import { parseClaims, suggestedFor } from "./claims";
import type { Evidence } from "./evidence";
import { analysis, claim, factCheck, note, TEXT } from "./specimen";

const [FIRST, SECOND] = ["Many experts say so.", "The fare rose by 40 per cent."];
/** A claim on words of TEXT, with fact checks of claims like it. */
const on = (id: string, words: string, suggested: Evidence[], look: Wire["Look"][] = []) =>
  claim(id, { quote: { exact: words, prefix: "", suffix: "" }, suggested, look });
const other = factCheck({ url: "https://checks.example/fare", title: "The fare rose by 4 per cent." });

describe("a claim", () => {
  it("is kept where it has something to look at, and no other", () => {
    const look = [{ title: "ferry", at: "web", url: "https://search.example/?q=ferry" } as const];
    const claims = [on("c1", FIRST, [factCheck()]), on("c2", SECOND, []), on("c3", SECOND, [], look)];
    expect([...parseClaims(claims).values()].map(({ id, look }) => [id, look.length])).toEqual([
      ["c1", 1],
      ["c3", 1],
    ]);
  });

  it.each([null, 7, "x", {}, [null, {}, { id: "c1" }, { id: "c1", quote: {}, suggested: [1, {}] }]])(
    "is none in %j",
    claims => {
      expect(parseClaims(claims).size).toBe(0);
    },
  );

  it("gives its notes two ways more to look, each with the claim that was checked", () => {
    const third = factCheck({ url: "https://checks.example/3" });
    const claims = [on("c1", FIRST, [factCheck(), other, third])];
    const [about, apart] = parseAnalysis(
      analysis({ claims, notes: [note("n1", 2, 14, { claim: "c1", look: [] }), note("n2", 25, 30)] }),
      TEXT,
    ).notes;
    expect(about?.look).toEqual([
      { title: "A fact check of a like claim: The ferry carried nobody in May.", url: factCheck().url },
      { title: "A fact check of a like claim: The fare rose by 4 per cent.", url: other.url },
    ]);
    expect(apart?.look).toHaveLength(1);
  });

  it("is short in a link, and turns nothing around it", () => {
    const title = `ال${"عبارة ".repeat(60)}`;
    const claims = [on("c1", FIRST, [factCheck({ title })])];
    const [about] = parseAnalysis(
      analysis({ claims, notes: [note("n1", 2, 14, { claim: "c1", look: [] })] }),
      TEXT,
    ).notes;
    expect(about?.look[0]?.title).toMatch(/^A fact check of a like claim: \u2068ال.* … .*\u2069$/);
    expect(about?.look[0]?.title.length).toBeLessThan(130);
  });
});

describe("fact checks for words that are selected", () => {
  const claims = [...parseClaims([on("c1", FIRST, [factCheck()]), on("c2", SECOND, [other])]).values()];
  const near = (words: string, text = TEXT) => {
    const start = text.indexOf(words);
    return suggestedFor(claims, text, { start, end: start + words.length }).map(({ url }) => url);
  };

  it.each([
    ["a word of the claim", "experts", [factCheck().url]],
    ["all of it", SECOND, [other.url]],
    ["words of two claims", "so.\nThe fare", [factCheck().url, other.url]],
    ["what stands before it", "🚢 ", []],
  ])("are those of a claim that shares a word with them: %s", (_, words, urls) => {
    expect(near(words)).toEqual(urls);
  });

  it("are found where the page has moved the claim, and not where it is gone", () => {
    expect(near("fare rose", `News. ${SECOND}`)).toEqual([other.url]);
    expect(near("fare rose", "The fare rose a little.")).toEqual([]);
  });

  it("are had once where two claims have the same", () => {
    const both = [...parseClaims([on("c1", FIRST, [other]), on("c2", SECOND, [other])]).values()];
    expect(suggestedFor(both, TEXT, { start: 0, end: TEXT.length })).toEqual([other]);
  });
});
