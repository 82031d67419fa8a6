/** What pages do to sentences: every edit here is made on many articles. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anchor } from ".";
import { edits } from "./edits";
import { fold } from "./fold";
import { article, quoteAt, reworded } from "./specimen";

const RUNS = { numRuns: 150 };

function wordsAt(text: string, found: { start: number; end: number } | null): string | null {
  return found && text.slice(found.start, found.end);
}

describe("an edited page", () => {
  it("keeps an untouched part of any length where it was", () => {
    fc.assert(
      fc.property(article, fc.nat(), fc.integer({ min: 1, max: 400 }), ({ text }, a, length) => {
        const start = a % text.length;
        const quote = quoteAt(text, start, Math.min(text.length, start + length));
        fc.pre(quote.exact.trim() !== "");
        expect(anchor(text, quote)).toEqual({ start, end: start + quote.exact.length, state: "exact" });
      }),
      RUNS,
    );
  });

  it("takes a sentence along when a line is put before it", () => {
    fc.assert(
      fc.property(article, fc.integer({ min: 1, max: 3000 }), ({ text, quote }, more) => {
        const lead = `${"Updated. ".repeat(more).slice(0, more)}\n`;
        const start = quote.start + lead.length;
        const end = start + quote.exact.length;
        expect(anchor(lead + text, quote)).toEqual({ start, end, state: "exact" });
      }),
      RUNS,
    );
  });

  it("loses a sentence that was taken out", () => {
    fc.assert(
      fc.property(article, ({ text, quote }) => {
        expect(anchor(text.replace(quote.exact, ""), quote)).toBeNull();
      }),
      RUNS,
    );
  });

  it("loses a part of a sentence that was taken out", () => {
    fc.assert(
      fc.property(article, fc.nat(), fc.integer({ min: 2, max: 8 }), ({ text, quote }, at, count) => {
        const words = quote.exact.split(" ");
        const first = at % (words.length - count);
        const part = words.slice(first, first + count).join(" ");
        const start = quote.start + words.slice(0, first).join(" ").length + (first > 0 ? 1 : 0);
        const gone = text.replace(quote.exact, "");
        fc.pre(!gone.includes(part));
        expect(anchor(gone, quoteAt(text, start, start + part.length))).toBeNull();
      }),
      RUNS,
    );
  });

  it("does not take the same words in another sentence for those of one that was taken out", () => {
    fc.assert(
      fc.property(
        article,
        fc.nat(),
        fc.integer({ min: 2, max: 8 }),
        ({ text, quote, sentences }, at, count) => {
          const words = quote.exact.split(" ");
          const first = at % (words.length - count);
          const part = words.slice(first, first + count).join(" ");
          const start = quote.start + words.slice(0, first).join(" ").length + (first > 0 ? 1 : 0);
          const last = sentences.at(-1) as string;
          const gone = text.replace(quote.exact, "");
          fc.pre(!gone.includes(part));
          const now = `${gone}${"Filler it is. ".repeat(50)}${last.slice(0, 30)} ${part} ${last.slice(30)}`;
          expect(anchor(now, quoteAt(text, start, start + part.length))).toBeNull();
        },
      ),
      RUNS,
    );
  });

  it("does not take a lookalike for a sentence that was taken out", () => {
    fc.assert(
      fc.property(article, fc.nat(), fc.boolean(), ({ text, quote, sentences }, at, last) => {
        const lookalike = reworded(quote.exact, at, "Jordan");
        const gone = text.replace(quote.exact, "");
        const now = last
          ? `${gone}${lookalike}`
          : gone.replace(sentences[0] as string, `${sentences[0]} ${lookalike}`);
        fc.pre(last || quote.start > 400);
        expect(anchor(now, quote)).toBeNull();
      }),
      RUNS,
    );
  });

  it("prefers the reworded sentence in its place to a lookalike elsewhere", () => {
    fc.assert(
      fc.property(article, fc.nat(), fc.nat(), ({ text, quote }, one, other) => {
        const now = `${text.replace(quote.exact, reworded(quote.exact, one, "Bergen"))}${reworded(quote.exact, other, "Jordan")}`;
        expect(wordsAt(now, anchor(now, quote))).toBe(reworded(quote.exact, one, "Bergen"));
      }),
      RUNS,
    );
  });

  it("follows a sentence to another place and says that it moved", () => {
    fc.assert(
      fc.property(article, ({ text, quote }) => {
        const gone = text.replace(quote.exact, "");
        const now = `${gone}\n${"PUBLISHED BY JQXV ON 4 MAY\n".repeat(30)}${quote.exact}`;
        const start = now.length - quote.exact.length;
        expect(anchor(now, quote)).toEqual({ start, end: now.length, state: "moved" });
      }),
      RUNS,
    );
  });

  it("finds a sentence whose neighbours are gone", () => {
    fc.assert(
      fc.property(article, ({ text, quote, sentences, picked }) => {
        const now = text
          .replace(sentences[picked - 1] as string, "")
          .replace(sentences[picked + 1] as string, "");
        expect(wordsAt(now, anchor(now, quote))).toBe(quote.exact);
      }),
      RUNS,
    );
  });

  it.each([
    ["replaced", (exact: string, at: number) => reworded(exact, at, "Jordan")],
    ["put in", (exact: string, at: number) => reworded(exact, at, "$& Jordan")],
    ["taken out", (exact: string, at: number) => reworded(exact, at, "").replace("  ", " ")],
    ["replaced at the beginning", (exact: string) => exact.replace(/^\S+/, "Yesterday")],
    ["replaced at the end", (exact: string) => exact.replace(/\S+$/, "yesterday.")],
  ])("shows the new words of a sentence with a word %s, also where the next sentence is gone", (_, edit) => {
    fc.assert(
      fc.property(article, fc.nat(), fc.boolean(), ({ text, quote, sentences, picked }, at, alone) => {
        const words = edit(quote.exact, at);
        fc.pre(words !== quote.exact);
        const edited = text.replace(quote.exact, words);
        const now = alone ? edited.replace(sentences[picked + 1] as string, "") : edited;
        const found = anchor(now, quote);
        expect(found?.state).toBe("changed");
        const start = now.indexOf(words);
        const shared = Math.min(found?.end ?? 0, start + words.length) - Math.max(found?.start ?? 0, start);
        const longer = Math.max(words.length, (found?.end ?? 0) - (found?.start ?? 0));
        expect(shared / longer).toBeGreaterThanOrEqual(0.75);
      }),
      RUNS,
    );
  });

  it("does not care how the words are spaced and broken", () => {
    fc.assert(
      fc.property(
        article,
        fc.constantFrom("\n", "\u00a0", "  ", " \u00ad", "\r\n\t"),
        ({ text, quote }, space) => {
          const words = quote.exact.replaceAll(" ", space);
          const now = text.replace(quote.exact, words);
          const found = anchor(now, quote);
          expect(wordsAt(now, found)).toBe(words);
          expect(found?.state).toBe("exact");
        },
      ),
      RUNS,
    );
  });

  it("gives every state its meaning", () => {
    const edit = fc.record({
      from: fc.nat(),
      length: fc.nat(120),
      by: fc.constantFrom("", "x", " Jordan ", "\n"),
    });
    fc.assert(
      fc.property(article, fc.array(edit, { maxLength: 6 }), ({ text, quote }, made) => {
        let now = text;
        for (const { from, length, by } of made) {
          const at = from % now.length;
          now = now.slice(0, at) + by + now.slice(at + length);
        }
        const found = anchor(now, quote);
        if (!found) return;
        const words = fold(quote.exact).text.trim();
        const place = fold(now.slice(found.start, found.end)).text.trim();
        expect(found.state === "changed").toBe(place !== words);
        // The most that any step lets through: two fifths of the letters, between the very neighbours.
        expect(edits(words, place, words.length)).toBeLessThanOrEqual(0.4 * words.length);
      }),
      { numRuns: 400 },
    );
  });
});
