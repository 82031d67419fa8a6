import { describe, expect, it } from "vitest";
import { digest } from "./not-useful";
import { STANDARD } from "./settings";
import { type Chosen, hiding } from "./shown";

const KIND = { signal: "hedged", name: "Only a possibility", family: "reasoning" } as const;
const NOTE = { signal: "hedged", family: "reasoning", level: "quiet", words: "may fall" } as const;
const DIGEST = digest("hedged", "may  fall");

describe("a note", () => {
  it.each<[string, Partial<Chosen>, string | null]>([
    ["shows where nothing was chosen", {}, null],
    ["goes with its family", { off: ["reasoning"] }, "family"],
    ["stays when another family goes", { off: ["wording"] }, null],
    ["goes with the quiet ones", { quiet: false }, "quiet"],
    ["goes with its kind", { hidden: [KIND] }, "kind"],
    ["stays when another kind goes", { hidden: [{ ...KIND, signal: "vague-source" }] }, null],
    ["goes when it was called not useful", { notUseful: ["0", DIGEST] }, "note"],
    [
      "names the widest choice",
      { off: ["reasoning"], quiet: false, hidden: [KIND], notUseful: [DIGEST] },
      "family",
    ],
  ])("%s", (_, chosen, by) => {
    expect(hiding({ ...STANDARD, ...chosen })(NOTE)).toBe(by);
  });

  it("by a person goes when people's notes are off, and not when the machine's on these words goes", () => {
    const written = { ...NOTE, author: "heron" };
    expect(hiding({ ...STANDARD, people: false })(written)).toBe("people");
    expect(hiding({ ...STANDARD, notUseful: [DIGEST] })(written)).toBeNull();
    expect(hiding({ ...STANDARD, people: false })(NOTE)).toBeNull();
  });

  it("that is loud stays when the quiet ones go", () => {
    expect(hiding({ ...STANDARD, quiet: false })({ ...NOTE, level: "question" })).toBeNull();
  });

  it("on a whole article is no note on words", () => {
    const chosen = { ...STANDARD, notUseful: [digest("hedged", "")] };
    expect(hiding(chosen)({ ...NOTE, words: "" })).toBeNull();
  });
});
