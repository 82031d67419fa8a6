import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anchor, type QuoteSelector } from ".";
import { splitsPair } from "./quote";
import { FERRY, quoteOf } from "./specimen";

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
    state: "exact",
  },
  {
    what: "other neighbours far away",
    quote: operator,
    now: `${"News of another kind. ".repeat(40)}\n${operator.exact}\nNothing else is left.`,
    words: operator.exact,
    state: "moved",
  },
  {
    what: "a part of a sentence, its sentence moved",
    quote: quoteOf(FERRY, "41,000 passengers"),
    now: `${FERRY.replace(operator.exact, "")}${" Other news.".repeat(60)} ${operator.exact}`,
    words: "41,000 passengers",
    state: "moved",
  },
  {
    what: "a part of a sentence, the same part in another",
    quote: quoteOf(FERRY, "will vote on the night ferry"),
    now: FERRY.replace(/^.*\n/, "").replace(
      "meet again in May",
      "say when the company will vote on the night ferry",
    ),
    words: null,
  },
  {
    what: "a clause longer than most, the same clause in another sentence",
    quote: quoteOf(FERRY, "on Thursday, according to people close to the talks"),
    now: `${FERRY.replace(/^.*\n/, "")} The mayor left on Thursday, according to people close to the talks.`,
    words: null,
  },
  {
    what: "a sentence reworded around the part that is quoted",
    quote: quoteOf(FERRY, "41,000 passengers"),
    now: FERRY.replace(operator.exact, "In March it had 41,000 passengers, says the company."),
    words: "41,000 passengers",
    state: "exact",
  },
  {
    what: "something put in on either side",
    quote: operator,
    now: FERRY.replace(operator.exact, `Advertisement\n${operator.exact}\nRead more`),
    words: operator.exact,
    state: "exact",
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
  {
    what: "a prefix longer than what stands before the words",
    quote: { exact: "council will vote", prefix: "Nobody knows yet whether the" },
    now: FERRY,
    words: "council will vote",
    state: "exact",
  },
  {
    what: "a short quotation, its figure corrected",
    quote: quoteOf(FERRY, "41,000 passengers"),
    now: FERRY.replace("41,000", "14,000"),
    words: "14,000 passengers",
    state: "changed",
  },
  {
    what: "a short quotation, its sentence deleted and a lookalike far away",
    quote: quoteOf(FERRY, "41,000 passengers"),
    now: `${FERRY.replace(operator.exact, "")} ${"Other news. ".repeat(30)}The line carried 14,000 passengers in March, the operator said.`,
    words: null,
  },
  {
    what: "a short quotation reworded",
    quote: quoteOf(FERRY, "the operator said"),
    now: FERRY.replace("the operator said", "a report shows"),
    words: null,
  },
  {
    what: "curly quotes, long dashes and capitals",
    quote: { exact: "“It’s late” — she said" },
    now: "Then 'no'. \"IT'S LATE\" - she said.",
    words: '"IT\'S LATE" - she said',
    state: "changed",
  },
  {
    what: "the same words elsewhere and changed words in their place",
    quote: operator,
    now: `${FERRY.replace("41,000", "14,000")}\nQuoted: ${operator.exact} (${"x".repeat(40)})`,
    words: "The line carried 14,000 passengers in March, the operator said.",
    state: "changed",
  },
  {
    what: "a line of a list deleted, the next one like it",
    quote: quoteOf(
      "Votes.\nThe north had 41,000 voters in March, the office said.\nThe south had 38,000 voters in March, the office said.\n",
      "The north had 41,000 voters in March, the office said.",
    ),
    now: "Votes.\nThe south had 38,000 voters in March, the office said.\n",
    words: null,
  },
  {
    what: "the last sentence deleted, its lookalike a line of its own",
    quote: quoteOf(FERRY, "The council will meet again in May."),
    now: FERRY.replace(" The council will meet again in May.", "\nThe council will meet again in June."),
    words: null,
  },
  {
    what: "the first words of a text, reworded, and what came next gone",
    quote: {
      exact: "The council will vote on the night ferry soon.",
      prefix: "",
      suffix: "Nobody answered questions.",
      start: 0,
    },
    now: "The council will vote on the morning ferry soon. Weather: rain.",
    words: "The council will vote on the morning ferry soon.",
    state: "changed",
  },
  {
    what: "a hint far out of the text",
    quote: { ...operator, start: 1e9 },
    now: FERRY,
    words: operator.exact,
  },
  { what: "a hint before the text", quote: { ...operator, start: -5 }, now: FERRY, words: operator.exact },
  { what: "empty words", quote: { exact: "  " }, now: FERRY, words: null },
  { what: "an empty text", quote: operator, now: "", words: null },
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

  it("takes the nearest of paragraphs that are repeated with all that is around them", () => {
    const song = "Row the boat.\nAnd sing the song of boats that row at night.\nRow on.\n".repeat(5);
    const third = song.split("\n", 6).join("\n").length + 1;
    const quote = quoteOf(song, "And sing the song of boats that row at night.", third);
    const moved = anchor(`News.\n${song}`, quote);
    expect(moved).toEqual({
      start: quote.start + 6,
      end: quote.start + 6 + quote.exact.length,
      state: "exact",
    });
  });

  it("finds a quotation of five thousand letters that lost some words", () => {
    const long = Array.from({ length: 900 }, (_, i) => `w${(i * 7919) % 1013}x`).join(" ");
    const text = `Before it all. ${long} And that was all of it.`;
    const now = text.replaceAll("w70x ", "").replaceAll("w71x ", "");
    const found = anchor(now, quoteOf(text, long));
    expect(found?.state).toBe("changed");
    expect(now.slice(found?.start, found?.end)).toBe(long.replace("w70x ", "").replace("w71x ", ""));
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
          expect(splitsPair(text, found.start) || splitsPair(text, found.end)).toBe(false);
        },
      ),
    );
  });
});
