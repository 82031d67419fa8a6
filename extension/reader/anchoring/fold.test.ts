import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold, sameWords } from "./fold";

describe("folding", () => {
  it.each([
    ["It’s “late” — or not…", 'it\'s "late" - or not...'],
    ["two\u00a0 \n words", "two words"],
    ["hy\u00adphen\u200bated", "hyphenated"],
    ["Caf\u00e9 \ufb01n", "cafe\u0301 fin"],
  ])("writes %j one way", (text, folded) => {
    expect(fold(text).text).toBe(folded);
  });

  it("knows of every unit which whole character it was made of", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), text => {
        const { text: folded, starts, ends } = fold(text);
        expect(starts.length).toBe(folded.length);
        for (let i = 0; i < folded.length; i++) {
          const made = fold(text.slice(starts[i], ends[i])).text;
          expect(made).toContain(folded[i]);
        }
      }),
    );
  });

  it("takes for the same words what reads the same", () => {
    expect(sameWords("the old\u00a0ferry", "the  old\nferry")).toBe(true);
    expect(sameWords("caf\u00e9", "cafe\u0301")).toBe(true);
    expect(sameWords("May", "may")).toBe(false);
  });
});
