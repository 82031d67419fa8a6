import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Offsets } from "./offsets";

const CASES: [what: string, text: string, words: string][] = [
  ["plain letters", "The mayor said so.", "mayor"],
  ["behind an emoji", "🚢 The mayor said so.", "mayor"],
  ["behind a family of emoji", "👨‍👩‍👧‍👦 The mayor said so.", "mayor"],
  ["behind combining marks", "Cafe\u0301 owner: the mayor said so.", "mayor"],
  ["behind letters of another plane", "𐐀𐐁𐐂 the mayor", "mayor"],
  ["words that are an emoji", "so 🚢🚢 it is", "🚢🚢"],
  ["right to left", "אמר 🚢 ראש העיר", "ראש העיר"],
  ["at the very end", "🚢🚢 mayor", "mayor"],
];

describe("code points and UTF-16 units", () => {
  it.each(CASES)("name the same words: %s", (_, text, words) => {
    const units = text.indexOf(words);
    const points = [...text.slice(0, units)].length;
    const offsets = new Offsets(text);
    expect(offsets.toCodePoint(units)).toBe(points);
    const start = offsets.toUtf16(points);
    const end = offsets.toUtf16(points + [...words].length);
    expect(text.slice(start, end)).toBe(words);
  });

  it("count as many code points as a text has", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), text => new Offsets(text).length === [...text].length),
    );
  });

  it("are each other's inverse at every character of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), text => {
        const offsets = new Offsets(text);
        let units = 0;
        for (const [point, character] of [...text].entries()) {
          expect(offsets.toUtf16(point)).toBe(units);
          expect(offsets.toCodePoint(units)).toBe(point);
          units += character.length;
        }
        expect(offsets.toUtf16(offsets.length)).toBe(text.length);
        expect(offsets.toCodePoint(text.length)).toBe(offsets.length);
      }),
    );
  });

  it("never name a place outside the text", () => {
    const offsets = new Offsets("a🚢");
    for (const wild of [-5, 99, Number.NaN, Number.POSITIVE_INFINITY, 1.7]) {
      expect(offsets.toUtf16(wild)).toBeGreaterThanOrEqual(0);
      expect(offsets.toUtf16(wild)).toBeLessThanOrEqual(3);
      expect(offsets.toCodePoint(wild)).toBeLessThanOrEqual(2);
    }
  });

  it("take a place inside a pair for the place before it", () => {
    expect(new Offsets("a🚢b").toCodePoint(2)).toBe(1);
  });
});
