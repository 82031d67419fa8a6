import { describe, expect, it } from "vitest";
import { atOnce } from "../slices";
import { beginnings, isCut } from "./sentences";

function cut(text: string): string[] {
  const at = [0, ...atOnce(beginnings(text)), text.length];
  return at
    .slice(1)
    .map((end, i) => text.slice(at[i], end).trim())
    .filter(Boolean);
}

describe("sentences", () => {
  it.each([
    [
      "“Yes,” he said. “Never.” So it went… And on! Why?",
      ["“Yes,” he said.", "“Never.”", "So it went…", "And on!", "Why?"],
    ],
    ["A headline\nThe first line\n\nThe second", ["A headline", "The first line", "The second"]],
    [
      "He met Mr. Smith of the U.S. Senate, No. 3 on the list. 42 came.",
      ["He met Mr. Smith of the U.S. Senate, No. 3 on the list.", "42 came."],
    ],
    ["They rose by 3.5 per cent, e.g. in May.", ["They rose by 3.5 per cent, e.g. in May."]],
    ["船が来た。誰も知らない。", ["船が来た。", "誰も知らない。"]],
  ])("are cut where they end: %s", (text, sentences) => {
    expect(cut(text)).toEqual(sentences);
  });

  it("may be cut by others where this room would not", () => {
    const text = "So says Mr. Smith.";
    expect(isCut(text, text.indexOf("Smith"))).toBe(true);
    expect(isCut(text, text.indexOf("says"))).toBe(false);
  });
});
