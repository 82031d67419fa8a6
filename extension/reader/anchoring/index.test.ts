import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anchor, type QuoteSelector } from ".";

const FERRY =
  "The council will vote on the night ferry on Thursday, according to people close to the talks.\n" +
  "The line carried 41,000 passengers in March, the operator said.\n" +
  "The council did not answer questions. The council will meet again in May.";

function quoteOf(text: string, exact: string, from = 0): QuoteSelector & { start: number } {
  const start = text.indexOf(exact, from);
  return {
    exact,
    start,
    prefix: text.slice(Math.max(0, start - 32), start),
    suffix: text.slice(start + exact.length, start + exact.length + 32),
  };
}

interface Case {
  what: string;
  quote: QuoteSelector;
  now: string;
  words: string | null;
  state?: string;
}

const operator = quoteOf(FERRY, "The line carried 41,000 passengers in March, the operator said.");
const council = quoteOf(FERRY, "The council", 100);

const CASES: Case[] = [
  { what: "untouched words", quote: operator, now: FERRY, words: operator.exact, state: "exact" },
  {
    what: "a line put before them",
    quote: operator,
    now: `UPDATED.\n${FERRY}`,
    words: operator.exact,
    state: "exact",
  },
  {
    what: "their neighbours gone",
    quote: operator,
    now: `${operator.exact} Nothing else is left of the page that was.`,
    words: operator.exact,
    state: "moved",
  },
  {
    what: "a text that begins within the prefix",
    quote: { exact: "night ferry", prefix: "…council will vote on the ", suffix: "" },
    now: "on the night ferry that nobody wanted",
    words: "night ferry",
    state: "exact",
  },
  {
    what: "white space laid out anew",
    quote: operator,
    now: FERRY.replace("carried 41,000", "carried\n   41,000"),
    words: "The line carried\n   41,000 passengers in March, the operator said.",
    state: "exact",
  },
  {
    what: "a figure corrected",
    quote: operator,
    now: FERRY.replace("41,000", "14,000"),
    words: "The line carried 14,000 passengers in March, the operator said.",
    state: "changed",
  },
  {
    what: "the sentence deleted",
    quote: operator,
    now: FERRY.replace(operator.exact, ""),
    words: null,
  },
  {
    what: "the sentence deleted, its lookalike somewhere else",
    quote: operator,
    now: `${FERRY.replace(operator.exact, "")} And again: the line carried 14,000 passengers in April, the operator said. So.`,
    words: null,
  },
  {
    what: "a short quotation among other words",
    quote: quoteOf(FERRY, "May"),
    now: "May the best ferry win today.",
    words: null,
  },
  { what: "the third of four likes", quote: council, now: FERRY, words: "The council", state: "exact" },
  { what: "empty words", quote: { exact: "  " }, now: FERRY, words: null },
  {
    what: "words that were never there",
    quote: { exact: "a bridge of gold over the sound, people say" },
    now: FERRY,
    words: null,
  },
];

describe("anchoring", () => {
  it.each(CASES)("finds or loses: $what", ({ quote, now, words, state }) => {
    const found = anchor(now, quote);
    expect(found && now.slice(found.start, found.end)).toBe(words);
    if (state) expect(found?.state).toBe(state);
  });

  it("tells likes apart by their context, not by their order", () => {
    const now = `A new first line about the council.\n${FERRY}`;
    expect(anchor(now, council)?.start).toBe(now.indexOf("The council did not"));
  });

  it("finds words of any text where they were taken from", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }),
        fc.nat(),
        fc.nat(),
        (text, a, b) => {
          const letters = Array.from(text);
          const at = a % letters.length;
          const start = letters.slice(0, at).join("").length;
          const exact = letters.slice(at, at + 1 + (b % 80)).join("");
          fc.pre(exact.trim() !== "");
          const quote = {
            exact,
            start,
            prefix: text.slice(Math.max(0, start - 32), start),
            suffix: text.slice(start + exact.length, start + exact.length + 32),
          };
          expect(anchor(text, quote)).toEqual({ start, end: start + exact.length, state: "exact" });
        },
      ),
    );
  });

  it("answers with places inside the text, whatever it is asked", () => {
    const words = fc.string({ unit: "binary", maxLength: 60 });
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 400 }),
        words,
        words,
        words,
        fc.integer(),
        (text, exact, prefix, suffix, start) => {
          const found = anchor(text, { exact, prefix, suffix, start });
          if (!found) return;
          expect(found.start).toBeGreaterThanOrEqual(0);
          expect(found.start).toBeLessThan(found.end);
          expect(found.end).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });
});
