import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { edits, editsToBeginning } from "./edits";

const words = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 40 }).map(list => list.join(""));

/** As the textbook has it. */
function levenshtein(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const kept = (row[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(kept, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[other.length] as number;
}

describe("edits", () => {
  it("are as many as the textbook says, up to the limit", () => {
    fc.assert(
      fc.property(words, words, fc.nat(45), (one, other, most) => {
        expect(edits(one, other, most)).toBe(Math.min(levenshtein(one, other), most + 1));
      }),
      { numRuns: 500 },
    );
  });

  it("to a beginning are the fewest to any beginning", () => {
    fc.assert(
      fc.property(words, words, (one, other) => {
        const all = Array.from({ length: other.length + 1 }, (_, i) => levenshtein(one, other.slice(0, i)));
        expect(editsToBeginning(one, other)).toBe(Math.min(...all));
      }),
    );
  });
});
