import { describe, expect, it } from "vitest";
import { Context } from "./context";

const TEXT = "Many years later, he remembered the ice. The ice was cold.";
const ice = { start: 32, end: 39 };

function around(prefix: string, suffix = "") {
  return new Context({ exact: "the ice", prefix, suffix }).around(TEXT, ice);
}

describe("the words beside a place", () => {
  it("are alike however they are spaced and capitalised", () => {
    expect(around("LATER, he  remembered").before).toBe(1);
  });

  it("are the less alike the more of them changed", () => {
    const likes = ["later, he remembered ", "later, she remembered ", "later, she forgot ", "xxxxxxxxxx "];
    const found = likes.map(prefix => around(prefix).before);
    expect(found).toEqual(found.toSorted((a, b) => b - a));
    expect(new Set(found).size).toBe(likes.length);
  });

  it("say as much as there is where the text begins within them", () => {
    expect(around("It was so very many years later, he remembered ").before).toBe(1);
  });

  it("say nothing where none were kept", () => {
    expect(around("")).toEqual({ before: 0, after: 0, fit: true, fitsWhole: true });
  });

  it("know their own: what stood after the quotation is not the quotation", () => {
    const context = new Context({ exact: "The north won.", prefix: "", suffix: " The south lost it all." });
    expect(context.isNeighbour("the north won.", "the south lost it all.")).toBe(true);
    expect(context.isNeighbour("the north won.", "the north lost.")).toBe(false);
  });
});
