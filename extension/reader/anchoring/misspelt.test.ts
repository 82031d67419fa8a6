import { describe, expect, it } from "vitest";
import { anchor } from ".";

const TEXT = "We had everything before us, we had nothing before us, and she said she would.";

describe("a short quotation", () => {
  it.each([
    ["befor us", null, "before us", 18],
    ["befor us", 44, "before us", 44],
    ["beofre us", 0, "before us", 18],
  ])("%j, hint %j, is found misspelt", (exact, start, words, at) => {
    const found = anchor(TEXT, { exact, start });
    expect(found?.state).toBe("changed");
    expect(found?.start).toBe(at);
    expect(TEXT.slice(found?.start, found?.end)).toBe(words);
  });

  it.each(["she said he would", "she said she could", "everything befor you", "bogus"])(
    "%j is another",
    exact => {
      expect(anchor(TEXT, { exact })).toBeNull();
    },
  );

  it("is lost where two spellings could be meant", () => {
    expect(anchor("a country inn, a countryes inn", { exact: "a countrye inn" })).toBeNull();
  });

  it("is found misspelt beside the words it stood beside", () => {
    expect(anchor(TEXT, { exact: "befor us", prefix: "we had nothing " })?.start).toBe(44);
  });

  it("is lost where its context was kept and is gone", () => {
    expect(anchor(TEXT, { exact: "befor us", prefix: "they saw the sea ", suffix: " and wept" })).toBeNull();
  });
});
