import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shortenedInside } from "./shortened";

describe("words with their middle left out", () => {
  it.each([
    ["are whole where there is room", "a few words", 20, "a few words"],
    ["begin and end with whole words", "one two three four five six seven eight", 20, "one two … eight"],
    ["of one long word are cut in it", "x".repeat(40), 20, `${"x".repeat(11)}…${"x".repeat(6)}`],
  ])("%s", (_, words, most, short) => {
    expect(shortenedInside(words, most)).toBe(short);
  });

  it("tear no letter apart and are no longer than there is room", () => {
    const letters = new Intl.Segmenter();
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.integer({ min: 20, max: 80 }),
        (words, most) => {
          const short = shortenedInside(words, most);
          expect([...letters.segment(short)].length).toBeLessThanOrEqual(most);
          expect(short).not.toMatch(/\p{Cs}/u);
        },
      ),
    );
  });
});
