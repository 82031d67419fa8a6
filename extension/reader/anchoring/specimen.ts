/** Articles, quotations and edits for tests. */
import fc from "fast-check";
import type { QuoteSelector } from "./quote";

export const FERRY =
  "The council will vote on the night ferry on Thursday, according to people close to the talks.\n" +
  "The line carried 41,000 passengers in March, the operator said.\n" +
  "The council did not answer questions. The council will meet again in May.";

export type Quote = QuoteSelector & { start: number };

export function quoteAt(text: string, start: number, end: number): Quote {
  return {
    exact: text.slice(start, end),
    start,
    prefix: text.slice(Math.max(0, start - 32), start),
    suffix: text.slice(end, end + 32),
  };
}

export function quoteOf(text: string, exact: string, from = 0): Quote {
  const start = text.indexOf(exact, from);
  return quoteAt(text, start, start + exact.length);
}

/** An article is made of these and of words nobody knows, so that no two sentences are much alike. */
const WORDS =
  "ferry council harbour night bridge operator passengers minister report winter budget line crew weather engine captain tickets island morning people letter answer decision inquiry company repairs".split(
    " ",
  );
const SMALL = "the of and to in a that for on with was is at by from said will had".split(" ");

const word = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...SMALL) },
  { weight: 3, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 4, arbitrary: fc.stringMatching(/^[bdfgklmnprstvz][aeiou][bdfgklmnprstvz][aeiou][rnst]{1,2}$/) },
);

/** A sentence of 50 to 220 letters. */
const sentence = fc
  .tuple(fc.array(word, { minLength: 11, maxLength: 24 }), fc.stringMatching(/^[A-Z][a-z]{5}$/))
  .map(([words, name]) => {
    const row = [...words.slice(0, 2), name, ...words.slice(2)].join(" ");
    return `${row.slice(0, 1).toUpperCase()}${row.slice(1)}.`;
  })
  .filter(row => row.length >= 50);

export interface Article {
  readonly text: string;
  readonly sentences: readonly string[];
  /** Which of them is quoted, never the first two or the last two. */
  readonly picked: number;
  readonly quote: Quote;
}

export const article: fc.Arbitrary<Article> = fc
  .record({
    sentences: fc.uniqueArray(sentence, { minLength: 10, maxLength: 24 }),
    at: fc.nat(),
    lines: fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
  })
  .map(({ sentences, at, lines }) => {
    const text = sentences.map((row, i) => row + (lines[i] ? "\n" : " ")).join("");
    const picked = 2 + (at % (sentences.length - 4));
    return { text, sentences, picked, quote: quoteOf(text, sentences[picked] as string) };
  });

/** The sentence with one word, not its first or last, replaced; `$&` stands for the word itself. */
export function reworded(exact: string, at: number, by: string): string {
  const words = exact.split(" ");
  const picked = 1 + (at % (words.length - 2));
  words[picked] = by.replace("$&", words[picked] as string);
  return words.join(" ");
}
