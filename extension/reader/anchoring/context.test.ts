import { describe, expect, it } from "vitest";
import { Context } from "./context";
import { Page } from "./page";
import { quoteOf } from "./specimen";

const TEXT =
  "The line ran at night. Many years later, he remembered the ice, which was cold. Nobody asked him again.";
const page = (text: string) => new Page(text);

function at(text: string, quote = quoteOf(TEXT, "the ice")) {
  const start = text.indexOf(quote.exact);
  return new Context(quote).around(page(text), { start, end: start + quote.exact.length });
}

describe("what stands around a place", () => {
  it("is alike however it is spaced and capitalised", () => {
    expect(at(TEXT.replace("Many years later", "MANY   YEARS\u00a0later")).sentence).toBe("same");
  });

  it.each([
    ["untouched", TEXT, "same"],
    ["one word replaced", TEXT.replace("later", "ago"), "alike"],
    ["another sentence with the same words", "She sold the ice to everybody in town.", "other"],
  ])("knows the rest of the sentence: %s", (_, text, sentence) => {
    expect(at(text).sentence).toBe(sentence);
  });

  it("is the less alike the more of it changed", () => {
    const words = ["remembered the", "remember the", "xxxxxxxxxx xxx"];
    const likes = words.map(word => at(TEXT.replace("remembered the", word)).like);
    expect(likes).toEqual(likes.toSorted((a, b) => b - a));
    expect(new Set(likes).size).toBe(words.length);
  });

  it("says as much as there is where the text begins within it", () => {
    expect(at(TEXT.slice(TEXT.indexOf("later"))).sentence).toBe("same");
  });

  it("says where the sentence stood, if enough of a neighbour was kept", () => {
    const whole = quoteOf(TEXT, "Many years later, he remembered the ice, which was cold.");
    expect(at(TEXT, whole).beside).toBe(true);
    expect(at(`${whole.exact}\nOther words, and nothing that was here.`, whole).beside).toBe(false);
    expect(at(TEXT).beside).toBe(false);
  });

  it("does not say so from afar, where two sentences have that neighbour", () => {
    const quote = quoteOf(TEXT, "Many years later, he remembered the ice, which was cold.");
    const neighbour = "Nobody asked him again.";
    const now = `${neighbour} ${"So it went. ".repeat(80)}Years later, he remembered: ${quote.exact} ${neighbour}`;
    expect(at(now, quote).beside).toBe(false);
    expect(at(now.slice(neighbour.length), quote).beside).toBe(true);
  });

  it("knows its own: what stood after the quotation is not the quotation", () => {
    const context = new Context({ exact: "The north won.", prefix: "", suffix: " The south lost it all." });
    expect(context.isNeighbour("the north won.", "the south lost it all.")).toBe(true);
    expect(context.isNeighbour("the north won.", "the north lost.")).toBe(false);
  });
});
