import fc from "fast-check";
import { render } from "preact";
import { describe, expect, it } from "vitest";
import { difference, Wording } from "./wording";

function shown(before: string, now: string) {
  const root = document.createElement("div");
  render(<Wording before={before} now={now} />, root);
  const words = (name: string) => root.querySelector(`[data-caveat="${name}"]`)?.textContent;
  return { before: words("before"), now: words("now"), del: root.querySelector("del")?.textContent };
}

describe("changed words", () => {
  it("are shown as they were and as they are", () => {
    const { before, now, del } = shown("It carried 41,000 people.", "It carried 14,000 people.");
    expect(before).toBe("“It carried 41,000 people.”");
    expect(now).toBe("“It carried 14,000 people.”");
    expect(del).toBe("41,000");
  });

  it("of a long quotation are shown with what is beside them", () => {
    const row = "a row of words ".repeat(100);
    const { before, now } = shown(`${row}41,000 people ${row}`, `${row}14,000 people ${row}`);
    expect(before).toMatch(/^“….{40,60}41,000.{40,60}…”$/);
    expect(now).toContain("14,000");
  });

  it("lose nothing of either wording", () => {
    const words = fc.array(fc.constantFrom("a", "b", "c", " ", "\n")).map(list => list.join(""));
    fc.assert(
      fc.property(words, words, (one, other) => {
        const { head, tail, before, now } = difference(one, other);
        expect(head + before + tail).toBe(one);
        expect(head + now + tail).toBe(other);
      }),
    );
  });
});
