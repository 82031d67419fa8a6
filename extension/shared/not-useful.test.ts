import { describe, expect, it } from "vitest";
import { digest, forgotten, remembered } from "./not-useful";

describe("a note that was not useful", () => {
  it("is the same note however its words are set", () => {
    expect(digest("hedged", "may\n  fall ")).toBe(digest("hedged", "may fall"));
  });

  it.each([
    ["other words", "hedged", "may rise"],
    ["another kind", "vague-source", "may fall"],
    ["words that moved over to the kind", "hedged\nmay", "fall"],
  ])("is another one with %s", (_, signal, words) => {
    expect(digest(signal, words)).not.toBe(digest("hedged", "may fall"));
  });

  it("is remembered without its words", () => {
    expect(digest("hedged", "may fall")).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is remembered once, as the newest, and can be forgotten", () => {
    expect(remembered(["a", "b"], "a")).toEqual(["b", "a"]);
    expect(forgotten(["a", "b"], "a")).toEqual(["b"]);
  });

  it("is forgotten when there are too many newer ones", () => {
    const many = Array.from({ length: 1_500 }, (_, at) => `${at}`).reduce(remembered, [] as string[]);
    expect(many).toHaveLength(1_000);
    expect([many[0], many.at(-1)]).toEqual(["500", "1499"]);
  });
});
